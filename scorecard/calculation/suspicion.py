"""How far submitted figures are from what was to be expected, and what else is odd about them."""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from scorecard import frames
from scorecard.calculation.earlier import EARLIER, KEY, on_scale, scales, with_earlier
from scorecard.calculation.peers import MAD_TO_SPREAD, with_peers
from scorecard.calculation.share_jumps import share_jumps
from scorecard.domain.form import Measure
from scorecard.domain.province import Province
from scorecard.domain.surprise import SurpriseKind, surprise
from scorecard.domain.suspicion import Basis, Flag, SuspicionLimits

_SCORE_DECIMALS = 9
_TELLING = [SurpriseKind.MANY_TIMES_MORE.value, SurpriseKind.MANY_TIMES_LESS.value, SurpriseKind.DROPPED_TO_ZERO.value]

_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "unit": pl.String,
    "form": pl.String,
    "element": pl.String,
    "first_month": pl.Int32,
    "last_month": pl.Int32,
    "state": frames.FIGURE_STATE,
    "amount": pl.Int64,
    "decimals": pl.Int8,
    "approved": pl.Int64,
    "approved_state": frames.FIGURE_STATE,
    **EARLIER,
    "median": pl.Float64,
    "basis": pl.Enum([each.value for each in Basis]),
    "expected": pl.Float64,
    "spread": pl.Float64,
    "score": pl.Float64,
    "flags": pl.List(pl.String),
    "factor": pl.Int32,
    "share_of": pl.String,
    "share_now": pl.List(pl.Int64),
    "share_before": pl.List(pl.Int64),
}
SUSPICIONS = pl.Schema(_COLUMNS)
"""One row per submitted figure (unit × element × period), in the order of units, periods, forms and elements.

`amount`, `approved`, EARLIER, `median`, `expected` and `spread` are whole or broken numbers at `decimals`. `approved`
(with its state) is what is in force for the same period, null where nothing is; `median` that of `own`. `expected` is
what `basis` says, `score` how many spreads the figure is from it; null without a basis or a number. `flags` are
domain.suspicion.Flag, the most telling first; `factor` belongs to «many times». `share_of` is the indicator whose
share moved, with its numerator and denominator now and before.
"""


def suspicions(
    province: Province, approved: pl.DataFrame, candidates: pl.DataFrame, limits: SuspicionLimits | None = None
) -> pl.DataFrame:
    """Score submitted figures that are not yet approved against approved ones (both frames.FIGURES).

    Against its own `most` last approved values of periods as long, never those of its own period or later ones:
    |value − median| ÷ spread, the spread being 1.4826 × the median absolute deviation and never less than the floor.
    Where the same period of last year or the period before lies nearer than the median, its distance counts: a season
    or a steady rise is not suspicious. With fewer than `fewest` own values, against what the peers say, see
    calculation.peers. Figures of unknown elements are left out.
    """
    limits = limits or SuspicionLimits()
    frames.check(approved, frames.FIGURES)
    frames.check(candidates, frames.FIGURES)
    wanted = candidates.join(_elements(province), on="element", maintain_order="left")
    scale = scales(approved, candidates)
    known, submitted = on_scale(approved, scale), on_scale(wanted.select(frames.FIGURES.names()), scale)
    told = with_earlier(province, known, _told(known, submitted), limits.most)
    scored = _scored(with_peers(province, told, limits), limits).filter("candidate")
    return _assembled(province, wanted, scored, share_jumps(province, told, limits), approved, scale, limits)


def _told(known: pl.DataFrame, submitted: pl.DataFrame) -> pl.DataFrame:
    """Return what units say of the periods submitted: the submitted figures, and the approved ones beside them."""
    periods = submitted.select("first_month", "last_month").unique()
    beside = known.join(periods, on=["first_month", "last_month"], how="semi").join(submitted, on=KEY, how="anti")
    parts = (submitted.with_columns(candidate=pl.lit(True)), beside.with_columns(candidate=pl.lit(False)))
    return pl.concat(parts)


def _scored(figures: pl.DataFrame, limits: SuspicionLimits) -> pl.DataFrame:
    own = pl.col("own").list.len() >= limits.fewest
    deviation = pl.col("own").list.eval((pl.element() - pl.element().median()).abs()).list.median()
    usual = pl.when(own).then("median").otherwise("peer_expected")
    spread = pl.when(own).then(deviation * MAD_TO_SPREAD).otherwise("peer_spread")
    floor = pl.max_horizontal(usual.abs() * float(limits.floor_share), _cases(limits.floor_count))
    basis = pl.when(own & pl.col("amount").is_not_null()).then(_nearest()).when(~own).then("peer_basis")
    return (
        figures.with_columns(median=pl.col("own").list.median())
        .with_columns(basis=basis, spread=pl.when(usual.is_not_null()).then(pl.max_horizontal(spread, floor)))
        .with_columns(expected=_expected())
        .with_columns(score=((pl.col("amount") - pl.col("expected")).abs() / pl.col("spread")).round(_SCORE_DECIMALS))
    )


def _nearest() -> pl.Expr:
    """Name the one of a unit's own earlier values that lies nearest; the median where several do."""
    distance, season, before = ((pl.col("amount") - pl.col(name)).abs() for name in ("median", "last_year", "previous"))
    nearest = pl.min_horizontal(distance, season, before)
    return (
        pl.when(nearest == distance)
        .then(pl.lit(Basis.OWN.value))
        .when(nearest == season)
        .then(pl.lit(Basis.SEASON.value))
        .otherwise(pl.lit(Basis.PREVIOUS.value))
    )


def _expected() -> pl.Expr:
    own = {Basis.OWN: "median", Basis.SEASON: "last_year", Basis.PREVIOUS: "previous"}
    expected: pl.Expr = pl.when(pl.col("basis").is_not_null()).then("peer_expected")
    for basis, column in own.items():
        expected = pl.when(pl.col("basis") == basis.value).then(column).otherwise(expected)
    return expected


def _cases(count: Fraction | int) -> pl.Expr:
    """Return a number of cases at the decimals of the row."""
    return pl.lit(10.0).pow(pl.col("decimals")) * float(count)


def _assembled(
    province: Province,
    wanted: pl.DataFrame,
    scored: pl.DataFrame,
    jumps: pl.DataFrame,
    approved: pl.DataFrame,
    scale: pl.DataFrame,
    limits: SuspicionLimits,
) -> pl.DataFrame:
    in_force = on_scale(approved, scale).select(*KEY, approved="amount")
    states = approved.select(*KEY, approved_state="state")
    places = {unit.id: place for place, unit in enumerate(province.units.members)}
    forms = {element: place for place, element in enumerate(province.elements)}
    return (
        wanted.drop("amount", "decimals")
        .join(scale, on="element")
        .join(scored.drop("decimals"), on=KEY, how="left")
        .join(jumps, on=KEY, how="left")
        .join(in_force, on=KEY, how="left")
        .join(states, on=KEY, how="left")
        .pipe(_with_flags, limits)
        .with_columns(pl.col("own", "trend").fill_null([]))
        .sort(
            pl.col("unit").replace_strict(places, default=len(places)),
            "last_month",
            "first_month",
            pl.col("element").replace_strict(forms, default=len(forms)),
        )
        .select(SUSPICIONS.names())
        .cast(SUSPICIONS)
    )


def _with_flags(rows: pl.DataFrame, limits: SuspicionLimits) -> pl.DataFrame:
    far = pl.col("score") > float(limits.score)
    by_peers = pl.col("basis").is_in([Basis.PEERS_CHANGE.value, Basis.PEERS_YEAR.value, Basis.PEERS_SHARE.value])
    telling = pl.col("surprise").is_in(_TELLING) & (pl.col("score").is_null() | far) & _beyond(limits)
    enough = pl.col("amount") >= _cases(limits.same_from)
    past = (
        pl.when(telling)
        .then("surprise")
        .when(far)
        .then(pl.when(by_peers).then(pl.lit(Flag.FAR_FROM_PEERS.value)).otherwise(pl.lit(Flag.FAR_FROM_OWN.value)))
    )
    same = pl.when((pl.col("surprise") == Flag.SAME_AS_PREVIOUS.value) & enough).then("surprise")
    fallen = pl.col("latest") - pl.col("amount") > pl.col("latest") * float(limits.fall_share)
    fell = pl.when((pl.col("measure") == Measure.STOCK.value) & fallen)
    told = rows.hstack(_surprises(rows)).with_columns(past=past)
    return told.with_columns(
        factor=pl.when(pl.col("past").is_in(_TELLING)).then("factor"),
        flags=pl.concat_list("past", "jump", same, fell.then(pl.lit(Flag.STOCK_FELL.value))).list.drop_nulls(),
    )


def _beyond(limits: SuspicionLimits) -> pl.Expr:
    return (pl.col("amount") - pl.col("previous")).abs() > _cases(limits.fewest_cases)


def _surprises(rows: pl.DataFrame) -> pl.DataFrame:
    """Ask the rule of the entry about each figure and the period before: `surprise` and `factor`."""
    found = [
        surprise(Fraction(amount), Fraction(previous), flow=measure == Measure.FLOW.value)
        if amount is not None and previous is not None
        else None
        for amount, previous, measure in rows.select("amount", "previous", "measure").iter_rows()
    ]
    told = {
        "surprise": [each and each.kind.value for each in found],
        "factor": [each and each.factor for each in found],
    }
    return pl.DataFrame(told, {"surprise": pl.String, "factor": pl.Int32})


def _elements(province: Province) -> pl.DataFrame:
    rows = [(each.id, each.form_id, each.measure.value) for each in province.elements.values()]
    return pl.DataFrame(rows, {"element": pl.String, "form": pl.String, "measure": pl.String}, orient="row")

"""What a figure should be by what happened at the units of the same peer group."""

from __future__ import annotations

import polars as pl

from scorecard.calculation.earlier import KEY
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.suspicion import Basis, SuspicionLimits

MAD_TO_SPREAD = 1.4826
"""What makes the median of absolute deviations a standard deviation, for values spread like a bell."""

PEER_VIEW = pl.Schema({"peer_basis": pl.String, "peer_expected": pl.Float64, "peer_spread": pl.Float64})
"""What the peers say of a figure, and by how much they differ, both at the decimals of the figure."""

_PERIOD = ["element", "first_month", "last_month"]


def with_peers(province: Province, figures: pl.DataFrame, limits: SuspicionLimits) -> pl.DataFrame:
    """Add PEER_VIEW to figures with EARLIER: null where fewer than `fewest` peers can be compared.

    The median, over the unit's peers, of the change since the period before is applied to the unit's own value of then;
    without one, that of the change since last year; without either, the share that the element has in the denominator
    of its rate, applied to the unit's own denominator. Peers count with what they submitted, approved or not: a median
    does not follow the few that are wrong.
    """
    compared = (
        _bases(province, figures).filter(pl.col("base") > 0).with_columns(ratio=pl.col("amount") / pl.col("base"))
    )
    pairs = (
        compared.filter("candidate")
        .join(
            compared.select(*_PERIOD, "group", "basis", peer="unit", peer_ratio="ratio"),
            on=[*_PERIOD, "group", "basis"],
        )
        .filter(pl.col("peer") != pl.col("unit"))
    )
    ratio, base = pl.col("peer_ratio"), pl.col("base").first()
    found = (
        pairs.group_by(*KEY, "basis", "order")
        .agg(
            peers=pl.len(),
            peer_expected=ratio.median() * base,
            peer_spread=(ratio - ratio.median()).abs().median() * MAD_TO_SPREAD * base,
        )
        .filter(pl.col("peers") >= limits.fewest)
        .sort("order")
        .unique(KEY, keep="first", maintain_order=True)
        .select(*KEY, peer_basis="basis", peer_expected="peer_expected", peer_spread="peer_spread")
    )
    return figures.join(found, on=KEY, how="left", maintain_order="left")


def _bases(province: Province, figures: pl.DataFrame) -> pl.DataFrame:
    """Return each figure with what it can be divided by, one row per basis: `order` 0 is the best."""
    whole = figures.select("unit", "first_month", "last_month", whole="element", share="amount")
    wholes = figures.join(_wholes(province, figures), on=["element", "last_month"], how="left").join(
        whole, on=["unit", "first_month", "last_month", "whole"], how="left"
    )
    grouped = wholes.join(_groups(province), on="unit")
    ways = ((Basis.PEERS_CHANGE, "previous"), (Basis.PEERS_YEAR, "last_year"), (Basis.PEERS_SHARE, "share"))
    return pl.concat(
        grouped.select(
            *KEY, "candidate", "amount", "group", base=column, basis=pl.lit(basis.value), order=pl.lit(order, pl.Int8)
        )
        for order, (basis, column) in enumerate(ways)
    )


def _wholes(province: Province, figures: pl.DataFrame) -> pl.DataFrame:
    """Name the denominator of each element that is, alone, the upper half of a rate; the first rate that says so."""
    rows: dict[tuple[str, int], str] = {}
    for month in figures["last_month"].unique().sort():
        for indicator in province.indicators.values():
            version = indicator.version_at(Month(month))
            lower = version.denominator
            single = lower is not None and len(version.numerator.terms) == len(lower.terms) == 1
            if indicator.kind is IndicatorKind.RATIO and single and lower and lower.elements:
                for element in version.numerator.elements:
                    rows.setdefault((element, month), lower.elements[0])
    told = [(element, month, whole) for (element, month), whole in rows.items()]
    return pl.DataFrame(told, {"element": pl.String, "last_month": pl.Int32, "whole": pl.String}, orient="row")


def _groups(province: Province) -> pl.DataFrame:
    rows = [(unit.id, unit.peer_group) for unit in province.units.members if unit.peer_group]
    return pl.DataFrame(rows, {"unit": pl.String, "group": pl.String}, orient="row")

"""Suspicion and effect agree with their slow twin on random provinces, gaps, mergers, new units and zeros."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard import frames
from scorecard.calculation.earlier import KEY
from scorecard.calculation.effects import effects
from scorecard.calculation.suspicion import suspicions
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.suspicion import SuspicionLimits
from scorecard.domain.unit import Units
from tests.calculation.slow_review import SlowReview, slow_effect
from tests.calculation.slow_twin import Twin
from tests.calculation.test_twin import LAST, provinces, reports

FEW = SuspicionLimits(fewest=2, most=4, same_from=30)


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Province, pl.DataFrame, pl.DataFrame]:
    where = draw(provinces())
    members = tuple(replace(each, peer_group=draw(st.sampled_from(["xa", "xa", None]))) for each in where.units.members)
    where = replace(where, units=Units(members, where.units.successions))
    what = draw(reports(where)).filter(pl.col("element") != "steps")
    month = draw(st.integers(Month.parse("2025-03").index, LAST))
    chance = draw(st.randoms(use_true_random=True))
    what = what.filter(pl.col("last_month") <= month)
    submitted = [last == month and chance.random() < 0.7 for last in what["last_month"]]
    changed = [
        amount if amount is None or not new or chance.random() < 0.6 else amount * chance.choice([0, 1, 10, 100]) // 3
        for amount, new in zip(what["amount"], submitted, strict=True)
    ]
    what = what.with_columns(amount=pl.Series(changed, dtype=pl.Int64))
    new = pl.Series(submitted, dtype=pl.Boolean)
    return where, what.filter(~new), what.filter(new)


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(reviews())
def test_suspicion_agrees_with_its_slow_twin(review: tuple[Province, pl.DataFrame, pl.DataFrame]) -> None:
    where, approved, candidates = review
    slow = SlowReview(where, approved, candidates, FEW)
    rows = suspicions(where, approved, candidates, FEW).to_dicts()
    assert len(rows) == candidates.height
    for row in rows:
        if row["amount"] is None:
            assert (row["score"], row["flags"]) == (None, [])
            continue
        one = 10 ** row["decimals"]
        wanted = slow.row(tuple(row[name] for name in KEY))
        assert [Fraction(each, one) for each in row["own"]] == wanted["own"]
        for name in ("previous", "last_year"):
            assert (None if row[name] is None else Fraction(row[name], one)) == wanted[name]
        assert (row["basis"], row["flags"]) == (wanted["basis"], wanted["flags"]), (row, wanted)
        for name, scale in (("expected", one), ("score", 1)):
            value = wanted[name]
            assert row[name] == (None if value is None else pytest.approx(float(value * scale), abs=2e-9)), (
                row,
                wanted,
            )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(reviews())
def test_effects_agree_with_a_board_in_which_the_figures_are_replaced(
    review: tuple[Province, pl.DataFrame, pl.DataFrame],
) -> None:
    where, approved, candidates = review
    rows = suspicions(where, approved, candidates, FEW)
    found = effects(where, approved, rows)
    everything = pl.concat([approved, candidates])
    targets = {each.id: each for each in where.targets}
    for told in found.iter_rows(named=True):
        target, month = targets[told["target"]], told["last_month"]
        own = (pl.col("unit") == told["unit"]) & (pl.col("last_month") == month)
        with_it = twin(where, everything, month)
        without = twin(
            where, pl.concat([everything.join(rows.filter(own), on=KEY, how="anti"), usual(rows, own)]), month
        )
        change = slow_effect(with_it, without, target, month)
        counted = where.indicators[target.indicator_id or ""].kind is IndicatorKind.COUNT
        assert told["points"] == (None if counted or change is None else pytest.approx(float(change), abs=1e-9))
        if counted and change is not None:
            assert told["cases"] == change


def twin(where: Province, what: pl.DataFrame, month: int) -> Twin:
    made = Twin(where, what)
    made.as_of = month
    made.links = [link for link in where.units.successions if link.effective <= Month(month).last_day]
    return made


def usual(rows: pl.DataFrame, own: pl.Expr) -> pl.DataFrame:
    """Return the figures with what was to be expected in their place, where that is known."""
    known = rows.filter(own).filter(pl.col("amount").is_null() | pl.col("expected").is_not_null())
    amounts = [None if a is None else round(e) for a, e in known.select("amount", "expected").iter_rows()]
    return known.with_columns(amount=pl.Series(amounts, dtype=pl.Int64)).select(frames.FIGURES.names())

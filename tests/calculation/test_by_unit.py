"""Rows by unit: whose they are, what they hold, and that they add up to the total."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Scope
from scorecard.domain.province import Province
from scorecard.domain.unit import Succession, Unit, Units
from tests.calculation.provinces import (
    ROOT,
    element,
    figures,
    form,
    indicator,
    merged,
    province,
    reporters,
    target,
    unit,
)

JULY = Month.parse("2025-07")


def by_unit(where: Province, what: pl.DataFrame, as_of: str = "2025-07") -> dict[str, dict[str, Any]]:
    rows = scoreboard(where, what, Month.parse(as_of), by_unit=True).to_dicts()
    return {row["unit"]: row for row in rows}


def rate(unit_id: str, period: str, online: int, received: int) -> list[tuple[str, str, str, int]]:
    return [(period, unit_id, "online", online), (period, unit_id, "received", received)]


def gone_over(old: Unit, heir: Unit) -> Succession:
    return Succession(from_id=old.id, to_id=heir.id, effective=date(2025, 7, 1), share=Fraction(1), basis="")


def test_each_unit_is_judged_on_its_own_figures() -> None:
    where = province([target(">= 80%")])
    rows = by_unit(where, figures(*rate("a", "2025-06", 9, 10), *rate("b", "2025-06", 1, 10)), "2025-06")
    assert list(rows) == ["a@", "b@"]
    good, bad = rows.values()
    assert (good["status"], good["numerator"], good["denominator"], good["value"]) == ("met", 9, 10, 0.9)
    assert (bad["status"], bad["short_by"], bad["coverage"]) == ("too_early", 7, 1.0)


def test_coverage_of_a_unit_is_all_or_nothing() -> None:
    what = figures(*rate("a", "2025-05", 9, 10), *rate("b", "2025-05", 9, 10), *rate("b", "2025-06", 9, 10))
    rows = by_unit(province([target()]), what, "2025-06")
    told = {name: (row["reported_units"], row["expected_units"], row["coverage"]) for name, row in rows.items()}
    assert told == {"a@": (0, 1, 0.0), "b@": (1, 1, 1.0)}
    assert (rows["a@"]["status"], rows["a@"]["reason"]) == ("no_data", "not_reported")


def test_a_unit_inherits_what_went_over_entirely_and_breaks_where_a_part_did() -> None:
    old, split = unit("old", died="2025-06-30"), unit("split", died="2025-06-30")
    whole, carved, other = (unit(code, born="2025-07-01") for code in ("whole", "carved", "other"))
    links = [merged(old, whole), merged(split, carved, None), merged(split, other, None)]
    where = province([target()], units=[old, split, whole, carved, other], successions=links)
    what = figures(
        *rate("old", "2025-06", 5, 10),
        *rate("split", "2025-06", 50, 100),
        *rate(whole.id, "2025-07", 3, 10),
        *rate(carved.id, "2025-07", 2, 10),
    )
    rows = by_unit(where, what)
    assert [row["unit"] for row in rows.values()] == [carved.id, other.id, whole.id]
    assert (rows[whole.id]["numerator"], rows[whole.id]["crosses_boundaries"]) == (8, True)
    assert rows[whole.id]["window_start"] == Month.parse("2025-01").index
    assert (rows[carved.id]["numerator"], rows[carved.id]["window_start"]) == (2, JULY.index)
    assert rows[other.id]["numerator"] is None


def test_a_unit_that_will_take_over_another_does_not_count_its_figures_yet() -> None:
    old, heir = unit("old", died="2025-06-30"), unit("a")
    where = province([target()], units=[old, heir], successions=[gone_over(old, heir)])
    what = figures(*rate("old", "2025-06", 5, 10), *rate("a", "2025-06", 1, 10), *rate("a", "2025-07", 1, 10))
    before, after = by_unit(where, what, "2025-06"), by_unit(where, what, "2025-07")
    assert {name: row["numerator"] for name, row in before.items()} == {"a@": 1, "old@": 5}
    assert {name: row["numerator"] for name, row in after.items()} == {"a@": 7}


def test_a_unit_that_took_over_a_part_breaks_on_that_day_though_it_is_older() -> None:
    split, heir, other = unit("split", died="2025-06-30"), unit("a"), unit("b")
    links = [replace(gone_over(split, each), share=None) for each in (heir, other)]
    where = province([target(scope=Scope(codes=("a",)))], units=[split, heir, other], successions=links)
    what = figures(*rate("a", "2025-06", 1, 10), *rate("a", "2025-07", 2, 10))
    (row,) = by_unit(where, what).values()
    assert (row["numerator"], row["window_start"]) == (2, JULY.index)


def test_a_stock_is_handed_over_when_the_older_heir_reports_for_a_month_of_its_own() -> None:
    old, heir = unit("old", died="2025-06-30"), unit("a")
    where = province(
        [target(">= 1", indicator_id="held")],
        units=[old, heir],
        successions=[gone_over(old, heir)],
        forms=[form([element("held", Measure.STOCK)])],
        indicators=[indicator("held", None, name="held")],
    )
    june = [("2025-06", "old", "held", 5), ("2025-06", "a", "held", 2)]
    totals_by_month = [
        scoreboard(where, figures(*june, ("2025-08", "a", "held", 8)), Month.parse(month))["numerator"].item()
        for month in ("2025-06", "2025-07", "2025-08")
    ]
    assert totals_by_month == [7, 7, 8]


def test_a_unit_that_took_over_a_part_does_not_hold_the_stock_of_the_others_it_is_made_of() -> None:
    old, split = unit("old", died="2025-06-30"), unit("split", died="2025-06-30")
    heir, other = unit("heir", born="2025-07-01"), unit("other", born="2025-07-01")
    links = [gone_over(old, heir), merged(split, heir, None), merged(split, other, None)]
    where = province(
        [target(">= 1", indicator_id="held")],
        units=[old, split, heir, other],
        successions=links,
        forms=[form([element("held", Measure.STOCK)])],
        indicators=[indicator("held", None, name="held")],
    )
    june = [("2025-06", "old", "held", 5), ("2025-06", "split", "held", 2)]
    silent = by_unit(where, figures(*june), "2025-08")[heir.id]
    assert (silent["status"], silent["reason"], silent["numerator"]) == ("no_data", "not_reported", None)
    told = by_unit(where, figures(*june, ("2025-07", heir.id, "held", 6)), "2025-08")[heir.id]
    assert (told["numerator"], told["value_month"]) == (6, JULY.index)
    assert scoreboard(where, figures(*june), Month.parse("2025-08"))["numerator"].to_list() == [7]


def test_only_who_owes_or_gave_figures_has_a_row() -> None:
    units = [unit("a"), unit("so", "department"), unit("surplus", "department"), unit("later", "department")]
    where = province([target()], units=units)
    what = figures(*rate("surplus", "2025-05", 1, 2), *rate("later", "2025-08", 1, 2))
    assert list(by_unit(where, what)) == ["a@", "surplus@"]


def test_a_figure_that_does_not_apply_is_none_given() -> None:
    where = province([target()], units=[unit("a"), unit("so", "department")])
    what = figures(("2025-05", "so", "online", None, "not_applicable"))
    assert list(by_unit(where, what)) == ["a@"]


def test_a_unit_that_says_it_does_not_apply_is_not_a_unit_without_data() -> None:
    what = figures(("2025-07", "a", "online", None, "not_applicable"), *rate("b", "2025-07", 9, 10))
    rows = by_unit(province([target()]), what)
    told = {name: (row["status"], row["reason"], row["expected_units"]) for name, row in rows.items()}
    assert told == {"a@": ("not_applicable", "not_concerned", 0), "b@": ("met", "met", 1)}
    later = by_unit(province([target()]), what, "2025-08")["a@"]
    assert (later["status"], later["reason"], later["expected_units"]) == ("no_data", "no_figures", 1)


def test_what_was_reported_before_it_ceased_to_apply_still_counts() -> None:
    what = figures(*rate("a", "2025-06", 9, 10), ("2025-07", "a", "online", None, "not_applicable"))
    row = by_unit(province([target()], units=[unit("a")]), what)["a@"]
    assert (row["status"], row["numerator"], row["expected_units"]) == ("met", 9, 0)


def test_all_forms_behind_a_target_must_be_owed() -> None:
    forms = [
        form([element("online", form="one")]),
        form([element("received", form="two")], reporters(levels=(), codes=("a",))),
    ]
    assert list(by_unit(province([target()], forms=forms), figures())) == ["a@"]


def test_a_target_that_no_unit_answers_for_keeps_its_one_row() -> None:
    rows = by_unit(province([target(scope=Scope(level="district"))]), figures())
    assert {name: (row["status"], row["reason"]) for name, row in rows.items()} == {
        ROOT: ("not_applicable", "no_units")
    }


def test_a_score_has_the_row_of_whom_it_is_published_for() -> None:
    scores = form([element("par", Measure.SCORE)], reporters(levels=("province",)))
    index = indicator("par", None, name="par", kind=IndicatorKind.SCORE)
    where = province([target(">= 90", indicator_id="par")], forms=[scores], indicators=[index])
    rows = by_unit(where, figures(("2025-06", ROOT, "par", 91)))
    assert {name: row["status"] for name, row in rows.items()} == {f"{ROOT}@": "met"}


def test_a_milestone_is_one_row_of_its_lead_unit_or_of_the_province_that_reports_it() -> None:
    units = [unit("a"), unit("so", "department")]
    where = province([target("done", steps=("2025-06-30",), lead="so")], units=units)
    silent, own = by_unit(where, figures()), by_unit(where, figures(("2025-06", "so", "target", 1)))
    assert (list(silent), list(own)) == (["so@"], ["so@"])
    assert own["so@"]["status"] == "met"
    above = by_unit(where, figures(("2025-06", ROOT, "target", 1)))
    assert {name: row["status"] for name, row in above.items()} == {f"{ROOT}@": "met"}


def test_a_target_for_each_unit_has_the_same_rows_either_way() -> None:
    where = province([target(scope=Scope(each="commune"))], units=[unit("a"), unit("b"), unit("so", "department")])
    what = figures(*rate("a", "2025-06", 9, 10))
    assert scoreboard(where, what, JULY, by_unit=True).equals(scoreboard(where, what, JULY))


def test_a_row_by_unit_is_that_of_a_target_for_each() -> None:
    what = figures(*rate("a", "2025-05", 4, 10), *rate("a", "2025-06", 5, 10), *rate("b", "2025-07", 9, 10))
    rows = [
        scoreboard(province([target(scope=scope, path={"2025-06-30": "0.6"})]), what, JULY, by_unit=broken_down)
        for scope, broken_down in ((Scope(level="commune"), True), (Scope(each="commune"), False))
    ]
    assert rows[0].equals(rows[1])


@st.composite
def reorganised(draw: st.DrawFn) -> Province:
    """Communes of which some went over undivided into new ones, or into one that was there before."""
    stays = [unit("a"), unit("b")]
    old = [unit(code, died="2025-06-30") for code in draw(st.sampled_from(["c", "cd", "cdef"]))]
    new = [unit(code, born="2025-07-01") for code in draw(st.sampled_from(["x", "cx"]))]
    links = [gone_over(each, draw(st.sampled_from([*new, stays[0]]))) for each in old]
    scope = draw(st.sampled_from([Scope(), Scope(level="commune")]))
    starts = draw(st.sampled_from(["2024-12-01", "2025-03-01"]))
    return province(
        [
            target(name="rate", indicator_id="rate", scope=scope, starts=starts),
            target(">= 10", name="count", indicator_id="count", scope=scope, starts=starts, cumulative=True),
        ],
        units=[*stays, *old, *new],
        successions=links,
        indicators=[
            indicator(name="rate", window=draw(st.sampled_from(list(Window)))),
            indicator("online", None, name="count", breaks=draw(st.sampled_from([[], ["2025-05"]]))),
        ],
    )


def reports(where: Province, chance: Random) -> pl.DataFrame:
    rows: list[tuple[str, str, str, int]] = []
    for each in where.units.members:
        for month in range(Month.parse("2024-10").index, Month.parse("2025-09").index + 1):
            if each.alive_on(Month(month).last_day) and chance.random() < 0.8:
                rows += rate(each.id, str(Month(month)), chance.randrange(50), 50)
    return figures(*rows)


def totals(board: pl.DataFrame) -> dict[str, tuple[int | None, int | None]]:
    sums = [pl.when(pl.col(side).count() > 0).then(pl.col(side).sum()) for side in ("numerator", "denominator")]
    return {target_id: (upper, lower) for target_id, upper, lower in board.group_by("target").agg(sums).iter_rows()}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    reorganised(),
    st.randoms(use_true_random=True),
    st.integers(Month.parse("2025-03").index, Month.parse("2025-09").index),
)
def test_the_rows_by_unit_add_up_to_the_total(where: Province, chance: Random, as_of: int) -> None:
    what = reports(where, chance)
    total = scoreboard(where, what, Month(as_of))
    assert totals(scoreboard(where, what, Month(as_of), by_unit=True)) == totals(total)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(reorganised(), st.randoms(use_true_random=True), st.integers(JULY.index, Month.parse("2025-09").index))
def test_going_over_undivided_changes_no_total(where: Province, chance: Random, as_of: int) -> None:
    what = reports(where, chance)
    links = where.units.successions
    went_on = {link.to_id: link.from_id for link in links if link.to_id != "a@"}
    as_before = [replace(each, valid_to=None) for each in where.units.members if each.id not in went_on]
    unmoved = replace(where, units=Units(tuple(as_before)))
    assert totals(scoreboard(where, what, Month(as_of))) == totals(
        scoreboard(unmoved, what.with_columns(pl.col("unit").replace(went_on)), Month(as_of))
    )

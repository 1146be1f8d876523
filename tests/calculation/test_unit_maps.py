"""The same figures on today's units and on those that reported: nothing is lost, nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.board import Board
from scorecard.calculation.comparison import comparison
from scorecard.calculation.gaps import gaps
from scorecard.calculation.scoreboard import status_history
from scorecard.calculation.unit_maps import (
    as_reported,
    has_another_map,
    heirs_on,
    map_month,
    parts_taken,
    taken_over,
)
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Succession, Unit
from scorecard.domain.unit_map import UnitMap
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
from tests.calculation.test_by_unit import rate
from tests.presentation.shipped_cases import shipped

MAY, JULY = Month.parse("2025-05"), Month.parse("2025-07")
TODAY = date(2025, 10, 3)
Sides = tuple[int, int]


def peer(code: str, *, born: str | None = None, died: str | None = None, parent: str = ROOT) -> Unit:
    return replace(unit(code, born=born, died=died, parent=parent), peer_group="xa")


OLD = [peer(code, died="2025-06-30") for code in ("old", "older", "split")]
NEW = [peer(code, born="2025-07-01") for code in ("whole", "carved", "other")]
WHERE = province(
    [target()],
    units=[*OLD, *NEW],
    successions=[
        merged(OLD[0], NEW[0]),
        merged(OLD[1], NEW[0]),
        merged(OLD[2], NEW[1], None),
        merged(OLD[2], NEW[2], None),
    ],
)
IN_MAY = figures(*rate("old", "2025-05", 10, 40), *rate("older", "2025-05", 20, 40), *rate("split", "2025-05", 30, 40))


def compared(what: pl.DataFrame, unit_map: UnitMap, as_of: Month = MAY, where: Province = WHERE) -> dict[str, Any]:
    found = comparison(where, what, as_of, "plan", unit_map, map_month(where, as_of, TODAY))
    assert found["unit"].is_unique().all()
    return {row["unit"]: row for row in found.to_dicts()}


def told(rows: Mapping[str, Mapping[str, Any]], *names: str) -> dict[str, tuple[Any, ...]]:
    return {unit_id: tuple(row[name] for name in names) for unit_id, row in rows.items()}


def test_on_todays_map_whole_mergers_are_added_and_a_split_is_a_break() -> None:
    rows = compared(IN_MAY, UnitMap.TODAY)
    assert told(rows, "numerator", "denominator", "rank", "unranked", "crosses_boundaries") == {
        NEW[0].id: (30, 80, 1, None, True),
        NEW[1].id: (None, None, None, "split", False),
        NEW[2].id: (None, None, None, "split", False),
        "split@": (30, 40, None, "former", False),
    }


def test_as_reported_every_unit_has_its_own_figures_only() -> None:
    rows = compared(IN_MAY, UnitMap.AS_REPORTED)
    assert told(rows, "numerator", "denominator", "rank", "unranked") == {
        "old@": (10, 40, 3, None),
        "older@": (20, 40, 2, None),
        "split@": (30, 40, 1, None),
    }


def test_over_the_day_of_the_merger_the_old_units_stand_apart_from_the_new_ones() -> None:
    what = pl.concat([IN_MAY, figures(*rate(NEW[0].id, "2025-07", 5, 40), *rate(NEW[1].id, "2025-07", 6, 40))])
    own = compared(what, UnitMap.AS_REPORTED, JULY)
    assert told(own, "numerator", "rank", "unranked") == {
        NEW[0].id: (5, 2, None),
        NEW[1].id: (6, 1, None),
        NEW[2].id: (None, None, "not_reported"),
        "old@": (10, None, "former"),
        "older@": (20, None, "former"),
        "split@": (30, None, "former"),
    }
    today = compared(what, UnitMap.TODAY, JULY)
    assert told(today, "numerator", "rank", "unranked") == {
        NEW[0].id: (35, 1, None),
        NEW[1].id: (6, 2, None),
        NEW[2].id: (None, None, "not_reported"),
        "split@": (30, None, "former"),
    }


def test_a_unit_of_today_is_ranked_when_all_that_it_is_made_of_reported() -> None:
    what = IN_MAY.filter(pl.col("unit") != "older@")
    (row,) = (row for unit_id, row in compared(what, UnitMap.TODAY).items() if unit_id == NEW[0].id)
    assert (row["numerator"], row["rank"], row["unranked"]) == (10, None, "not_reported")


def test_ranks_move_on_the_same_map() -> None:
    april = figures(*rate("old", "2025-04", 40, 40), *rate("older", "2025-04", 0, 40), *rate("split", "2025-04", 1, 40))
    rows = compared(pl.concat([april, IN_MAY]), UnitMap.AS_REPORTED)
    assert told(rows, "rank", "moved") == {"old@": (1, 0), "older@": (3, 0), "split@": (2, 0)}
    after = figures(
        *rate(NEW[0].id, "2025-07", 40, 40), *(row for each in NEW[1:] for row in rate(each.id, "2025-07", 39, 40))
    )
    june = figures(*(row for each in OLD for row in rate(each.id, "2025-06", 9, 40)))
    moved = compared(pl.concat([june, after]), UnitMap.TODAY, JULY)
    assert told(moved, "moved")[NEW[0].id] == (0,)


def test_figures_after_the_month_are_not_looked_at() -> None:
    later = figures(*rate(NEW[0].id, "2025-07", 40, 40))
    for unit_map in UnitMap:
        assert compared(pl.concat([IN_MAY, later]), unit_map) == compared(IN_MAY, unit_map)


def test_a_province_that_came_in_whole_is_on_both_maps() -> None:
    other = replace(unit("06", "province", died="2025-06-30"), parent=None)
    far = [peer("far", died="2025-06-30", parent="06"), peer("far", born="2025-07-01")]
    where = province([target()], units=[*OLD, *NEW, other, *far], successions=[*WHERE.units.successions, merged(*far)])
    what = pl.concat([IN_MAY, figures(*rate("far@", "2025-05", 40, 40))])
    assert compared(what, UnitMap.TODAY, where=where)[far[1].id]["rank"] == 1
    assert compared(what, UnitMap.AS_REPORTED, where=where)["far@"]["rank"] == 1


def test_units_that_left_no_heir_are_on_their_own_map_and_stand_apart_today() -> None:
    districts = [replace(unit(code, "district", died="2025-06-30"), peer_group="huyen") for code in ("d", "e")]
    forms = [form([element("online"), element("received")], reporters(levels=("commune", "district")))]
    where = province([target()], units=[*OLD, *NEW, *districts], successions=WHERE.units.successions, forms=forms)
    what = pl.concat([IN_MAY, figures(*rate("d", "2025-05", 8, 40), *rate("e", "2025-05", 9, 40))])
    own, today = (compared(what, unit_map, where=where) for unit_map in reversed(UnitMap))
    assert told(own, "peer_group", "numerator", "rank")["e@"] == ("huyen", 9, 1)
    assert told(today, "peer_group", "numerator", "unranked")["e@"] == (None, 9, "former")


@pytest.mark.parametrize("as_of", ["2025-03", "2025-05", "2025-07", "2025-09"])
def test_every_dossier_of_the_sample_stands_somewhere_on_both_maps(as_of: str) -> None:
    where, what = shipped("thai-nguyen")
    month = Month.parse(as_of)
    peers = [unit.id for unit in where.units.members if unit.peer_group]
    reported = what.filter(pl.col("unit").is_in(peers) & pl.col("last_month").is_between(month.index - 2, month.index))
    totals = dict(reported.group_by("element").agg(pl.col("amount").sum()).iter_rows())
    for unit_map in UnitMap:
        rows = comparison(where, what, month, "kh-222-2024", unit_map, map_month(where, month, TODAY))
        told = rows.filter(pl.col("target") == "full-online-dossiers").select("numerator", "denominator").sum().row(0)
        assert told == (totals["dossiers_full_online"], totals["dossiers_received"])


@pytest.mark.parametrize(
    ("as_of", "drawn", "another"),
    [("2025-05", "2025-07", True), ("2025-08", "2025-08", True), ("2025-09", "2025-09", False)],
)
def test_another_map_is_there_while_three_months_reach_behind_the_day_of_the_merger(
    as_of: str, drawn: str, another: bool
) -> None:
    month = Month.parse(as_of)
    assert map_month(WHERE, month, TODAY) == Month.parse(drawn)
    assert has_another_map(WHERE, month.plus(-2), month, Month.parse(drawn)) is another


def test_until_the_day_of_a_merger_the_map_is_the_old_one() -> None:
    assert map_month(WHERE, MAY, date(2025, 6, 30)) == MAY
    assert map_month(WHERE, MAY, date(2025, 7, 1)) == JULY


def test_what_a_unit_took_over_entirely_is_its_past_and_a_part_is_not() -> None:
    whole, carved, _ = NEW
    assert [each.id for each in taken_over(WHERE, whole, MAY, JULY)] == ["old@", "older@"]
    assert taken_over(WHERE, whole, JULY, JULY.plus(1)) == taken_over(WHERE, carved, MAY, JULY) == ()
    assert [each.id for each in parts_taken(WHERE, carved, MAY, JULY)] == ["split@"]
    assert parts_taken(WHERE, carved, JULY, JULY.plus(1)) == parts_taken(WHERE, whole, MAY, JULY) == ()


def test_a_history_holds_the_months_of_former_units_or_ones_own_alone() -> None:
    whole = NEW[0].id
    what = pl.concat([IN_MAY, figures(*rate("old", "2025-06", 1, 40), *rate(whole, "2025-07", 5, 40))])
    apart = as_reported(WHERE, JULY, JULY, JULY)
    inherited = status_history(WHERE, what, JULY, by_unit=True, inherited=True)
    alone = status_history(apart, what, JULY, by_unit=True)
    columns = ["reported_units", "expected_units", "numerator", "denominator"]
    told = [
        history.filter((pl.col("unit") == whole) & (pl.col("month") >= MAY.index)).sort("month").select(columns).rows()
        for history in (inherited, alone)
    ]
    assert told == [
        [(2, 2, 30, 80), (1, 2, 31, 120), (1, 1, 36, 160)],
        [(0, 0, None, None), (0, 0, None, None), (1, 1, 5, 40)],
    ]


@st.composite
def redrawn(draw: st.DrawFn) -> Province:
    """Communes that went over undivided, were split without a share, or came together again, on two days."""
    days = [date(2025, 5, 1), date(2025, 7, 1)]
    standing, members, links = [peer("a"), peer("b")], [peer("a"), peer("b")], list[Succession]()
    first = [peer(code) for code in draw(st.sampled_from(["c", "cd", "cde"]))]
    standing, members = [*standing, *first], [*members, *first]
    for turn, day in enumerate(days):
        born = [peer(f"{code}{turn}", born=str(day)) for code in draw(st.sampled_from(["x", "xy"]))]
        leaving = draw(st.lists(st.sampled_from(standing[2:]), unique_by=lambda each: each.id)) if standing[2:] else []
        heirs = [*born, standing[0]]
        for old in leaving:
            goes_to = draw(st.lists(st.sampled_from(heirs), min_size=1, max_size=2, unique_by=lambda each: each.id))
            whole = len(goes_to) == 1 and draw(st.booleans())
            share = Fraction(1) if whole else None
            links += [
                Succession(from_id=old.id, to_id=each.id, effective=day, share=share, basis="") for each in goes_to
            ]
        gone = {each.id for each in leaving}
        ended = {each.id: replace(each, valid_to=day - timedelta(days=1)) for each in leaving}
        members = [ended.get(each.id, each) for each in members] + born
        standing = [each for each in standing if each.id not in gone] + born
    window = draw(st.sampled_from(list(Window)))
    return province([target()], units=members, successions=links, indicators=[indicator(window=window)])


def reports(where: Province, chance: Random) -> pl.DataFrame:
    """Reports of most units and months, some of one side only."""
    rows: list[tuple[str, str, str, int]] = []
    for each in where.units.members:
        for month in range(Month.parse("2024-12").index, Month.parse("2025-09").index + 1):
            if each.code != ROOT and each.alive_on(Month(month).last_day) and chance.random() < 0.85:
                own = rate(each.id, str(Month(month)), chance.randrange(50), 50)
                rows += own if chance.random() < 0.9 else own[:1]
    return figures(*rows)


RANDOM = given(
    redrawn(),
    st.randoms(use_true_random=True),
    st.integers(Month.parse("2025-02").index, Month.parse("2025-09").index),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@RANDOM
def test_both_maps_agree_with_their_slow_twins_and_hold_the_same_total(
    where: Province, chance: Random, as_of: int
) -> None:
    what, month = reports(where, chance), Month(as_of)
    drawn = map_month(where, month, TODAY)
    every = own_sums(where, what, as_of)
    for unit_map, twin in ((UnitMap.TODAY, on_todays_units), (UnitMap.AS_REPORTED, on_units_that_reported)):
        rows = comparison(where, what, month, "plan", unit_map, drawn).to_dicts()
        slow, left = twin(where, what, as_of, drawn)
        assert {row["unit"]: _sides(row) for row in rows if row["unranked"] != "former"} == slow
        assert {row["unit"]: _sides(row) for row in rows if row["unranked"] == "former"} == left
        assert sum_of(map(_sides, rows)) == sum_of(every.values())
        if unit_map is UnitMap.TODAY:
            reasons = why_not_ranked(where, what, as_of, drawn)
            assert {row["unit"]: row["unranked"] for row in rows if row["unranked"] != "former"} == reasons


def _sides(row: Mapping[str, Any]) -> Sides | None:
    return None if row["numerator"] is None else (row["numerator"], row["denominator"])


def sum_of(sides: Any) -> Sides:  # noqa: ANN401 - of maps and of views
    there = [each for each in sides if each is not None]
    return sum(each[0] for each in there), sum(each[1] for each in there)


def own_months(what: pl.DataFrame, unit_id: str, as_of: int) -> dict[int, Sides]:
    """What a unit reported of both sides in three months, month by month."""
    found = {}
    for month in (as_of - 2, as_of - 1, as_of):
        own = what.filter((pl.col("unit") == unit_id) & (pl.col("last_month") == month))
        amounts = dict(own.select("element", "amount").iter_rows())
        if {"online", "received"} <= amounts.keys():
            found[month] = amounts["online"], amounts["received"]
    return found


def own_sums(where: Province, what: pl.DataFrame, as_of: int) -> dict[str, Sides]:
    found = {unit.id: own_months(what, unit.id, as_of) for unit in where.units.members}
    return {unit_id: sum_of(months.values()) for unit_id, months in found.items() if months}


def on_units_that_reported(
    where: Province, what: pl.DataFrame, as_of: int, drawn: Month
) -> tuple[dict[str, Sides | None], dict[str, Sides]]:
    own = own_sums(where, what, as_of)
    there = [each for each in where.units.members if each.peer_group and each.alive_on(Month(as_of).last_day)]
    alive = {each.id: own.get(each.id) for each in there}
    return alive, {unit_id: sides for unit_id, sides in own.items() if unit_id not in alive and sides != (0, 0)}


def on_todays_units(
    where: Province, what: pl.DataFrame, as_of: int, drawn: Month
) -> tuple[dict[str, Sides | None], dict[str, Sides]]:
    links = [link for link in where.units.successions if link.effective <= drawn.last_day]
    rows: dict[str, Sides | None] = {}
    left = {each.id: own_months(what, each.id, as_of) for each in where.units.members}
    for heir in where.units.members:
        if heir.peer_group is None or not heir.alive_on(drawn.last_day):
            continue
        line = lineage(heir.id, links)
        breaks = [link.effective for link in links if link.to_id in line and link.from_id not in line]
        since = max((Month.containing(day).index for day in breaks), default=0)
        taken = [left[each].pop(month) for each in line for month in list(left[each]) if month >= since]
        rows[heir.id] = sum_of(taken) if taken else None
    sums = {unit_id: sum_of(months.values()) for unit_id, months in left.items() if months}
    return rows, {unit_id: sides for unit_id, sides in sums.items() if sides != (0, 0)}


def why_not_ranked(where: Province, what: pl.DataFrame, as_of: int, drawn: Month) -> dict[str, str | None]:
    """Ask unit by unit whether a part came to it since, whether anybody it is made of was there, and all reported."""
    links = [link for link in where.units.successions if link.effective <= drawn.last_day]
    found: dict[str, str | None] = {}
    for heir in where.units.members:
        if heir.peer_group is None or not heir.alive_on(drawn.last_day):
            continue
        line = lineage(heir.id, links)
        there = [each for each in line if where.units.by_id[each].alive_on(Month(as_of).last_day)]
        silent = [each for each in there if as_of not in own_months(what, each, as_of)]
        days = [link.effective for link in links if link.to_id in line and link.from_id not in line]
        split = any(day > Month(as_of).last_day for day in days)
        reason = None if there and not silent else "not_reported" if there else "not_concerned"
        found[heir.id] = "split" if split else reason
    return found


def lineage(unit_id: str, links: list[Succession]) -> set[str]:
    found, grown = {unit_id}, True
    while grown:
        grown = False
        for old in {link.from_id for link in links} - found:
            own = [link for link in links if link.from_id == old]
            if all(link.to_id in found for link in own) and (len(own) > 1 or own[0].whole):
                found.add(old)
                grown = True
    return found


@settings(max_examples=40, deadline=None, derandomize=True)
@RANDOM
def test_the_gap_is_the_same_on_both_maps_and_whole_mergers_stand_on_their_heir(
    where: Province, chance: Random, as_of: int
) -> None:
    what, month = reports(where, chance), Month(as_of)
    board, drawn = Board(where, where.targets, month), map_month(where, month, TODAY)
    links = [link for link in where.units.successions if link.effective <= drawn.last_day]
    own, today = (gaps(board, what, heirs_on(unit_map, where, drawn)) for unit_map in reversed(UnitMap))
    slow: dict[str, list[Sides]] = {}
    for row in own.to_dicts():
        (stands_on,) = [
            each.id
            for each in where.units.members
            if each.alive_on(drawn.last_day) and row["contributor"] in lineage(each.id, links)
        ] or [row["contributor"]]
        slow.setdefault(stands_on, []).append((row["numerator"], row["denominator"]))
    assert {row["contributor"]: _sides(row) for row in today.to_dicts()} == {
        unit_id: sum_of(sides) for unit_id, sides in slow.items()
    }
    assert own["short_upper"].sum() == today["short_upper"].sum()
    assert sum_of(map(_sides, own.to_dicts())) == sum_of(map(_sides, today.to_dicts()))

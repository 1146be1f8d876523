"""Ranks and bands: exact, fair, complete."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.bands import EDGES, bands
from scorecard.calculation.ranking import ranks
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from tests.calculation.provinces import figures, indicator, province, target, unit
from tests.calculation.test_by_unit import rate

JUNE = Month.parse("2025-06")
Told = dict[str, tuple[int, int] | None]


def peers(groups: dict[str, str | None], **more: object) -> Province:
    units = [replace(unit(code), peer_group=group) for code, group in groups.items()]
    return province([target()], units=units, **more)


def ranked(where: Province, told: Told) -> dict[str, tuple[int | None, int, str | None]]:
    what = figures(*(row for code, sides in told.items() if sides for row in rate(code, "2025-06", *sides)))
    found = ranks(scoreboard(where, what, JUNE, by_unit=True), where)
    return {row["unit"][:-1]: (row["rank"], row["ranked"], row["unranked"]) for row in found.to_dicts()}


def test_ties_share_a_rank_and_the_next_one_is_left_out() -> None:
    where = peers(dict.fromkeys("abcd", "xa"))
    found = ranked(where, {"a": (30, 40), "b": (40, 40), "c": (60, 80), "d": (1, 40)})
    assert found == {"b": (1, 4, None), "a": (2, 4, None), "c": (2, 4, None), "d": (4, 4, None)}


def test_three_of_three_never_outranks_a_large_unit() -> None:
    found = ranked(peers(dict.fromkeys("ab", "xa")), {"a": (3, 3), "b": (9500, 10000)})
    assert found == {"a": (None, 1, "too_small"), "b": (1, 1, None)}


def test_who_is_not_ranked_is_told_why() -> None:
    groups = {"a": "xa", "b": "xa", "c": None, "d": "xa", "e": "phuong"}
    found = ranked(peers(groups), {"a": (30, 40), "b": None, "c": (40, 40), "d": (0, 0), "e": (1, 40)})
    assert found == {
        "a": (1, 1, None),
        "b": (None, 1, "not_reported"),
        "c": (None, 0, "no_peer_group"),
        "d": (None, 1, "no_cases"),
        "e": (1, 1, None),
    }


def test_thirty_cases_are_enough() -> None:
    found = ranked(peers(dict.fromkeys("ab", "xa")), {"a": (29, 29), "b": (1, 30)})
    assert found == {"a": (None, 1, "too_small"), "b": (1, 1, None)}


def test_the_smaller_is_better_where_rising_is_bad() -> None:
    where = peers(dict.fromkeys("ab", "xa"), indicators=[indicator(rising_is_good=False)])
    assert ranked(where, {"a": (1, 40), "b": (2, 40)}) == {"a": (1, 2, None), "b": (2, 2, None)}


def test_ratios_that_look_alike_in_binary_are_told_apart() -> None:
    close = (10**9, 10**9 + 7), (10**9 - 1, 10**9 + 6)
    assert close[0][0] / close[0][1] == pytest.approx(close[1][0] / close[1][1], abs=1e-15)
    found = ranked(peers(dict.fromkeys("ab", "xa")), dict(zip("ab", close, strict=True)))
    assert found == {"a": (1, 2, None), "b": (2, 2, None)}


sides = st.one_of(st.none(), st.integers(0, 60).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from(["xa", "phuong", None]), sides), min_size=1, max_size=8))
def test_ranks_agree_with_their_slow_twin(told: list[tuple[str | None, tuple[int, int] | None]]) -> None:
    codes = "abcdefgh"[: len(told)]
    groups = {code: group for code, (group, _) in zip(codes, told, strict=True)}
    found = ranked(peers(groups), {code: pair for code, (_, pair) in zip(codes, told, strict=True)})
    able = {
        code: (group, Fraction(*pair))
        for code, (group, pair) in zip(codes, told, strict=True)
        if group and pair and pair[1] >= 30
    }
    for code, (group, _) in zip(codes, told, strict=True):
        peers_of = [value for other, value in able.values() if other == group]
        place = 1 + sum(value > able[code][1] for value in peers_of) if code in able else None
        assert found[code][:2] == (place, len(peers_of))
        assert (found[code][2] is None) == (code in able)


def band_counts(told: Told) -> dict[str, int]:
    what = figures(*(row for code, pair in told.items() if pair for row in rate(code, "2025-06", *pair)))
    where = province([target()], units=[unit(code) for code in told])
    return dict(bands(scoreboard(where, what, JUNE, by_unit=True)).select("band", "units").iter_rows())


def test_a_value_on_an_edge_belongs_to_the_band_above() -> None:
    told: Told = {"a": (80, 100), "b": (79_999, 100_000), "c": (1, 2), "d": (49, 100), "e": None, "f": (0, 7)}
    assert band_counts(told) == {"4/5": 1, "1/2": 2, "0": 2, "no_data": 1, "not_applicable": 0}


def test_who_said_that_it_does_not_apply_is_counted_apart() -> None:
    what = figures(("2025-06", "a", "online", None, "not_applicable"), *rate("b", "2025-06", 9, 10))
    found = bands(scoreboard(province([target()]), what, JUNE, by_unit=True))
    assert dict(found.select("band", "units").iter_rows()) == {
        "4/5": 1,
        "1/2": 0,
        "0": 0,
        "no_data": 0,
        "not_applicable": 1,
    }


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(sides, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_every_unit_is_in_exactly_one_band(pairs: list[tuple[int, int] | None], chance: Random) -> None:
    told: Told = dict(zip("abcdefgh", pairs, strict=False))
    low, high = EDGES
    slow = {"4/5": 0, "1/2": 0, "0": 0, "no_data": 0, "not_applicable": 0}
    for pair in told.values():
        value = Fraction(*pair) if pair and pair[1] else None
        slow["no_data" if value is None else "4/5" if value >= high else "1/2" if value >= low else "0"] += 1
    assert band_counts(told) == slow
    shuffled = list(told.items())
    chance.shuffle(shuffled)
    assert band_counts(dict(shuffled)) == slow
    assert sum(slow.values()) == len(told)

"""Which submitted figures stand out, with exact values: constant, short, seasonal and tiny series, peers, shares."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from scorecard.calculation.suspicion import suspicions
from scorecard.domain.form import Measure
from scorecard.domain.province import Province
from scorecard.domain.suspicion import SuspicionLimits
from tests.calculation.provinces import element, figures, form, merged, province, target, unit

JUNE = "2025-06"
PEERS = tuple(replace(unit(code), peer_group="xa") for code in "abcdefgh")
FORMS = [form([element("online"), element("received")]), form([element("held", Measure.STOCK, form="stocks")])]


def place(**more: object) -> Province:
    return province([target()], **({"units": PEERS, "forms": FORMS} | more))


def months(first: str, values: list[int | None], name: str = "received", who: str = "a") -> list[tuple[Any, ...]]:
    """Rows of months that follow one another; None leaves one out."""
    year, number = int(first[:4]), int(first[5:])
    rows = []
    for value in values:
        if value is not None:
            rows.append((f"{year:04d}-{number:02d}", who, name, value))
        year, number = (year + 1, 1) if number == 12 else (year, number + 1)
    return rows


def look(
    past: list[tuple[Any, ...]], new: list[tuple[Any, ...]], where: Province | None = None
) -> list[dict[str, Any]]:
    return suspicions(where or place(), figures(*past), figures(*new)).to_dicts()


def of_june(past: list[int | None], value: int, name: str = "received") -> dict[str, Any]:
    """Score a value of June 2025 after the months before it."""
    first = 2025 * 12 + 5 - len(past)
    start = f"{first // 12:04d}-{first % 12 + 1:02d}"
    (row,) = look(months(start, past, name), [(JUNE, "a", name, value)])
    return row


def test_the_score_counts_spreads_from_the_median_of_earlier_values_only() -> None:
    # The median is 100, deviations 20 10 0 0 10 20 have the median 10; the nearest reference is the median itself.
    row = of_june([80, 90, 100, 100, 110, 120], 5)
    assert (row["own"], row["median"], row["basis"]) == ([80, 90, 100, 100, 110, 120], 100.0, "own")
    assert row["spread"] == pytest.approx(14.826)
    assert row["score"] == pytest.approx(95 / 14.826, abs=1e-9)
    assert row["flags"] == ["far_from_own"]


def test_its_own_period_and_later_ones_never_count() -> None:
    past = [*months("2024-12", [100] * 6), (JUNE, "a", "received", 9000), ("2025-07", "a", "received", 9000)]
    (row,) = look(past, [(JUNE, "a", "received", 500)])
    assert (row["own"], row["latest"], row["approved"]) == ([100] * 6, 100, 9000)
    assert row["flags"] == ["far_from_own"]


def test_a_series_that_never_moved_is_flagged_from_35_percent_on() -> None:
    assert of_june([100] * 8, 135)["flags"] == []
    assert of_june([100] * 8, 136)["flags"] == ["far_from_own"]
    assert of_june([100] * 8, 65)["flags"] == []
    assert of_june([100] * 8, 64)["flags"] == ["far_from_own"]
    assert of_june([80] * 12, 8000)["flags"] == ["many_times_more"]


def test_a_tiny_commune_is_never_flagged_within_ten_cases() -> None:
    assert of_june([0] * 8, 10)["flags"] == []
    assert of_june([0] * 8, 11)["flags"] == ["far_from_own"]
    assert of_june([1] * 8, 10)["flags"] == []
    assert of_june([10] * 8, 0)["flags"] == []
    assert of_june([11] * 8, 0)["flags"] == ["dropped_to_zero"]
    assert of_june([10], 0)["flags"] == []
    assert of_june([11], 0)["flags"] == ["dropped_to_zero"]


def test_ten_times_more_is_named_with_its_factor() -> None:
    more, less = of_june([100] * 6, 1000), of_june([1000] * 6, 101)
    assert (more["flags"], more["factor"]) == (["many_times_more"], 10)
    assert (less["flags"], less["factor"]) == (["many_times_less"], 10)
    assert of_june([100] * 6, 100_000)["factor"] == 1000


def test_a_season_that_comes_every_year_is_not_suspicious() -> None:
    year = [1000, 1000, 300, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000]
    past = months("2024-01", [*year, 1000, 1000])
    (row,) = look(past, [("2025-03", "a", "received", 320)])
    assert (row["basis"], row["expected"], row["flags"]) == ("season", 300.0, [])
    assert row["score"] == pytest.approx(20 / 100)
    (other,) = look(past, [("2025-03", "a", "received", 650)])
    # Nearest of 1000 (median, period before) and 300 (last year); 350 of both, the median is named.
    assert (other["basis"], other["score"], other["flags"]) == ("own", 3.5, [])


def test_a_steady_rise_is_not_suspicious() -> None:
    row = of_june([100, 130, 160, 190, 220, 250, 280, 310], 340)
    assert (row["basis"], row["expected"], row["flags"]) == ("previous", 310.0, [])


def test_twelve_last_values_are_looked_at() -> None:
    row = of_june([5000] * 20 + [100] * 12, 100)
    assert (row["own"], row["median"], row["score"]) == ([100] * 12, 100.0, 0.0)


def test_only_periods_as_long_count() -> None:
    quarters = [(f"2024-Q{n}", "a", "received", 300) for n in (1, 2, 3, 4)]
    (row,) = look([*quarters, *months("2024-12", [100] * 6)], [(JUNE, "a", "received", 100)])
    assert (row["own"], row["previous"]) == ([100] * 6, 100)
    (row,) = look([*quarters, *months("2024-12", [100] * 6)], [("2025-Q1", "a", "received", 300)])
    assert (row["own"], row["previous"], row["last_year"]) == ([300] * 4, 300, 300)


def test_gaps_stay_gaps_in_the_trend() -> None:
    row = of_june([7, None, 9], 8)
    assert row["trend"] == [None] * 9 + [7, None, 9]
    assert row["previous"] == 9


def test_exactly_the_same_is_odd_for_a_flow_of_a_hundred_and_more() -> None:
    assert of_june([90, 95, 100, 101, 99, 100], 100)["flags"] == ["same_as_previous"]
    assert of_june([90, 95, 100, 101, 99, 99], 99)["flags"] == []
    assert of_june([100] * 6, 100, "held")["flags"] == []


def test_a_stock_that_falls_is_flagged_and_a_rounding_is_not() -> None:
    assert of_june([76] * 6, 75, "held")["flags"] == ["stock_fell"]
    assert of_june([3052] * 6, 3051, "held")["flags"] == []
    assert of_june([76], 75, "held")["flags"] == ["stock_fell"]
    assert of_june([76, None], 75, "held")["flags"] == ["stock_fell"]
    assert of_june([100], 99, "held")["flags"] == []


def peers(now: int, before: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Seven peers that went from `before` to `now`."""
    past = [("2025-05", who, "received", before) for who in "bcdefgh"]
    return past, [(JUNE, who, "received", now) for who in "bcdefgh"]


def test_with_fewer_than_six_values_the_peers_say_what_is_usual() -> None:
    past, new = peers(120, 100)
    rows = look([*past, ("2025-05", "a", "received", 1000)], [(JUNE, "a", "received", 600), *new])
    assert (rows[0]["basis"], rows[0]["expected"], rows[0]["spread"]) == ("peers_change", 1200.0, 120.0)
    assert (rows[0]["score"], rows[0]["flags"]) == (5.0, ["far_from_peers"])
    assert rows[1]["flags"] == []


def test_peers_with_approved_figures_count_too_and_those_of_other_groups_do_not() -> None:
    past, new = peers(120, 100)
    mine = [("2025-05", "a", "received", 1000)]
    (row,) = look([*past, *new, *mine], [(JUNE, "a", "received", 600)])
    assert row["expected"] == 1200.0
    apart = (replace(PEERS[0], peer_group="phuong"), *PEERS[1:])
    (row,) = look([*past, *new, *mine], [(JUNE, "a", "received", 600)], place(units=apart))
    assert (row["basis"], row["score"], row["flags"]) == (None, None, [])


def test_five_peers_are_too_few() -> None:
    past, new = peers(120, 100)
    (row, *_) = look([*past[2:], ("2025-05", "a", "received", 1000)], [(JUNE, "a", "received", 600), *new[2:]])
    assert (row["basis"], row["score"]) == (None, None)


def test_without_a_month_before_the_change_since_last_year_counts() -> None:
    past, new = peers(120, 100)
    last_year = [("2024-06", who, "received", 80) for who in "abcdefgh"]
    (row, *_) = look([*past, *last_year], [(JUNE, "a", "received", 120), *new])
    assert (row["basis"], row["expected"], row["score"]) == ("peers_year", pytest.approx(120.0), 0.0)


def test_a_new_unit_is_held_against_the_share_of_its_peers() -> None:
    new = [(JUNE, who, name, value) for who in "bcdefgh" for name, value in (("online", 60), ("received", 100))]
    rows = look([], [(JUNE, "a", "online", 10), (JUNE, "a", "received", 200), *new])
    assert [row["basis"] for row in rows[:2]] == ["peers_share", None]
    assert (rows[0]["expected"], rows[0]["score"]) == (pytest.approx(120.0), pytest.approx(110 / 12))
    assert rows[0]["flags"] == ["far_from_peers"]
    assert (rows[1]["score"], rows[1]["flags"]) == (None, [])


def test_what_units_had_that_went_over_entirely_is_the_past_of_the_new_one() -> None:
    old = [unit("m", died="2025-05-31"), unit("n", died="2025-05-31")]
    new = unit("o", born="2025-06-01")
    where = place(units=(*old, new), successions=[merged(each, new) for each in old])
    past = [*months("2024-11", [60, 60, 60, 60, 60, 60, 60], who="m"), *months("2024-12", [40] * 6, who="n")]
    (row,) = look(past, [(JUNE, new.id, "received", 400)], where)
    # November 2024 has no figure of n, and is no past of both.
    assert (row["own"], row["previous"], row["flags"]) == ([100] * 6, 100, ["far_from_own"])


def share(online: int, received: int, before: tuple[int, int]) -> list[str]:
    past = [("2025-05", "a", "online", before[0]), ("2025-05", "a", "received", before[1])]
    rows = look(past, [(JUNE, "a", "online", online), (JUNE, "a", "received", received)])
    assert rows[1]["flags"] in ([], ["same_as_previous"])
    return list(rows[0]["flags"])


@pytest.mark.parametrize(
    ("online", "received", "before", "flags"),
    [
        (70, 100, (50, 101), ["share_moved"]),
        (70, 101, (50, 100), []),
        (70, 100, (50, 100), []),
        (30, 30, (25, 30), ["jumped_to_all"]),
        (30, 30, (27, 30), []),
        (0, 90, (10, 91), ["jumped_to_none"]),
        (29, 29, (2, 30), []),
        (30, 30, (2, 29), []),
    ],
)
def test_a_share_that_jumps_is_told_where_both_denominators_are_large_enough(
    online: int, received: int, before: tuple[int, int], flags: list[str]
) -> None:
    assert [flag for flag in share(online, received, before) if flag in (*JUMPS, "share_moved")] == flags


JUMPS = ("jumped_to_all", "jumped_to_none")


def test_a_jump_names_the_rate_and_both_of_its_parts() -> None:
    past = [("2025-05", "a", "online", 40), ("2025-05", "a", "received", 80)]
    (row, _) = look(past, [(JUNE, "a", "online", 88), (JUNE, "a", "received", 90)])
    assert (row["share_of"], row["share_now"], row["share_before"]) == ("online_rate", [88, 90], [40, 80])


def test_a_figure_without_a_number_has_no_score_and_no_flag() -> None:
    (row,) = look(months("2024-12", [100] * 6), [(JUNE, "a", "received", None, "not_available")])
    assert (row["amount"], row["score"], row["flags"], row["state"]) == (None, None, [], "not_available")
    assert (row["previous"], row["median"], row["basis"], row["expected"]) == (100, 100.0, None, None)
    assert look([], []) == []


def test_a_correction_stands_beside_what_is_in_force() -> None:
    past = [*months("2024-12", [100] * 6), (JUNE, "a", "received", 100)]
    (row,) = look(past, [(JUNE, "a", "received", 110)])
    assert (row["amount"], row["approved"], row["approved_state"]) == (110, 100, "number")


def test_decimals_are_brought_together() -> None:
    where = place(forms=[form([element("received", decimals=1), element("online")])])
    (row,) = look(months("2024-12", [100] * 6), [(JUNE, "a", "received", "150.5")], where)
    assert (row["amount"], row["decimals"], row["median"]) == (1505, 1, 1000.0)
    assert row["score"] == pytest.approx(5.05)


def test_a_province_may_look_more_closely() -> None:
    past, new = figures(*months("2024-12", [100] * 6)), figures((JUNE, "a", "received", 120))
    (row,) = suspicions(
        place(), past, new, SuspicionLimits(score=SuspicionLimits().floor_count, floor_count=0)
    ).to_dicts()
    assert (row["score"], row["flags"]) == (2.0, [])
    closer = replace(SuspicionLimits(), floor_share=SuspicionLimits().floor_share / 2)
    (row,) = suspicions(place(), past, new, closer).to_dicts()
    assert (row["score"], row["flags"]) == (4.0, ["far_from_own"])


def test_the_order_is_that_of_units_and_forms() -> None:
    new = figures(
        (JUNE, "b", "received", 1), (JUNE, "a", "held", 1), (JUNE, "b", "online", 1), (JUNE, "a", "received", 1)
    )
    rows = suspicions(place(), pl.DataFrame(schema=new.schema), new)
    assert rows.select("unit", "form", "element").rows() == [
        ("a@", "monthly", "received"),
        ("a@", "stocks", "held"),
        ("b@", "monthly", "online"),
        ("b@", "monthly", "received"),
    ]

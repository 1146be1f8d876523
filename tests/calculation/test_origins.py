"""Where values come from: exact figures in small provinces, and on random ones their sum is the value."""

from __future__ import annotations

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.lines import reported
from scorecard.calculation.measurement import measure
from scorecard.calculation.origins import ORIGINS, origins
from scorecard.calculation.sources import Sources
from scorecard.domain.form import Measure
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, merged, province, reporters, target, unit
from tests.calculation.test_contributions import month
from tests.calculation.test_twin import LAST, provinces, reports

JUNE = Month.parse("2025-06")


def told(where: Province, what: pl.DataFrame, as_of: Month = JUNE) -> list[tuple[object, ...]]:
    found = origins(Board(where, where.targets, as_of), what)
    assert found.schema == ORIGINS
    periods = [None if each is None else str(Month(each)) for each in found["last_month"]]
    columns = found.select("contributor", "element", "in_numerator", "counted").rows()
    return [(*row, period) for row, period in zip(columns, periods, strict=True)]


def test_every_month_of_the_window_is_told_and_half_a_report_is_not() -> None:
    what = figures(
        *month("a", "2024-12", 90, 90),
        *month("a", "2025-05", 3, 10),
        *month("a", "2025-06", 4, 11),
        *month("b", "2025-06", 9, None),
    )
    assert told(province([target()]), what) == [
        ("a@", "online", True, 3, "2025-05"),
        ("a@", "online", True, 4, "2025-06"),
        ("a@", "received", False, 10, "2025-05"),
        ("a@", "received", False, 11, "2025-06"),
    ]


def test_a_half_year_takes_the_place_of_its_months() -> None:
    half = [("2025-H1", "a", "online", 50), ("2025-H1", "a", "received", 60)]
    what = figures(*month("a", "2025-05", 3, 10), *half)
    assert told(province([target()]), what) == [
        ("a@", "online", True, 50, "2025-06"),
        ("a@", "received", False, 60, "2025-06"),
    ]


def test_a_sign_and_a_factor_are_counted_and_the_list_is_the_formulas_own() -> None:
    where = province(
        [target("76/76")],
        forms=[form([element("offered", Measure.STOCK), element("gone", Measure.STOCK)], reporters())],
        indicators=[indicator("2 * offered - gone", "size(services)")],
    )
    assert told(where, figures(("2025-04", "a", "offered", 40), ("2025-04", "a", "gone", 4))) == [
        ("a@", "gone", True, -4, "2025-04"),
        ("a@", "offered", True, 80, "2025-04"),
        (None, None, False, 76, None),
    ]


def test_a_score_names_the_one_figure_that_was_picked() -> None:
    where = province(
        [target(">= 10")],
        forms=[form([element("par", Measure.SCORE, decimals=1)])],
        indicators=[indicator("par", None, kind="score")],
    )
    what = figures(("2025-03", "a", "par", "7.5"), ("2025-04", "19", "par", "8.5"))
    assert told(where, what) == [("19@", "par", True, 85, "2025-04")]
    two = figures(("2025-03", "a", "par", "7.5"), ("2025-04", "b", "par", "8.5"))
    assert told(where, two) == []


def test_what_a_dissolved_unit_reported_stays_its_own() -> None:
    old, new = unit("c", died="2025-05-31"), unit("d", born="2025-06-01")
    where = province([target()], units=[old, new], successions=[merged(old, new)])
    what = figures(*month("c@", "2025-05", 1, 2), *month("d@2025-06-01", "2025-06", 3, 4))
    assert [row[:1] + row[3:] for row in told(where, what)] == [
        ("c@", 1, "2025-05"),
        ("c@", 2, "2025-05"),
        ("d@2025-06-01", 3, "2025-06"),
        ("d@2025-06-01", 4, "2025-06"),
    ]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_figures_add_up_to_every_value_exactly(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    by_unit = data.draw(st.booleans())
    board = Board(where, where.targets, as_of, reported(what, as_of) if by_unit else None)
    found = origins(board, what)
    assert not found.is_duplicated().any()
    sums = {
        (*key, upper): own["counted"].sum() for (*key, upper), own in found.group_by("target", "unit", "in_numerator")
    }
    scales = dict(Sources(board, what).scales.select("indicator", "is_ratio").collect().iter_rows())
    rows = measure(Sources(board, what)).filter(pl.col("month") == as_of.index).collect()
    for row in rows.to_dicts():
        line = row["target"], row["unit"]
        there = (*line, True) in sums or (*line, False) in sums
        assert there == (row["numerator"] is not None)
        if there:
            assert sums.get((*line, True), 0) == row["numerator"]
            assert not scales[row["indicator"]] or sums.get((*line, False), 0) == row["denominator"]
    assert by_contributor(found) == by_contributor_of(contributions(board, what), found)


def by_contributor(found: pl.DataFrame) -> dict[tuple[object, ...], int]:
    keyed = found.filter(pl.col("contributor").is_not_null()).group_by("target", "unit", "contributor", "in_numerator")
    return {key: own["counted"].sum() for key, own in keyed if own["counted"].sum()}


def by_contributor_of(parts: pl.DataFrame, found: pl.DataFrame) -> dict[tuple[object, ...], int]:
    """Return what contributions say, and for what is picked and never summed (it has none), the origins themselves."""
    summed = set(parts.select("target", "unit").iter_rows())
    sides = {
        (*row[:3], upper): row[3 if upper else 4] for row in parts.iter_rows() for upper in (True, False) if row[2]
    }
    picked = {key: value for key, value in by_contributor(found).items() if key[:2] not in summed}
    return {key: value for key, value in sides.items() if value} | picked

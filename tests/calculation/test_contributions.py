"""The parts of a value: exact numbers in small provinces, and on random ones the sum of the parts is the row."""

from __future__ import annotations

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import CONTRIBUTIONS, contributions
from scorecard.calculation.measurement import measure
from scorecard.calculation.sources import Sources
from scorecard.domain.form import Measure
from scorecard.domain.period import Month
from scorecard.domain.plan import Scope
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, merged, province, reporters, target, unit
from tests.calculation.test_twin import LAST, provinces, reports

JUNE = Month.parse("2025-06")


def parts(where: Province, what: pl.DataFrame, as_of: Month = JUNE) -> list[tuple[object, ...]]:
    found = contributions(Board(where, where.targets, as_of), what)
    assert found.schema == CONTRIBUTIONS
    return [row[2:] for row in found.iter_rows()]


def month(
    unit_id: str, period: str, online: int | None, received: int | None
) -> list[tuple[str, str, str, int | None]]:
    return [(period, unit_id, "online", online), (period, unit_id, "received", received)]


def test_each_unit_brings_the_sum_of_its_months_and_half_a_report_brings_nothing() -> None:
    what = figures(
        *month("a", "2024-12", 90, 90),
        *month("a", "2025-05", 3, 10),
        *month("a", "2025-06", 4, 10),
        *month("b", "2025-05", 5, 20),
        *month("b", "2025-06", 9, None),
    )
    assert parts(province([target()]), what) == [("a@", 7, 20), ("b@", 5, 20)]


def test_what_a_dissolved_unit_reported_stays_its_own() -> None:
    old, new = unit("c", died="2025-05-31"), unit("d", born="2025-06-01")
    where = province([target()], units=[old, new], successions=[merged(old, new)])
    what = figures(*month("c@", "2025-05", 1, 2), *month("d@2025-06-01", "2025-06", 3, 4))
    assert parts(where, what) == [("c@", 1, 2), ("d@2025-06-01", 3, 4)]


def test_the_size_of_a_list_belongs_to_nobody() -> None:
    where = province(
        [target("76/76")],
        forms=[form([element("offered", Measure.STOCK)], reporters())],
        indicators=[indicator("offered", "size(services)")],
    )
    assert parts(where, figures(("2025-04", "a", "offered", 70))) == [("a@", 70, 0), (None, 0, 76)]


def test_nothing_from_before_a_part_of_another_unit_joined_is_counted() -> None:
    old, new = unit("c", died="2025-05-31"), unit("d", born="2025-06-01")
    both = Scope(codes=("a", "d"))
    split = {"units": [unit("a"), old, new], "successions": [merged(old, new, None)]}
    what = figures(*month("a", "2025-05", 1, 2), *month("a", "2025-06", 3, 4))
    assert parts(province([target(scope=both)], **split), what) == [("a@", 3, 4)]
    held = {"forms": [form([element("held", Measure.STOCK)])], "indicators": [indicator("held", None)]}
    stock = province([target(">= 10", scope=both)], **split, **held)
    assert parts(stock, figures(("2025-05", "a", "held", 7))) == []
    assert parts(stock, figures(("2025-06", "a", "held", 8))) == [("a@", 8, None)]


def test_a_count_has_no_denominator_and_a_score_no_parts() -> None:
    counted = province([target(">= 10")], indicators=[indicator("online", None)])
    assert parts(counted, figures(("2025-04", "a", "online", 7))) == [("a@", 7, None)]
    scored = province(
        [target(">= 10")],
        forms=[form([element("par", Measure.SCORE)])],
        indicators=[indicator("par", None, kind="score")],
    )
    assert parts(scored, figures(("2025-04", "a", "par", 7))) == []


def test_a_target_for_each_unit_is_split_line_by_line() -> None:
    where = province([target(scope=Scope(each="commune"))])
    found = contributions(Board(where, where.targets, JUNE), figures(*month("b", "2025-06", 5, 20)))
    assert found.select("unit", "contributor", "numerator").rows() == [("b@", "b@", 5)]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_parts_add_up_to_the_row_exactly(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    picked = {each.id for each in where.targets if each.steps or each.indicator_id == "mean"}
    found = contributions(Board(where, where.targets, as_of), what)
    assert not found.select("target", "unit", "contributor").is_duplicated().any()
    sums = {
        (name, by): (own["numerator"].sum(), own["denominator"].sum() if own["denominator"].count() else None)
        for (name, by), own in found.group_by("target", "unit")
    }
    rows = measure(Sources(Board(where, where.targets, as_of), what)).filter(pl.col("month") == as_of.index)
    for row in rows.collect().to_dicts():
        if row["target"] not in picked:
            assert sums.get((row["target"], row["unit"]), (None, None)) == (row["numerator"], row["denominator"])

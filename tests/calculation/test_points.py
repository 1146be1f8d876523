"""Points of composite indexes: exact thresholds, hundredths that add up, missing rates that are not zero."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.calculation.points import (
    Line,
    counted_points,
    group_lines,
    index_lines,
    published_scores,
    total,
)
from scorecard.calculation.scoreboard import scoreboard
from scorecard.definitions import read_province
from scorecard.domain.index import Component, Grade, Group, Index, Step
from scorecard.domain.period import Month
from scorecard.domain.plan import Document
from scorecard.domain.province import Province
from scorecard.workflow.exchange import read_exchange
from tests.calculation.provinces import element, figures, form, indicator, province, target
from tests.calculation.test_by_unit import rate

ROOT = Path(__file__).parents[2]
JUNE = Month.parse("2025-06")


def component(maximum: str = "6", full_at: str = "1", *, name: str = "a", steps: tuple[Step, ...] = ()) -> Component:
    return Component(
        id=name,
        name=name,
        name_en=None,
        maximum=Fraction(maximum),
        indicator_id="online_rate",
        full_at=Fraction(full_at),
        steps=steps,
    )


def an_index(*components: Component) -> Index:
    maximum = sum((each.maximum for each in components), Fraction(0))
    return Index(
        id="index",
        name="index",
        name_en=None,
        document=Document(number=None, dated=None, issuer=""),
        maximum=maximum,
        groups=(Group(id="g", name="g", name_en=None, maximum=maximum, components=components),),
        grades=(
            Grade(at_least=Fraction(8), name="high", name_en=None),
            Grade(at_least=Fraction(0), name="low", name_en=None),
        ),
        published=(),
        published_id=None,
    )


@pytest.mark.parametrize(
    ("maximum", "full_at", "rate_", "points"),
    [
        ("6", "0.5", "0.5", "6"),
        ("6", "0.5", "0.9", "6"),
        ("4", "0.8", "0.4", "2"),
        ("6", "1", "0.9999", "5.99"),  # 5,9994 would print as 6,00
        ("6", "0.9", "0.899999", "5.99"),
        ("2", "1", "0.3333", "0.67"),
        ("2", "1", "0.3325", "0.67"),  # 0,665 rounds up
        ("20", "1", "0", "0"),
        ("0", "0.8", "0.9", "0"),
    ],
)
def test_points_are_maximum_times_rate_over_threshold_in_hundredths(
    maximum: str, full_at: str, rate_: str, points: str
) -> None:
    assert counted_points(component(maximum, full_at), Fraction(rate_)) == Fraction(points)


def test_points_by_band_are_those_of_the_highest_band_reached() -> None:
    bands = component(
        "6",
        steps=(Step(at_least=Fraction(4, 5), points=Fraction(6)), Step(at_least=Fraction(1, 2), points=Fraction(2))),
    )
    assert [counted_points(bands, Fraction(r)) for r in ("0.8", "0.79999", "0.5", "0.49")] == [6, 2, 2, 0]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(0, 40), st.integers(1, 100), st.integers(0, 10**6), st.integers(1, 10**6))
def test_points_agree_with_their_slow_twin(maximum: int, full_at_pct: int, above: int, below: int) -> None:
    above = min(above, below)
    found = counted_points(component(str(maximum), f"{full_at_pct}/100"), Fraction(above, below))
    # In whole numbers: maximum × above × 100 ÷ (below × full_at_pct) points, in hundredths.
    hundredths, rest = divmod(maximum * above * 100 * 100, below * full_at_pct)
    hundredths += 2 * rest >= below * full_at_pct
    full = above * 100 >= full_at_pct * below
    slow = maximum * 100 if full else min(hundredths, max(0, maximum * 100 - 1))
    assert found == Fraction(slow, 100)


def measured(index: Index, what: pl.DataFrame, **more: object) -> tuple[Line, ...]:
    return index_lines(province([target()], **more), index, what, JUNE)


def test_half_online_earns_full_points_while_the_target_of_80_percent_is_missed() -> None:
    where, what = (
        province([target(">= 80%", due="2025-06-30")]),
        figures(*rate("a", "2025-06", 50, 100), *rate("b", "2025-06", 50, 100)),
    )
    (line,) = index_lines(where, an_index(component("6", "0.5")), what, JUNE)
    assert (line.points, line.full, line.rate) == (6, True, Fraction(1, 2))
    assert scoreboard(where, what, JUNE)["status"].to_list() == ["missed"]


def test_the_rate_is_that_of_all_units_together_over_the_window() -> None:
    what = figures(*rate("a", "2025-05", 10, 100), *rate("a", "2025-06", 30, 100), *rate("b", "2025-06", 0, 200))
    (line,) = measured(an_index(component()), what)
    assert (line.numerator, line.denominator, line.points) == (40, 400, Fraction("0.6"))


def test_what_is_missing_has_no_points_and_leaves_a_range() -> None:
    other = [indicator(), indicator("other", "received", name="other_rate")]
    index = an_index(component("6", "0.5"), replace(component("4", name="b"), indicator_id="other_rate"))
    what = figures(*rate("a", "2025-06", 25, 100), *rate("b", "2025-06", 25, 100))
    forms = [form([element("online"), element("received"), element("other")])]
    lines = measured(index, what, indicators=other, forms=forms)
    assert [(line.points, line.why_none) for line in lines] == [(3, None), (None, "not_reported")]
    found = total(lines, index.maximum)
    assert (found.points, found.known_maximum, found.highest, found.complete) == (3, 6, 7, False)


def test_no_cases_is_neither_zero_nor_full() -> None:
    (line,) = measured(an_index(component()), figures(*rate("a", "2025-06", 0, 0), *rate("b", "2025-06", 0, 0)))
    assert (line.rate, line.points, line.full, line.why_none) == (None, None, False, "no_cases")


def test_a_grade_begins_at_its_own_number() -> None:
    grades = an_index(component("10")).grade
    assert [grade.name if (grade := grades(Fraction(points))) else None for points in ("8", "7.99", "0")] == [
        "high",
        "low",
        "low",
    ]


@pytest.fixture(scope="module")
def thai_nguyen() -> Province:
    found = read_province(ROOT / "targets" / "thai-nguyen").province
    assert found is not None
    return found


def test_the_maxima_of_decision_766_add_up_to_100(thai_nguyen: Province) -> None:
    (index,) = thai_nguyen.indexes
    assert [group.maximum for group in index.groups] == [18, 20, 12, 10, 22, 18]
    assert sum(each.maximum for each in index.components) == index.maximum == 100


def test_the_published_components_of_29_8_2025_add_up_to_86_97(thai_nguyen: Province) -> None:
    (index,) = thai_nguyen.indexes
    what = read_exchange(ROOT / "data" / "published" / "thai-nguyen.csv", thai_nguyen).frame()
    scores = published_scores(thai_nguyen, index, what, Month.parse("2025-08"))
    parts = [scores[each.element_id] for each in index.published]
    assert parts == [Fraction(part) for part in ("15.67", "19.31", "17.49", "17.86", "16.64")]
    assert sum(parts) == scores[index.published_id or ""] == Fraction("86.97")
    maxima = {group.id: group.maximum for group in index.groups}
    assert [sum(maxima[group] for group in each.group_ids) for each in index.published] == [18, 20, 22, 22, 18]
    assert published_scores(thai_nguyen, index, what, Month.parse("2025-07")) == {}


def test_every_line_of_the_shipped_index_is_measured(thai_nguyen: Province) -> None:
    (index,) = thai_nguyen.indexes
    lines = index_lines(thai_nguyen, index, figures(), Month.parse("2025-10"))
    assert {line.why_none for line in lines} == {"not_reported"}
    whole = total(lines, index.maximum)
    assert (whole.points, whole.highest) == (0, 100)
    assert [len(group_lines(group, lines)) for group in index.groups] == [4, 1, 4, 3, 7, 3]


def test_figures_of_the_units_of_the_province_count(thai_nguyen: Province) -> None:
    (index,) = thai_nguyen.indexes
    office = next(u for u in thai_nguyen.units.alive_on(Month.parse("2025-10").last_day) if u.code == "van-phong-ubnd")
    what = figures(
        ("2025-10", office.id, "index_dossiers_resolved", 1000),
        ("2025-10", office.id, "index_dossiers_overdue", 60),
        ("2025-10", office.id, "index_dossiers_complained", 40),
        ("2025-10", office.id, "index_dossiers_digitised", 400),
    )
    points = {line.component.id: line.points for line in index_lines(thai_nguyen, index, what, Month.parse("2025-10"))}
    assert points["dossiers-satisfied"] == 6
    assert points["dossiers-digitised"] == 2
    assert sum(value is not None for value in points.values()) == 2

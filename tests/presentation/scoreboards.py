"""Rows of a scoreboard as the calculation writes them: defaults, plus what a test is about."""

from datetime import date
from fractions import Fraction

import polars as pl

from scorecard import frames
from scorecard.domain.form import Element
from scorecard.domain.formula import parse_formula
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview import Circumstances, Overview, build_overview
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_form, a_plan, a_province, a_target, an_element, an_indicator

VI = Formats(load_texts(Language.VIETNAMESE))
EN = Formats(load_texts(Language.ENGLISH))
SEPTEMBER = Month.parse("2025-09")
DECEMBER = Month.parse("2025-12")


def a_row(target: str = "full-online-dossiers", month: Month = SEPTEMBER, **changes: object) -> dict[str, object]:
    """A row without any value; 71,6% of the dossiers are one of the changes."""
    return {
        **dict.fromkeys(frames.SCOREBOARD),
        "plan": "kh-222-2024",
        "target": target,
        "unit": "19",
        "month": month.index,
        "due_month": DECEMBER.index,
        "status": "no_data",
        "reason": "no_figures",
        "numerator_decimals": 0,
        "denominator_decimals": 0,
        "approximate": False,
        "baseline_taken": False,
        "crosses_boundaries": False,
    } | changes


def a_late_row(target: str = "full-online-dossiers", **changes: object) -> dict[str, object]:
    """716 of 1.000 dossiers, far behind the path, reported by 95 of 107 units."""
    return (
        a_row(target)
        | {
            "status": "off_track",
            "reason": "far_behind_path",
            "numerator": 716,
            "denominator": 1000,
            "value": 0.716,
            "value_month": SEPTEMBER.index,
            "goal": 0.8,
            "path_done": 0.558,
            "path_expected": 0.75,
            "short_by": 84,
            "reported_units": 95,
            "expected_units": 107,
            "coverage": 0.93,
        }
        | changes
    )


def a_scoreboard(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=frames.SCOREBOARD)


def a_standing(row: dict[str, object], province: Province) -> Standing:
    return read_standings(a_scoreboard(row), province)[0]


def province_of(*targets: Target, indicators: tuple[Indicator, ...] = (), **changes: object) -> Province:
    """A province with one plan of these targets; `cases` and `score` are the elements of other indicators."""
    elements = (
        an_element("dossiers_received"),
        an_element("dossiers_full_online"),
        an_element("cases", counted_in="dịch vụ"),
        changes.pop("score", an_element("score", counted_in="điểm", decimals=2)),
    )
    every = (an_indicator(), *indicators)
    return a_province(
        forms=(a_form(elements=elements),),
        indicators={indicator.id: indicator for indicator in every},
        plans=(a_plan(*targets),),
        **changes,
    )


def of_one_element(kind: IndicatorKind, element: str, **changes: object) -> Indicator:
    version = FormulaVersion(since=None, numerator=parse_formula(element), denominator=None)
    return an_indicator(f"{kind.value}_of_{element}", kind=kind, versions=(version,), **changes)


def overview_of(*rows: dict[str, object], province: Province, formats: Formats = VI, **changes: object) -> Overview:
    seen = Circumstances(**{"month": SEPTEMBER, "today": date(2025, 10, 3)} | changes)
    return build_overview(a_scoreboard(*rows), province, province.plans[0], seen, formats)


def ranked_element(out_of: int | None) -> Element:
    return an_element("score", counted_in="hạng", out_of=out_of)


PLAIN = province_of(a_target())
HALF = Fraction(1, 2)

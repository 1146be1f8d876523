"""A small province as the page of a unit shows it: three communes and two departments, figures in a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from scorecard.calculation.ranking import ranks
from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.indicator import Indicator
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.tasks import Task
from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.unit import UnitFrames, UnitView, build_unit
from tests.calculation.provinces import element, form, indicator, province, target, unit

VI = Formats(load_texts(Language.VIETNAMESE))
JUNE = Month.parse("2025-06")
COMMUNES = [replace(unit(code), name=f"Xã {code.upper()}", peer_group="xa") for code in "abc"]
DEPARTMENTS = [
    replace(unit(code, "province"), name=name, kind="department", peer_group="so")
    for code, name in (("so-tu-phap", "Sở Tư pháp"), ("so-y-te", "Sở Y tế"))
]
KINDS = {"commune": "xã", "department": "sở", "province": "tỉnh"}


def of_units(*targets: Target, indicators: Sequence[Indicator] = ()) -> Province:
    """The province of these targets; a target is led by nobody unless it says so."""
    elements = [element(name, counted_in="hồ sơ") for name in ("online", "received", "paid")]
    made = province(
        targets or [target(name="full-online")],
        units=[*COMMUNES, *DEPARTMENTS],
        forms=[form(elements)],
        indicators=[indicator(), indicator("paid", name="paid_rate"), *indicators],
    )
    return replace(made, kinds=KINDS)


def frames_of(province: Province, figures: pl.DataFrame, month: Month = JUNE) -> UnitFrames:
    now, before = (scoreboard(province, figures, each, by_unit=True) for each in (month, month.plus(-1)))
    return UnitFrames(
        totals=scoreboard(province, figures, month),
        by_unit=now,
        ranks=ranks(now, province),
        ranks_before=ranks(before, province),
    )


def view_of(
    code: str, province: Province, figures: pl.DataFrame, tasks: Sequence[Task] = (), formats: Formats = VI
) -> UnitView:
    unit = province.units.by_code[code][0]
    return build_unit(unit, frames_of(province, figures), province, province.plans[0], JUNE, tasks, formats)

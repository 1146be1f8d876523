"""Every target that is shipped, in every month of its plan, from the figures that are shipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import polars as pl

from scorecard.calculation.board import Board
from scorecard.calculation.contributions import contributions
from scorecard.calculation.evidence import Evidence
from scorecard.calculation.gaps import GAPS
from scorecard.calculation.measurement import measure
from scorecard.calculation.scoreboard import status_history
from scorecard.calculation.sources import Sources
from scorecard.definitions import read_province
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.presentation.explanation_case import Case, read_cases
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import ROOT

FILES = {
    "thai-nguyen": ("sample/thai-nguyen.csv", "published/thai-nguyen.csv"),
    "ha-giang": ("published/ha-giang.csv",),
    "bac-ninh": ("published/bac-ninh.csv",),
    "thanh-hoa": ("published/thanh-hoa.csv",),
}


@cache
def shipped(province_id: str) -> tuple[Province, pl.DataFrame]:
    province = read_province(ROOT / "targets" / province_id).province
    assert province is not None
    frames = [read_exchange(ROOT / "data" / file, province).frame() for file in FILES[province_id]]
    return province, pl.concat(frames)


def cases_of(province: Province, figures: pl.DataFrame, plan: Plan) -> Iterator[Case]:
    """Yield the cases of all targets in every month of a plan, judged once: without changes, gaps and ranges."""
    last = Month.containing(plan.ends)
    board = Board(province, plan.targets, last)
    found = Evidence(
        history=status_history(province, figures, last, plan_ids=[plan.id]),
        measured=measure(Sources(board, figures)).collect(),
        contributions=contributions(board, figures).clear(),
        silent=(),
        gaps=pl.DataFrame(schema=GAPS),
        levels={},
        change=None,
        holders=None,
    )
    for month in range(Month.containing(plan.starts).index, last.index + 1):
        known = replace(found, history=found.history.filter(pl.col("month") <= month))
        for target in plan.targets:
            yield from read_cases(province, target, known)

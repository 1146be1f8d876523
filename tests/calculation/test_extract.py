"""Only figures that can matter are looked at, and nothing that matters is left out."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from scorecard import frames
from scorecard.calculation.board import Board
from scorecard.calculation.scoreboard import scoreboard
from scorecard.calculation.sources import Sources
from scorecard.domain.form import Measure
from scorecard.domain.indicator import Window
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from tests.calculation.provinces import element, figures, form, indicator, province, target
from tests.calculation.slow_outlook import DECIMALS
from tests.calculation.slow_twin import Twin
from tests.calculation.test_twin import FLOAT_COLUMNS, comparable, provinces

AS_OF = Month.parse("2025-09")
LONG_AGO = Month.parse("2016-03").index


def stocks(goal: str = ">= 80%") -> Province:
    elements = [element(name, Measure.STOCK, form="stocks") for name in ("held", "owned")]
    return province(
        [target(goal)],
        forms=[form(elements)],
        indicators=[indicator("held", "owned", window=Window.PLAN)],
    )


@st.composite
def old_reports(draw: st.DrawFn, where: Province) -> pl.DataFrame:
    """Years of reports, few of them recent, most of them in part."""
    chance = draw(st.randoms(use_true_random=True))
    often = draw(st.sampled_from([0.03, 0.1, 0.3]))
    rows = []
    for each in where.units.members:
        ends = draw(st.sampled_from([Month.parse("2021-02").index, Month.parse("2023-12").index, AS_OF.index]))
        for month in range(LONG_AGO, ends + 1):
            if not each.alive_on(Month(month).last_day) or chance.random() > often:
                continue
            length = chance.choice([length for length in (1, 3, 6, 12) if (month + 1) % length == 0])
            for name, decimals in DECIMALS.items():
                if chance.random() < 0.8:
                    state = chance.choices(list(frames.FIGURE_STATE.categories), [30, 1, 1, 2, 2])[0]
                    amount = chance.randrange(1, 40) if state in ("number", "approximate") else None
                    rows.append((each.id, name, month - length + 1, month, amount, decimals, state))
    return pl.DataFrame(rows, frames.FIGURES, orient="row")


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_scoreboard_agrees_with_its_slow_twin_on_years_of_figures(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(old_reports(where))
    for by_unit in (False, True):
        slow = Twin(where, what, by_unit=by_unit).rows(AS_OF.index)
        fast = [comparable(row, slow[0].keys()) for row in scoreboard(where, what, AS_OF, by_unit=by_unit).to_dicts()]
        assert len(fast) == len(slow)
        for got, wanted in zip(fast, slow, strict=True):
            for name, value in wanted.items():
                close = pytest.approx(value, abs=2e-9) if name in FLOAT_COLUMNS and value is not None else value
                assert got[name] == close, (name, got, wanted)


def test_a_stock_reported_years_ago_is_still_held() -> None:
    what = figures(
        *(("2018-12", unit, name, value) for unit in "ab" for name, value in (("held", 8), ("owned", 10))),
        *(("2019-03", "a", name, value) for name, value in (("held", 9), ("owned", 10))),
    )
    row = scoreboard(stocks(), what, AS_OF).row(0, named=True)
    assert (row["numerator"], row["denominator"], row["value_month"]) == (17, 20, Month.parse("2019-03").index)


def test_a_later_report_in_part_does_not_end_what_is_held() -> None:
    whole = [("2018-12", unit, name, value) for unit in "ab" for name, value in (("held", 8), ("owned", 10))]
    row = scoreboard(stocks(), figures(*whole, ("2019-03", "a", "held", 9)), AS_OF).row(0, named=True)
    assert (row["numerator"], row["denominator"]) == (16, 20)


def test_a_first_report_years_ago_is_told_from_none() -> None:
    told = figures(("2017-01", "a", "online", 1), ("2017-01", "a", "received", 2))
    reasons = [scoreboard(province([target()]), what, AS_OF)["reason"][0] for what in (told, told.clear())]
    assert reasons == ["not_reported", "no_figures"]


def test_figures_of_other_elements_and_of_years_ago_are_not_kept() -> None:
    where = province([target()])
    months = [f"{year}-{month:02}" for year in range(2015, 2026) for month in range(1, 10)]
    what = figures(*((month, "a", name, 5) for month in months for name in ("online", "received", "other")))
    kept = Sources(Board(where, where.targets, AS_OF), what).records
    assert kept["last"].to_list() == [index for index in map(_index, months) if index > AS_OF.index - 36]


def _index(month: str) -> int:
    return Month.parse(month).index


def test_a_file_that_is_scanned_gives_the_same_scoreboard(tmp_path: Path) -> None:
    where = province([target()])
    months = [f"{year}-{month:02}" for year in range(2022, 2026) for month in range(1, 10)]
    what = figures(*((month, unit, name, 5) for month in months for unit in "ab" for name in ("online", "received")))
    what.write_parquet(tmp_path / "figures.parquet")
    for by_unit in (False, True):
        scanned = scoreboard(where, pl.scan_parquet(tmp_path / "figures.parquet"), AS_OF, by_unit=by_unit)
        assert_frame_equal(scanned, scoreboard(where, what, AS_OF, by_unit=by_unit))

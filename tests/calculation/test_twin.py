"""The fast scoreboard and its slow twin agree on random provinces, gaps, mergers and goals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard import frames
from scorecard.calculation import board
from scorecard.calculation.scoreboard import scoreboard, status_history
from scorecard.domain.form import Measure
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Limits, Scope, Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Succession, Unit
from tests.calculation.provinces import element, form, indicator, province, reporters, target, unit
from tests.calculation.slow_outlook import DECIMALS
from tests.calculation.slow_twin import Twin

FIRST = Month.parse("2023-11").index
LAST = Month.parse("2025-09").index
FLOAT_COLUMNS = {"value", "goal", "baseline", "expected", "coverage", "forecast", "forecast_low", "forecast_high"}
FLOAT_COLUMNS |= {"forecast_path", "needed_rate"}


@st.composite
def unit_sets(draw: st.DrawFn) -> tuple[list[Unit], list[Succession]]:
    end, birth = draw(st.sampled_from([("2025-03-31", "2025-04-01"), ("2025-06-30", "2025-07-01")]))
    whole = [unit(code) for code in draw(st.sampled_from(["", "a", "ab"]))]
    old = [unit(code, died=end) for code in draw(st.sampled_from(["cd", "cde", ""]))]
    new = [unit(code, born=birth) for code in draw(st.sampled_from(["c", "cx"]))] if old else []
    links = [
        Succession(
            from_id=each.id,
            to_id=heir.id,
            effective=date.fromisoformat(birth),
            share=draw(st.sampled_from([Fraction(1), Fraction(1), None])),
            basis="",
        )
        for each in old
        for heir in draw(st.lists(st.sampled_from([*new, *whole]), min_size=0, max_size=2, unique=True))
    ]
    gone = [unit("z", draw(st.sampled_from(["commune", "district"])), died="2025-05-14")]
    return [*whole, *old, *new, *draw(st.sampled_from([[], gone])), unit("so", "department")], links


INDICATORS = {
    "rate": ("online", "received"),
    "sides": ("online + extra", "received + 2 * extra"),
    "count": ("online", None),
    "stock": ("held", "owned"),
    "list": ("held", "size(services)"),
    "mean": ("par", None),
}


@st.composite
def goals(draw: st.DrawFn, kind: str) -> str | list[str]:
    if kind == "count":
        return draw(st.sampled_from([">= 10", "> 4", "<= 6", ">= previous", ">= previous + 2"]))
    if kind == "list":
        return draw(st.sampled_from(["6/6", ">= 50%"]))
    simple = [">= 80%", "> 50%", "= 100%", "<= 40%", "30..60%", ">= previous + 2 points", "< previous"]
    return draw(st.sampled_from([*simple, [">= 60%", "> previous"]]))


@st.composite
def targets(draw: st.DrawFn, kind: str) -> Target:
    scopes = [Scope(), Scope(level="commune"), Scope(codes=("a", "c")), Scope(each="commune"), Scope(level="district")]
    goal = draw(goals(kind))
    cumulative = kind == "count" and isinstance(goal, str) and goal.startswith(">") and "previous" not in goal
    share = goal in (">= 80%", "> 50%")
    stepped = share and draw(st.booleans())
    made = target(
        goal,
        indicator_id=kind,
        starts=draw(st.sampled_from(["2024-12-01", "2025-03-01"])),
        due=draw(st.sampled_from(["2025-08-31", "2025-12-31"])),
        scope=draw(st.sampled_from(scopes)),
        path=draw(st.sampled_from([None, {"2025-06-30": "0.4"}])) if share and not stepped else None,
        stepped={"2025-05-31": "0.3", "2025-12-31": "0.8"} if stepped else None,
        baseline=draw(st.sampled_from([None, ("2024-11-30", "0.1"), ("2025-01-31", "0.9")])),
        cumulative=cumulative,
        first_review=draw(st.sampled_from([None, "2025-04-30"])),
        limits=draw(
            st.sampled_from(
                [
                    Limits(),
                    Limits(
                        off_track_ratio=Fraction(1, 10), minimum_coverage=Fraction(0), too_early_expected=Fraction(0)
                    ),
                ]
            )
        ),
    )
    if cumulative and made.baseline:
        return replace(made, baseline=replace(made.baseline, value=Fraction(1)))
    return made


@st.composite
def provinces(draw: st.DrawFn) -> Province:
    units, links = draw(unit_sets())
    every = draw(st.sampled_from([Frequency.MONTH, Frequency.MONTH, Frequency.QUARTER]))
    rules = [reporters(every=every), reporters(levels=("department", "district"), every=Frequency.HALF)]
    kinds = draw(st.lists(st.sampled_from(sorted(INDICATORS)), min_size=1, max_size=3, unique=True))
    indicators = [
        indicator(
            *INDICATORS[kind],
            name=kind,
            kind=IndicatorKind.SCORE if kind == "mean" else None,
            window=draw(st.sampled_from(list(Window))),
            breaks=draw(st.sampled_from([[], [], ["2025-04"], ["2024-12", "2025-06"]])),
            rising_is_good=draw(st.sampled_from([True, True, False])),
        )
        for kind in kinds
    ]
    made = [replace(draw(targets(kind)), id=kind) for kind in kinds]
    if draw(st.booleans()):
        made.append(target("done", name="steps", steps=("2025-02-28", "2025-05-31"), lead="so", starts="2024-12-01"))
    return province(
        made,
        units=units,
        successions=links,
        forms=[
            form([element("online"), element("received", decimals=1), element("extra")], *rules),
            form(
                [element(n, Measure.STOCK, form="stocks") for n in ("held", "owned")], *rules[: draw(st.integers(1, 2))]
            ),
            form([element("par", Measure.SCORE, decimals=2, counted_in="%", form="scores")]),
        ],
        indicators=indicators,
        list_size=6,
        superseded_from=draw(st.sampled_from([None, None, None, "2025-08-01"])),
    )


@st.composite
def reports(draw: st.DrawFn, where: Province) -> pl.DataFrame:
    chance = draw(st.randoms(use_true_random=True))
    missing = draw(st.sampled_from([0.0, 0.0, 0.02, 0.2, 0.5]))
    slope, noise = draw(st.sampled_from([0.03, 0.0, -0.01])), draw(st.sampled_from([0.0, 0.05, 0.6]))
    start = draw(st.sampled_from([FIRST, Month.parse("2024-10").index]))
    rows = []
    for each in where.units.members:
        usual = [0, 0, 1, 0, 0] if chance.random() < 0.1 else [300, 1, 1, 1, 5]
        for month in range(start, LAST + 1):
            length = chance.choices([1, 3, 6], [30, 1, 1])[0]
            if each.alive_on(Month(month).last_day) and (month + 1) % length == 0:
                share = min(1, max(0, 0.2 + slope * (month - FIRST) + noise * (chance.random() - 0.5)))
                amounts = _amounts(share, chance)
                for name, decimals in DECIMALS.items():
                    if chance.random() < (0.8 if name == "par" else missing) or not _told(name, each):
                        continue
                    state = chance.choices(list(frames.FIGURE_STATE.categories), usual)[0]
                    amount = amounts[name] if state in ("number", "approximate") else None
                    rows.append((each.id, name, month - length + 1, month, amount, decimals, state))
    return pl.DataFrame(rows, frames.FIGURES, orient="row").unique(
        ["unit", "element", "first_month", "last_month"], keep="first", maintain_order=True
    )


def _told(name: str, by: Unit) -> bool:
    return name != "steps" or by.code in ("so", "19")


def _amounts(share: float, chance: Random) -> dict[str, int]:
    cases = chance.choice([0, 3, 40, 40, 40])
    return {
        "received": 10 * cases,
        "owned": 40,
        "online": round(share * cases),
        "held": round(share * 40),
        "extra": chance.randrange(3),
        "par": round(share * 10_000),
        "steps": chance.randrange(3),
    }


def comparable(row: dict[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    found = {name: row[name] for name in columns}
    for side in ("numerator", "denominator"):
        scale = 10 ** (row[f"{side}_decimals"] or 0)
        if row[side] is not None:
            found[side] = Fraction(row[side], scale)
        if row[f"known_{side}"] is not None and row["steps_total"] is None:
            found[f"known_{side}"] = row[f"known_{side}"] / scale
    if row["expected_volume"] is not None:
        found["expected_volume"] = row["expected_volume"] / 10 ** (row["denominator_decimals"] or 0)
    return found


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_scoreboard_agrees_with_its_slow_twin(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    for by_unit in (False, True):
        slow = Twin(where, what, by_unit=by_unit).rows(as_of.index)
        fast = [comparable(row, slow[0].keys()) for row in scoreboard(where, what, as_of, by_unit=by_unit).to_dicts()]
        assert len(fast) == len(slow)
        for got, wanted in zip(fast, slow, strict=True):
            for name, value in wanted.items():
                close = pytest.approx(value, abs=2e-9) if name in FLOAT_COLUMNS and value is not None else value
                assert got[name] == close, (name, got, wanted)


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_order_of_rows_never_matters(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    as_of = Month(data.draw(st.integers(Month.parse("2025-03").index, LAST)))
    shuffled = what.sample(fraction=1, shuffle=True, seed=data.draw(st.integers(0, 1000)))
    for by_unit in (False, True):
        assert scoreboard(where, what, as_of, by_unit=by_unit).equals(
            scoreboard(where, shuffled, as_of, by_unit=by_unit)
        )


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_targets_judged_one_after_the_other_are_judged_as_all_together(data: st.DataObject) -> None:
    where = data.draw(provinces())
    what = data.draw(reports(where))
    together = [each(where, what, Month(LAST), by_unit=True) for each in (scoreboard, status_history)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(board, "_SERIES_AT_ONCE", 1)
        again = replace(where)
        apart = [each(again, what, Month(LAST), by_unit=True) for each in (scoreboard, status_history)]
        assert len(board.boards_of_totals(again, None, Month(LAST))) == len(where.targets)
    assert together[0].equals(apart[0])
    assert together[1].sort("row", "month").equals(apart[1].sort("row", "month"))

"""A synthetic province of any size and its figures, the same at every run.

    python -m benchmarks.country FOLDER SIZE

makes the file of figures and prints its path.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from benchmarks.sizes import ELEMENTS, FOLDER, SIZES, Size
from scorecard import frames
from scorecard.domain.figure import FigureState
from scorecard.domain.form import Element, Form, Measure, Reporters
from scorecard.domain.formula import parse_formula
from scorecard.domain.goal import parse_goal
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind, Window
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Document, Plan, Scope, Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit, Units
from tests.builders import a_province

AS_OF = Month.of(2025, 9)
ROOT = "vn"

_SEED = 222
_FLOWS, _INDICATORS = 12, ELEMENTS // 2
_GOALS = ((">=", 80), ("=", 100), (">", 60), (">=", 90), (">", 50), (">=", 70))
_PEER_GROUPS = 5
_MISSING = 0.01
_ROWS_IN_GROUP = 1_000_000

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


def province(size: Size) -> Province:
    """Return the definitions: 17 ratios of 34 elements, one plan with a target for each, all communes monthly."""
    numbers = range(1, _INDICATORS + 1)
    return a_province(
        id=size.name,
        name=size.name,
        root_code=ROOT,
        levels=(),
        kinds={},
        units=Units((_unit(ROOT, 0), *(_unit(code, order) for order, code in enumerate(size.codes, 1)))),
        forms=(
            _form("flows", Measure.FLOW, range(1, _FLOWS + 1)),
            _form("stocks", Measure.STOCK, range(_FLOWS + 1, _INDICATORS + 1)),
        ),
        indicators={each.id: each for each in map(_indicator, numbers)},
        lists={},
        plans=(_plan(numbers),),
        digest=size.name,
    )


def figures_file(size: Size, folder: Path = FOLDER) -> Path:
    """Return the Parquet file with frames.FIGURES, sorted by last_month and unit; it is made when not yet there.

    The name holds a digest of this module, so that a file made by an older one is not taken for it.
    """
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    file = folder / f"{size.name}-{digest}.parquet"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".unfinished")
        figures(size).write_parquet(unfinished, compression="zstd", row_group_size=_ROWS_IN_GROUP)
        unfinished.replace(file)
    return file


def figures(size: Size) -> pl.DataFrame:
    """Make frames.FIGURES: the shares rise over the years, with noise, and about 1% of the months are not reported."""
    random = np.random.default_rng(_SEED)
    lower = _cases(random, size)
    upper = random.binomial(lower, _shares(random, size))
    reported = random.random((size.months, size.units)) >= _MISSING
    return pl.concat(list(_months(size, upper, lower, reported)), rechunk=False)


def _cases(random: np.random.Generator, size: Size) -> Counts:
    """Draw the denominators, month × unit × indicator: flows with seasons and noise, stocks that hardly change."""
    usual = random.lognormal(4.5, 0.8, (1, size.units, _INDICATORS))
    calendar_month = (AS_OF.index - size.months + 1 + np.arange(size.months)) % 12
    season = 1 + 0.25 * np.sin(2 * np.pi * calendar_month / 12)[:, None, None]
    growth = np.linspace(0.9, 1.1, size.months)[:, None, None]
    cases: Counts = np.empty((size.months, size.units, _INDICATORS), np.int64)
    cases[..., :_FLOWS] = random.poisson(usual[..., :_FLOWS] * season * growth)
    cases[..., _FLOWS:] = usual[..., _FLOWS:] * growth
    return cases


def _shares(random: np.random.Generator, size: Size) -> Shares:
    """Draw the shares behind the numerators, month × unit × indicator: up, towards a level not far from the goal."""
    goals = np.array([_goal(number)[1] / 100 for number in range(1, _INDICATORS + 1)])
    level = goals + np.linspace(-0.06, 0.06, _INDICATORS) + random.normal(0, 0.06, (1, size.units, _INDICATORS))
    age = np.arange(size.months - 1, -1, -1)[:, None, None] / 12
    speed = random.uniform(0.05, 0.35, (1, size.units, _INDICATORS))
    noise = random.normal(0, 0.03, (size.months, size.units, _INDICATORS))
    return np.clip(level * np.exp(-speed * age) + noise, 0, 1)


def _months(size: Size, upper: Counts, lower: Counts, reported: NDArray[np.bool_]) -> Iterator[pl.DataFrame]:
    ids = pl.Series([f"{code}@" for code in size.codes])
    numbers = range(1, _INDICATORS + 1)
    elements = pl.Series([name for number in numbers for name in (_upper(number), _lower(number))])
    for row, index in enumerate(range(AS_OF.index - size.months + 1, AS_OF.index + 1)):
        units = np.flatnonzero(reported[row])
        amounts = np.stack([upper[row, units], lower[row, units]], axis=-1).reshape(-1)
        yield pl.DataFrame(
            {
                "unit": ids.gather(np.repeat(units, len(elements))),
                "element": elements.gather(np.tile(np.arange(len(elements)), len(units))),
                "first_month": pl.repeat(index, len(amounts), dtype=pl.Int32, eager=True),
                "last_month": pl.repeat(index, len(amounts), dtype=pl.Int32, eager=True),
                "amount": amounts,
                "decimals": pl.repeat(0, len(amounts), dtype=pl.Int8, eager=True),
                "state": pl.repeat(FigureState.NUMBER.value, len(amounts), dtype=frames.FIGURE_STATE, eager=True),
            },
            frames.FIGURES,
        )


def _unit(code: str, order: int) -> Unit:
    root = code == ROOT
    level = "province" if root else "commune"
    return Unit(
        code=code,
        name=code,
        kind=level,
        level=level,
        parent=None if root else ROOT,
        peer_group=None if root else f"group-{order % _PEER_GROUPS}",
        protocol_order=order,
        valid_from=None,
        valid_to=None,
    )


def _upper(number: int) -> str:
    return f"online_{number:02d}"


def _lower(number: int) -> str:
    return f"received_{number:02d}"


def _goal(number: int) -> tuple[str, int]:
    return _GOALS[number % len(_GOALS)]


def _form(form_id: str, measure: Measure, numbers: range) -> Form:
    return Form(
        id=form_id,
        name=form_id,
        name_en=None,
        elements=tuple(
            _element(name, form_id, measure) for number in numbers for name in (_upper(number), _lower(number))
        ),
        reporters=(
            Reporters(
                kinds=frozenset(),
                levels=frozenset({"commune"}),
                codes=frozenset(),
                every=Frequency.MONTH,
                due_day=5,
                since=None,
                until=None,
            ),
        ),
        checks=(),
    )


def _element(name: str, form_id: str, measure: Measure) -> Element:
    return Element(
        id=name,
        form_id=form_id,
        label=name,
        label_en=None,
        help="",
        found_in="",
        measure=measure,
        decimals=0,
        counted_in="",
        out_of=None,
    )


def _indicator(number: int) -> Indicator:
    version = FormulaVersion(
        since=None, numerator=parse_formula(_upper(number)), denominator=parse_formula(_lower(number))
    )
    return Indicator(
        id=f"rate_{number:02d}",
        name=f"rate_{number:02d}",
        name_en=None,
        kind=IndicatorKind.RATIO,
        versions=(version,),
        rising_is_good=True,
        window=Window.YEAR if number <= _FLOWS else Window.PLAN,
        decimals=1,
        counted_in="%",
        source_system="",
        publication_lag_months=None,
        breaks=(),
    )


def _plan(numbers: range) -> Plan:
    return Plan(
        id="plan",
        name="plan",
        name_en=None,
        document=Document(number=None, dated=None, issuer=""),
        starts=date(2024, 12, 1),
        ends=date(2025, 12, 31),
        supersedes=(),
        superseded_from=None,
        targets=tuple(_target(number) for number in numbers),
    )


def _target(number: int) -> Target:
    comparator, percent = _goal(number)
    return Target(
        id=f"target-{number:02d}",
        plan_id="plan",
        name=f"target-{number:02d}",
        name_en=None,
        indicator_id=f"rate_{number:02d}",
        goal=parse_goal(f"{comparator} {percent}%"),
        starts=date(2024, 12, 1),
        due=date(2025, 12, 31),
        scope=Scope(),
        path=(),
        stepped=(),
        steps=(),
        cumulative=False,
        baseline=None,
        lead=None,
    )


if __name__ == "__main__":
    print(figures_file(SIZES[sys.argv[2]], Path(sys.argv[1])))

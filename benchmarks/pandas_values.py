"""The values of the pandas program: figures as wide frames, summed over units and windows, with their coverage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scorecard.domain.form import Measure
from scorecard.domain.period import Month
from scorecard.domain.province import Province

YEAR = 12
DECIMALS = 9
Matrix = NDArray[np.float64]

_COLUMNS = ["target", "unit"]


def read(file: Path, as_of: Month) -> pd.DataFrame:
    """Return month × (element, unit), NaN where nothing was reported."""
    rows = pd.read_parquet(
        file,
        columns=["unit", "element", "last_month", "amount"],
        filters=[("last_month", "<=", as_of.index)],
        read_dictionary=["unit", "element"],
    )
    counts = rows.pivot(index="last_month", columns=["element", "unit"], values="amount")
    return counts.reindex(range(counts.index[0], as_of.index + 1))


@dataclass(frozen=True)
class Sides:
    """Both sides of each target's ratio, month × (target, unit); NaN where a unit did not report both."""

    upper: pd.DataFrame
    lower: pd.DataFrame
    flows: list[str]
    stocks: list[str]
    first: int
    root: str

    @classmethod
    def of(cls, province: Province, counts: pd.DataFrame, as_of: Month) -> Sides:
        """Pick the elements of each target."""
        ratios = {each.id: province.indicators[each.indicator_id or ""].versions[-1] for each in province.targets}
        lowers = {name: ratio.denominator for name, ratio in ratios.items() if ratio.denominator}
        upper = pd.concat({n: counts[r.numerator.elements[0]] for n, r in ratios.items()}, axis=1, names=_COLUMNS)
        lower = pd.concat({n: counts[formula.elements[0]] for n, formula in lowers.items()}, axis=1, names=_COLUMNS)
        both = upper.notna() & lower.notna()
        flow = {n: province.elements[f.elements[0]].measure is Measure.FLOW for n, f in lowers.items()}
        starts = min(Month.containing(each.starts) for each in province.targets)
        return cls(
            upper=upper.where(both),
            lower=lower.where(both),
            flows=[name for name, flows in flow.items() if flows],
            stocks=[name for name, flows in flow.items() if not flows],
            first=min(starts, as_of).index - YEAR,
            root=province.root_code,
        )

    def total(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Sum over the units of each target."""
        summed = frame.T.groupby(level="target", sort=False).sum().T
        summed.columns = pd.MultiIndex.from_product([summed.columns, [self.root]], names=_COLUMNS)
        return summed


@dataclass(frozen=True)
class Held:
    """The value of each month, from a year before the plan, and who stands behind it; month × (target, unit)."""

    numerator: pd.DataFrame
    denominator: pd.DataFrame
    told: pd.DataFrame
    ever: pd.DataFrame
    current: pd.DataFrame
    reported: pd.DataFrame
    expected: int
    coverage: pd.DataFrame

    @classmethod
    def by_unit(cls, sides: Sides) -> Held:
        """Return the values of each unit."""
        return cls._of(sides, lambda frame: frame, 1, lambda represented: represented.astype(float))

    @classmethod
    def total(cls, sides: Sides) -> Held:
        """Return the values of the whole province."""
        units = sides.lower.columns.get_level_values("unit").nunique()
        return cls._of(sides, sides.total, units, lambda represented: _coverage(sides, represented))

    @classmethod
    def _of(
        cls,
        sides: Sides,
        summed: Callable[[pd.DataFrame], pd.DataFrame],
        expected: int,
        coverage: Callable[[pd.DataFrame], pd.DataFrame],
    ) -> Held:
        both = sides.lower.notna()
        told, ever = summed(both) > 0, summed(both.cummax()) > 0
        flows = summed(both[sides.flows]).groupby(both.index // YEAR).cumsum() > 0
        stocks = ever[sides.stocks]
        there = pd.concat([flows, stocks], axis=1)
        numerator, denominator = (_window(sides, side, summed).where(there) for side in (sides.upper, sides.lower))
        in_time = both[sides.stocks] | both[sides.stocks].shift(fill_value=False)
        reported = summed(pd.concat([both[sides.flows], in_time], axis=1)).astype(int)
        represented = pd.concat([both[sides.flows], both[sides.stocks].cummax()], axis=1)
        current = pd.concat([told[sides.flows], stocks], axis=1)
        frames = (numerator, denominator, told, ever, current, reported)
        months = (frame.loc[sides.first :, numerator.columns] for frame in frames)
        return cls(*months, expected, coverage(represented.loc[sides.first :])[numerator.columns])

    @property
    def latest(self) -> dict[str, pd.Series | Matrix | int]:
        """What the last month says."""
        return {
            "numerator": self.numerator.iloc[-1],
            "denominator": self.denominator.iloc[-1],
            "value": quotient(self.numerator.iloc[-1].to_numpy(), self.denominator.iloc[-1].to_numpy()),
            "reported_units": self.reported.iloc[-1],
            "expected_units": self.expected,
            "coverage": self.coverage.iloc[-1],
        }


def _window(sides: Sides, side: pd.DataFrame, summed: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """Sum flows over the year to date, and stocks as last reported."""
    flows = summed(side[sides.flows].fillna(0)).groupby(side.index // YEAR).cumsum()
    stocks = summed(side[sides.stocks].ffill())
    return pd.concat([flows, stocks], axis=1)


def _coverage(sides: Sides, represented: pd.DataFrame) -> pd.DataFrame:
    """Return the share of cases of the units that a total stands on.

    A unit weighs as its denominator of last year's month, else as the mean of its last 12 months, else as the mean of
    the other units; all the same when nobody has a past.
    """
    running, count = sides.lower.fillna(0).cumsum(), sides.lower.notna().cumsum()
    recent, reports = (each.shift(1) - each.shift(YEAR + 1, fill_value=0) for each in (running, count))
    past = sides.lower.shift(YEAR).fillna(recent / reports.where(reports > 0)).loc[represented.index]
    units = past.T.groupby(level="target", sort=False)
    weight = past.T.fillna(units.transform("mean")).fillna(1.0)
    everything = weight.groupby(level="target", sort=False).transform("sum")
    weight = weight.where(everything > 0, 1.0).T
    return (sides.total(weight.where(represented, 0.0)) / sides.total(weight)).round(DECIMALS)


def quotient(above: Matrix, below: Matrix) -> Matrix:
    """Divide; NaN where nothing stands below."""
    return np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below != 0)

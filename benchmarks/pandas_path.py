"""The way to the goal in the pandas program: baseline, straight line, path done and expected, falls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.pandas_values import DECIMALS, YEAR, Held, Matrix, quotient
from scorecard.domain.goal import Comparator, Threshold
from scorecard.domain.period import Month
from scorecard.domain.plan import Target

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class StraightPath:
    """How far each value is on the straight line from its baseline to its goal, for the months of the plan."""

    held: Held
    targets: tuple[Target, ...]

    def of_targets(self, read: Callable[[Target], float]) -> Matrix:
        """Return one number of each column's target."""
        columns, known = self.held.numerator.columns, {each.id: each for each in self.targets}
        return np.array([read(known[name]) for name in columns.levels[0]])[columns.codes[0]]

    def in_plan(self, frame: pd.DataFrame) -> NDArray[Any]:
        """Return the months of the plan."""
        return frame.iloc[YEAR:].to_numpy()

    @cached_property
    def judged(self) -> pd.DataFrame:
        """The values that may serve: reported for the month and covering enough cases."""
        held = self.held
        least = self.of_targets(lambda target: float(target.limits.minimum_coverage))
        value = held.numerator / held.denominator.where(held.denominator != 0)
        return value.where(held.current & (held.coverage >= least))

    @cached_property
    def value(self) -> Matrix:
        """The exact ratio as a number, for the months of the plan."""
        return quotient(self.in_plan(self.held.numerator), self.in_plan(self.held.denominator))

    @cached_property
    def months(self) -> NDArray[np.int64]:
        """The months of the plan, as a column."""
        return self.judged.index.to_numpy()[YEAR:, None]

    @cached_property
    def due(self) -> Matrix:
        """The month of each deadline."""
        return self.of_targets(lambda target: Month.containing(target.due).index)

    @cached_property
    def goal(self) -> Matrix:
        """The goal."""
        return self.of_targets(lambda target: float(threshold(target).value))

    @cached_property
    def baseline(self) -> tuple[Matrix, Matrix]:
        """The last value before the plan, else the first in it, and its month."""
        before, inside = self.judged.iloc[:YEAR].ffill().iloc[-1], self.judged.iloc[YEAR:]
        first = pd.Series(inside.index.to_numpy()[inside.notna().to_numpy().argmax(axis=0)], inside.columns)
        month = first.where(before.isna(), self.months[0, 0] - 1)
        return before.fillna(inside.bfill().iloc[0]).to_numpy(), month.to_numpy().astype(float)

    @cached_property
    def hold(self) -> Flags:
        """Whether the baseline is already past the goal."""
        start, goal = self.baseline[0].round(DECIMALS), self.goal.round(DECIMALS)
        exact = self.of_targets(lambda target: threshold(target).comparator is Comparator.EQUAL) > 0
        return np.where(exact, start == goal, start >= goal)

    @cached_property
    def expected(self) -> Matrix:
        """Where the path stands in each month."""
        start, month = self.baseline
        line = start + (self.goal - start) * (self.months - month) / (self.due - month)
        never_behind = np.where(self.goal >= start, np.maximum(line, start), np.minimum(line, start))
        return np.select(
            [self.hold | (self.months >= self.due), self.months <= month], [self.goal, start], default=never_behind
        )

    @cached_property
    def done(self) -> Matrix:
        """Path done, a share."""
        return self._share(self.value)

    @cached_property
    def wanted(self) -> Matrix:
        """Path expected, a share."""
        return self._share(self.expected)

    @cached_property
    def ratio(self) -> Matrix:
        """Path done in relation to path expected; NaN where nothing is expected yet."""
        return quotient(self.done, np.where(self.wanted > 0, self.wanted, np.nan)).round(DECIMALS)

    @cached_property
    def farthest(self) -> Matrix:
        """Where 100% would be on the path, 1 at least; infinite where there is no path."""
        whole = self.goal - self.baseline[0]
        place = quotient((whole > 0) - self.baseline[0], whole).round(DECIMALS)
        return np.where(np.isnan(place), np.inf, np.maximum(place, 1.0))

    @cached_property
    def met(self) -> Flags:
        """Whether the goal is met, in whole numbers."""
        above, below = (
            self.of_targets(lambda target, part=part: threshold(target).value.as_integer_ratio()[part])
            for part in (0, 1)
        )
        gap = above * self.in_plan(self.held.denominator) - self.in_plan(self.held.numerator) * below
        comparators = self.of_targets(lambda target: list(Comparator).index(threshold(target).comparator))
        order = [gap <= 0, gap < 0, gap == 0, gap >= 0, gap > 0]
        return np.select([comparators == place for place in range(len(order))], order, default=False)

    @cached_property
    def falling(self) -> Flags:
        """Whether the value fell at each of its last two reports in a row, below its path both times."""
        values = self.in_plan(self.judged).round(DECIMALS)
        new = np.isnan(values) | self.in_plan(self.held.told) | (self.months == self.months[0])
        direction = np.sign(self.goal - self.baseline[0])
        falling = np.zeros(values.shape, np.bool_)
        before, fell_before, now = np.full(values.shape[1], np.nan), falling[0], falling[0]
        for month, (value, reported) in enumerate(zip(values, new, strict=True)):
            fell = ((value - before) * direction < 0) & (self.ratio[month] < 1)
            now = falling[month] = np.where(reported, fell & fell_before, now)
            before, fell_before = np.where(reported, value, before), np.where(reported, fell, fell_before)
        return falling

    @property
    def latest(self) -> dict[str, Matrix]:
        """What the last month says."""
        return {
            "baseline": self.baseline[0],
            "expected": self.expected[-1].round(DECIMALS),
            "path_done": self.done[-1],
            "path_expected": self.wanted[-1],
        }

    def _share(self, place: Matrix) -> Matrix:
        start = self.baseline[0]
        return np.where(self.hold, np.nan, quotient(place - start, self.goal - start)).round(DECIMALS)


def threshold(target: Target) -> Threshold:
    """Return the goal of a target; TypeError for any other kind of goal."""
    if not isinstance(target.goal, Threshold):
        raise TypeError(target.goal)
    return target.goal

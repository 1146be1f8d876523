"""Why a target has its status, as one sentence with the figures that decided it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scorecard.domain.period import Month
from scorecard.domain.plan import Step
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts, plain_share
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import in_language

_SHOW_SHORTFALL = frozenset({Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.TOO_EARLY})


@dataclass(frozen=True, slots=True)
class Reasons:
    """Writes the sentence of a standing; every figure in it is printed as the table prints it."""

    amounts: Amounts

    def sentence(self, standing: Standing) -> str:
        """Return why, and for a target on its way how much is short; KeyError for a reason without a text."""
        return f"{self.why(standing)} {self._shortfall(standing)}".strip()

    def why(self, standing: Standing) -> str:
        """Return why, without how much is short; KeyError for a reason without a text."""
        return self.amounts.formats.texts(f"reason.{self._key(standing)}", **self._parameters(standing))

    def _key(self, standing: Standing) -> str:
        """Return the reason, or its variant for what a row has (steps, a unit) or lacks (a path, earlier figures)."""
        steps = len(standing.target.steps)
        fitting = {
            "single_step": steps == 1,
            "several_steps": steps > 1,
            "since": standing.value_month is not None,
            "without_path": standing.path_expected is None,
            "of_unit": standing.unit in self.amounts.province.units.by_id,
        }
        variants = (f"{standing.reason}_{name}" for name, fits in fitting.items() if fits)
        texts = self.amounts.formats.texts
        return next((variant for variant in variants if texts.has(f"reason.{variant}")), standing.reason)

    def _parameters(self, standing: Standing) -> dict[str, str]:
        formats, target = self.amounts.formats, standing.target
        step = next_step(standing)
        review = Month.containing(target.first_review) if target.first_review else None
        printed = {
            "period": formats.month(standing.month),
            "last": formats.month(standing.value_month) if standing.value_month else None,
            "year": str(standing.due.year),
            "review": formats.month(review) if review else None,
            "value": self.amounts.value(standing),
            "goal": self.amounts.goal(standing),
            "due": formats.day(step.by if step and standing.status is not Status.MISSED else standing.due),
            "total": formats.count(len(target.steps)),
            "done": self._done(standing),
            "expected": _optional(formats.share, standing.path_expected),
            "forecast": self.amounts.forecast(standing),
            "path": self._path(standing),
            "reported": _optional(formats.count, standing.reported_units),
            "units": _optional(formats.count, standing.expected_units),
            "coverage": _optional(formats.share, standing.coverage),
            "limit": plain_share(target.limits.minimum_coverage, formats),
            "days": _optional(formats.count, standing.step_late_days),
            "step": in_language(formats.texts, step.name, step.name_en) if step else None,
        }
        return {name: text for name, text in printed.items() if text is not None}

    def _done(self, standing: Standing) -> str | None:
        formats = self.amounts.formats
        if standing.target.steps:
            return _optional(formats.count, standing.steps_done)
        return _optional(formats.share, standing.path_done)

    def _path(self, standing: Standing) -> str | None:
        done, expected, formats = standing.path_done, standing.path_expected, self.amounts.formats
        if done is None or expected is None:
            return None
        key = "reason.path_backwards" if done < 0 else "reason.path_forwards"
        return formats.texts(key, done=formats.share(abs(done)), expected=formats.share(expected))

    def _shortfall(self, standing: Standing) -> str:
        if standing.out_of_reach:
            return self.amounts.formats.texts(f"reason.{self._out_of_reach(standing)}")
        missing = self.amounts.missing(standing)
        if missing is None or standing.status not in _SHOW_SHORTFALL:
            return ""
        return self.amounts.formats.texts("reason.short_by", count=missing)

    def _out_of_reach(self, standing: Standing) -> str:
        rising = standing.indicator is not None and standing.indicator.rising_is_good
        return "out_of_reach" if rising else "passed_for_good"


def next_step(standing: Standing) -> Step | None:
    """Return the first step not yet done; steps are done in the order of the plan."""
    done = standing.steps_done or 0
    return standing.target.steps[done] if done < len(standing.target.steps) else None


def _optional(write: Callable[[Any], str], value: object | None) -> str | None:
    return None if value is None else write(value)

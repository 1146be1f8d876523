"""What a target comes to by its deadline, in the few words that fit a row of the overview."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.reasons import next_step
from scorecard.presentation.standing import Standing

_NOT_FORECAST = (IndicatorKind.SCORE, IndicatorKind.RANK)
_TELLING = frozenset({"falling_twice", "not_held", "margin_not_reached"})
"""Reasons that say more than how far the path is done."""


@dataclass(frozen=True, slots=True)
class Prospects:
    """Writes one or two short lines; the whole reason is a sentence of `Reasons`."""

    amounts: Amounts

    def lines(self, standing: Standing) -> tuple[str, ...]:
        """Return what is expected at the deadline, then what decided the status; KeyError for an unknown reason."""
        match standing.status:
            case Status.MET:
                return (self._met(standing),)
            case Status.MISSED:
                return (self._missed(standing),)
            case Status.NO_DATA | Status.NOT_DUE | Status.NOT_APPLICABLE:
                return (self._without_value(standing),)
            case _:
                return tuple(self._on_the_way(standing))

    def _met(self, standing: Standing) -> str:
        since, texts = standing.status_since, self.amounts.formats.texts
        return texts("prospect.met", month=self.amounts.formats.month(since or standing.month))

    def _missed(self, standing: Standing) -> str:
        texts, due = self.amounts.formats.texts, self.amounts.formats.day(standing.due)
        distance = self.amounts.distance(standing, standing.value)
        if distance is None:
            return texts("prospect.missed", due=due)
        return texts(
            "prospect.missed_over" if distance.over else "prospect.missed_short", due=due, gap=distance.printed
        )

    def _without_value(self, standing: Standing) -> str:
        formats = self.amounts.formats
        return formats.texts(
            f"prospect.{standing.reason}",
            period=formats.month(standing.month),
            year=standing.due.year,
            reported=formats.count(standing.reported_units or 0),
            units=formats.count(standing.expected_units or 0),
        )

    def _on_the_way(self, standing: Standing) -> Iterator[str]:
        texts, review = self.amounts.formats.texts, standing.target.first_review
        if standing.reason == "before_review" and review is not None:
            yield texts("prospect.before_review", review=self.amounts.formats.month(Month.containing(review)))
        elif standing.target.steps:
            yield self._next_step(standing)
        else:
            yield self._forecast(standing)
            yield from self._decisive(standing)

    def _next_step(self, standing: Standing) -> str:
        texts, step = self.amounts.formats.texts, next_step(standing)
        if standing.step_late_days:
            return texts("prospect.step_late", days=self.amounts.formats.count(standing.step_late_days))
        due = self.amounts.formats.day(step.by if step else standing.due)
        return texts("prospect.step" if len(standing.target.steps) > 1 else "prospect.single_step", due=due)

    def _forecast(self, standing: Standing) -> str:
        texts, forecast = self.amounts.formats.texts, self.amounts.forecast(standing)
        if forecast is None:
            is_published = standing.indicator is not None and standing.indicator.kind in _NOT_FORECAST
            key = "prospect.due" if is_published else "prospect.no_forecast"
            return texts(key, due=self.amounts.formats.day(standing.due))
        distance = self.amounts.distance(standing, self.amounts.forecast_value(standing))
        if distance is None:
            arrives = standing.forecast_path is None or standing.forecast_path >= 1
            return texts("prospect.arrives" if arrives else "prospect.falls_short", forecast=forecast)
        key = "prospect.forecast_over" if distance.over else "prospect.forecast_short"
        return texts(key, forecast=forecast, gap=distance.printed)

    def _decisive(self, standing: Standing) -> Iterator[str]:
        """Yield what decided: that no effort is enough any more, a reason of its own, or how far the path is done."""
        formats, done, expected = self.amounts.formats, standing.path_done, standing.path_expected
        if standing.out_of_reach:
            yield formats.texts("prospect.out_of_reach")
        elif standing.reason in _TELLING:
            yield formats.texts(f"prospect.{standing.reason}")
        elif done is not None and expected is not None:
            key = "backwards" if done < 0 else "behind" if done < expected else "ahead"
            told = {"done": formats.share(abs(done)), "expected": formats.share(expected)}
            yield formats.texts(f"prospect.path_{key}", **told)

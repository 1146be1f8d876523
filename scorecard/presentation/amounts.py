"""How a value and a goal are printed: the same figure is the same string wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scorecard.domain.goal import AllOf, Band, Comparator, Done, Goal, Relative, Scale, Threshold, WholeList
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats, Line
from scorecard.presentation.standing import Standing

_MOST_DECIMALS = 4
_WHOLE_WITHIN = 6
_COMPARATOR_TEXTS = {
    Comparator.AT_LEAST: "overview.goal_at_least",
    Comparator.ABOVE: "overview.goal_above",
    Comparator.EQUAL: "overview.goal_equal",
    Comparator.AT_MOST: "overview.goal_at_most",
    Comparator.BELOW: "overview.goal_below",
}


_RANK_TEXTS = {Comparator.BELOW: "overview.goal_rank_better", Comparator.AT_MOST: "overview.goal_rank_kept"}


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a value lies from its goal, beyond it (`over`) or short of it: «3,7 điểm %», «1 dịch vụ»."""

    printed: str
    over: bool


@dataclass(frozen=True, slots=True)
class Amounts:
    """Prints values and goals of one province's targets in one language."""

    formats: Formats
    province: Province

    def value(self, standing: Standing) -> str | None:
        """Print the value («71,6%», «75/76 dịch vụ», «hạng 6/63», «3/5 bước»); None where there is none."""
        texts = self.formats.texts
        if standing.target.steps:
            return None if standing.steps_done is None else self.steps(standing.steps_done, len(standing.target.steps))
        if standing.value is None or standing.indicator is None:
            return None
        printed = self._of_kind(standing, standing.indicator, standing.value)
        return texts("overview.approximate", value=printed) if standing.approximate else printed

    def steps(self, done: int, total: int) -> str:
        """Print how far a milestone is: «3/5 bước»; one of a single step is done or not."""
        if total == 1:
            return self.formats.texts("overview.step_done" if done else "overview.step_open")
        return self.formats.texts("overview.steps", done=done, total=total)

    def parts(self, standing: Standing) -> str | None:
        """Print numerator and denominator of a ratio: «427.662/597.000 hồ sơ»; None for every other kind."""
        if standing.indicator is None or standing.indicator.kind is not IndicatorKind.RATIO:
            return None
        if standing.numerator is None or not standing.denominator:
            return None
        return self._over(standing.numerator, standing.denominator, self.counted_in(standing.indicator, standing.month))

    def baseline(self, standing: Standing) -> str | None:
        """Print the value from which the path begins, on the scale of the value; None where there is none."""
        return None if standing.baseline is None else self.on_scale(standing, standing.baseline)

    def forecast(self, standing: Standing) -> str | None:
        """Print the value expected at the deadline, on the scale of the value; None where there is none.

        A forecast short of the goal never prints as the goal; whole things are counted only when they are whole.
        """
        return None if standing.forecast is None else self.on_scale(standing, standing.forecast)

    def forecast_value(self, standing: Standing) -> Fraction | None:
        """Return the forecast on the scale of the value: of a list its members, whole ones only."""
        forecast, indicator = standing.forecast, standing.indicator
        if forecast is None or indicator is None or indicator.kind is not IndicatorKind.LIST_COUNT:
            return forecast
        return Fraction(floor(round(forecast * (standing.denominator or 0), _WHOLE_WITHIN)))

    def on_scale(self, standing: Standing, value: Fraction) -> str | None:
        """Print another value of a standing as its own is printed; None for a milestone."""
        indicator = standing.indicator
        if indicator is None:
            return None
        if standing.is_share:
            return self.formats.share(value, indicator.decimals, _line(standing, value))
        if indicator.kind is IndicatorKind.LIST_COUNT:
            return self.formats.count(floor(round(value * (standing.denominator or 0), _WHOLE_WITHIN)))
        return self.formats.number(value, indicator.decimals, _line(standing, value))

    def distance(self, standing: Standing, value: Fraction | None) -> Distance | None:
        """Print how far a value is from the goal, taken from the figures as printed, so that a reader can subtract.

        None where the goal is met, nothing printed lies between, or there is no such number (ranks, milestones).
        """
        line, indicator = _line(standing, value), standing.indicator
        if value is None or line is None or indicator is None or indicator.kind is IndicatorKind.RANK:
            return None
        if line.comparator.holds(value, line.value):
            return None
        scale = 100 if standing.is_share else 1
        scaled = Line(line.comparator, line.value * scale)
        apart = self.formats.as_printed(value * scale, indicator.decimals, scaled) - scaled.value
        if not apart:
            return None
        number = self.formats.decimal(abs(apart), max(indicator.decimals, _decimals(apart)))
        if standing.is_share:
            return Distance(_glued(self.formats.texts("prospect.points", number=number)), apart > 0)
        return Distance(_glued(f"{number} {indicator.counted_in}"), apart > 0)

    def missing(self, standing: Standing) -> str | None:
        """Print how many cases are short of the goal: «1.234 hồ sơ»; None when nothing is, or it is unknown."""
        if not standing.short_by or standing.indicator is None:
            return None
        return self.formats.counted(standing.short_by, self.counted_in(standing.indicator, standing.month))

    def counted_in(self, indicator: Indicator, month: Month) -> str:
        """Return what the numerator counts: the indicator's own unit, for a ratio that of its first element."""
        if indicator.kind is not IndicatorKind.RATIO:
            return indicator.counted_in
        first = indicator.version_at(month).numerator.elements[0]
        return self.province.elements[first].counted_in

    def goal(self, standing: Standing) -> str:
        """Print the goal in force: «≥ 80%», «76/76», «hạng 3 trở lên»."""
        return self._goal(standing.goal)

    def _goal(self, goal: Goal) -> str:
        texts = self.formats.texts
        match goal:
            case Threshold(comparator, value, scale):
                key = "overview.goal_rank" if scale is Scale.RANK else _COMPARATOR_TEXTS[comparator]
                return _glued(texts(key, value=_scaled(value, scale, self.formats)))
            case Band(low, high, scale):
                return texts(
                    "overview.goal_band", low=_scaled(low, scale, self.formats), high=_scaled(high, scale, self.formats)
                )
            case WholeList(size):
                return texts("overview.goal_list", size=self.formats.count(size))
            case Relative(comparator, offset, _, True) if offset == 0 and comparator in _RANK_TEXTS:
                return texts(_RANK_TEXTS[comparator])
            case Relative():
                return _glued(texts(_COMPARATOR_TEXTS[goal.comparator], value=self._relative(goal)))
            case AllOf(parts):
                return "; ".join(self._goal(part) for part in parts)
            case Done():
                return texts("overview.goal_done")

    def _relative(self, goal: Relative) -> str:
        texts = self.formats.texts
        if goal.offset == 0:
            return texts("overview.goal_previous")
        size = abs(goal.offset)
        offset = plain_number(size * 100 if goal.in_points else size, self.formats)
        if goal.in_points:
            offset = texts("overview.goal_offset_points", number=offset)
        key = "overview.goal_previous_plus" if goal.offset > 0 else "overview.goal_previous_minus"
        return texts(key, offset=offset)

    def _of_kind(self, standing: Standing, indicator: Indicator, value: Fraction) -> str:
        line = _line(standing, value)
        if standing.is_share:
            return self.formats.share(value, indicator.decimals, line)
        number = self.formats.number(value, indicator.decimals, line)
        match indicator.kind:
            case IndicatorKind.LIST_COUNT if standing.denominator:
                return self._over(value, standing.denominator, indicator.counted_in)
            case IndicatorKind.RANK:
                return self._ranked(number, indicator, standing.month)
            case IndicatorKind.SCORE:
                return self._scored(number, indicator, standing.month)
            case _:
                return _glued(f"{number} {indicator.counted_in}")

    def _ranked(self, number: str, indicator: Indicator, month: Month) -> str:
        out_of = self._out_of(indicator, month)
        texts = self.formats.texts
        return _glued(
            texts("overview.rank", value=number)
            if out_of is None
            else texts("overview.rank_out_of", value=number, out_of=self.formats.count(out_of))
        )

    def _scored(self, number: str, indicator: Indicator, month: Month) -> str:
        out_of = self._out_of(indicator, month)
        if out_of is None:
            return _glued(f"{number} {indicator.counted_in}")
        printed = self.formats.count(out_of)
        return _glued(
            self.formats.texts("overview.score_out_of", value=number, out_of=printed, counted_in=indicator.counted_in)
        )

    def _out_of(self, indicator: Indicator, month: Month) -> int | None:
        element = self.province.elements.get(indicator.version_at(month).numerator.elements[0])
        return element.out_of if element else None

    def _over(self, numerator: Fraction, denominator: Fraction, counted_in: str) -> str:
        top, bottom = (plain_number(side, self.formats) for side in (numerator, denominator))
        return _glued(self.formats.texts("overview.ratio_of", numerator=top, denominator=bottom, counted_in=counted_in))


def plain_number(value: Fraction, formats: Formats) -> str:
    """Print a number as a rule or a document states it, without trailing zeros: «80», «99,9»."""
    return formats.decimal(value, _decimals(value))


def plain_share(share: Fraction, formats: Formats) -> str:
    """Print a share as a rule or a document states it: «80%», «99,9%»."""
    return f"{plain_number(share * 100, formats)}%"


def _decimals(value: Fraction) -> int:
    return next((n for n in range(_MOST_DECIMALS) if (value * 10**n).denominator == 1), _MOST_DECIMALS)


def _scaled(value: Fraction, scale: Scale, formats: Formats) -> str:
    return plain_share(value, formats) if scale is Scale.SHARE else plain_number(value, formats)


def _glued(text: str) -> str:
    return text.strip().replace(" ", NO_BREAK_SPACE)


def _line(standing: Standing, value: Fraction | None) -> Line | None:
    """Return the limit that a value, once printed, must not seem to cross."""
    goal = standing.threshold or standing.goal
    match goal:
        case Threshold(comparator, limit):
            return Line(comparator, limit)
        case Band(low, high):
            below_middle = value is not None and value < (low + high) / 2
            return Line(Comparator.AT_LEAST, low) if below_middle else Line(Comparator.AT_MOST, high)
        case WholeList(size):
            return Line(Comparator.AT_LEAST, Fraction(size))
        case Relative(comparator) if standing.resolved_goal is not None:
            return Line(comparator, standing.resolved_goal)
        case _:
            return None

"""The forecast of an explanation: what is known, what is expected of the rest, how sure it is, and what is needed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scorecard.domain.period import Month
from scorecard.domain.status import ForecastMethod
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_numbers import MOST_DECIMALS, exact, number, share, sign_of
from scorecard.presentation.standing import Standing


def forecast_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say what the value will be at the deadline and why; nothing for what is not forecast (scores, ranks, steps)."""
    standing, texts = case.standing, amounts.formats.texts
    if standing.target.steps or case.now["single"] or standing.month >= Month.containing(standing.due):
        return
    if standing.forecast is None or standing.forecast_method is None:
        yield texts("forecast.none")
        yield from _needed_lines(standing, amounts)
        yield from _holder_lines(case, amounts)
        return
    yield _method_line(standing, standing.forecast_method, amounts)
    yield from _sum_lines(standing, amounts)
    yield texts("forecast.value", value=_printed(standing, standing.forecast, amounts))
    yield from _error_lines(standing, amounts)
    yield from _path_lines(standing, amounts)
    yield from _needed_lines(standing, amounts)
    yield from _holder_lines(case, amounts)


def _method_line(standing: Standing, method: ForecastMethod, amounts: Amounts) -> str:
    rate, recent, earlier = standing.forecast_rate, standing.forecast_recent, standing.forecast_earlier
    told = {"rate": _printed(standing, rate, amounts)}
    pool = standing.forecast_pool
    if method is ForecastMethod.PACE and recent is not None and earlier is not None and pool is not None:
        told |= {
            "months": amounts.formats.count(pool),
            "recent": _printed(standing, recent, amounts),
            "earlier": _printed(standing, earlier, amounts),
            "pace": _difference(standing, (recent - earlier) / pool, amounts),
        }
    kind = "level" if standing.expected_volume is None else "flow"
    key = f"forecast.{method}_{kind}"
    return amounts.formats.texts(key if amounts.formats.texts.has(key) else f"forecast.{method}", **told)


def _sum_lines(standing: Standing, amounts: Amounts) -> Iterator[str]:
    known, below, volume = standing.known_numerator, standing.known_denominator, standing.expected_volume
    if known is None or volume is None or standing.forecast_rate is None:
        return
    formats = amounts.formats
    told = {
        "known": exact(known, formats),
        "rate": _printed(standing, standing.forecast_rate, amounts),
        "volume": exact(volume, formats),
    }
    if standing.denominator is None or below is None:
        yield formats.texts("forecast.sum_count", **told)
        return
    yield formats.texts("forecast.volume", volume=exact(volume, formats))
    yield formats.texts("forecast.sum_ratio", below=exact(below, formats), **told)


def _error_lines(standing: Standing, amounts: Amounts) -> Iterator[str]:
    low, high, error = standing.forecast_low, standing.forecast_high, standing.forecast_error
    texts, formats = amounts.formats.texts, amounts.formats
    if low is None or high is None or error is None:
        yield texts("forecast.untried")
        return
    yield texts(
        "forecast.tried",
        trials=formats.count(standing.forecast_trials or 0),
        months=formats.count(standing.forecast_trial or 0),
        error=_difference(standing, error, amounts).removeprefix("+"),
    )
    yield texts("forecast.range", low=_printed(standing, low, amounts), high=_printed(standing, high, amounts))


def _path_lines(standing: Standing, amounts: Amounts) -> Iterator[str]:
    if standing.forecast_path is not None:
        formats = amounts.formats
        quotient = f"{sign_of(standing.forecast_path)} {share(standing.forecast_path, formats)}"
        yield formats.texts("forecast.path", result=quotient)


def _needed_lines(standing: Standing, amounts: Amounts) -> Iterator[str]:
    formats, texts = amounts.formats, amounts.formats.texts
    if standing.needed_rate is not None and standing.expected_volume is not None:
        told = {"rate": share(standing.needed_rate, formats), "volume": exact(standing.expected_volume, formats)}
        if standing.needed_count is None:
            yield texts("forecast.allowed", **told)
        else:
            yield texts("forecast.needed", count=formats.count(standing.needed_count), **told)
    elif standing.needed_count is not None:
        yield texts("forecast.needed_count", count=formats.count(standing.needed_count))
    if standing.out_of_reach:
        yield texts("forecast.out_of_reach")


def _holder_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say whether any unit ever held the pace that is needed."""
    formats, holders = amounts.formats, case.holders
    if holders is None or case.standing.needed_count is None:
        return
    if not holders.height:
        yield formats.texts("forecast.nobody_held")
        return
    best = holders.row(0, named=True)
    yield formats.texts(
        "forecast.held",
        count=formats.count(holders.height),
        unit=amounts.province.units.by_id[best["unit"]].name,
        rate=formats.share(Fraction(str(best["rate"]))),
        first=formats.month(Month(best["first"])),
        last=formats.month(Month(best["last"])),
    )


def _printed(standing: Standing, value: Fraction | None, amounts: Amounts) -> str:
    """Print a value with at most four decimals, of a list as things of the list."""
    if value is None:
        return ""
    if standing.is_share:
        return share(value, amounts.formats)
    listed = standing.denominator if standing.denominator is not None else 1
    return number(round(value * listed, MOST_DECIMALS), amounts.formats)


def _difference(standing: Standing, value: Fraction, amounts: Amounts) -> str:
    if standing.is_share:
        return amounts.formats.points(value, 2)
    return _printed(standing, value, amounts)

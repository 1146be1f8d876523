"""What the review page says: how much waits, what is odd, what it would change in the province's totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import polars as pl

from scorecard import frames
from scorecard.calculation.review_queue import REVIEW_QUEUE
from scorecard.calculation.suspicion import SUSPICIONS
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.formats import MINUS, Formats
from scorecard.presentation.review_flags import flag_texts, number_text
from scorecard.presentation.texts import in_language

_SMALLEST_POINTS = Fraction(1, 10_000)
_POINT_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Trend:
    """The last periods of a figure, oldest first (None where nothing was), the new one last, and what is said of it."""

    values: tuple[int | None, ...]
    spoken: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigure:
    """One figure of a return that waits, as printed; `approved` is None unless something else is in force."""

    element_id: str
    label: str
    new: str
    approved: str | None
    previous: str
    median: str
    change: str
    flags: tuple[str, ...]
    trend: Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueItem:
    """One return that waits; one that is not `flagged` may be approved together with others."""

    unit_id: str
    form_id: str
    period: Period
    title: str
    effect: str
    flagged: int
    figures: tuple[QueueFigure, ...]


def queue_sentence(
    queue: pl.DataFrame,
    province: Province,
    formats: Formats,
    last_approval: datetime | None = None,
    unscored: int = 0,
) -> str:
    """Open the page: how many returns (REVIEW_QUEUE, and those not scored) wait and which odd one matters most.

    `last_approval`, in Vietnamese time, is told when nothing waits.
    """
    texts = formats.texts
    frames.check(queue, REVIEW_QUEUE)
    waiting = formats.count(queue.height + unscored)
    if not queue.height + unscored:
        if last_approval is None:
            return texts("review.nothing_waits")
        return texts("review.nothing_waits_since", at=moment_text(last_approval, formats))
    odd = queue.filter(pl.col("flagged") > 0)
    if odd.is_empty():
        return texts("review.waiting", count=waiting, warned=texts("review.warned_none"))
    told = {"count": formats.count(odd.height)}
    most = odd.sort("weight", descending=True, maintain_order=True).row(0, named=True)
    warned = texts("review.warned", **told)
    if most["weight"] > 0:
        unit = province.units.by_id[most["unit"]].name
        warned = texts("review.warned_most", unit=unit, effect=effect_text(most, province, formats), **told)
    return texts("review.waiting", count=waiting, warned=warned)


def effect_text(row: Mapping[str, Any], province: Province, formats: Formats) -> str:
    """Say how the province's total would change if the figures of a row of REVIEW_QUEUE were as expected."""
    texts = formats.texts
    change = row["points"] if row["points"] is not None else row["cases"]
    if row["target"] is None or not change:
        return texts("review.no_change")
    target = next(each for each in province.targets if each.id == row["target"])
    amount = _points(row["points"], formats) if row["points"] is not None else _cases(row, province, formats)
    name = in_language(texts, target.name, target.name_en)
    return texts("review.falls" if change > 0 else "review.rises", target=name, amount=amount)


def queue_items(queue: pl.DataFrame, rows: pl.DataFrame, province: Province, formats: Formats) -> tuple[QueueItem, ...]:
    """Return the returns of REVIEW_QUEUE in its order, with their figures of SUSPICIONS."""
    frames.check(rows, SUSPICIONS)
    key = ["unit", "form", "first_month", "last_month"]
    figures = rows.partition_by(key, as_dict=True)
    return tuple(_item(row, figures[tuple(row[name] for name in key)], province, formats) for row in queue.to_dicts())


def _item(row: Mapping[str, Any], figures: pl.DataFrame, province: Province, formats: Formats) -> QueueItem:
    form = province.form(row["form"])
    period = Period(Month(row["first_month"]), Month(row["last_month"]))
    title = formats.texts(
        "review.title",
        unit=province.units.by_id[row["unit"]].name,
        form=in_language(formats.texts, form.name, form.name_en),
        period=formats.period(period),
    )
    return QueueItem(
        unit_id=row["unit"],
        form_id=form.id,
        period=period,
        title=title,
        effect=effect_text(row, province, formats),
        flagged=row["flagged"],
        figures=tuple(_figure(each, province, formats) for each in figures.to_dicts()),
    )


def _figure(row: Mapping[str, Any], province: Province, formats: Formats) -> QueueFigure:
    element = province.elements[row["element"]]
    return QueueFigure(
        element_id=element.id,
        label=in_language(formats.texts, element.label, element.label_en),
        new=_value(row, "amount", "state", formats),
        approved=_value(row, "approved", "approved_state", formats) if row["approved_state"] else None,
        previous=number_text(row, row["previous"], formats),
        median=number_text(row, row["median"], formats),
        change=_change(row, formats),
        flags=tuple(flag_texts(row, province, formats)),
        trend=_trend(row, formats),
    )


def _value(row: Mapping[str, Any], amount: str, state: str, formats: Formats) -> str:
    if row[amount] is None:
        return formats.texts(f"entry.{row[state]}")
    approximate = "entry.approximate" if row[state] == "approximate" else "entry.exact"
    return formats.texts(approximate, number=number_text(row, row[amount], formats))


def _change(row: Mapping[str, Any], formats: Formats) -> str:
    """Print the change since the period before, with its share of it; empty where there is nothing to compare."""
    now, before = row["amount"], row["previous"]
    if now is None or before is None:
        return ""
    if now == before:
        return formats.texts("review.unchanged")
    sign = "+" if now > before else MINUS
    difference = sign + number_text(row, abs(now - before), formats)
    if before <= 0:
        return difference
    share = sign + formats.share(Fraction(abs(now - before), before), 0)
    return formats.texts("review.change", difference=difference, share=share)


def _trend(row: Mapping[str, Any], formats: Formats) -> Trend:
    known = [each for each in row["trend"] if each is not None]
    new = _value(row, "amount", "state", formats)
    values = (*row["trend"], row["amount"])
    if not known:
        return Trend(values, formats.texts("review.trend_alone", new=new))
    low, high = (number_text(row, each, formats) for each in (min(known), max(known)))
    count = formats.count(len(row["trend"]))
    return Trend(values, formats.texts("review.trend", count=count, low=low, high=high, new=new))


def _points(points: float, formats: Formats) -> str:
    exact = abs(Fraction(points))
    if exact < _SMALLEST_POINTS:
        return formats.texts("review.points_below")
    decimals = 1 if exact >= Fraction(1, 200) else _POINT_DECIMALS
    return formats.texts("review.points", number=formats.decimal(exact * 100, decimals))


def _cases(row: Mapping[str, Any], province: Province, formats: Formats) -> str:
    target = next(each for each in province.targets if each.id == row["target"])
    indicator = province.indicators[target.indicator_id or ""]
    count = formats.decimal(abs(Fraction(row["cases"])), indicator.decimals)
    return formats.texts("review.cases", count=count, counted_in=indicator.counted_in)

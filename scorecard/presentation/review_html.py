"""A return that waits for approval as HTML: its figures beside what was to be expected. Every text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from scorecard.domain.suspicion import SuspicionLimits
from scorecard.presentation.review_queue import QueueFigure, QueueItem, Trend
from scorecard.presentation.texts import Texts

_WIDTH, _HEIGHT, _EDGE = 120, 28, 4
_SMALLEST_SPAN = 0.1
"""The drawing spans at least this share of its highest value: what hardly changes is drawn flat."""


def item_html(item: QueueItem, texts: Texts, reasons: Mapping[str, str] | None = None, sent: str = "") -> str:
    """Show one return of the queue; `reasons` are what its unit said of an element, `sent` who submitted it when."""
    warned = texts("review.flagged", count=item.flagged) if item.flagged else texts("review.unflagged")
    effect = texts("review.effect_line", effect=item.effect)
    notes = "".join(_notes(figure, (reasons or {}).get(figure.element_id, ""), texts) for figure in item.figures)
    facts = "".join(f"<span>{escape(fact)}</span> " for fact in (effect, sent) if fact)
    state = "flagged" if item.flagged else "unflagged"
    listed = f'<ul class="review-notes">{notes}</ul>' if notes else ""
    return (
        f'<div class="review-item {state}"><h3>{escape(item.title)}</h3>'
        f'<p class="review-facts"><strong class="review-warned">{escape(warned)}</strong> {facts}</p>'
        f"{_table(item, texts)}{listed}</div>"
    )


def _table(item: QueueItem, texts: Texts) -> str:
    corrects = any(figure.approved is not None for figure in item.figures)
    names = ["element", "new", *(["approved"] if corrects else []), "previous", "median", "change", "trend"]
    most = SuspicionLimits().most
    columns = {name: texts(f"review.column_{name}", count=most) for name in names}
    head = "".join(f'<th scope="col" class="{name}">{escape(column)}</th>' for name, column in columns.items())
    rows = "".join(_row(figure, columns, texts) for figure in item.figures)
    caption = escape(texts("review.caption", title=item.title))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(figure: QueueFigure, columns: Mapping[str, str], texts: Texts) -> str:
    cells = {
        "new": f"<strong>{escape(figure.new)}</strong>",
        "approved": escape(figure.approved or texts("review.nothing")),
        "previous": escape(figure.previous),
        "median": escape(figure.median),
        "change": escape(figure.change),
        "trend": trend_svg(figure.trend),
    }
    told = "".join(
        f'<td class="{name}" data-label="{escape(column)}">{cells[name]}</td>'
        for name, column in columns.items()
        if name in cells
    )
    odd = ' class="odd"' if figure.flags else ""
    return f'<tr{odd}><th scope="row">{escape(figure.label)}</th>{told}</tr>'


def _notes(figure: QueueFigure, reason: str, texts: Texts) -> str:
    flags = "".join(f"<li>{escape(flag)}</li>" for flag in figure.flags)
    told = escape(f"{figure.label}. {texts('review.reason', reason=reason)}")
    return flags + (f'<li class="review-reason">{told}</li>' if reason else "")


def trend_svg(trend: Trend) -> str:
    """Draw the last periods as a line with gaps, the new figure as a point at its end."""
    known = [value for value in trend.values if value is not None]
    high = max(known, default=0)
    low = min([*known, high * (1 - _SMALLEST_SPAN)])
    step = (_WIDTH - 2 * _EDGE) / (len(trend.values) - 1)

    def place(index: int, value: int) -> tuple[float, float]:
        share = (value - low) / (high - low) if high > low else 0.0
        return _EDGE + index * step, _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)

    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(trend.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(place(index, value))
    lines = "".join(_run(run) for run in runs if run)
    last = trend.values[-1]
    x, y = place(len(trend.values) - 1, last) if last is not None else (0.0, 0.0)
    new = f'<circle class="trend-new" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' if last is not None else ""
    return (
        f'<svg class="trend" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" role="img" '
        f'aria-label="{escape(trend.spoken)}">{lines}{new}</svg>'
    )


def _run(run: list[tuple[float, float]]) -> str:
    if len(run) == 1:
        return f'<circle class="trend-one" cx="{run[0][0]:.1f}" cy="{run[0][1]:.1f}" r="1.5"/>'
    return f'<polyline class="trend-line" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in run)}"/>'

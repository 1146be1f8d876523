"""The list of editions in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import tzinfo
from html import escape

from scorecard.domain.meeting import EditionMark
from scorecard.domain.plan import Plan
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language

_COLUMNS = ("number", "name", "plan", "month", "frozen", "by", "seal", "open")
_SEAL_LETTERS = 8


def mark_time(mark: EditionMark, zone: tzinfo, formats: Formats) -> str:
    """Print when an edition was frozen: 08:00 03/10/2025."""
    local = mark.frozen_at.astimezone(zone)
    return f"{local:%H:%M} {formats.day(local.date())}"


def seal_text(mark: EditionMark) -> str:
    """Print the code by which an edition is told from others: AB12CD34, the first letters of its seal."""
    return mark.seal[:_SEAL_LETTERS].upper()


def foot_text(mark: EditionMark, zone: tzinfo, formats: Formats) -> str:
    """Print under a slide when it was frozen: bản chốt 08:00 03/10."""
    local = mark.frozen_at.astimezone(zone)
    return formats.texts("meeting.foot_frozen", time=f"{local:%H:%M}", day=f"{local:%d/%m}")


def sentence_html(sentence: str) -> str:
    """Return the sentence that opens a page."""
    return f'<div class="sentence">{escape(sentence)}</div>'


def told_html(text: str, *, done: bool) -> str:
    """Return what came of a press."""
    role, kind = ("status", "done") if done else ("alert", "failed")
    return f'<p class="meeting-told {kind}" role="{role}">{escape(text)}</p>'


def editions_html(
    marks: Sequence[EditionMark],
    plans: Mapping[str, Plan],
    *,
    zone: tzinfo,
    person: Callable[[str], str],
    link: Callable[[int], str],
    formats: Formats,
) -> str:
    """Return the table of editions; `link` leads to the slides of one, `person` names who froze it."""
    texts = formats.texts
    head = "".join(f'<th scope="col">{escape(texts(f"meeting.edition_{name}"))}</th>' for name in _COLUMNS)
    rows = []
    for mark in marks:
        plan = plans.get(mark.plan_id)
        cells = {
            "number": str(mark.number),
            "name": escape(mark.name),
            "plan": escape(in_language(texts, plan.name, plan.name_en) if plan else mark.plan_id),
            "month": escape(formats.month(mark.month)),
            "frozen": mark_time(mark, zone, formats),
            "by": escape(person(mark.frozen_by)),
            "seal": seal_text(mark),
            "open": _link(link(mark.number), texts("meeting.present"), mark.name),
        }
        rows.append(f"<tr>{''.join(_cells(cells, formats))}</tr>")
    caption = escape(texts("meeting.editions"))
    return (
        f'<div class="listing editions"><table><caption>{caption}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cells(cells: Mapping[str, str], formats: Formats) -> Iterator[str]:
    for name in _COLUMNS:
        yield f'<td data-column="{escape(formats.texts(f"meeting.edition_{name}"))}">{cells[name]}</td>'


def _link(address: str, text: str, name: str) -> str:
    return f'<a target="_self" href="{escape(address)}" aria-label="{escape(f"{text}: {name}")}">{escape(text)}</a>'

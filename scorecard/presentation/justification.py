"""What was said of one target, as text and HTML, and what is to be corrected in what somebody wants to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from scorecard.domain.finding import Finding
from scorecard.domain.justification import ASKED, LONGEST_TEXT, SHORTEST_TEXT, Justification, due_on
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.domain.unit import Unit
from scorecard.presentation.entry import Refusal
from scorecard.presentation.findings import printed_parameters
from scorecard.presentation.formats import Formats
from scorecard.presentation.record_table import facts_html
from scorecard.presentation.recorded import Names
from scorecard.presentation.status_marks import chip


def standing_html(
    status: Status | None, said: Justification | None, lead: Unit | None, month: Month, today: date, names: Names
) -> str:
    """Return the chip of the status and, beside it, whether it was justified, is to be, or need not be."""
    mark = chip(status, names.formats.texts) if status else ""
    sentence = escape(_standing(status, said, lead, month, today, names))
    return f'<p class="justified">{mark}<span>{sentence}</span></p>'


def _standing(
    status: Status | None, said: Justification | None, lead: Unit | None, month: Month, today: date, names: Names
) -> str:
    texts, told = names.formats.texts, {"month": names.formats.month(month)}
    if said is not None:
        return texts("justification.given", unit=names.unit(said.unit_id), **told)
    if status not in ASKED:
        return texts("justification.not_asked", **told)
    if lead is None:
        return texts("justification.no_lead", **told)
    due = due_on(names.province, month)
    key = "justification.overdue" if due < today else "justification.awaited"
    days = names.formats.count((today - due).days)
    return texts(key, unit=lead.name, due=names.formats.day(due), days=days, **told)


def said_html(said: Justification, today: date, names: Names) -> str:
    """Return what was said: cause, remedy, by when, who wrote it and when."""
    texts = names.formats.texts
    key = "justification.written_by" if said.revision == 1 else "justification.written_again"
    person, moment = names.person(said.recorded_by), names.moment(said.recorded_at)
    facts = {
        "cause": said.cause,
        "remedy": said.remedy,
        "by_when": day_text(said.by_when, today, names.formats),
        "written": texts(key, person=person, moment=moment, revision=said.revision),
    }
    return facts_html([(texts(f"justification.{name}"), fact) for name, fact in facts.items()])


def earlier_html(earlier: Sequence[Justification], today: date, names: Names) -> str:
    """Return earlier revisions, those of each month under its name."""
    parts = []
    for month in dict.fromkeys(each.month for each in earlier):
        title = names.formats.texts("justification.earlier_of", month=names.formats.month(month))
        own = "".join(said_html(each, today, names) for each in earlier if each.month == month)
        parts.append(f"<h3>{escape(title)}</h3>{own}")
    return f'<div class="justified-earlier">{"".join(parts)}</div>'


def day_text(day: date, today: date, formats: Formats) -> str:
    """Print a day with how far away it is: 30/11/2025, còn 58 ngày."""
    days = (day - today).days
    key = "days_left" if days > 0 else "days_passed" if days else "day_today"
    return formats.texts(f"justification.{key}", day=formats.day(day), days=formats.count(abs(days)))


def place_hint(place: str, formats: Formats) -> str:
    """Say what belongs into a box, and how much."""
    shortest, longest = formats.count(SHORTEST_TEXT), formats.count(LONGEST_TEXT)
    return formats.texts(f"justification.{place}_hint", shortest=shortest, longest=longest)


def refusals(findings: Sequence[Finding], misread: str, formats: Formats) -> tuple[Refusal, ...]:
    """Turn findings into places to correct; `misread` is the code of why no day was understood."""
    return tuple(_refusal(each, misread, formats) for each in findings)


def _refusal(finding: Finding, misread: str, formats: Formats) -> Refusal:
    key = f"typed_date.{misread}" if finding.code == "day_missing" else f"justification.{finding.code}"
    text = formats.texts(key, **printed_parameters(finding, 0, formats))
    return Refusal(finding.key, text, formats.texts(f"justification.{finding.key}") if finding.key else "")

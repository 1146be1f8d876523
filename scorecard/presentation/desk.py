"""What the reviewer's desk says beside the queue: who sent what, what was done, who asks; as text and HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from html import escape

from scorecard.domain.figure import RecordedFigure
from scorecard.domain.form import Form
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.domain.review import RecordedDecision, ReturnRecord, ReturnState
from scorecard.presentation.entry import figure_text
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.entry_parts import figure_of_part_text, part_name
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language
from scorecard.store import Receipt

NameOf = Callable[[str], str]


def return_title(unit_id: str, form_id: str, period: Period, province: Province, formats: Formats) -> str:
    """Name a return: unit, form, period."""
    form = province.form(form_id)
    return formats.texts(
        "review.title",
        unit=province.units.by_id[unit_id].name,
        form=in_language(formats.texts, form.name, form.name_en),
        period=formats.period(period),
    )


def sent_text(record: ReturnRecord, name_of: NameOf, zone: tzinfo, formats: Formats) -> str:
    """Say who submitted the revision in hand, when, and (of a later one) why again; nothing where nobody did."""
    if not record.submissions:
        return ""
    last = record.submissions[-1]
    told = {"name": name_of(last.submitted_by), "at": moment_text(last.submitted_at.astimezone(zone), formats)}
    key = "desk.sent" if last.revision == 1 else "desk.sent_again"
    sent = formats.texts(key, revision=last.revision, **told)
    return (
        formats.texts("desk.sent_because", sent=sent, reason=last.reason) if last.revision > 1 and last.reason else sent
    )


def asked_text(request: RecordedDecision, name_of: NameOf, zone: tzinfo, formats: Formats) -> str:
    """Say who asks for reopening, when and why."""
    at = moment_text(request.recorded_at.astimezone(zone), formats)
    return formats.texts("desk.asked_by", name=name_of(request.recorded_by), at=at, reason=request.reason)


def receipt_text(done: str, receipt: Receipt, zone: tzinfo, formats: Formats) -> str:
    """Say what was done, with the code and the moment of the receipt."""
    at = moment_text(receipt.at.astimezone(zone), formats)
    return formats.texts("desk.receipt", done=done, code=receipt.code, at=at)


def state_text(state: ReturnState, closes: date | None, formats: Formats) -> str:
    """Say where a return stands; `closes` is the last day on which its unit may submit it, None where it may not."""
    told = formats.texts(f"desk.state_{state}")
    return formats.texts("desk.state_until", state=told, closes=formats.day(closes)) if closes else told


def figure_lines(
    form: Form, period: Period, figures: Mapping[str, RecordedFigure], province: Province, formats: Formats
) -> Iterator[str]:
    """Print the figures of a return, one line each; those that nobody submitted are left out."""
    for element in form.elements:
        if element.id in figures:
            label = in_language(formats.texts, element.label, element.label_en)
            told = figure_text(element, figures[element.id].figure, formats.texts)
            yield formats.texts("desk.figure", element=label, figure=told)
    yield from part_lines(form, period, figures, province, formats)


def part_lines(
    form: Form, period: Period, figures: Mapping[str, RecordedFigure], province: Province, formats: Formats
) -> Iterator[str]:
    """Print the steps of a milestone with their evidence, and the members of a list told in the last submission."""
    last = max((each.event for each in figures.values()), default=0)
    for element in form.elements:
        for part in province.parts(element, period.last):
            recorded = figures.get(part.id)
            if recorded is not None and (element.steps or recorded.event == last):
                told = figure_of_part_text(element, recorded.figure, formats.texts)
                yield formats.texts("desk.figure", element=part_name(element, part, formats.texts), figure=told)


def notice_html(text: str, kind: str) -> str:
    """Tell what came of a decision: `done`, or `failed` where nothing was recorded."""
    role = "status" if kind == "done" else "alert"
    return f'<p class="review-notice {kind}" role="{role}">{escape(text)}</p>'


def field_error_html(text: str, formats: Formats) -> str:
    """Say above the box of an answer what is to be corrected in it."""
    return f'<p class="review-error" role="alert">{escape(formats.texts("desk.to_correct", text=text))}</p>'


def titles_html(label: str, titles: Sequence[str]) -> str:
    """List returns by name in a box that scrolls."""
    lines = "".join(f"<li>{escape(title)}</li>" for title in titles)
    return f'<div class="review-titles" role="region" tabindex="0" aria-label="{escape(label)}"><ul>{lines}</ul></div>'


def facts_html(title: str, *facts: str) -> str:
    """Head a return that is looked at for reopening, with what is known of it."""
    told = "".join(f"<p>{escape(fact)}</p>" for fact in facts if fact)
    return f'<div class="review-item unflagged"><h3>{escape(title)}</h3>{told}</div>'


def notes_html(notes: Sequence[str]) -> str:
    """List notes on the queue or on a return; nothing where there are none."""
    lines = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f'<ul class="review-notes">{lines}</ul>' if lines else ""

"""The list of justifications of a month: one sentence, who owes one, what was said and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from itertools import groupby

from scorecard.calculation.justification_duty import AskedTarget, GivenJustification, JustificationList
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.record_table import Cell, Column, records_html
from scorecard.presentation.recorded import Names

_GIVEN_COLUMNS = ("column_target", "column_status", "cause", "remedy", "column_by_when")

LinkTo = Callable[[Target, Month], str]


def sentence(told: JustificationList, today: date, names: Names) -> str:
    """Open the page: how many targets were asked about, how many of them have an answer."""
    texts, count = names.formats.texts, names.formats.count
    month, asked, missing = names.formats.month(told.month), len(told.asked), len(told.missing)
    capital = month[:1].upper() + month[1:]
    if not asked:
        return texts("justification.none_asked", month=capital)
    if not missing:
        return texts("justification.all_given", asked=count(asked), month=month)
    overdue = sum(each.due < today for each in told.missing)
    return texts(
        "justification.some_given",
        asked=count(asked),
        month=month,
        missing=count(missing),
        overdue=texts("justification.some_overdue", count=count(overdue)) if overdue else "",
    )


def missing_html(told: JustificationList, today: date, names: Names, link: LinkTo) -> str:
    """Return the table of targets without a justification; `link` leads to a target in a month."""
    texts, formats = names.formats.texts, names.formats
    columns = [Column(texts(f"justification.column_{name}")) for name in ("target", "unit", "status", "since", "due")]
    rows = [
        (
            _target_cell(each.target, each.month, names, link),
            Cell(_lead(each, names)),
            Cell(texts(f"status.{each.status}"), status=each.status),
            Cell(formats.month(each.since)),
            Cell(formats.day(each.due), _overdue(each, today, names)),
        )
        for each in told.missing
    ]
    return records_html(texts("justification.missing_table"), columns, rows)


def given_html(told: JustificationList, names: Names, link: LinkTo) -> str:
    """Return the table of what was said, with what came of each promise."""
    texts = names.formats.texts
    columns = [Column(texts(f"justification.{name}")) for name in _GIVEN_COLUMNS]
    return records_html(
        texts("justification.given_table"), columns, [_given_row(each, names, link) for each in told.given]
    )


def _given_row(given: GivenJustification, names: Names, link: LinkTo) -> tuple[Cell, ...]:
    texts, said = names.formats.texts, given.said
    key = "justification.of_month" if said.revision == 1 else "justification.of_month_again"
    about = texts(key, month=names.formats.month(said.month), revision=said.revision)
    target = _target_cell(given.target, said.month, names, link)
    outcome = texts(f"justification.outcome_{given.outcome}")
    return (
        Cell(target.text, (names.unit(said.unit_id), about), target.link),
        Cell(texts(f"status.{given.status}"), status=given.status) if given.status else Cell(""),
        Cell(said.cause),
        Cell(said.remedy),
        Cell(names.formats.day(said.by_when), (outcome,)),
    )


def to_copy(told: JustificationList, today: date, moment: datetime, names: Names) -> str:
    """Return plain text to copy into a message: which unit owes a justification for what, in the order of protocol."""
    texts, formats = names.formats.texts, names.formats
    about = {"month": formats.month(told.month), "at": moment_text(moment, formats)}
    if not told.missing:
        return texts("justification.list_all", **about)
    lines = [texts("justification.list_title", **about)]
    owed = sorted(told.missing, key=_by_protocol)
    for number, (unit, own) in enumerate(groupby(owed, key=lambda each: _lead(each, names)), start=1):
        lines.append(texts("justification.list_unit", number=number, unit=unit))
        lines += [_line(each, today, names) for each in own]
    return "\n".join(lines)


def _by_protocol(asked: AskedTarget) -> tuple[bool, int, str]:
    lead = asked.lead
    return lead is None, lead.protocol_order if lead else 0, lead.id if lead else ""


def _line(asked: AskedTarget, today: date, names: Names) -> str:
    formats, days = names.formats, (today - asked.due).days
    key = "justification.list_target_overdue" if days > 0 else "justification.list_target"
    return formats.texts(
        key,
        target=names.target_title(asked.target),
        status=formats.texts(f"status.{asked.status}"),
        due=formats.day(asked.due),
        days=formats.count(days),
    )


def _overdue(asked: AskedTarget, today: date, names: Names) -> tuple[str, ...]:
    days = (today - asked.due).days
    return (names.formats.texts("justification.due_overdue", days=names.formats.count(days)),) if days > 0 else ()


def _target_cell(target: Target, month: Month, names: Names, link: LinkTo) -> Cell:
    return Cell(names.target_title(target), link=link(target, month))


def _lead(asked: AskedTarget, names: Names) -> str:
    return asked.lead.name if asked.lead else names.formats.texts("justification.unit_none")

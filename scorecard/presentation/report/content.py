"""What the one-page report prints, as finished strings taken from the overview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from scorecard.domain.meeting import EditionMark
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from scorecard.presentation.meeting_editions import seal_text
from scorecard.presentation.overview import Overview
from scorecard.presentation.overview_rows import OverviewRow
from scorecard.presentation.path_bar import draw_on_paper
from scorecard.presentation.status_marks import black_mark
from scorecard.presentation.texts import in_language

_COLUMNS = ("status", "target", "lead", "value", "path", "goal", "prospects")
_ASKED = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.NO_DATA)
_MOST_PROPOSALS = 3
_LAST_PADDED_MONTH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When and from where a report is made.

    `known_on` is the day as of which figures are shown, None for now; `edition` the frozen edition that shows the same
    figures, None where there is none. `address` is that of the overview with the plan and month of the report;
    `is_sample` marks made-up figures.
    """

    month: Month
    today: date
    known_on: date | None
    edition: EditionMark | None
    address: str
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One target; `mark` and `way` are SVG files, `way` None where its words `way_spoken` stand for it.

    `notes` belong to the value and are always printed; `earlier` (an older value) and `reason` only where there is
    room for them.
    """

    mark: str
    status: str
    name: str
    value: str
    has_value: bool
    notes: tuple[str, ...]
    earlier: tuple[str, ...]
    way: str | None
    way_spoken: str
    goal: str
    due: str | None
    ahead: str
    reason: tuple[str, ...]
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportGroup:
    """The rows of one goal; `title` is its name where it has several rows, else None."""

    title: str | None
    rows: tuple[ReportRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything on the page, from top to bottom; without `groups` there is no table and no legend.

    `made_on` is the day printed and the one that the file carries. `organisation` ends with whose paper it is.
    """

    language: str
    made_on: date
    organisation: tuple[str, ...]
    nation: str
    motto: str
    number: str
    dated: str
    title: tuple[str, ...]
    notices: tuple[str, ...]
    sentence: str
    columns: Mapping[str, str]
    groups: tuple[ReportGroup, ...]
    legend: str
    proposals_title: str
    proposals: tuple[str, ...]
    foot: tuple[str, ...]


def build_report(overview: Overview, province: Province, plan: Plan, occasion: Occasion, formats: Formats) -> Report:
    """Return the report of an overview of that plan and month; all its targets, whatever the page is narrowed to."""
    texts = formats.texts
    rows = [row for group in overview.groups for row in group.rows]
    dues = {row.due for row in rows}
    proposals = tuple(_proposals(rows, occasion.month, formats))
    about = "report.title_sample" if occasion.is_sample else "report.title"
    return Report(
        language=texts.language.value,
        made_on=occasion.today,
        organisation=(texts("report.organisation"), _root_name(province, occasion.month)),
        nation=texts("report.nation"),
        motto=texts("report.motto"),
        number=texts("report.number"),
        dated=_dated(province, occasion.today, formats),
        title=(
            texts("report.kind"),
            texts(about, month=formats.month(occasion.month)),
            in_language(texts, plan.name, plan.name_en),
        ),
        notices=overview.notices,
        sentence=overview.sentence,
        columns=_columns(dues, formats),
        groups=tuple(_groups(overview, dues, formats)),
        legend=" ".join(_legend(rows, overview.footnotes, formats)),
        proposals_title=_proposals_title(rows, len(proposals), formats),
        proposals=proposals,
        foot=tuple(_foot(overview, occasion, formats)),
    )


def refusal_of(report: Report, formats: Formats) -> Report:
    """Return what is printed instead of a report that does not fit on a page: that it does not, and what to do."""
    rows = sum(len(group.rows) for group in report.groups)
    told = formats.texts("report.overfull", rows=formats.count(rows))
    return replace(report, notices=(told,), groups=(), proposals=())


def _root_name(province: Province, month: Month) -> str:
    root = province.units.find(province.root_code, month.last_day)
    return root.name if root else province.name


def _dated(province: Province, today: date, formats: Formats) -> str:
    """Write place and day; days below 10 and the first two months with a zero (Nghị định 30/2020, phụ lục I)."""
    month = f"{today:%m}" if today.month <= _LAST_PADDED_MONTH else str(today.month)
    place = in_language(formats.texts, province.name, province.name_en)
    return formats.texts("report.dated", place=place, day=f"{today:%d}", month=month, year=today.year)


def _columns(dues: set[str], formats: Formats) -> Mapping[str, str]:
    """Return the headings; the day that all targets are due on stands in one of them instead of in every row."""
    texts = formats.texts
    columns = {name: texts(f"overview.column_{name}") for name in _COLUMNS}
    if len(dues) == 1:
        columns["goal"] = texts("report.column_goal")
        columns["prospects"] = texts("report.column_prospects", due=next(iter(dues)))
    return columns


def _groups(overview: Overview, dues: set[str], formats: Formats) -> Iterator[ReportGroup]:
    numbers = count(1)
    for group in overview.groups:
        has_parts = any(row.part for row in group.rows)
        rows = tuple(_row(row, next(numbers), len(dues) > 1, formats) for row in group.rows)
        yield ReportGroup(title=group.name if has_parts else None, rows=rows)


def _row(row: OverviewRow, number: int, has_own_due: bool, formats: Formats) -> ReportRow:
    texts = formats.texts
    ahead, *reason = row.prospects
    notes = tuple(_breakable(note) for note in row.value_notes)
    return ReportRow(
        mark=black_mark(row.status),
        status=texts(f"status.{row.status}"),
        name=texts("report.numbered", number=number, name=row.part or row.name),
        value=_breakable(row.value),
        has_value=row.has_value,
        notes=(*((row.coverage,) if row.coverage else ()), *(notes if row.has_value else ())),
        earlier=() if row.has_value else notes,
        way=draw_on_paper(row.path),
        way_spoken=row.path.spoken,
        goal=_breakable(row.goal),
        due=row.due if has_own_due else None,
        ahead=ahead,
        reason=tuple(reason),
        lead=row.lead,
    )


def _breakable(text: str) -> str:
    """Let words that a wide screen keeps on one line stand on two lines of a narrow column."""
    return text.replace(NO_BREAK_SPACE, " ")


def _legend(rows: Sequence[OverviewRow], footnotes: Sequence[str], formats: Formats) -> Iterator[str]:
    yield formats.texts("report.legend")
    taken = [str(number) for number, row in enumerate(rows, start=1) if row.baseline_taken]
    if taken:
        yield formats.texts("report.baselines_taken", numbers=", ".join(taken))
    yield from footnotes


def _proposals(rows: Sequence[OverviewRow], month: Month, formats: Formats) -> Iterator[str]:
    """Yield what to ask for the targets that need attention most: what the figures say is missing, nothing else."""
    asked = [(number, row) for number, row in enumerate(rows, start=1) if row.status in _ASKED]
    for number, row in asked[:_MOST_PROPOSALS]:
        figures = formats.texts("report.propose_figures", month=formats.month(month))
        told = figures if row.status is Status.NO_DATA else _breakable(row.proposal)
        yield formats.texts("report.proposal", number=number, lead=row.lead, proposal=told)


def _proposals_title(rows: Sequence[OverviewRow], shown: int, formats: Formats) -> str:
    asked = sum(row.status in _ASKED for row in rows)
    key = "report.proposals" if asked == shown else "report.proposals_worst"
    return formats.texts(key, shown=formats.count(shown), asked=formats.count(asked))


def _foot(overview: Overview, occasion: Occasion, formats: Formats) -> Iterator[str]:
    texts, mark = formats.texts, occasion.edition
    yield texts("report.facts", facts=" · ".join(overview.facts))
    if mark is not None:
        yield texts("report.frozen", number=mark.number, name=mark.name, seal=seal_text(mark))
    elif occasion.known_on is None:
        yield texts("report.not_frozen")
    yield texts("report.address", address=occasion.address)

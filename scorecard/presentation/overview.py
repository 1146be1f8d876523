"""The overview of one plan at one month: everything the page shows, as finished strings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

import polars as pl

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.presentation import overview_summary
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview_facts import facts, notice_of_end
from scorecard.presentation.overview_rows import RowGroup, RowWriter
from scorecard.presentation.overview_summary import Changes
from scorecard.presentation.overview_table import reasons_html, table_html
from scorecard.presentation.standing import read_standings
from scorecard.presentation.texts import Texts, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows. `facts` are the parts of the line beside the heading; `counts` has all nine statuses.

    `notices` stand above everything: what keeps this from being the latest state of a plan in force.
    """

    facts: tuple[str, ...]
    notices: tuple[str, ...]
    sentence: str
    counts: Mapping[Status, int]
    groups: tuple[RowGroup, ...]
    changes: Changes
    footnotes: tuple[str, ...]
    caption: str

    def table_html(self, target_page: str, texts: Texts, status: Status | None = None) -> str:
        """Return the table, or only its rows of one status; words where it has none."""
        if status is None:
            return table_html(self.groups, self.caption, target_page, texts)
        if not self.counts[status]:
            return escape(texts("overview.no_rows", status=texts(f"status.{status}")))
        kept = [group.only(status) for group in self.groups]
        return table_html([group for group in kept if group.rows], self.caption, target_page, texts)

    def facts_html(self) -> str:
        """Return the line of facts that stands beside the heading."""
        return f'<div class="facts">{" · ".join(map(escape, self.facts))}</div>'

    def opening_html(self) -> str:
        """Return the notices and the sentence, that stand above the table."""
        notices = "".join(f'<div class="overview-notice">{escape(notice)}</div>' for notice in self.notices)
        return f'{notices}<div class="sentence">{escape(self.sentence)}</div>'

    def closing_html(self, texts: Texts) -> str:
        """Return what changed, and the footnotes."""
        lines = self.changes.lines or (texts("overview.changes_none"),)
        if self.changes.more:
            lines = (*lines, texts("overview.changes_more", count=self.changes.more))
        changes = "".join(f"<li>{escape(line)}</li>" for line in lines)
        notes = "".join(f'<p class="footnote">{escape(note)}</p>' for note in self.footnotes)
        return f'<h2>{escape(texts("overview.changes"))}</h2><ul class="changes">{changes}</ul>{notes}'

    def reasons_html(self) -> str:
        """Return why each row has its status, in whole sentences."""
        return reasons_html(self.groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the figures do not say.

    `awaited` is the month for which figures are being collected, where `month` is shown because none of those is
    approved yet. `cut_off` is when the last of the figures shown was approved, in the time to be printed; `known_on`
    the day as of which they are shown, None for now; `due_days` when the returns of the month are due, in order.
    """

    month: Month
    today: date
    awaited: Month | None = None
    cut_off: datetime | None = None
    known_on: date | None = None
    due_days: tuple[date, ...] = ()


def build_overview(
    scoreboard: pl.DataFrame, province: Province, plan: Plan, seen: Circumstances, formats: Formats
) -> Overview:
    """Return the overview of a scoreboard of that plan and month (`frames.SCOREBOARD`)."""
    standings = read_standings(scoreboard, province)
    amounts = Amounts(formats, province)
    groups = RowWriter(amounts, province).groups(standings)
    texts, counted = formats.texts, [row for group in groups for row in group.rows]
    owed = overview_summary.owed(standings, seen.due_days, seen.today, formats)
    return Overview(
        facts=facts(standings, plan, seen.month, seen.cut_off, formats),
        notices=tuple(_notices(province, plan, seen, formats)),
        sentence=overview_summary.sentence(groups, texts, owed),
        counts=overview_summary.count_statuses(counted),
        groups=groups,
        changes=overview_summary.changes(standings, amounts),
        footnotes=(texts("overview.across_boundaries"),) if any(s.crosses_boundaries for s in standings) else (),
        caption=texts(
            "overview.table", plan=in_language(texts, plan.name, plan.name_en), month=formats.month(seen.month)
        ),
    )


def _notices(province: Province, plan: Plan, seen: Circumstances, formats: Formats) -> Iterator[str]:
    texts = formats.texts
    if seen.known_on is not None:
        yield texts("overview.notice_known_on", day=formats.day(seen.known_on))
    if ended := notice_of_end(province, plan, seen.month, formats):
        yield ended
    if seen.awaited is not None:
        yield texts("overview.notice_month", awaited=formats.month(seen.awaited), month=formats.month(seen.month))

"""The overview of one plan at one month: everything the page shows, as finished strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.presentation import overview_summary
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview_rows import RowGroup, RowWriter
from scorecard.presentation.overview_summary import Changes
from scorecard.presentation.overview_table import table_html
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing, read_standings
from scorecard.presentation.texts import Texts, in_language


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows. `facts` are the parts of the line under the heading; `counts` has all nine statuses."""

    facts: tuple[str, ...]
    sentence: str
    counts: Mapping[Status, int]
    groups: tuple[RowGroup, ...]
    changes: Changes
    footnotes: tuple[str, ...]
    caption: str

    def table_html(self, texts: Texts, status: Status | None = None) -> str:
        """Return the table, or only its rows of one status; words where it has none."""
        if status is None:
            return table_html(self.groups, self.caption, texts)
        if not self.counts[status]:
            return escape(texts("overview.no_rows", status=texts(f"status.{status}")))
        kept = [group.only(status) for group in self.groups]
        return table_html([group for group in kept if group.rows], self.caption, texts)

    def opening_html(self) -> str:
        """Return the line of facts and the sentence, that stand above the table."""
        facts = " · ".join(escape(fact) for fact in self.facts)
        return f'<div class="facts">{facts}</div><div class="sentence">{escape(self.sentence)}</div>'

    def closing_html(self, texts: Texts) -> str:
        """Return what changed, and the footnotes."""
        lines = self.changes.lines or (texts("overview.changes_none"),)
        if self.changes.more:
            lines = (*lines, texts("overview.changes_more", count=self.changes.more))
        changes = "".join(f"<li>{escape(line)}</li>" for line in lines)
        notes = "".join(f'<p class="footnote">{escape(note)}</p>' for note in self.footnotes)
        return f'<h2>{escape(texts("overview.changes"))}</h2><ul class="changes">{changes}</ul>{notes}'


def build_overview(
    scoreboard: pl.DataFrame, province: Province, plan: Plan, month: Month, formats: Formats
) -> Overview:
    """Return the overview of a scoreboard of that plan and month (`frames.SCOREBOARD`)."""
    standings = read_standings(scoreboard, province)
    amounts = Amounts(formats, province)
    groups = RowWriter(amounts, Reasons(amounts), province).groups(standings)
    texts = formats.texts
    return Overview(
        facts=_facts(standings, plan, month, formats),
        sentence=overview_summary.sentence(groups, texts),
        counts=overview_summary.count_statuses([row for group in groups for row in group.rows]),
        groups=groups,
        changes=overview_summary.changes(standings, amounts),
        footnotes=(texts("overview.across_boundaries"),) if any(s.crosses_boundaries for s in standings) else (),
        caption=texts("overview.table", plan=in_language(texts, plan.name, plan.name_en), month=formats.month(month)),
    )


def plan_facts(plan: Plan, month: Month, formats: Formats) -> tuple[str, str]:
    """Say until when the figures go, and which document sets the targets."""
    texts, document = formats.texts, plan.document
    if document.number and document.dated:
        source = texts(
            "overview.document", number=document.number, dated=formats.day(document.dated), issuer=document.issuer
        )
    else:
        source = texts("overview.document_unnumbered", issuer=document.issuer)
    return texts("overview.data_until", month=formats.month(month)), source


def _facts(standings: Sequence[Standing], plan: Plan, month: Month, formats: Formats) -> tuple[str, ...]:
    facts = [*plan_facts(plan, month, formats)]
    widest = max(standings, key=lambda standing: standing.expected_units or 0, default=None)
    if widest is not None and widest.expected_units:
        reported, expected = formats.count(widest.reported_units or 0), formats.count(widest.expected_units)
        facts.append(formats.texts("overview.units_reported", reported=reported, expected=expected))
    return tuple(facts)

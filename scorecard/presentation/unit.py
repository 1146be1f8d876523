"""One unit at one month: what it leads, what it contributes, who of those it leads is last; as finished strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from scorecard.domain.period import Month
from scorecard.domain.plan import Plan
from scorecard.domain.province import Province
from scorecard.domain.status import Status
from scorecard.domain.unit import Unit
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.last_places import LastPlaces, last_places
from scorecard.presentation.overview_facts import plan_facts
from scorecard.presentation.overview_rows import OverviewRow, RowGroup, RowWriter
from scorecard.presentation.overview_summary import count_statuses
from scorecard.presentation.overview_table import table_html
from scorecard.presentation.own_lines import OwnLine, own_lines
from scorecard.presentation.places import read_places
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import read_standings
from scorecard.presentation.status_marks import mark
from scorecard.presentation.tasks import Task
from scorecard.presentation.texts import Texts, in_language
from scorecard.presentation.unit_sentence import sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFrames:
    """What was computed of one plan for a month: SCOREBOARD of the totals and by unit, RANKS by unit.

    `ranks_before` are those of the month before, None where the plan did not hold then.
    """

    totals: pl.DataFrame
    by_unit: pl.DataFrame
    ranks: pl.DataFrame
    ranks_before: pl.DataFrame | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitView:
    """What the page shows of a unit that exists in the month."""

    facts: tuple[str, ...]
    sentence: str
    led: tuple[RowGroup, ...]
    own: tuple[OwnLine, ...]
    last: tuple[LastPlaces, ...]
    caption: str

    @property
    def led_rows(self) -> tuple[OverviewRow, ...]:
        """The rows of the targets that the unit leads."""
        return tuple(row for group in self.led for row in group.rows)

    def opening_html(self) -> str:
        """Return the line of facts and the sentence."""
        return opening_html(self.facts, self.sentence)

    def led_html(self, target_page: str, texts: Texts) -> str:
        """Return how many of the targets that the unit leads have which status, and their table.

        `target_page` as in overview_table.table_html.
        """
        counts = count_statuses(self.led_rows)
        return _counts_html(counts, texts) + table_html(self.led, self.caption, target_page, texts)


def opening_html(facts: Sequence[str], said: str) -> str:
    """Return a line of facts and a sentence, as they stand above everything else."""
    line = " · ".join(escape(fact) for fact in facts)
    return f'<div class="facts">{line}</div><div class="sentence">{escape(said)}</div>'


def build_unit(
    unit: Unit,
    frames: UnitFrames,
    province: Province,
    plan: Plan,
    month: Month,
    tasks: Sequence[Task],
    formats: Formats,
) -> UnitView:
    """Return a unit alive in the month; `tasks` are those that its sentence tells, none for an older month."""
    amounts, texts = Amounts(formats, province), formats.texts
    reasons = Reasons(amounts)
    led_targets = [target.id for target in plan.targets if target.lead == unit.code]
    totals = frames.totals.filter(pl.col("target").is_in(led_targets))
    led = RowWriter(amounts, province).groups(read_standings(totals, province))
    standings = read_standings(_own_rows(frames.by_unit, unit, led_targets), province)
    places = read_places(frames.ranks, frames.ranks_before, unit.id)
    own = own_lines(standings, places, amounts, reasons)
    rows = [row for group in led for row in group.rows]
    return UnitView(
        facts=plan_facts(plan, month, formats),
        sentence=sentence(unit.name, rows, own, tasks, formats.month(month), formats),
        led=led,
        own=own,
        last=tuple(last_places(unit, led_targets, frames.by_unit, frames.ranks, amounts)),
        caption=texts(
            "unit.table",
            unit=unit.name,
            plan=in_language(texts, plan.name, plan.name_en),
            month=formats.month(month),
        ),
    )


def _own_rows(by_unit: pl.DataFrame, unit: Unit, led_targets: Sequence[str]) -> pl.DataFrame:
    """Return the rows to which the unit contributes; where it leads and is the only one, the total says the same."""
    alone = pl.len().over("target") == 1
    own = (pl.col("unit") == unit.id) & pl.col("steps_total").is_null()
    return by_unit.with_columns(alone=alone).filter(own & ~(alone & pl.col("target").is_in(led_targets))).drop("alone")


def _counts_html(counts: Mapping[Status, int], texts: Texts) -> str:
    chips = "".join(
        f'<span class="chip {status}">{mark(status)}'
        f"{escape(texts('overview.count', count=count, status=texts(f'status.{status}')))}</span>"
        for status, count in counts.items()
        if count
    )
    return f'<div class="unit-counts">{chips}</div>'

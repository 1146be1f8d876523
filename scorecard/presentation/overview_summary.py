"""What the overview says before its table: the sentence, the counts, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.overview_rows import OverviewRow, RowGroup, Steps
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import Texts, in_language

_GOOD = (Status.MET, Status.ON_TRACK)
_LATE = (Status.MISSED, Status.OFF_TRACK)
_TROUBLE = (*_LATE, Status.AT_RISK, Status.NO_DATA)
_MOST_CHANGES = 3


def count_statuses(rows: Sequence[OverviewRow]) -> Mapping[Status, int]:
    """Return how many rows each of the nine statuses has, zero included, worst first."""
    return {status: sum(row.status is status for row in rows) for status in SEVERITY}


def sentence(groups: Sequence[RowGroup], texts: Texts) -> str:
    """Say in one sentence how the targets stand; its figures are those of the counts and the table.

    Targets that no longer apply are not counted.
    """
    rows = [row for group in groups for row in group.rows if row.status is not Status.NOT_APPLICABLE]
    counts, total = count_statuses(rows), len(rows)
    good = sum(counts[status] for status in _GOOD)
    if total == 0:
        return texts("overview.sentence_none")
    if good == total:
        return texts("overview.sentence_all_good" if total > 1 else "overview.sentence_one_good", total=total)
    if counts[Status.NO_DATA] == total:
        return texts("overview.sentence_nothing", total=total)
    if good == 0 and not any(counts[status] for status in _TROUBLE):
        return texts("overview.sentence_nothing_judged")
    late = [texts(f"overview.sentence_{status}", count=counts[status]) for status in _LATE if counts[status]]
    others = (Status.NO_DATA,) if late else (Status.AT_RISK, Status.NO_DATA)
    parts = [texts("overview.sentence_good", good=good, total=total)]
    parts += [f"{'; '.join(late)}, {_farthest(groups, texts)}"] if late else []
    parts += [texts(f"overview.sentence_{status}", count=counts[status]) for status in others if counts[status]]
    return "; ".join(parts) + "."


def _farthest(groups: Sequence[RowGroup], texts: Texts) -> str:
    """Name the target farthest from its goal among the missed and the late, and how many others are as far."""
    late = [(group, row) for group in groups for row in group.rows if row.status in _LATE]
    group, row = max(late, key=lambda pair: pair[1].gap)
    ties = sum(other.gap == row.gap for _, other in late) - 1
    named = texts(
        "overview.sentence_farthest_steps" if isinstance(row.path, Steps) else "overview.sentence_farthest",
        name=f"{group.name} – {row.part}" if row.part else group.name,
        value=row.value,
        goal=row.goal,
    )
    return named + (texts("overview.sentence_ties", count=ties) if ties else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Lines on the targets whose status changed since the period before, worst first, at most three."""

    lines: tuple[str, ...]
    more: int


def changes(standings: Sequence[Standing], amounts: Amounts) -> Changes:
    """Return what changed since the period before; a target without an earlier status has not changed."""
    texts = amounts.formats.texts
    moved = sorted(
        (each for each in standings if each.previous_status not in (None, each.status)),
        key=lambda each: SEVERITY.index(each.status),
    )
    lines = tuple(
        texts(
            "overview.change",
            name=in_language(texts, each.target.name, each.target.name_en),
            before=texts(f"status.{each.previous_status}"),
            after=texts(f"status.{each.status}"),
        )
        for each in moved[:_MOST_CHANGES]
    )
    return Changes(lines=lines, more=max(len(moved) - _MOST_CHANGES, 0))

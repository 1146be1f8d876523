"""What the overview says before its table: the sentence, the counts, what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview_rows import OverviewRow, RowGroup, Steps
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import Texts, in_language

_GOOD = (Status.MET, Status.ON_TRACK)
_LATE = (Status.MISSED, Status.OFF_TRACK)
_TROUBLE = (*_LATE, Status.AT_RISK, Status.NO_DATA)
_MOST_CHANGES = 3
_MOST_WORDS = 30


def count_statuses(rows: Sequence[OverviewRow]) -> Mapping[Status, int]:
    """Return how many rows each of the nine statuses has, zero included, worst first."""
    return {status: sum(row.status is status for row in rows) for status in SEVERITY}


def owed(standings: Sequence[Standing], due_days: Sequence[date], today: date, formats: Formats) -> str:
    """Say how many lead units must submit by when; nothing where nobody leads or no day is set.

    The day is the first of `due_days` (in order) still to come, or the last one once all have passed.
    """
    leads = {each.target.lead for each in standings if each.target.lead and each.status is Status.NO_DATA}
    if not leads or not due_days:
        return ""
    coming = next((day for day in due_days if day >= today), None)
    key = "overview.sentence_overdue" if coming is None else "overview.sentence_owed"
    return formats.texts(key, leads=formats.count(len(leads)), due=formats.day(coming or due_days[-1]))


def sentence(groups: Sequence[RowGroup], texts: Texts, owed: str = "") -> str:
    """Say in one sentence how the targets stand; its figures are those of the counts and the table.

    Targets that no longer apply are not counted. `owed` says who must submit, for when nothing is there.
    """
    rows = [row for group in groups for row in group.rows if row.status is not Status.NOT_APPLICABLE]
    counts, total = count_statuses(rows), len(rows)
    good = sum(counts[status] for status in _GOOD)
    if total == 0:
        return texts("overview.sentence_none")
    if good == total:
        return texts("overview.sentence_all_good" if total > 1 else "overview.sentence_one_good", total=total)
    if counts[Status.NO_DATA] == total:
        return texts("overview.sentence_nothing", total=total) + (f"; {owed}." if owed else ".")
    if good == 0 and not any(counts[status] for status in _TROUBLE):
        return texts("overview.sentence_nothing_judged")
    return next(_short_enough(_sentences(groups, counts, total, texts)))


def _short_enough(sentences: Iterator[str]) -> Iterator[str]:
    """Yield those of at most thirty words, and at last whatever is the shortest."""
    shortest = ""
    for shortest in sentences:
        if len(shortest.split()) <= _MOST_WORDS:
            yield shortest
    yield shortest


def _sentences(groups: Sequence[RowGroup], counts: Mapping[Status, int], total: int, texts: Texts) -> Iterator[str]:
    """Yield the same account in fewer and fewer words: with the figures of the farthest target, its name, neither."""
    good = texts("overview.sentence_good", good=sum(counts[status] for status in _GOOD), total=total)
    late = [texts(f"overview.sentence_{status}", count=counts[status]) for status in _LATE if counts[status]]
    others = (Status.NO_DATA,) if late else (Status.AT_RISK, Status.NO_DATA)
    rest = [texts(f"overview.sentence_{status}", count=counts[status]) for status in others if counts[status]]
    if late:
        for farthest in _farthest(groups, texts):
            yield "; ".join([good, f"{'; '.join(late)}, {farthest}", *rest]) + "."
    yield "; ".join([good, *late, *rest]) + "."


def _farthest(groups: Sequence[RowGroup], texts: Texts) -> Iterator[str]:
    """Name the target farthest from its goal among the missed and the late, with its figures, then without."""
    late = [(group, row) for group in groups for row in group.rows if row.status in _LATE]
    group, row = max(late, key=lambda pair: pair[1].gap)
    ties = sum(other.gap == row.gap for _, other in late) - 1
    told = {
        "name": f"{group.name} – {row.part}" if row.part else group.name,
        "value": row.value,
        "goal": row.goal,
    }
    others = texts("overview.sentence_ties", count=ties) if ties else ""
    figures = "overview.sentence_farthest_steps" if isinstance(row.path, Steps) else "overview.sentence_farthest"
    yield texts(figures, **told) + others
    yield texts("overview.sentence_farthest_name", **told) + others


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

"""Given work in words: to whom, what, which number was promised, how it moved, what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import escape

from scorecard.domain.meeting import Commitment, EditionMark, Measured, Result, verdict
from scorecard.domain.province import Province
from scorecard.domain.typed_number import print_typed
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from scorecard.presentation.meeting_content import FrozenBoard, FrozenRow
from scorecard.presentation.texts import Texts

_COLUMNS = ("unit", "what", "target", "due", "promised", "moved", "result")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCommitment:
    """One commitment in words.

    `then` is the value in the edition that was shown when it was given, `now` that of the last edition told of; empty
    where there is none. `told_by` is the edition that told the result, None where a person did; `reason` is what they
    said.
    """

    commitment: Commitment
    result: Result
    told_by: int | None
    unit: str
    target: str
    due: str
    promised: str
    then: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentWriter:
    """Words commitments as told by the editions of their plans; `board` gives what an edition holds."""

    province: Province
    formats: Formats
    marks: Sequence[EditionMark]
    board: Callable[[int], FrozenBoard]

    def all(self, commitments: Iterable[Commitment], up_to: int | None = None) -> tuple[ShownCommitment, ...]:
        """Word commitments as editions tell up to the one of that number, or to the last."""
        return tuple(self._shown(each, up_to) for each in commitments)

    def _shown(self, given: Commitment, up_to: int | None) -> ShownCommitment:
        marks = [m for m in self.marks if m.plan_id == given.plan_id and (up_to is None or m.number <= up_to)]
        rows = {mark.number: self.board(mark.number).row(given.target_id, given.of_unit) for mark in marks}
        measured = (
            Measured(edition=m.number, month=m.month, value=row.measured, rising_is_good=row.rising_is_good)
            for m in marks
            if (row := rows[m.number]) is not None
        )
        first = rows.get(given.edition) or self.board(given.edition).row(given.target_id, given.of_unit)
        later = [m for m in marks if m.month > given.month and rows[m.number] is not None]
        last = rows[max(later, key=lambda m: (m.month, m.number)).number] if later else None
        unit = self.province.units.by_id.get(given.unit_id)
        told = verdict(given, measured)
        return ShownCommitment(
            commitment=given,
            result=told.result,
            told_by=told.edition,
            unit=unit.name if unit else given.unit_id,
            target=first.name if first else given.target_id,
            due=self.formats.day(given.due),
            promised="" if given.promised is None else promised_text(given.promised, first),
            then=first.value if first else "",
            now=last.value if last else "",
            reason=given.stated.reason if given.stated else "",
        )


def still_told(
    shown: Iterable[ShownCommitment], marks: Sequence[EditionMark], mark: EditionMark
) -> tuple[ShownCommitment, ...]:
    """Return the commitments that the meeting of an edition opens with: the open ones, and those settled since.

    Settled since: by this very edition, or by word after the edition of the plan before it was frozen.
    """
    earlier = [m.frozen_at for m in marks if m.plan_id == mark.plan_id and m.month < mark.month]
    since = max(earlier, default=None)
    return tuple(each for each in shown if _is_told(each, mark, since))


def _is_told(shown: ShownCommitment, mark: EditionMark, since: datetime | None) -> bool:
    if shown.result is Result.OPEN or shown.told_by == mark.number:
        return True
    stated = shown.commitment.stated
    return stated is not None and (since is None or stated.stated_at > since)


def promised_text(promised: Decimal, row: FrozenRow | None) -> str:
    """Print a promised number with what it counts: 75,5%, 76 dịch vụ."""
    exponent = promised.as_tuple().exponent
    number = print_typed(promised, max(0, -exponent) if isinstance(exponent, int) else 0)
    counted_in = row.counted_in if row else ""
    return number + (counted_in if counted_in == "%" else f"{NO_BREAK_SPACE}{counted_in}").rstrip()


def result_mark(shown: ShownCommitment, texts: Texts) -> str:
    """Write the result as shape and word."""
    return (
        f'<span class="result {shown.result}"><i aria-hidden="true"></i>'
        f"{escape(texts(f'meeting.result_{shown.result}'))}</span>"
    )


def moved_text(shown: ShownCommitment, texts: Texts) -> str:
    """Say how the number moved since the work was given, or that no later edition tells."""
    if not shown.now:
        return texts("meeting.not_moved_yet", then=shown.then)
    key = "meeting.unmoved" if shown.now == shown.then else "meeting.moved"
    return texts(key, then=shown.then, now=shown.now)


def commitments_html(commitments: Sequence[ShownCommitment], caption: str, texts: Texts) -> str:
    """Return the table of commitments."""
    head = "".join(f'<th scope="col">{escape(texts(f"meeting.column_{name}"))}</th>' for name in _COLUMNS)
    rows = "".join(f"<tr>{''.join(_cells(each, texts))}</tr>" for each in commitments)
    return (
        f'<div class="listing given"><table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(shown: ShownCommitment, texts: Texts) -> Iterator[str]:
    cells: Mapping[str, str] = {
        "unit": escape(shown.unit),
        "what": escape(shown.commitment.what),
        "target": escape(shown.target),
        "due": escape(shown.due),
        "promised": escape(shown.promised or texts("meeting.no_number")),
        "moved": escape(moved_text(shown, texts)),
        "result": result_mark(shown, texts) + (f"<small>{escape(shown.reason)}</small>" if shown.reason else ""),
    }
    for name in _COLUMNS:
        yield f'<td data-column="{escape(texts(f"meeting.column_{name}"))}">{cells[name]}</td>'

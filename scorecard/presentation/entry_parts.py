"""The parts that an element counts, as they are asked, answered and read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Element
from scorecard.domain.part import Part, is_evidence, part_note, read_part_note
from scorecard.presentation.entry import Answer, Refusal
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts, in_language
from scorecard.presentation.typed_dates import TypedDateError, parse_since, print_since


class Presence(StrEnum):
    """What somebody says of a part; nothing chosen says nothing, and what was said before stands."""

    THERE = "there"
    NOT_THERE = "not_there"


@dataclass(frozen=True, slots=True)
class TypedPart:
    """What is said of a part, exactly as it stands in the boxes; only a step has evidence."""

    presence: Presence | None
    since: str
    evidence: str


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """What is said of a part, as it is understood; `note` is that of its figure."""

    element: Element
    part: Part
    there: bool
    note: str

    @property
    def value(self) -> Decimal:
        """The value of its figure."""
        return self.value_of(there=self.there)

    @staticmethod
    def value_of(*, there: bool) -> Decimal:
        """Return the value that says whether a part is there."""
        return Decimal(1) if there else Decimal(0)


def part_name(element: Element, part: Part, texts: Texts) -> str:
    """Name a part with its number; one without a name by what is counted: «Dịch vụ số 26»."""
    if part.name is None:
        name = texts("entry.member_unnamed", counted_in=element.counted_in, number=part.number)
        return name[:1].upper() + name[1:]
    return texts("entry.part_name", number=part.number, name=in_language(texts, part.name, part.name_en))


def kind_of(element: Element) -> str:
    """Return what its parts are in the keys of the texts: `step` or `member`."""
    return "step" if element.steps else "member"


def part_text(element: Element, there: bool | None, note: str, texts: Texts) -> str:
    """Say how a part stands: «đã cung cấp từ 05/03/2025», «chưa xong», «chưa rõ»."""
    kind = kind_of(element)
    if there is None:
        return texts("entry.part_unknown")
    if not there:
        return texts(f"entry.{kind}_not_there")
    since, remark = read_part_note(note)
    said = texts(f"entry.{kind}_there_since", since=print_since(since)) if since else texts(f"entry.{kind}_there")
    return texts("entry.part_remark", said=said, remark=remark) if remark else said


def figure_of_part_text(element: Element, figure: Figure | None, texts: Texts) -> str:
    """Say how a part stands by its figure."""
    return part_text(element, None if figure is None else figure.value == 1, figure.note if figure else "", texts)


def part_question(element: Element, part: Part, said: Figure | None, formats: Formats) -> str:
    """Ask for one part: its name, the last day of a step, and what was last said of it and for which period."""
    texts = formats.texts
    name = part_name(element, part, texts)
    due = texts("entry.step_by", day=formats.day(part.by)) if part.by else ""
    if said is None:
        return texts("entry.part_question_unknown", name=name, due=due)
    standing, period = figure_of_part_text(element, said, texts), formats.period(said.period)
    return texts("entry.part_question", name=name, due=due, standing=standing, period=period)


def read_part(
    element: Element, part: Part, typed: TypedPart, latest: date, texts: Texts
) -> PartAnswer | Refusal | None:
    """Understand what is said of a part up to a day, None for nothing."""
    if typed.presence is None:
        return None
    if typed.presence is Presence.NOT_THERE:
        return PartAnswer(element, part, there=False, note="")
    name = part_name(element, part, texts)
    try:
        since = parse_since(typed.since, latest)
    except TypedDateError as error:
        return Refusal(part.id, texts(f"typed_date.{error.code}"), name)
    evidence = typed.evidence.strip() if element.steps else ""
    if element.steps and not is_evidence(evidence):
        return Refusal(part.id, texts("entry.evidence_needed"), name)
    return PartAnswer(element, part, there=True, note=part_note(since, evidence))


def steps_answer(element: Element, parts: Sequence[Part], notes: Mapping[str, str]) -> Answer:
    """Return the number of steps done; `notes` hold the note of each part that is done, by its element.

    The note tells each step done with its number; that of a milestone of one step is simply the step's.
    """
    done = [(part.number, notes[part.id]) for part in parts if part.id in notes]
    note = done[0][1] if len(parts) == 1 and done else "; ".join(f"{number}: {text}" for number, text in done)
    return Answer(element, Decimal(len(done)), FigureState.NUMBER, note)

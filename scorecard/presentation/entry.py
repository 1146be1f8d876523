"""Answers of the entry page: as they are typed, as they are understood, as they are read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Element, Measure
from scorecard.domain.typed_number import TypedNumberError, parse_typed, print_typed
from scorecard.presentation.texts import Texts, in_language
from scorecard.presentation.typed_numbers import advice, read_back

_EXAMPLES = {(False, False): "1.234", (False, True): "1.234,5", (True, False): "12", (True, True): "89,2"}
"""How to type, by whether it is a score and whether it has decimals."""


class Choice(StrEnum):
    """What somebody answers for an element before any number is typed."""

    NUMBER = "number"
    NONE_OCCURRED = "none_occurred"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer exactly as it stands in the boxes; only a score has a source."""

    choice: Choice
    number: str
    reason: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is understood; `value` is None exactly when the state carries no number."""

    element: Element
    value: Decimal | None
    state: FigureState
    note: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something to correct: the place that takes the cursor, and the words shown there and on top of the page.

    `place` is an element's id, the key of an unusual figure, or one of the page's own; empty for none in particular.
    `subject` names it on top of the page, where the text does not do so itself.
    """

    place: str
    text: str
    subject: str = ""


def choices(element: Element) -> tuple[Choice, ...]:
    """Return the answers offered: «none occurred» only for what happens in a period, never for what exists."""
    if element.measure is Measure.FLOW:
        return (Choice.NUMBER, Choice.NONE_OCCURRED, Choice.NOT_AVAILABLE)
    return (Choice.NUMBER, Choice.NOT_AVAILABLE)


def read_answer(element: Element, typed: Typed, texts: Texts) -> Answer | Refusal:
    """Understand one answer, or say what to correct."""
    label = in_language(texts, element.label, element.label_en)
    match typed.choice:
        case Choice.NONE_OCCURRED:
            return Answer(element, Decimal(0), FigureState.NUMBER, "")
        case Choice.NOT_AVAILABLE:
            reason = typed.reason.strip()
            if len(reason) < SHORTEST_REASON:
                return Refusal(element.id, texts("entry.reason_needed", shortest=SHORTEST_REASON), label)
            return Answer(element, None, FigureState.NOT_AVAILABLE, reason)
        case Choice.NUMBER:
            try:
                value = parse_typed(typed.number, element.decimals)
            except TypedNumberError as error:
                return Refusal(element.id, advice(error, element, texts), label)
            return _scored(element, value, typed, texts) or Answer(
                element, value, FigureState.NUMBER, _source(element, typed)
            )


def _source(element: Element, typed: Typed) -> str:
    return typed.source.strip() if element.measure is Measure.SCORE else ""


def _scored(element: Element, value: Decimal, typed: Typed, texts: Texts) -> Refusal | None:
    """Say what is to be corrected in a score: it stays on its scale and names its source."""
    if element.measure is not Measure.SCORE:
        return None
    label = in_language(texts, element.label, element.label_en)
    if element.out_of is not None and value > element.out_of:
        return Refusal(element.id, texts("entry.outside_scale", out_of=print_typed(Decimal(element.out_of), 0)), label)
    if len(_source(element, typed)) < SHORTEST_REASON:
        return Refusal(element.id, texts("entry.source_needed", shortest=SHORTEST_REASON), label)
    return None


def read_answers(
    elements: Sequence[Element], typed: Mapping[str, Typed], texts: Texts
) -> tuple[tuple[Answer, ...], tuple[Refusal, ...]]:
    """Understand the answers to some elements, in order; refusals name every place to correct at once."""
    read = [read_answer(element, typed[element.id], texts) for element in elements]
    return (
        tuple(each for each in read if isinstance(each, Answer)),
        tuple(each for each in read if isinstance(each, Refusal)),
    )


def understood(element: Element, typed: Typed, texts: Texts) -> str:
    """Say under the box how its text is understood, or how to type while it is not."""
    try:
        return texts("entry.understood", number=read_back(parse_typed(typed.number, element.decimals), element))
    except TypedNumberError:
        scale = texts("entry.scale", out_of=print_typed(Decimal(element.out_of), 0)) if element.out_of else ""
        example = _EXAMPLES[element.measure is Measure.SCORE, element.decimals > 0]
        hint = texts("entry.how_to_type", counted_in=element.counted_in, example=example)
        return f"{hint}{scale}"


def answer_text(element: Element, value: Decimal | None, state: FigureState, note: str, texts: Texts) -> str:
    """Print an answer or a figure: its number, a score with its source, or why there is none."""
    if value is not None:
        approximate = "entry.approximate" if state is FigureState.APPROXIMATE else "entry.exact"
        printed = texts(approximate, number=_counted(element, value, texts))
        return (
            texts("entry.sourced", number=printed, source=note)
            if element.measure is Measure.SCORE and note
            else printed
        )
    return texts(f"entry.{state}_because", reason=note) if note else texts(f"entry.{state}")


def _counted(element: Element, value: Decimal, texts: Texts) -> str:
    if element.steps:
        return texts("entry.steps_done", done=print_typed(value, 0), steps=len(element.steps))
    return read_back(value, element)


def corrects(answers: Sequence[Answer], in_force: Mapping[str, Figure]) -> bool:
    """Say whether an answer differs from what was reported before."""
    return any(
        (figure := in_force.get(answer.element.id)) is not None
        and figure.state is not FigureState.NOT_REPORTED
        and (figure.value, figure.state, figure.note) != (answer.value, answer.state, answer.note)
        for answer in answers
    )


def figure_text(element: Element, figure: Figure | None, texts: Texts) -> str:
    """Print an earlier figure; nothing on record is said in words, never as 0."""
    if figure is None:
        return texts("entry.nothing_recorded")
    return answer_text(element, figure.value, figure.state, figure.note, texts)


def with_figures(sentence: str, element_ids: Sequence[str], answers: Sequence[Answer], texts: Texts) -> str:
    """Put the numbers just entered after a sentence about them."""
    spoken_of = {answer.element.id: answer for answer in answers if answer.value is not None}
    parts = []
    for answer in filter(None, map(spoken_of.get, element_ids)):
        printed = answer_text(answer.element, answer.value, answer.state, answer.note, texts)
        label = in_language(texts, answer.element.label, answer.element.label_en)
        parts.append(printed if len(element_ids) == 1 else texts("entry.past", period=label, figure=printed))
    return f"{sentence} {texts('entry.entered', figures='; '.join(parts))}" if parts else sentence

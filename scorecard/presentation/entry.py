"""What the entry page says: answers as they are understood, what is owed and by when, rates that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.form import Element, Form, Measure
from scorecard.domain.formula import Formula
from scorecard.domain.goal import Scale, Threshold
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats, Line
from scorecard.presentation.texts import Language, Texts
from scorecard.presentation.typed_numbers import TypedNumberError, advice, parse_typed, read_back

SHORTEST_REASON = 10


class Choice(StrEnum):
    """What somebody answers for an element before any number is typed."""

    NUMBER = "number"
    NONE_OCCURRED = "none_occurred"
    NOT_AVAILABLE = "not_available"


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer exactly as it stands in the boxes."""

    choice: Choice
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is understood; `value` is None exactly when the state carries no number."""

    element: Element
    value: Decimal | None
    state: FigureState
    note: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A place to correct: the box that takes the cursor, and the words shown there and on top of the page."""

    box: str
    text: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate that follows from one return, both parts printed."""

    name: str
    value: str
    parts: str


def choices(element: Element) -> tuple[Choice, ...]:
    """Return the answers offered: «none occurred» only for what happens in a period, never for what exists."""
    if element.measure is Measure.FLOW:
        return (Choice.NUMBER, Choice.NONE_OCCURRED, Choice.NOT_AVAILABLE)
    return (Choice.NUMBER, Choice.NOT_AVAILABLE)


def named(name: str, name_en: str | None, texts: Texts) -> str:
    """Return the name in the language of the page, the Vietnamese one where there is no other."""
    return name_en if name_en and texts.language is Language.ENGLISH else name


def number_box(element_id: str) -> str:
    """Name the box in which the number of an element is typed."""
    return f"{element_id}-number"


def reason_box(element_id: str) -> str:
    """Name the box in which the reason for a missing number is typed."""
    return f"{element_id}-reason"


def read_answer(element: Element, typed: Typed, texts: Texts) -> Answer | Refusal:
    """Understand one answer, or say what to correct."""
    match typed.choice:
        case Choice.NONE_OCCURRED:
            return Answer(element, Decimal(0), FigureState.NUMBER, "")
        case Choice.NOT_AVAILABLE:
            reason = typed.reason.strip()
            if len(reason) < SHORTEST_REASON:
                return Refusal(reason_box(element.id), texts("entry.reason_needed", shortest=SHORTEST_REASON))
            return Answer(element, None, FigureState.NOT_AVAILABLE, reason)
        case Choice.NUMBER:
            try:
                return Answer(element, parse_typed(typed.number, element.decimals), FigureState.NUMBER, "")
            except TypedNumberError as error:
                return Refusal(number_box(element.id), advice(error, element, texts))


def read_answers(
    form: Form, typed: Mapping[str, Typed], texts: Texts
) -> tuple[tuple[Answer, ...], tuple[Refusal, ...]]:
    """Understand a whole form, in its order; refusals name every place to correct at once."""
    read = [read_answer(element, typed[element.id], texts) for element in form.elements]
    return (
        tuple(each for each in read if isinstance(each, Answer)),
        tuple(each for each in read if isinstance(each, Refusal)),
    )


def understood(element: Element, typed: Typed, texts: Texts) -> str:
    """Say under the box how its text is understood, or how to type while it is not."""
    answer = read_answer(element, typed, texts)
    if isinstance(answer, Answer) and answer.value is not None:
        return texts("entry.understood", number=read_back(answer.value, element))
    example = "1.234" if element.decimals == 0 else "1.234,5"
    return texts("entry.how_to_type", counted_in=element.counted_in, example=example)


def answer_text(element: Element, value: Decimal | None, state: FigureState, note: str, texts: Texts) -> str:
    """Print an answer or a figure: its number, or why there is none."""
    if value is not None:
        approximate = "entry.approximate" if state is FigureState.APPROXIMATE else "entry.exact"
        return texts(approximate, number=read_back(value, element))
    return texts(f"entry.{state}_because", reason=note) if note else texts(f"entry.{state}")


def figure_text(element: Element, figure: Figure | None, texts: Texts) -> str:
    """Print an earlier figure; nothing on record is said in words, never as 0."""
    if figure is None:
        return texts("entry.nothing_recorded")
    return answer_text(element, figure.value, figure.state, figure.note, texts)


def due_text(due: date, closes: date, today: date, formats: Formats) -> str:
    """Say by when a return is due, seen from today; the due day itself is still in time."""
    days = (due - today).days
    key = "entry.overdue" if days < 0 else "entry.due_today" if days == 0 else "entry.due_in"
    return formats.texts(key, days=abs(days), due=formats.day(due), closes=formats.day(closes))


def owed_sentence(open_dues: Sequence[tuple[date, date]], total: int, today: date, formats: Formats) -> str:
    """Open the list: how many returns are not submitted yet, and by when the first of them is due.

    `open_dues` are the due day and the closing day of each return still to be submitted.
    """
    if total == 0:
        return formats.texts("entry.nothing_owed")
    if not open_dues:
        return formats.texts("entry.all_submitted", total=total)
    due = due_text(*min(open_dues), today, formats)
    return formats.texts("entry.still_owed", open=len(open_dues), total=total, due=due)


def rates(province: Province, form: Form, period: Period, answers: Sequence[Answer], formats: Formats) -> list[Rate]:
    """Return the ratios that follow from this return alone; one whose parts are not all numbers is left out."""
    values = {answer.element.id: Fraction(answer.value) for answer in answers if answer.value is not None}
    own = {element.id for element in form.elements}
    found = []
    for indicator in province.indicators.values():
        version = indicator.version_at(period.last)
        needed = {*version.numerator.elements, *(version.denominator.elements if version.denominator else ())}
        if version.denominator is None or not needed <= own & values.keys():
            continue
        parts = [_sum(side, values, province, period.last) for side in (version.numerator, version.denominator)]
        found.append(_rate(indicator, parts[0], parts[1], _line(province, indicator), formats))
    return found


def _sum(formula: Formula, values: Mapping[str, Fraction], province: Province, month: Month) -> Fraction:
    total = Fraction(0)
    for term in formula.terms:
        size = province.list_size(term.list_id, month) if term.list_id else 1
        total += term.factor * (values[term.element] if term.element else size)
    return total


def _rate(indicator: Indicator, part: Fraction, whole: Fraction, line: Line | None, formats: Formats) -> Rate:
    texts = formats.texts
    name = named(indicator.name, indicator.name_en, texts)
    decimals = 0 if part.denominator == whole.denominator == 1 else 2
    printed = (formats.decimal(part, decimals), formats.decimal(whole, decimals))
    if whole == 0:
        return Rate(name, texts("entry.no_cases"), "")
    if indicator.kind is IndicatorKind.LIST_COUNT:
        return Rate(name, f"{printed[0]}/{printed[1]} {indicator.counted_in}", "")
    return Rate(
        name,
        formats.share(part / whole, indicator.decimals, line),
        texts("entry.parts", part=printed[0], whole=printed[1]),
    )


def _line(province: Province, indicator: Indicator) -> Line | None:
    """Return the goal that a printed rate must not seem to cross, where a target sets one."""
    for target in province.targets:
        if target.indicator_id == indicator.id:
            for goal in target.parts:
                if isinstance(goal, Threshold) and goal.scale is Scale.SHARE:
                    return Line(goal.comparator, goal.value)
    return None

"""What the entry page says: answers as they are understood, what is owed and by when, rates that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.finding import SHORTEST_REASON
from scorecard.domain.form import Element, Form, Measure
from scorecard.domain.goal import Scale, Threshold
from scorecard.domain.indicator import Indicator, IndicatorKind
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.domain.typed_number import TypedNumberError, parse_typed
from scorecard.presentation.formats import Formats, Line
from scorecard.presentation.texts import Texts, in_language
from scorecard.presentation.typed_numbers import advice, read_back


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
    """Something to correct: the place that takes the cursor, and the words shown there and on top of the page.

    `place` is an element's id, the key of an unusual figure, or one of the page's own; empty for none in particular.
    `subject` names it on top of the page, where the text does not do so itself.
    """

    place: str
    text: str
    subject: str = ""


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
                return Answer(element, parse_typed(typed.number, element.decimals), FigureState.NUMBER, "")
            except TypedNumberError as error:
                return Refusal(element.id, advice(error, element, texts), label)


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


def due_text(due: date, closes: date, today: date, formats: Formats) -> str:
    """Say by when a return is due, seen from today; the due day itself is still in time."""
    days = (due - today).days
    key = "entry.overdue" if days < 0 else "entry.due_today" if days == 0 else "entry.due_in"
    return formats.texts(key, days=abs(days), due=formats.day(due), closes=formats.day(closes))


def with_figures(sentence: str, element_ids: Sequence[str], answers: Sequence[Answer], texts: Texts) -> str:
    """Put the numbers just entered after a sentence about them."""
    spoken_of = {answer.element.id: answer for answer in answers if answer.value is not None}
    parts = []
    for answer in filter(None, map(spoken_of.get, element_ids)):
        printed = answer_text(answer.element, answer.value, answer.state, answer.note, texts)
        label = in_language(texts, answer.element.label, answer.element.label_en)
        parts.append(printed if len(element_ids) == 1 else texts("entry.past", period=label, figure=printed))
    return f"{sentence} {texts('entry.entered', figures='; '.join(parts))}" if parts else sentence


def moment_text(moment: datetime, formats: Formats) -> str:
    """Print a moment of the time zone it carries: 09:12 ngày 03/10/2025."""
    return formats.texts("entry.at", time=f"{moment:%H:%M}", day=formats.day(moment.date()))


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


def fed_targets(province: Province, form: Form, period: Period, texts: Texts) -> list[str]:
    """Name the targets in force that are computed from a form."""
    own = {element.id for element in form.elements}
    return [
        in_language(texts, target.name, target.name_en)
        for target in province.targets
        if target.indicator_id and target.starts <= period.last.last_day and period.first.first_day <= target.due
        if own & set(_elements(province.indicators[target.indicator_id], period.last))
    ]


def rates(province: Province, form: Form, period: Period, answers: Sequence[Answer], formats: Formats) -> list[Rate]:
    """Return the ratios that follow from this return alone; one whose parts are not all numbers is left out."""
    values = {answer.element.id: answer.value for answer in answers if answer.value is not None}
    own = {element.id for element in form.elements}
    list_size = partial(province.list_size, month=period.last)
    found = []
    for indicator in province.indicators.values():
        version = indicator.version_at(period.last)
        if version.denominator is None or not own & values.keys() >= set(_elements(indicator, period.last)):
            continue
        part, whole = (side.total(values, list_size) for side in (version.numerator, version.denominator))
        found.append(_rate(indicator, part, whole, _line(province, indicator), formats))
    return found


def _elements(indicator: Indicator, month: Month) -> tuple[str, ...]:
    version = indicator.version_at(month)
    return version.numerator.elements + (version.denominator.elements if version.denominator else ())


def _rate(indicator: Indicator, part: Fraction, whole: Fraction, line: Line | None, formats: Formats) -> Rate:
    texts = formats.texts
    name = in_language(texts, indicator.name, indicator.name_en)
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

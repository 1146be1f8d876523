"""The four facts of a target: where it is, where it must be today, where it must get to, and how fast."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from scorecard.calculation.projection import FEWEST_POINTS
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.target_figures import TargetFigures, ahead, printed, too_few_points
from scorecard.presentation.target_pace import pace_fact
from scorecard.presentation.target_sentence import forecast_words, goal_words, path_words
from scorecard.presentation.texts import in_language
from scorecard.presentation.trajectory_table import forecast_text

_ABSENCES = {Status.NOT_DUE: "not_published", Status.NOT_APPLICABLE: "not_applicable"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: what it is, its main figure (or why there is none), and lines under it."""

    key: str
    value: str
    notes: tuple[str, ...]


def facts(case: Case, figures: TargetFigures, amounts: Amounts) -> tuple[Fact, ...]:
    """Return the four facts."""
    return (
        Fact("now", _now(case, figures, amounts), tuple(_now_notes(case, figures, amounts))),
        Fact("expected", _expected(case, figures, amounts), tuple(_expected_notes(case, figures, amounts))),
        Fact("goal", figures.goal, tuple(_goal_notes(case, figures, amounts))),
        Fact("pace", *pace_fact(case, amounts)),
    )


def facts_html(shown: Sequence[Fact], amounts: Amounts) -> str:
    """Return the facts side by side, below each other on a phone."""
    items = "".join(
        f"<div><dt>{escape(amounts.formats.texts(f'target.fact_{fact.key}'))}</dt>"
        f"<dd><strong>{escape(fact.value)}</strong>{''.join(f'<small>{escape(note)}</small>' for note in fact.notes)}"
        "</dd></div>"
        for fact in shown
    )
    return f'<dl class="target-facts">{items}</dl>'


def _now(case: Case, figures: TargetFigures, amounts: Amounts) -> str:
    standing, texts = case.standing, amounts.formats.texts
    if case.judged and figures.value is not None:
        return figures.value
    absence = "no_cases" if standing.reason == "no_cases" else _ABSENCES.get(standing.status, "no_value")
    return texts(f"overview.{absence}")


def _now_notes(case: Case, figures: TargetFigures, amounts: Amounts) -> Iterator[str]:
    standing, formats = case.standing, amounts.formats
    texts, parts = formats.texts, amounts.parts(standing)
    if figures.period is not None and figures.value is not None:
        if case.judged:
            yield figures.period
        else:
            key = "target.partial" if standing.reason == "low_coverage" else "overview.latest"
            yield texts(key, value=figures.value, month=figures.period)
    if parts is not None:
        yield parts
    if standing.expected_units is not None and standing.expected_units > 1:
        reported, expected = (formats.count(each or 0) for each in (standing.reported_units, standing.expected_units))
        if not standing.coverage:
            yield texts("overview.coverage_units", reported=reported, expected=expected)
        else:
            share = formats.share(standing.coverage)
            yield texts("target.coverage", reported=reported, expected=expected, coverage=share)
    low, high = standing.value_low, standing.value_high
    if low is not None and high is not None and low < high:
        told = [printed(each, standing, amounts) for each in (low, high)]
        yield texts("target.range", low=told[0], high=told[1])


def _expected(case: Case, figures: TargetFigures, amounts: Amounts) -> str:
    standing = case.standing
    if standing.target.steps and standing.path_expected is not None:
        total = len(standing.target.steps)
        wanted = round(standing.path_expected * total)
        return amounts.formats.texts("target.steps_wanted", done=amounts.formats.count(wanted), total=total)
    return figures.expected or amounts.formats.texts("target.no_path")


def _expected_notes(case: Case, figures: TargetFigures, amounts: Amounts) -> Iterator[str]:
    standing, texts = case.standing, amounts.formats.texts
    if standing.target.steps:
        step = next(iter(standing.target.steps[standing.steps_done or 0 :]), None)
        if step is not None:
            name = in_language(texts, step.name, step.name_en)
            yield texts("target.next_step", name=name, due=amounts.formats.day(step.by))
        return
    if not case.judged:
        return
    yield from path_words(figures, texts)
    if case.held:
        yield texts("target.held")
    elif standing.baseline is None:
        yield texts("target.no_baseline")
    elif standing.baseline_month is not None:
        month = amounts.formats.month(standing.baseline_month)
        yield texts("target.from_baseline", value=printed(standing.baseline, standing, amounts), month=month)


def _goal_notes(case: Case, figures: TargetFigures, amounts: Amounts) -> Iterator[str]:
    texts, formats = amounts.formats.texts, amounts.formats
    yield texts("target.due", due=figures.due)
    left = Month.containing(case.standing.due).index - case.standing.month.index
    if case.standing.status is not Status.NOT_APPLICABLE:
        key = "months_left" if left > 0 else "last_month" if left == 0 else "overdue"
        yield texts(f"target.{key}", count=formats.count(left))
    if not ahead(case):
        yield from goal_words(case, figures, texts)
    elif figures.forecast is not None:
        yield forecast_text(figures, amounts)
        yield from forecast_words(case, figures, texts)
    elif too_few_points(case):
        yield texts("target.too_few", needed=FEWEST_POINTS, points=figures.points)

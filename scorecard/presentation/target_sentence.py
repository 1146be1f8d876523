"""What the page of a target says first: how it stands, where it will be at the deadline, who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing
from scorecard.presentation.target_figures import TargetFigures, too_few_points
from scorecard.presentation.texts import Texts

MOST_WORDS = 40
MOST_LETTERS = 190


def sentence(case: Case, figures: TargetFigures, amounts: Amounts) -> str:
    """Say it in at most 40 words and 190 letters; every number stands on the page as it stands here.

    Where it would be longer, what can be read elsewhere goes first: the distance from the path, then the unit.
    """
    texts = amounts.formats.texts
    state = tuple(_state(case, figures, amounts))
    outlook = tuple(_outlook(case, figures, texts))
    lead = f"{lead_text(figures, texts)}."
    tries = [(state, outlook, lead), (state[:1], outlook, lead), (state[:1], outlook, ""), (state[:1], outlook[:1], "")]
    told = [_joined(*each) for each in tries]
    return next((each for each in told if _fits(each)), told[-1])


def lead_text(figures: TargetFigures, texts: Texts) -> str:
    """Name the unit that answers for the target, or say that none does."""
    return texts("target.lead", lead=figures.lead) if figures.lead else texts("overview.no_lead")


def _joined(state: Sequence[str], outlook: Sequence[str], lead: str) -> str:
    parts = [", ".join(state), ", ".join(outlook)]
    return f"{'; '.join(part for part in parts if part)}. {lead}".strip()


def _fits(text: str) -> bool:
    return len(text) <= MOST_LETTERS and len(text.split()) <= MOST_WORDS


def _state(case: Case, figures: TargetFigures, amounts: Amounts) -> Iterator[str]:
    """Say where the target stands in the month, and beside its path."""
    standing, texts = case.standing, amounts.formats.texts
    if not case.judged:
        yield _absence(standing, figures, amounts)
        return
    told = {"value": figures.value, "period": figures.period, "goal": figures.goal, "due": figures.due}
    if standing.target.steps:
        yield texts(f"target.sentence_steps_{'done' if standing.status is Status.MET else 'open'}", **told)
    elif standing.status in (Status.MET, Status.MISSED):
        yield texts(f"target.sentence_{standing.status}", **told)
    else:
        ranked = standing.indicator is not None and standing.indicator.kind is IndicatorKind.RANK
        yield texts("target.sentence_rank" if ranked else "target.sentence_value", **told)
        yield from path_words(figures, texts)


def path_words(figures: TargetFigures, texts: Texts) -> Iterator[str]:
    """Say how far the value is from the path; nothing without a path."""
    gap = figures.from_path
    if gap is not None:
        side = "below" if gap.amount > 0 else "above" if gap.amount < 0 else "on"
        yield texts(f"target.{side}_path", gap=gap.text)


def _absence(standing: Standing, figures: TargetFigures, amounts: Amounts) -> str:
    """Say why there is nothing to judge, and which value was the last."""
    texts = amounts.formats.texts
    if standing.status is Status.NO_DATA and figures.value is not None and standing.reason == "not_reported":
        month = amounts.formats.month(standing.month)
        return texts("target.sentence_older", month=month, value=figures.value, period=figures.period)
    return Reasons(amounts).sentence(standing).rstrip(".")


def _outlook(case: Case, figures: TargetFigures, texts: Texts) -> Iterator[str]:
    """Say what is expected at the deadline, and how that is beside the goal."""
    standing = case.standing
    if standing.status in (Status.MISSED, Status.NOT_APPLICABLE):
        if standing.status is Status.MISSED and not standing.target.steps:
            yield from goal_words(case, figures, texts)
        return
    if figures.forecast is None or standing.forecast_method is None:
        told_before = standing.target.steps or standing.status is Status.MET
        key = "target.due" if told_before else "target.sentence_goal"
        yield texts(key, goal=figures.goal, due=figures.due)
        if too_few_points(case):
            yield texts("target.sentence_too_few", points=figures.points)
        return
    pace = texts(f"target.pace_{standing.forecast_method}")
    yield texts("target.sentence_forecast", pace=pace, due=figures.due, forecast=figures.forecast)
    yield from forecast_words(case, figures, texts)


def forecast_words(case: Case, figures: TargetFigures, texts: Texts) -> Iterator[str]:
    """Say whether the forecast meets the goal, or by how much it misses it."""
    gap = figures.forecast_from_goal
    if figures.forecast_reaches:
        yield texts("target.reaches")
    elif gap is not None and gap.amount:
        yield texts("target.short" if gap.amount > 0 else "target.over", gap=gap.text)


def goal_words(case: Case, figures: TargetFigures, texts: Texts) -> Iterator[str]:
    """Say by how much the value misses the goal; nothing where it is met or the goal is no number."""
    gap = figures.from_goal
    if gap is not None and gap.amount and case.standing.status is not Status.MET:
        yield texts("target.short" if gap.amount > 0 else "target.over", gap=gap.text)

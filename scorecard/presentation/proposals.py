"""What a meeting or a report may ask of the lead unit of a target, in the few words that follow its name."""

from __future__ import annotations

from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts
from scorecard.presentation.standing import Standing


def proposal(standing: Standing, amounts: Amounts) -> str:
    """Return what is missing and by when; another way where the goal is out of reach."""
    texts, missing, due = amounts.formats.texts, amounts.missing(standing), amounts.formats.day(standing.due)
    if standing.out_of_reach:
        return texts("meeting.propose_other_way")
    if standing.target.steps:
        return texts("meeting.propose_steps", due=due)
    if missing is not None and standing.status is not Status.MISSED:
        return texts("meeting.propose_missing", missing=missing, due=due)
    return texts("meeting.propose_goal", goal=amounts.goal(standing))

"""Which targets ask for a justification, of whom, since when and until when, and what came of those that were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import polars as pl

from scorecard.calculation.scoreboard import status_history
from scorecard.domain.access import EVERY_UNIT, Scope
from scorecard.domain.justification import ASKED, Justification, due_on
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.domain.province import Province
from scorecard.domain.status import SEVERITY, Status
from scorecard.domain.unit import Unit

MONTHS_OFFERED = 12
_FROM_BAD_TO_GOOD = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.MET)

TargetKey = tuple[str, str]
Statuses = Mapping[TargetKey, Mapping[Month, Status]]
"""By plan and target, then by month of the plan: the worst status of all rows of the target."""


class Outcome(StrEnum):
    """What came of a justification: `unknown` where no figures of a month that ends on its day or later are there."""

    PENDING = "pending"
    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTarget:
    """A target whose status in a month asks `lead` for a justification by `due`; None where nobody leads it.

    `since` is the first month of the run in which the status asked for one; months without data do not end it.
    """

    target: Target
    month: Month
    lead: Unit | None
    status: Status
    since: Month
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenJustification:
    """The last revision of a target's last justification, the status it was written for, and what came of it."""

    said: Justification
    target: Target
    status: Status | None
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class JustificationList:
    """Who was asked for a month, who of them has not answered, and what was said.

    `given` holds the justifications of the month and, of targets that still ask for one, the last one before it.
    """

    month: Month
    asked: tuple[AskedTarget, ...]
    missing: tuple[AskedTarget, ...]
    given: tuple[GivenJustification, ...]


def latest_month(today: date) -> Month:
    """Return the last month that is over."""
    return Month.containing(today.replace(day=1) - timedelta(days=1))


def lead_of(province: Province, target: Target, month: Month) -> Unit | None:
    """Return the lead unit as it is in a month, or at the deadline where it is not there yet; None for no lead."""
    if target.lead is None:
        return None
    return province.units.find(target.lead, month.last_day) or province.units.find(target.lead, target.due)


def statuses_of(province: Province, figures: pl.DataFrame, until: Month) -> Statuses:
    """Return the statuses of the plans that hold in the twelve months up to one; `figures` is frames.FIGURES."""
    earliest = until.plus(1 - MONTHS_OFFERED)
    plans = {plan.id: plan for plan in province.plans if _holds(plan, earliest, until)}
    history = status_history(province, figures, until, plan_ids=plans.keys())
    found: dict[TargetKey, dict[Month, Status]] = {}
    for plan_id, target_id, index, name in history.select("plan", "target", "month", "status").iter_rows():
        month, status = Month(index), Status(name)
        if _holds(plans[plan_id], month, month):
            months = found.setdefault((plan_id, target_id), {})
            months[month] = min(months.get(month, status), status, key=SEVERITY.index)
    return found


def worst_status(board: pl.DataFrame, target: Target) -> Status | None:
    """Return the worst status of a target's rows in a frames.SCOREBOARD of its plan, None where it has no row."""
    found = [Status(name) for name in board.filter(board["target"] == target.id)["status"]]
    return min(found, key=SEVERITY.index, default=None)


def asked_targets(province: Province, statuses: Statuses, month: Month) -> tuple[AskedTarget, ...]:
    """Return the targets that ask for a justification of a month, the worst first, then in the order of the plans."""
    asked = [
        AskedTarget(
            target=target,
            month=month,
            lead=lead_of(province, target, month),
            status=status,
            since=_since(statuses[target.plan_id, target.id], month),
            due=due_on(province, month),
        )
        for target in province.targets
        if (status := statuses.get((target.plan_id, target.id), {}).get(month)) in ASKED
    ]
    return tuple(sorted(asked, key=lambda each: SEVERITY.index(each.status)))


def justification_list(
    province: Province,
    statuses: Statuses,
    justifications: Iterable[Justification],
    month: Month,
    today: date,
    scope: Scope,
) -> JustificationList:
    """Return who was asked for a month and what was said, for the lead units in scope."""
    last = _last_of_targets(each for each in justifications if each.month <= month)
    asked = tuple(each for each in asked_targets(province, statuses, month) if _inside(scope, each.lead))
    still = {_key(each.target) for each in asked}
    targets = {_key(target): target for target in province.targets}
    given = [
        _given(said, targets[key], statuses.get(key, {}), today)
        for key, said in last.items()
        if key in targets and scope.covers(said.unit_id) and (said.month == month or key in still)
    ]
    missing = tuple(each for each in asked if not _is_given(last, each))
    return JustificationList(month=month, asked=asked, missing=missing, given=tuple(given))


def owed_by(
    province: Province, statuses: Statuses, justifications: Iterable[Justification], unit_code: str, today: date
) -> tuple[AskedTarget, ...]:
    """Return which justifications one unit owes today, the first due first.

    They are those of the last month that is over; for a target without data there, or of a plan that is over,
    those of the month before.
    """
    last, written, none = latest_month(today), tuple(justifications), Status.NO_DATA
    months = {key: last if found.get(last, none) is not none else last.plus(-1) for key, found in statuses.items()}
    given = {month: _last_of_targets(each for each in written if each.month == month) for month in set(months.values())}
    owed = [
        each
        for month in sorted(given)
        for each in asked_targets(province, statuses, month)
        if months[_key(each.target)] == month and each.lead is not None and each.lead.code == unit_code
    ]
    return tuple(each for each in owed if not _is_given(given[each.month], each))


def outcome_of(said: Justification, months: Mapping[Month, Status], today: date) -> Outcome:
    """Say what came of a justification, from the statuses of its target; better is better than what it was about."""
    latest = max(months, default=said.month)
    now, before = months.get(latest), months.get(said.month)
    if now in _FROM_BAD_TO_GOOD and latest > said.month and _place(now) > _place(before):
        return Outcome.IMPROVED
    if today <= said.by_when:
        return Outcome.PENDING
    return Outcome.NOT_IMPROVED if now in _FROM_BAD_TO_GOOD and latest.last_day >= said.by_when else Outcome.UNKNOWN


def _place(status: Status | None) -> int:
    return _FROM_BAD_TO_GOOD.index(status) if status in _FROM_BAD_TO_GOOD else 0


def _given(said: Justification, target: Target, months: Mapping[Month, Status], today: date) -> GivenJustification:
    return GivenJustification(
        said=said, target=target, status=months.get(said.month), outcome=outcome_of(said, months, today)
    )


def _last_of_targets(justifications: Iterable[Justification]) -> dict[TargetKey, Justification]:
    ordered = sorted(justifications, key=lambda each: (each.month, each.revision))
    return {(each.plan_id, each.target_id): each for each in ordered}


def _is_given(last: Mapping[TargetKey, Justification], asked: AskedTarget) -> bool:
    said = last.get(_key(asked.target))
    return said is not None and said.month == asked.month


def _since(months: Mapping[Month, Status], month: Month) -> Month:
    since = earlier = month
    while months.get(earlier) in ASKED or months.get(earlier) is Status.NO_DATA:
        since = earlier if months[earlier] in ASKED else since
        earlier = earlier.plus(-1)
    return since


def _inside(scope: Scope, lead: Unit | None) -> bool:
    return scope == EVERY_UNIT if lead is None else scope.covers(lead.id)


def _key(target: Target) -> TargetKey:
    return target.plan_id, target.id


def _holds(plan: Plan, first: Month, last: Month) -> bool:
    return Month.containing(plan.starts) <= last and first <= Month.containing(plan.ends)

"""Rules of the limits between statuses, of the province and of a single target."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.definitions.draft import Draft
from scorecard.definitions.plan_building import build_limits
from scorecard.definitions.plan_records import TargetRecord
from scorecard.definitions.problem import Problem, error
from scorecard.definitions.records import LimitsRecord
from scorecard.definitions.rule import findings
from scorecard.domain.plan import Limits


def limit_problems(draft: Draft) -> Iterator[Problem]:
    """Yield what is wrong with the limits; what a target leaves out is the province's, then the default."""
    own = draft.settings.limits
    yield from _ratios(own, Limits())
    base = build_limits(own, Limits())
    for file in draft.plans.records:
        for target in file.targets if "targets" in file.values else ():
            yield from findings(_of_target(target.value, base))


def _of_target(target: TargetRecord, base: Limits) -> Iterator[Problem]:
    yield from _ratios(target.limits, base)


def _ratios(record: LimitsRecord | None, base: Limits) -> Iterator[Problem]:
    """Report limits between which no target can be at risk, or by which it is on track and off track at once."""
    if record is None or not record.readable:
        return
    fields = [field for field in (LimitsRecord.on_track_ratio, LimitsRecord.off_track_ratio) if record.has(field)]
    limits = build_limits(record, base)
    if fields and limits.on_track_ratio <= limits.off_track_ratio:
        yield error(record.at(fields[0]), "limits_contradict")

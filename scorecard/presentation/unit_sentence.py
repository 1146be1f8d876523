"""How a unit stands, in one sentence of at most 30 words; every number in it stands on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview_rows import OverviewRow
from scorecard.presentation.overview_summary import count_statuses
from scorecard.presentation.own_lines import OwnLine
from scorecard.presentation.tasks import Task
from scorecard.presentation.texts import Texts

MOST_WORDS = 30
_MOST_STATUSES = 3


def sentence(
    unit: str, led: Sequence[OverviewRow], own: Sequence[OwnLine], tasks: Sequence[Task], month: str, formats: Formats
) -> str:
    """Say what a unit leads and how that stands or, where it leads nothing, how its own figures stand.

    `unit` and `month` are names; `tasks` what it still has to do. The worst is named first; what does not fit into the
    sentence is left to the page: first by when the tasks are due, then the tasks, then the better statuses.
    """
    texts = formats.texts
    heads = list(_of_lead(unit, led, texts) if led else _of_own(unit, own, month, texts))
    tails = [*_of_tasks(tasks, formats), ""]
    every = [f"{head}{tail}." for head in heads for tail in tails]
    return next((each for each in every if len(each.split()) <= MOST_WORDS), every[-1])


def _of_lead(unit: str, led: Sequence[OverviewRow], texts: Texts) -> Iterator[str]:
    counts = count_statuses([row for row in led if row.status is not Status.NOT_APPLICABLE])
    total = sum(counts.values())
    if not total:
        yield texts("unit.sentence_lead_ended", unit=unit, total=len(led))
        return
    named = [texts(f"unit.sentence_{status}", count=counts[status]) for status in SEVERITY if counts[status]]
    for most in range(_MOST_STATUSES, 0, -1):
        yield texts("unit.sentence_lead", unit=unit, total=total, counts=", ".join(named[:most]))


def _of_own(unit: str, own: Sequence[OwnLine], month: str, texts: Texts) -> Iterator[str]:
    if not own:
        yield texts("unit.sentence_nothing", unit=unit)
        return
    line = next((each for each in own if each.value), None)
    if line is None:
        missing = texts(f"unit.without_{own[0].absence}", unit=unit, month=month)
        latest = next((each.latest for each in own if each.latest), "")
        if latest:
            yield f"{missing}; {latest}"
        yield missing
        return
    told = ", ".join(filter(None, [_met(line, texts), line.place, line.short]))
    for key in ("unit.sentence_named", "unit.sentence_value") if len(own) > 1 else ("unit.sentence_value",):
        head = texts(key, unit=unit, value=line.value, target=line.name)
        yield f"{head}, {told}" if told else head


def _met(line: OwnLine, texts: Texts) -> str:
    return texts("unit.sentence_reached") if line.status is Status.MET else ""


def _of_tasks(tasks: Sequence[Task], formats: Formats) -> Iterator[str]:
    if tasks:
        count, due = formats.count(len(tasks)), formats.day(min(task.due for task in tasks))
        yield f"; {formats.texts('unit.sentence_tasks_due', count=count, due=due)}"
        yield f"; {formats.texts('unit.sentence_tasks', count=count)}"

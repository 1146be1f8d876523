"""The parts that an element counts: what was last said of each, and whether a return says it consistently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scorecard.domain.access import Scope
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.finding import Finding, Parameter
from scorecard.domain.form import Element, Severity
from scorecard.domain.part import Part, is_evidence, read_part_note
from scorecard.domain.period import Month
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from scorecard.store import Store
from scorecard.workflow.checks import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPart:
    """A part and what its unit last said of it by a month, None where it never did."""

    part: Part
    said: RecordedFigure | None

    @property
    def there(self) -> bool | None:
        """Whether it is offered or done; None while nobody said."""
        return None if self.said is None else self.said.figure.value == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    """How many parts are there, are not, and are unknown; the three add up to all parts."""

    there: int
    not_there: int
    unknown: int

    def allows(self, total: Decimal) -> bool:
        """Say whether a total can be right: unknown parts may be there or not."""
        return self.there <= total <= self.there + self.unknown


def known_parts(store: Store, province: Province, unit: Unit, element: Element, until: Month) -> tuple[KnownPart, ...]:
    """Return every part of an element with what was last said of it for a period ending by a month."""
    parts = province.parts(element, until)
    if not parts:
        return ()
    said = store.known_figures(province.id, Scope.of_unit(unit.code), unit.id, until)
    return tuple(KnownPart(part=part, said=said.get(part.id)) for part in parts)


def count_parts(known: Sequence[KnownPart], entries: Mapping[str, Entry]) -> PartCount:
    """Count the parts once a return with these entries (by element) is taken in."""
    answers = [entries[each.part.id].value == 1 if each.part.id in entries else each.there for each in known]
    return PartCount(there=answers.count(True), not_there=answers.count(False), unknown=answers.count(None))


def part_faults(element: Element, known: Sequence[KnownPart], entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Yield what is wrong with the parts of an element; `entries` are those of the return, by element.

    The total must be what the parts add up to; while some are unknown, they may make up the difference. A step is
    answered for until it is done, and done with evidence; a part that is there says since when.
    """
    for each in known:
        entry = entries.get(each.part.id)
        if entry is not None:
            yield from _entry_faults(element, each.part, entry)
        elif element.steps and each.there is not True:
            yield _hard("step_not_answered", element, each.part.id, number=each.part.number)
    total, count = entries.get(element.id), count_parts(known, entries)
    if known and total is not None and total.value is not None and not count.allows(total.value):
        code = "parts_disagree" if count.unknown else "parts_differ"
        yield _hard(code, element, element.id, there=count.there, most=count.there + count.unknown, total=total.value)


def _entry_faults(element: Element, part: Part, entry: Entry) -> Iterator[Finding]:
    if entry.value not in (Decimal(0), Decimal(1)) or not entry.state.has_value:
        yield _hard("part_neither", element, part.id, number=part.number)
    elif entry.value == 1:
        since, remark = read_part_note(entry.note)
        if not since:
            yield _hard("part_date_missing", element, part.id, number=part.number)
        if element.steps and not is_evidence(remark):
            yield _hard("evidence_missing", element, part.id, number=part.number)


def _hard(code: str, element: Element, place: str, **parameters: Parameter) -> Finding:
    return Finding(
        key=f"{code}-{place}",
        code=code,
        severity=Severity.HARD,
        element_ids=(element.id,),
        parameters=parameters,
    )

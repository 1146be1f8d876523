"""A composite index, line by line: rates, points, and beside them the targets on the same rates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorecard.calculation.points import Line, Total, group_lines, total
from scorecard.domain.goal import Comparator
from scorecard.domain.index import Component, Group, Index
from scorecard.domain.period import Month
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts, plain_number, plain_share
from scorecard.presentation.explanation_numbers import exact, share, sign_of
from scorecard.presentation.formats import Line as Limit
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import in_language

_INDENT = "   "
_BULLET = "  - "
_DECIMALS = 2
_OPEN = frozenset({Status.MISSED, Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK, Status.TOO_EARLY})


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCase:
    """An index in a month: its lines, the standings of all targets of the province, and what others published.

    `published` is by element id; an element without a figure for the month has no entry.
    """

    index: Index
    month: Month
    lines: tuple[Line, ...]
    standings: Sequence[Standing]
    published: Mapping[str, Fraction]


def index_explanation(case: IndexCase, amounts: Amounts) -> str:
    """Return the whole explanation of an index, ending with a line break."""
    texts, index = amounts.formats.texts, case.index
    name = in_language(texts, index.name, index.name_en)
    lines = [texts("explain.title", name=name, id=index.id, period=amounts.formats.month(case.month))]
    for group in index.groups:
        lines += [
            "",
            _group_title(group, amounts),
            *(f"{_INDENT}{line}" for line in _group_lines(group, case, amounts)),
        ]
    for key, content in (("published", _published_lines(case, amounts)), ("total", _total_lines(case, amounts))):
        told = [f"{_INDENT}{line}" for line in content]
        lines += ["", texts(f"index.{key}"), *told] if told else []
    return "\n".join(lines) + "\n"


def _group_title(group: Group, amounts: Amounts) -> str:
    texts = amounts.formats.texts
    name = in_language(texts, group.name, group.name_en)
    return texts("index.group", name=name, maximum=_points(group.maximum, amounts))


def _group_lines(group: Group, case: IndexCase, amounts: Amounts) -> Iterator[str]:
    own = group_lines(group, case.lines)
    for line in own:
        yield _line(line, amounts)
        yield from (_BULLET + told for told in _target_lines(line, case, amounts))
    yield _sum_line(total(own, group.maximum), amounts)


def _line(line: Line, amounts: Amounts) -> str:
    texts, component = amounts.formats.texts, line.component
    name = in_language(texts, component.name, component.name_en)
    if line.rate is None or line.points is None:
        return texts(f"index.{line.why_none}", name=name, maximum=_points(component.maximum, amounts))
    rate = _rate(line, amounts)
    if component.maximum == 0:
        return texts("index.shown_only", name=name, rate=rate)
    told = {"name": name, "rate": rate, "points": _points(line.points, amounts)}
    return texts("index.line", how=_how(line, amounts), maximum=_points(component.maximum, amounts), **told)


def _rate(line: Line, amounts: Amounts) -> str:
    formats = amounts.formats
    rate = line.rate or Fraction(0)
    limits = [Limit(Comparator.AT_LEAST, level) for level in _levels(line.component)]
    quotient = f"{exact(line.numerator or Fraction(0), formats)} ÷ {exact(line.denominator or Fraction(0), formats)}"
    return f"{quotient} {sign_of(rate)} {share(rate, formats, *limits)}"


def _levels(component: Component) -> list[Fraction]:
    return [step.at_least for step in component.steps] or [component.full_at]


def _how(line: Line, amounts: Amounts) -> str:
    texts, component, formats = amounts.formats.texts, line.component, amounts.formats
    if component.steps:
        reached = next((step for step in component.steps if (line.rate or 0) >= step.at_least), None)
        return texts("index.step", level=plain_share(reached.at_least, formats)) if reached else texts("index.no_step")
    limit = plain_share(component.full_at, formats)
    if line.full:
        return texts("index.full", full_at=limit)
    rate = share(line.rate or Fraction(0), formats, Limit(Comparator.AT_LEAST, component.full_at))
    return texts("index.part", maximum=plain_number(component.maximum, formats), rate=rate, full_at=limit)


def _target_lines(line: Line, case: IndexCase, amounts: Amounts) -> Iterator[str]:
    """Say how the targets on the same rate stand: full points do not mean that a target is met."""
    texts = amounts.formats.texts
    for standing in case.standings:
        if standing.target.indicator_id == line.component.indicator_id:
            both = line.full and standing.status in _OPEN
            name = in_language(texts, standing.target.name, standing.target.name_en)
            status = texts(f"status.{standing.status}")
            yield texts("index.target_open" if both else "index.target", name=name, status=status)


def _sum_line(found: Total, amounts: Amounts) -> str:
    told = {"points": _points(found.points, amounts), "maximum": _points(found.maximum, amounts)}
    if found.complete:
        return amounts.formats.texts("index.sum", **told)
    more = {"known": _points(found.known_maximum, amounts), "highest": _points(found.highest, amounts)}
    return amounts.formats.texts("index.sum_so_far", **told, **more)


def _published_lines(case: IndexCase, amounts: Amounts) -> Iterator[str]:
    texts, groups = amounts.formats.texts, {group.id: group for group in case.index.groups}
    known = [each for each in case.index.published if each.element_id in case.published]
    for each in known:
        named = [groups[group_id] for group_id in each.group_ids]
        names = " + ".join(in_language(texts, group.name, group.name_en) for group in named)
        maximum = sum((group.maximum for group in named), Fraction(0))
        told = {"points": _points(case.published[each.element_id], amounts), "maximum": _points(maximum, amounts)}
        yield texts("index.published_line", name=names, **told)
    stated = case.published.get(case.index.published_id or "")
    if stated is not None and known:
        parts = [case.published[each.element_id] for each in known]
        added = " + ".join(_points(part, amounts) for part in parts)
        key = "index.published_sum" if sum(parts) == stated else "index.published_differs"
        total_points = _points(sum(parts, Fraction(0)), amounts)
        yield texts(key, parts=added, total=total_points, stated=_points(stated, amounts))
        yield from _grade_lines(case.index, stated, amounts)


def _total_lines(case: IndexCase, amounts: Amounts) -> Iterator[str]:
    found = total(case.lines, case.index.maximum)
    yield _sum_line(found, amounts)
    if found.complete:
        yield from _grade_lines(case.index, found.points, amounts)


def _grade_lines(index: Index, points: Fraction, amounts: Amounts) -> Iterator[str]:
    grade = index.grade(points)
    if grade is not None:
        texts = amounts.formats.texts
        yield texts("index.grade", name=in_language(texts, grade.name, grade.name_en))


def _points(value: Fraction, amounts: Amounts) -> str:
    return amounts.formats.decimal(value, _DECIMALS)

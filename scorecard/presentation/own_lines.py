"""The targets to which one unit contributes: its own figures, what is short, where it stands among its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scorecard.domain.goal import Comparator, Scale, Threshold
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts, plain_share
from scorecard.presentation.places import Place, place_text
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.standing import Standing
from scorecard.presentation.status_marks import chip
from scorecard.presentation.texts import Texts, in_language

_WITHOUT_VALUE = {
    Status.NO_DATA: "no_data",
    Status.NOT_DUE: "not_due",
    Status.NOT_APPLICABLE: "not_applicable",
}
"""Statuses in which a value is not that of the month, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One target as a unit stands in it; finished strings, empty where there is nothing to say.

    `value` is None while the unit has none for the month, `absence` then says why (`no_data`, `no_cases`, `not_due` or
    `not_applicable`) and `latest` what it last had and of which month. `short` says how many cases are missing, `place`
    where the unit stands; None for a target without ranks.
    """

    target_id: str
    name: str
    status: Status
    reason: str
    value: str | None
    absence: str
    latest: str
    parts: str
    goal: str
    short: str
    place: str | None


def own_lines(
    standings: Sequence[Standing], places: Mapping[str, Place], amounts: Amounts, reasons: Reasons
) -> tuple[OwnLine, ...]:
    """Return the lines of one unit's standings, in their order."""
    return tuple(_line(each, places.get(each.target.id), amounts, reasons) for each in standings)


def _line(standing: Standing, place: Place | None, amounts: Amounts, reasons: Reasons) -> OwnLine:
    texts = amounts.formats.texts
    value, month = amounts.value(standing), standing.value_month
    current = standing.status not in _WITHOUT_VALUE
    latest = ""
    if not current and value is not None and month is not None:
        latest = texts("overview.latest", value=value, month=amounts.formats.month(month))
    absence = "no_cases" if standing.reason == "no_cases" else _WITHOUT_VALUE.get(standing.status, "no_data")
    return OwnLine(
        target_id=standing.target.id,
        name=in_language(texts, standing.target.name, standing.target.name_en),
        status=standing.status,
        reason=reasons.sentence(standing) if standing.out_of_reach else reasons.why(standing),
        value=value if current else None,
        absence="" if current and value is not None else absence,
        latest=latest,
        parts=(amounts.parts(standing) or "") if current else "",
        goal=texts("unit.goal", goal=amounts.goal(standing), due=amounts.formats.day(standing.due)),
        short=_short(standing, amounts),
        place=place_text(place, standing, amounts) if place else None,
    )


def _short(standing: Standing, amounts: Amounts) -> str:
    """Say how many cases are missing to the goal; nothing where none is, or none would help any more."""
    missing = None if standing.out_of_reach else amounts.missing(standing)
    if missing is None:
        return ""
    match standing.threshold:
        case Threshold(Comparator.AT_LEAST | Comparator.EQUAL, value, Scale.SHARE):
            return amounts.formats.texts("unit.short", missing=missing, goal=plain_share(value, amounts.formats))
        case _:
            return amounts.formats.texts("unit.short_of_goal", missing=missing, goal=amounts.goal(standing))


def line_html(line: OwnLine, texts: Texts) -> str:
    """Return one line as the heading and the facts above its charts; every text is escaped."""
    facts = [f"<strong>{escape(line.value)}</strong> {escape(line.parts)}"] if line.value else []
    told = (line.latest, line.short, line.place, line.goal)
    facts += [escape(f"{fact[:1].upper()}{fact[1:]}") for fact in told if fact]
    items = "".join(f"<li>{fact}</li>" for fact in facts)
    return (
        f'<div class="own-line"><h3>{escape(line.name)}</h3><p>{chip(line.status, texts)} {escape(line.reason)}</p>'
        f"<ul>{items}</ul></div>"
    )

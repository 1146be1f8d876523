"""What of the audit trail is looked at: time, kind, person or unit, text; all of it stands in the address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from scorecard.domain.period import Month
from scorecard.presentation.audit import kind_name
from scorecard.presentation.recorded import Names
from scorecard.store import EventKind, TrailQuery
from scorecard.ui import address
from scorecard.ui.guard import PageContext
from scorecard.ui.record_names import ledger_units
from scorecard.workflow.audit import outline_trail
from scorecard.workflow.settings import VIETNAM

_TIME, _KIND, _WHO, _TEXT = "thoi-gian", "viec", "ai", "tim"
_ALL = "tat-ca"
_DAYS = {
    "hom-nay": ("audit.time_today", 1),
    "7-ngay": ("audit.time_week", 7),
    "30-ngay": ("audit.time_thirty_days", 30),
}
_PERSON, _UNIT = "nguoi:", "don-vi:"
_LONGEST_TEXT = 100


def choose(page: PageContext, names: Names) -> TrailQuery:
    """Ask for what is wanted in four boxes."""
    outline = outline_trail(page.store, page.person, page.province.id)
    with st.container(horizontal=True, key="trail-filters"):
        since, before = _choose_time(page, outline.began)
        kind = _choose_kind(page)
        person_id, unit_id = _choose_who(page, names, outline.people)
        text = address.ask(_TEXT, label=page.texts("audit.find"), width=420).strip()[:_LONGEST_TEXT]
    return TrailQuery(
        province_id=page.province.id,
        since=since,
        before=before,
        person_id=person_id,
        unit_id=unit_id,
        kind=kind,
        text=text,
    )


def clear() -> None:
    """Drop every choice."""
    for parameter in (_TIME, _KIND, _WHO, _TEXT):
        st.session_state.pop(parameter, None)
        address.remember(parameter, None)


def _choose_time(page: PageContext, began: datetime | None) -> tuple[datetime | None, datetime | None]:
    """Ask for the last days, or a month since the trail began; days are those of Việt Nam."""
    months = {str(month): month for month in _months(began, page.today)}

    def show(option: str) -> str:
        if option == _ALL:
            return page.texts("audit.time_all")
        return page.formats.month(months[option]) if option in months else page.texts(_DAYS[option][0])

    options = (_ALL, *_DAYS, *months)
    chosen = address.choose(_TIME, options, label=page.texts("audit.time"), show=show, default=_ALL, width=190)
    if chosen in _DAYS:
        return _midnight(page.today - timedelta(days=_DAYS[chosen][1] - 1)), None
    if chosen in months:
        month = months[chosen]
        return _midnight(month.first_day), _midnight(month.plus(1).first_day)
    return None, None


def _choose_kind(page: PageContext) -> str | None:
    def show(option: str) -> str:
        return page.texts("audit.kind_all") if option == _ALL else kind_name(option, page.texts)

    options = (_ALL, *(kind.value for kind in EventKind))
    chosen = address.choose(_KIND, options, label=page.texts("audit.kind"), show=show, default=_ALL, width=250)
    return None if chosen == _ALL else chosen


def _choose_who(page: PageContext, names: Names, people: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Ask for a person or a unit: one box, in which either can be found by typing."""
    units = ledger_units(page)
    shown = {_ALL: page.texts("audit.who_all")}
    shown |= {f"{_PERSON}{each}": page.texts("audit.who_person", name=names.person(each)) for each in people}
    shown |= {f"{_UNIT}{u.unit.id}": page.texts("audit.who_unit", name=names.unit(u.unit.id)) for u in units}
    chosen = address.choose(
        _WHO, tuple(shown), label=page.texts("audit.who"), show=shown.__getitem__, default=_ALL, width=360
    )
    if chosen is None or chosen == _ALL:
        return None, None
    if chosen.startswith(_PERSON):
        return chosen.removeprefix(_PERSON), None
    return None, chosen.removeprefix(_UNIT)


def _months(began: datetime | None, today: date) -> list[Month]:
    """Return the months in which something may have been recorded, latest first."""
    if began is None:
        return []
    first = Month.containing(began.astimezone(VIETNAM).date())
    return [Month(index) for index in range(Month.containing(today).index, first.index - 1, -1)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)

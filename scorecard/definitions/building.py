"""A province from records that have passed every rule."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from scorecard.definitions.draft import Draft
from scorecard.definitions.index_building import build_indexes
from scorecard.definitions.kinds import UnreadError
from scorecard.definitions.plan_building import build_limits, build_plans
from scorecard.definitions.records import (
    WEEKDAYS,
    CheckRecord,
    ElementRecord,
    FormFile,
    FormulaFields,
    IndicatorRecord,
    LevelRecord,
    LineageRow,
    ListRow,
    ReportersRecord,
    ReportingRecord,
)
from scorecard.domain.form import Check, Element, Form, Reporters
from scorecard.domain.formula import Formula
from scorecard.domain.indicator import FormulaVersion, Indicator, SeriesBreak, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Limits
from scorecard.domain.province import Level, ListMember, NamedList, Province, ReportingWindow
from scorecard.domain.unit import Succession, Units

_DAY = timedelta(days=1)


def build_province(draft: Draft) -> Province:
    """Return the province of a draft without errors."""
    settings = draft.settings
    limits = build_limits(settings.limits, Limits())
    return Province(
        id=draft.id,
        name=settings.province.name,
        name_en=settings.province.name_en,
        root_code=settings.province.root,
        levels=tuple(_level(level.value) for level in settings.levels),
        kinds={entry.key: entry.value for entry in settings.kinds},
        calendar=settings.province.calendar,
        window=_window(settings.reporting),
        limits=limits,
        units=_units(draft),
        forms=tuple(_form(file) for file in draft.forms.whole()),
        indicators={record.id: _indicator(record) for record in draft.indicators},
        lists={list_id: build_list(list_id, part.whole()) for list_id, part in draft.lists.items()},
        plans=build_plans(draft, limits),
        indexes=build_indexes(draft),
        digest=draft.digest,
    )


def _level(record: LevelRecord) -> Level:
    return Level(
        id=record.id,
        name=record.name,
        name_en=record.name_en,
        valid_from=record.valid_from,
        valid_to=record.valid_to,
    )


def _window(record: ReportingRecord) -> ReportingWindow:
    return ReportingWindow(
        closes_after_days=record.closes_after_days,
        working_weekdays=frozenset(WEEKDAYS.index(day.value) for day in record.working_days),
        holidays=frozenset(day.value for day in record.holidays or ()),
    )


def _units(draft: Draft) -> Units:
    units = draft.units_through_time
    return Units(units.members, tuple(_succession(units, row) for row in draft.lineage.whole()))


def _succession(units: Units, row: LineageRow) -> Succession:
    before, after = units.find(row.from_code, row.effective - _DAY), units.find(row.to_code, row.effective)
    if before is None or after is None:
        raise UnreadError
    return Succession(
        from_id=before.id, to_id=after.id, effective=row.effective, share=row.extent, basis=row.basis or ""
    )


def _form(file: FormFile) -> Form:
    return Form(
        id=file.form.id,
        name=file.form.name,
        name_en=file.form.name_en,
        elements=tuple(_element(file.form.id, each.value) for each in file.elements),
        reporters=tuple(build_reporters(each.value) for each in file.reporters),
        checks=tuple(_check(each.value) for each in file.checks or ()),
    )


def _element(form_id: str, record: ElementRecord) -> Element:
    return Element(
        id=record.id,
        form_id=form_id,
        label=record.label,
        label_en=record.label_en,
        help=record.help,
        found_in=record.found_in,
        measure=record.measure,
        decimals=record.decimals,
        counted_in=record.counted_in,
        out_of=record.out_of,
        from_06a=record.from_06a,
        members=record.members,
    )


def build_reporters(record: ReportersRecord) -> Reporters:
    """Return who owes a form by one rule; UnreadError when a value of it could not be read."""
    return Reporters(
        kinds=frozenset(each.value for each in record.kinds or ()),
        levels=frozenset(each.value for each in record.levels or ()),
        codes=frozenset(each.value for each in record.units or ()),
        every=record.every,
        due_day=record.due_day,
        since=record.since,
        until=record.until,
    )


def _check(record: CheckRecord) -> Check:
    return Check(
        left=record.rule.left,
        comparator=record.rule.comparator,
        right=record.rule.right,
        severity=record.severity,
        message=record.message,
        message_en=record.message_en,
    )


def _indicator(record: IndicatorRecord) -> Indicator:
    first = FormulaVersion(since=None, numerator=_numerator(record), denominator=record.denominator)
    later = (
        FormulaVersion(since=each.value.since, numerator=_numerator(each.value), denominator=each.value.denominator)
        for each in record.versions or ()
    )
    return Indicator(
        id=record.id,
        name=record.name,
        name_en=record.name_en,
        kind=record.kind,
        versions=(first, *later),
        rising_is_good=record.rising_is == "good",
        window=record.window or Window.MONTH,
        decimals=record.decimals,
        counted_in=record.counted_in,
        source_system=record.source_system,
        publication_lag_months=record.publication_lag_months,
        breaks=tuple(SeriesBreak(at=each.value.at_month, reason=each.value.reason) for each in record.breaks or ()),
    )


def _numerator(record: FormulaFields) -> Formula:
    formula = record.value if record.numerator is None else record.numerator
    if formula is None:
        raise UnreadError
    return formula


def build_list(list_id: str, rows: tuple[ListRow, ...]) -> tuple[NamedList, ...]:
    """Return the versions of a list in order of time, each with its members by number."""
    versions: defaultdict[Month | None, list[ListMember]] = defaultdict(list)
    for row in rows:
        versions[row.since].append(_member(row))
    in_time = sorted(versions, key=lambda since: (since is not None, since or Month(0)))
    return tuple(
        NamedList(id=list_id, since=since, members=tuple(sorted(versions[since], key=lambda member: member.number)))
        for since in in_time
    )


def _member(row: ListRow) -> ListMember:
    return ListMember(number=row.number, name=row.name, owner=row.owner, state=row.state, source=row.source)

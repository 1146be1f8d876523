"""What province.yaml, forms/*.yaml, indicators.yaml and the tables may say, field by field."""

from __future__ import annotations

from scorecard.definitions.fields import Allowed, Record, Required
from scorecard.definitions.kinds import (
    DATE,
    DAY_OF_MONTH,
    DECIMALS,
    EXTENT,
    FORMULA,
    HYPHEN_ID,
    MONTH,
    POINTS,
    POSITIVE,
    RULE,
    SHARE,
    SNAKE_ID,
    TEXT,
    UNIT_CODE,
    WHOLE,
    WORD,
    choice,
    one_of,
)
from scorecard.definitions.shapes import ListOf, MapOf, Nested
from scorecard.domain.form import Measure, Severity
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Calendar, Frequency

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class ProvinceRecord(Record, doc="province"):
    """`province:` of province.yaml."""

    name = Required(TEXT)
    name_en = Allowed(TEXT)
    root = Required(UNIT_CODE)
    calendar = Required(one_of(Calendar))


class LevelRecord(Record, doc="level"):
    """One level of administration."""

    id = Required(WORD)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    valid_from = Allowed(DATE)
    valid_to = Allowed(DATE)


class ReportingRecord(Record, doc="reporting"):
    """When a period can be entered."""

    closes_after_days = Required(POSITIVE)
    working_days = Required(ListOf(choice(WEEKDAYS)))
    holidays = Allowed(ListOf(DATE, may_be_empty=True))


class LimitsRecord(Record, doc="limits"):
    """Where one status ends and the next begins."""

    on_track_ratio = Allowed(SHARE)
    off_track_ratio = Allowed(SHARE)
    off_track_forecast = Allowed(SHARE)
    improving_margin = Allowed(POINTS)
    too_early_expected = Allowed(SHARE)
    minimum_coverage = Allowed(SHARE)
    late_step_days = Allowed(WHOLE)
    minimum_denominator = Allowed(WHOLE)


class ProvinceFile(Record, doc="province_file"):
    """province.yaml."""

    province = Required(Nested(ProvinceRecord))
    levels = Required(ListOf(Nested(LevelRecord)))
    kinds = Required(MapOf(WORD, TEXT))
    reporting = Required(Nested(ReportingRecord))
    limits = Allowed(Nested(LimitsRecord))


class FormRecord(Record, doc="form"):
    """`form:` of a form file."""

    id = Required(HYPHEN_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)


class ReportersRecord(Record, doc="reporters"):
    """Who owes a form."""

    kinds = Allowed(ListOf(WORD))
    levels = Allowed(ListOf(WORD))
    units = Allowed(ListOf(UNIT_CODE))
    every = Required(one_of(Frequency))
    due_day = Required(DAY_OF_MONTH)
    since = Allowed(MONTH)
    until = Allowed(MONTH)


class ElementRecord(Record, doc="element"):
    """What a unit types in."""

    id = Required(SNAKE_ID)
    label = Required(TEXT)
    label_en = Allowed(TEXT)
    help = Required(TEXT)
    found_in = Required(TEXT)
    measure = Required(one_of(Measure))
    decimals = Required(DECIMALS)
    counted_in = Required(TEXT)
    out_of = Allowed(POSITIVE)
    from_06a = Allowed(FORMULA)
    members = Allowed(HYPHEN_ID)


class CheckRecord(Record, doc="check"):
    """A comparison that a return must pass."""

    rule = Required(RULE)
    severity = Required(one_of(Severity))
    message = Required(TEXT)
    message_en = Allowed(TEXT)


class FormFile(Record, doc="form_file"):
    """forms/<id>.yaml."""

    form = Required(Nested(FormRecord))
    reporters = Required(ListOf(Nested(ReportersRecord)))
    elements = Required(ListOf(Nested(ElementRecord)))
    checks = Allowed(ListOf(Nested(CheckRecord), may_be_empty=True))


class FormulaFields(Record, doc="indicator"):
    """The formula of an indicator: two sides, or one value."""

    numerator = Allowed(FORMULA)
    denominator = Allowed(FORMULA)
    value = Allowed(FORMULA)


class VersionRecord(FormulaFields, doc="version"):
    """A later formula of an indicator."""

    since = Required(MONTH)


class BreakRecord(Record, doc="break"):
    """A month at which a series stops being comparable."""

    at_month = Required(MONTH, "at")
    reason = Required(TEXT)


class IndicatorRecord(FormulaFields, doc="indicator"):
    """One indicator."""

    id = Required(SNAKE_ID)
    name = Required(TEXT)
    name_en = Allowed(TEXT)
    kind = Required(one_of(IndicatorKind))
    versions = Allowed(ListOf(Nested(VersionRecord)))
    rising_is = Required(choice(("good", "bad")))
    window = Allowed(one_of(Window))
    decimals = Required(DECIMALS)
    counted_in = Required(TEXT)
    source_system = Required(TEXT)
    publication_lag_months = Allowed(POSITIVE)
    breaks = Allowed(ListOf(Nested(BreakRecord)))


class IndicatorsFile(Record, doc="indicators_file"):
    """indicators.yaml."""

    indicators = Required(ListOf(Nested(IndicatorRecord)))


class UnitRow(Record, doc="unit"):
    """A row of units.csv."""

    code = Required(UNIT_CODE)
    name = Required(TEXT)
    kind = Required(WORD)
    level = Required(WORD)
    parent = Allowed(UNIT_CODE)
    peer_group = Allowed(WORD)
    protocol_order = Required(WHOLE)
    valid_from = Allowed(DATE)
    valid_to = Allowed(DATE)


class LineageRow(Record, doc="lineage"):
    """A row of lineage.csv."""

    from_code = Required(UNIT_CODE)
    to_code = Required(UNIT_CODE)
    effective = Required(DATE)
    extent = Required(EXTENT)
    basis = Allowed(TEXT)


class ListRow(Record, doc="list"):
    """A row of lists/<id>.csv."""

    since = Allowed(MONTH)
    number = Required(POSITIVE)
    name = Allowed(TEXT)
    owner = Allowed(TEXT)
    state = Required(choice(("named", "awaiting_annex")))
    source = Required(TEXT)

"""What the completeness page says in words: how many submitted, who did not, and what nobody expected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

import polars as pl

from scorecard import frames
from scorecard.calculation.completeness import COMPLETENESS, by_unit, case_elements, leading_form, shares
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language

REPEATED = 2
"""So many periods late in a row are told."""


def completeness_sentence(rows: pl.DataFrame, moment: datetime, formats: Formats) -> str:
    """Open the page with units that submitted all they owe: COMPLETENESS of one month, seen at a moment."""
    frames.check(rows, COMPLETENESS)
    texts = formats.texts
    units = by_unit(rows)
    (told,) = shares(units).to_dicts()
    if not told["expected"]:
        return texts("completeness.none_expected")
    counts = {name: formats.count(told[name]) for name in ("submitted", "expected")}
    at = moment_text(moment, formats)
    if told["submitted"] == told["expected"]:
        return texts("completeness.all", at=at, expected=counts["expected"])
    again = units.filter(pl.col("first_submitted_on").is_null() & (pl.col("late_periods") >= REPEATED)).height
    repeated = texts("completeness.repeated", count=formats.count(again), periods=REPEATED) if again else ""
    share = formats.share(Fraction(told["submitted"], told["expected"]))
    open_units = formats.count(told["expected"] - told["submitted"])
    return texts("completeness.some", at=at, share=share, open=open_units, repeated=repeated, **counts)


def cases_sentence(rows: pl.DataFrame, province: Province, formats: Formats) -> str | None:
    """Say for what share of the cases of the period before those who submitted stand; None where none are known."""
    share, form = shares(by_unit(rows))["cases_share"][0], leading_form(rows)
    if share is None or form is None:
        return None
    element = province.elements[case_elements(province, Month(rows["last_month"][0]))[form]]
    printed = formats.share(Fraction(share).limit_denominator(10**6))
    return formats.texts("completeness.cases", share=printed, counted_in=element.counted_in)


def kind_lines(rows: pl.DataFrame, province: Province, formats: Formats) -> Iterator[str]:
    """Say of each kind of unit how many submitted all they owe."""
    for told in shares(by_unit(rows), ["kind"]).to_dicts():
        kind = province.kinds.get(told["kind"], told["kind"])
        yield formats.texts(
            "completeness.by_kind",
            kind=kind[:1].upper() + kind[1:],
            submitted=formats.count(told["submitted"]),
            expected=formats.count(told["expected"]),
            share=formats.share(Fraction(told["submitted"], told["expected"])),
        )


def late_list(rows: pl.DataFrame, period: Period, province: Province, formats: Formats, moment: datetime) -> str:
    """Return plain text to copy into a message: who has not submitted what, in the order of protocol."""
    texts, units = formats.texts, province.units.by_id
    told = {"period": formats.period(period), "at": moment_text(moment, formats)}
    missing = rows.filter(pl.col("first_submitted_on").is_null())
    if missing.is_empty():
        return texts("completeness.list_all", **told)
    place = {unit.id: (unit.protocol_order, number) for number, unit in enumerate(province.units.members)}
    lines = [texts("completeness.list_title", **told)]
    for number, unit in enumerate(sorted(missing["unit"].unique(), key=place.__getitem__), start=1):
        own = missing.filter(pl.col("unit") == unit)
        owed = own.select("form", "due", "late_days").iter_rows()
        forms = "; ".join(_form_text(form, due, days, province, formats) for form, due, days in owed)
        again = own["late_periods"].max()
        repeated = isinstance(again, int) and again >= REPEATED
        suffix = texts("completeness.list_repeated", count=again) if repeated else ""
        lines.append(
            texts("completeness.list_line", number=number, unit=units[unit].name, forms=forms, repeated=suffix)
        )
    return "\n".join(lines)


def _form_text(form_id: str, due: date, late_days: int | None, province: Province, formats: Formats) -> str:
    form = province.form(form_id)
    key = "completeness.list_form_awaited" if late_days is None else "completeness.list_form_overdue"
    name = in_language(formats.texts, form.name, form.name_en)
    return formats.texts(key, form=name, due=formats.day(due), days=formats.count(late_days or 0))


def surplus_lines(surplus: pl.DataFrame, province: Province, formats: Formats) -> Iterator[str]:
    """List the returns (frames.RETURNS) that nobody expected; nothing when there are none."""
    if surplus.is_empty():
        return
    names = {form.id: in_language(formats.texts, form.name, form.name_en) for form in province.forms}
    yield formats.texts("completeness.surplus", count=formats.count(surplus.height))
    for unit, form, first, last in surplus.select("unit", "form", "first_month", "last_month").iter_rows():
        known = province.units.by_id.get(unit)
        yield formats.texts(
            "completeness.surplus_line",
            unit=known.name if known else unit,
            form=names.get(form, form),
            period=formats.period(Period(Month(first), Month(last))),
        )

"""The parts of the page «Từ đâu ra?»: the number of a total with its units, or of one unit with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

import polars as pl
import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Target
from scorecard.presentation.charts.drawing import saving_html
from scorecard.presentation.origin import Origin
from scorecard.presentation.origin_unit import figures_html, history_html, part_sentence
from scorecard.presentation.record_table import facts_html
from scorecard.presentation.recorded import Names
from scorecard.ui import address, cache, links, origin_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import ORIGIN, TARGET
from scorecard.ui.plan_filters import MONTH, PLAN
from scorecard.workflow.origins import Origins, read_histories

_FIND = "tim-don-vi"
_SEARCHED_FROM = 20
_ROW = ["contributor", "element", "in_numerator", "first_month", "last_month"]


@dataclass(frozen=True)
class Asked:
    """Which number the page is asked for: a target at a month, as known on a day (None: now)."""

    page: PageContext
    names: Names
    plan: Plan
    target: Target
    month: Month
    known_on: date | None

    def origins(self, *, by_unit: bool) -> Origins:
        """Return what is behind the target's own lines, or behind its lines by unit."""
        return cache.origins(
            self.page.data_version,
            self.page.province.digest,
            self.plan.id,
            self.target.id,
            self.month.index,
            by_unit,
            self.known_on,
            _store=self.page.store,
            _province=self.page.province,
        )

    def origin(self, found: Origins, line: pl.DataFrame, figures: pl.DataFrame) -> Origin:
        """Return a line with its figures as they are shown."""
        return Origin(line, figures, found.heirs, self.plan, self.names)

    def address(self, **others: str) -> Mapping[str, str]:
        """Return what stands in the address of this number."""
        own = {PLAN: self.plan.id, "muc": self.target.id, MONTH: str(self.month)}
        day = {origin_filters.KNOWN_ON: self.known_on.isoformat()} if self.known_on else {}
        return own | day | others


def draw(asked: Asked) -> None:
    """Ask for a unit, then draw the number of it or of the total."""
    total = asked.origins(by_unit=False)
    has_total = asked.target.scope.each is None
    unit_id = origin_filters.choose_unit(asked.page, list(_units(asked, total)), asked.names, has_total=has_total)
    if unit_id is None:
        draw_total(asked, total)
    else:
        draw_unit(asked, total, unit_id)


def draw_total(asked: Asked, total: Origins) -> None:
    """Draw the number of a total, and its counts unit by unit."""
    texts = asked.page.texts
    origin = asked.origin(total, total.lines, total.figures)
    _draw_opening(asked, origin, origin.sentence())
    if total.figures.is_empty():
        return
    st.header(texts("origin.table_units"), anchor=False)
    with st.container(key="chart-origin"):
        typed = ""
        if origin.units > _SEARCHED_FROM:
            typed = address.ask(_FIND, label=texts("units.find"), width=420)
        st.html(origin.units_html(lambda unit: links.to(ORIGIN, asked.address(**{origin_filters.UNIT: unit})), typed))
        st.html(saving_html("origin", texts, ("csv",)))
    st.markdown(texts("origin.units_note"))
    _draw_silent(asked, total, origin)


def draw_unit(asked: Asked, total: Origins, unit_id: str) -> None:
    """Draw the number of one unit, its figures, and for whom they are theirs to read their revisions."""
    by_unit = asked.origins(by_unit=True)
    line, own = (frame.filter(pl.col("unit") == unit_id) for frame in (by_unit.lines, by_unit.figures))
    in_total = total.figures.filter(pl.col("contributor").replace(dict(total.heirs)) == unit_id)
    if line.is_empty():
        origin = asked.origin(total, total.lines.head(1), in_total)
        sentence = part_sentence(origin, unit_id)
    else:
        origin = asked.origin(by_unit, line, own)
        sentence = origin.sentence()
    _draw_opening(asked, origin, sentence)
    beyond = in_total.join(origin.figures, on=_ROW, how="anti")
    if origin.figures.is_empty() and beyond.is_empty():
        return
    st.header(asked.page.texts("origin.table_figures"), anchor=False)
    with st.container(key="chart-origin"):
        st.html(figures_html(origin, unit_id, beyond))
        st.html(saving_html("origin", asked.page.texts, ("csv",)))
    _draw_history(asked, origin, pl.concat([origin.figures, beyond]))


def _draw_opening(asked: Asked, origin: Origin, sentence: str) -> None:
    texts, formats = asked.page.texts, asked.page.formats
    st.html(f'<div class="sentence">{escape(sentence)}</div>')
    st.html(facts_html(origin.facts(formats.day(asked.known_on) if asked.known_on else None)))
    st.html(f'<a class="origin-back" href="{links.to(TARGET, asked.address())}">{texts("origin.to_target")}</a>')


def _draw_silent(asked: Asked, total: Origins, origin: Origin) -> None:
    """Name the units that owe figures for the month and did not report, with what they did give."""
    if not total.silent:
        return
    texts, names = asked.page.texts, asked.names
    count, month = names.formats.count(len(total.silent)), names.formats.month(asked.month)
    st.header(texts("origin.silent", count=count, month=month), anchor=False)
    wanted = [element for element, _ in origin.sums.parts if element]
    given = {unit: [names.element(each) for each in wanted if each in said] for unit, said in total.silent.items()}
    if nothing := [names.unit(unit) for unit, there in given.items() if not there]:
        st.markdown(texts("origin.silent_units", units=", ".join(nothing)))
    for unit, there in given.items():
        if there:
            st.markdown(texts("origin.silent_half", unit=names.unit(unit), given=", ".join(there)))


def _draw_history(asked: Asked, origin: Origin, figures: pl.DataFrame) -> None:
    """Draw every revision of the figures, or say why the person may not see them."""
    page, texts = asked.page, asked.page.texts
    st.header(texts("origin.history"), anchor=False)
    elements = {str(each): asked.names.element(str(each)) for each in figures["element"].drop_nulls().unique().sort()}
    chosen = origin_filters.choose_element(page, elements)
    units = [str(each) for each in figures["contributor"].drop_nulls().unique().sort()]
    months = origin.months(figures)
    try:
        found = read_histories(page.store, page.province, page.person, units, chosen, months, asked.known_on)
    except AccessRefusedError as refused:
        st.warning(texts("origin.history_refused", reason=texts(refused.reason, **refused.parameters)))
        return
    if found.refused:
        st.warning(texts("origin.history_others", units=", ".join(map(asked.names.unit, found.refused))))
    if found.kept:
        st.html(history_html(found.kept, asked.names))


def _units(asked: Asked, total: Origins) -> Iterator[str]:
    """Return the units that can be asked for: those of today in the order of protocol, then those that are no more."""
    told = {total.heirs.get(each, each) for each in total.figures["contributor"].drop_nulls().unique()}
    told |= total.silent.keys()
    if asked.target.scope.each is not None:
        told |= set(total.lines["unit"])
    known = asked.page.province.units.members
    yield from (
        unit.id
        for unit in sorted(known, key=lambda u: (u.valid_to is not None, u.protocol_order, u.code))
        if unit.id in told
    )

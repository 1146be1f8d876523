"""The parts of the page «Từ đâu ra?»: the number of a total with its units, or of one unit with its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape

import polars as pl
import streamlit as st

from scorecard.domain.access import AccessRefusedError
from scorecard.domain.period import Month
from scorecard.presentation.charts.drawing import saving_html
from scorecard.presentation.origin import Origin
from scorecard.presentation.origin_unit import figures_html, history_html, part_sentence
from scorecard.presentation.record_table import facts_html
from scorecard.presentation.recorded import Names
from scorecard.ui import address, cache, links, origin_filters, origin_link, target_filters
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import ORIGIN, TARGET
from scorecard.ui.target_filters import Chosen
from scorecard.ui.target_line import TargetLine
from scorecard.workflow.origins import Origins, read_histories

_FIND = "tim-don-vi"
_SEARCHED_FROM = 20
_ROW = ["contributor", "element", "in_numerator", "first_month", "last_month"]


@dataclass(frozen=True)
class Asked:
    """Which number the page is asked for."""

    page: PageContext
    names: Names
    chosen: Chosen

    def origins(self, *, by_unit: bool) -> Origins:
        """Return what is behind the lines of the target, or behind its lines by unit."""
        page, versions = self.page, (self.page.figures_version, self.page.province.digest)
        return cache.origins(*versions, self.total, by_unit=by_unit, _store=page.store, _province=page.province)

    def origin(self, found: Origins, line: pl.DataFrame, figures: pl.DataFrame) -> Origin:
        """Return a line with its figures as they are shown."""
        plan = self.page.province.plan(self.chosen.line.plan_id)
        return Origin(line, figures, found.heirs, plan, self.names)

    @property
    def total(self) -> TargetLine:
        """The line of the total."""
        return replace(self.chosen.line, unit_id=None)

    def of_unit(self, unit_id: str) -> str:
        """Return the address of a unit's own number, or of what one that is no more brings to the total."""
        unit = self.page.province.units.by_id[unit_id]
        alive = unit.alive_on(Month(self.chosen.line.month).last_day)
        which = target_filters.UNIT if alive else origin_filters.PART
        return links.to(ORIGIN, origin_link.parameters(self.total) | {which: unit_id})


def draw(asked: Asked) -> None:
    """Draw the number of one unit, the part of a former one, or the number of the total."""
    total, target = asked.origins(by_unit=False), asked.chosen.target
    if target.scope.each is not None:
        lines = total.lines["unit"]
        if asked.chosen.place < len(lines):
            draw_unit(asked, total, total, lines[asked.chosen.place])
        return
    unit_id = asked.chosen.line.unit_id
    if unit_id is not None:
        draw_unit(asked, total, asked.origins(by_unit=True), unit_id)
    elif part := origin_filters.part_of(total.figures["contributor"].drop_nulls().unique().to_list()):
        draw_part(asked, total, part)
    else:
        draw_total(asked, total)


def draw_total(asked: Asked, total: Origins) -> None:
    """Draw the number of a total, and its counts unit by unit."""
    texts = asked.page.texts
    origin = asked.origin(total, total.lines, total.figures)
    _draw_opening(asked, origin, origin.sentence(), whole=True)
    if total.figures.is_empty():
        return
    st.header(texts("origin.table_units"), anchor=False)
    with st.container(key="chart-origin"):
        typed = ""
        if origin.units > _SEARCHED_FROM:
            typed = address.ask(_FIND, label=texts("units.find"), width=420)
        st.html(origin.units_html(asked.of_unit, typed))
        st.html(saving_html("origin", texts, ("csv",)))
    st.markdown(texts("origin.units_note"))
    _draw_silent(asked, total, origin)


def draw_unit(asked: Asked, total: Origins, by_unit: Origins, unit_id: str) -> None:
    """Draw the number of one unit, its figures, and for whom they are theirs to read their revisions."""
    line, own = (frame.filter(pl.col("unit") == unit_id) for frame in (by_unit.lines, by_unit.figures))
    if line.is_empty():
        st.markdown(asked.page.texts("origin.no_line"))
        return
    origin = asked.origin(by_unit, line, own)
    heir = pl.col("contributor").replace(dict(total.heirs))
    beyond = total.figures.filter(heir == unit_id).join(own, on=_ROW, how="anti")
    _draw_opening(asked, origin, origin.sentence(), whole=asked.chosen.line.unit_id is None)
    _draw_figures(asked, origin, unit_id, beyond)


def draw_part(asked: Asked, total: Origins, unit_id: str) -> None:
    """Draw what a former unit, that has no line of its own, brings to the total."""
    own = total.figures.filter(pl.col("contributor") == unit_id)
    origin = asked.origin(total, total.lines.head(1), own)
    _draw_opening(asked, origin, part_sentence(origin, unit_id), whole=False)
    _draw_figures(asked, origin, unit_id, own.clear())


def _draw_figures(asked: Asked, origin: Origin, unit_id: str, beyond: pl.DataFrame) -> None:
    if origin.figures.is_empty() and beyond.is_empty():
        return
    st.header(asked.page.texts("origin.table_figures"), anchor=False)
    with st.container(key="chart-origin"):
        st.html(figures_html(origin, unit_id, beyond))
        st.html(saving_html("origin", asked.page.texts, ("csv",)))
    _draw_history(asked, origin, pl.concat([origin.figures, beyond]))


def _draw_opening(asked: Asked, origin: Origin, sentence: str, *, whole: bool) -> None:
    """Draw the number, what is said of it, and the ways to the target and from a part to the whole."""
    texts, formats = asked.page.texts, asked.page.formats
    st.html(f'<div class="sentence">{escape(sentence)}</div>')
    day = asked.chosen.line.known_on
    st.html(facts_html(origin.facts(formats.day(day) if day else None)))
    ways = {"origin.to_target": TARGET} if whole else {"origin.to_total": ORIGIN, "origin.to_target": TARGET}
    where = origin_link.parameters(asked.total)
    drawn = [(escape(links.to(spec, where)), escape(texts(key))) for key, spec in ways.items()]
    st.html("".join(f'<a class="origin-way" href="{way}">{text}</a>' for way, text in drawn))


def _draw_silent(asked: Asked, total: Origins, origin: Origin) -> None:
    """Name the units that owe figures for the month and did not report, with what they did give."""
    if not total.silent:
        return
    texts, names = asked.page.texts, asked.names
    count, month = names.formats.count(len(total.silent)), names.formats.month(Month(asked.chosen.line.month))
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
        found = read_histories(
            page.store, page.province, page.person, units, chosen, months, asked.chosen.line.known_on
        )
    except AccessRefusedError as refused:
        st.warning(texts("origin.history_refused", reason=texts(refused.reason, **refused.parameters)))
        return
    if found.refused:
        st.warning(texts("origin.history_others", units=", ".join(map(asked.names.unit, found.refused))))
    if found.kept:
        st.html(history_html(found.kept, asked.names))

"""The queue on the review page: what waits, the most urgent first, with what can be decided on each return."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from scorecard.domain.collation import sort_key
from scorecard.domain.period import Month, Period
from scorecard.presentation.desk import facts_html, figure_lines, notes_html, part_lines, titles_html
from scorecard.presentation.review_html import item_html
from scorecard.presentation.review_queue import QueueItem, queue_items, queue_sentence
from scorecard.presentation.texts import in_language
from scorecard.ui import address, review_steps
from scorecard.ui.guard import PageContext
from scorecard.ui.review_frame import draw_box, draw_cancel, draw_reason, sent_by, title_of
from scorecard.workflow.desk import Desk, DeskReturn
from scorecard.workflow.review import ReturnSeen
from scorecard.workflow.settings import VIETNAM

_SHOW, _UNIT, _PAGE = "xem", "don-vi", "trang"
_ON_A_PAGE = 10
_ALL, _FLAGGED, _UNFLAGGED = "all", "flagged", "unflagged"


def draw_sentence(page: PageContext, desk: Desk) -> None:
    """Open the page: how much waits and what of it matters most."""
    last = desk.last_approval.astimezone(VIETNAM) if desk.last_approval else None
    sentence = queue_sentence(desk.queue, page.province, page.formats, last, len(desk.unscored))
    st.markdown(f"**{sentence}**")


def draw(page: PageContext, desk: Desk) -> None:
    """Draw the approval of many, the choice of what is shown, and the returns of one page."""
    if desk.queue.is_empty():
        return
    _draw_bulk(page, desk)
    st.header(page.texts("desk.queue"), anchor=False)
    shown = _chosen(page, desk.queue)
    if shown.is_empty():
        st.markdown(page.texts("desk.none_shown"))
    pages = max(1, -(-shown.height // _ON_A_PAGE))
    number = _page_number(pages)
    part = shown.slice((number - 1) * _ON_A_PAGE, _ON_A_PAGE)
    rows = desk.rows.join(part, on=["unit", "form", "first_month", "last_month"], how="semi", maintain_order="left")
    for item in queue_items(part, rows, page.province, page.formats):
        _draw_item(page, item, desk.waiting[item.unit_id, item.form_id, item.period])
    if pages > 1:
        _draw_pages(page, number, pages)


def _draw_bulk(page: PageContext, desk: Desk) -> None:
    returns = [
        waiting
        for key in desk.queue.filter(pl.col("flagged") == 0).select("unit", "form", "first_month", "last_month").rows()
        if not (waiting := desk.waiting[key[0], key[1], Period(*map(Month, key[2:]))]).entered_by(page.person)
    ]
    if not returns:
        return
    count = page.formats.count(len(returns))
    if review_steps.progress(page).opened != review_steps.BULK:
        label = page.texts("desk.bulk", count=count)
        st.button(label, key="review-bulk", on_click=review_steps.open_answer, args=(page, review_steps.BULK))
        return
    with st.container(border=True, key="review-bulk-confirmation"):
        st.markdown(f"**{page.texts('desk.bulk_question', count=count)}**")
        titles = [title_of(page, each.record) for each in returns]
        st.html(titles_html(page.texts("desk.bulk_list", count=count), titles))
        done = page.texts("desk.approved_many", count=count)
        with st.container(horizontal=True):
            st.button(
                page.texts("desk.bulk_confirm", count=count),
                key="review-bulk-confirm",
                type="primary",
                on_click=review_steps.approve,
                args=(page, [each.seen for each in returns], done),
            )
            draw_cancel(page, review_steps.BULK)


def _chosen(page: PageContext, queue: pl.DataFrame) -> pl.DataFrame:
    """Ask which returns are shown; flags and unit stand in the address."""
    parts = {
        _ALL: queue,
        _FLAGGED: queue.filter(pl.col("flagged") > 0),
        _UNFLAGGED: queue.filter(pl.col("flagged") == 0),
    }
    units = page.province.units.by_id
    waiting = sorted(set(queue["unit"]), key=lambda each: (units[each].protocol_order, sort_key(units[each].name)))
    with st.container(horizontal=True, key="review-choices"):
        kind = address.choose(
            _SHOW,
            tuple(parts),
            label=page.texts("desk.show"),
            show=lambda name: page.texts(f"desk.show_{name}", count=page.formats.count(parts[name].height)),
            default=_ALL,
            width=300,
        )
        unit = address.choose(
            _UNIT,
            tuple(waiting),
            label=page.texts("desk.unit"),
            show=lambda unit_id: units[unit_id].name,
            placeholder=page.texts("desk.every_unit"),
            width=340,
        )
    shown = parts[kind or _ALL]
    return shown.filter(pl.col("unit") == unit) if unit else shown


def _page_number(pages: int) -> int:
    wanted = st.query_params.get(_PAGE, "1")
    return min(max(int(wanted), 1), pages) if wanted.isdecimal() else 1


def _draw_pages(page: PageContext, number: int, pages: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="review-pages"):
        for label, to, possible in (
            ("page_before", number - 1, number > 1),
            ("page_after", number + 1, number < pages),
        ):
            st.button(
                page.texts(f"desk.{label}"),
                key=f"review-{label}",
                disabled=not possible,
                on_click=address.remember,
                args=(_PAGE, str(to) if to > 1 else None),
            )
        st.markdown(page.texts("desk.page", page=number, pages=pages))


def draw_unscored(page: PageContext, desk: Desk) -> None:
    """Draw what waits and cannot be held against anything: it is read and decided one by one."""
    if not desk.unscored:
        return
    st.header(page.texts("desk.unscored"), anchor=False)
    for waiting in desk.unscored:
        title, sent = title_of(page, waiting.record), sent_by(page, waiting.record)
        lines = figure_lines(waiting.seen.form, waiting.seen.period, waiting.figures, page.province, page.formats)
        with st.container(key=f"review-item-{review_steps.name(waiting.seen)}"):
            st.html(facts_html(title, sent, *lines))
            _draw_actions(page, title, waiting, [element.id for element in waiting.seen.form.elements])


def _draw_item(page: PageContext, item: QueueItem, waiting: DeskReturn) -> None:
    with st.container(key=f"review-item-{review_steps.name(waiting.seen)}"):
        sent = sent_by(page, waiting.record)
        parts = part_lines(waiting.seen.form, waiting.seen.period, waiting.figures, page.province, page.formats)
        content = item_html(item, page.texts, waiting.reasons, sent) + notes_html(tuple(parts))
        st.markdown(content, unsafe_allow_html=True)
        _draw_actions(page, item.title, waiting, _odd_first(item))


def _draw_actions(page: PageContext, title: str, waiting: DeskReturn, element_ids: Sequence[str]) -> None:
    seen, name = waiting.seen, review_steps.name(waiting.seen)
    own, opened = waiting.entered_by(page.person), review_steps.progress(page).opened == name
    if own:
        st.markdown(page.texts("review.own_entry"))
    with st.container(horizontal=True):
        if not own:
            done = page.texts("desk.approved_one", title=title)
            st.button(
                page.texts("desk.approve"),
                key=f"review-approve-{name}",
                on_click=review_steps.approve,
                args=(page, [seen], done),
            )
        if not opened:
            st.button(
                page.texts("desk.open_send_back"),
                key=f"review-open-{name}",
                on_click=review_steps.open_answer,
                args=(page, name),
            )
    if opened:
        _draw_send_back(page, title, seen, element_ids)


def _draw_send_back(page: PageContext, title: str, seen: ReturnSeen, element_ids: Sequence[str]) -> None:
    """Ask for the reason, and for notes on single elements."""
    name = review_steps.name(seen)
    labels = {each.id: in_language(page.texts, each.label, each.label_en) for each in seen.form.elements}
    with st.container(border=True, key=f"review-answer-{name}"):
        draw_reason(page, seen, "desk.send_back_reason")
        st.markdown(page.texts("desk.send_back_notes"))
        for element_id in element_ids:
            draw_box(page, seen, element_id, page.texts("desk.note", element=labels[element_id]))
        with st.container(horizontal=True):
            st.button(
                page.texts("desk.send_back"),
                key=f"review-send-{name}",
                type="primary",
                on_click=review_steps.send_back,
                args=(page, seen, page.texts("desk.sent_back_one", title=title)),
            )
            draw_cancel(page, name)


def _odd_first(item: QueueItem) -> Sequence[str]:
    return [each.element_id for each in sorted(item.figures, key=lambda figure: not figure.flags)]

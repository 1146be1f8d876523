"""What a workbook would change, shown before it is submitted; then what became of each return."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from scorecard.domain.finding import SHORTEST_REASON
from scorecard.presentation.entry import Refusal, with_figures
from scorecard.presentation.entry_dues import moment_text
from scorecard.presentation.entry_html import corrections_html, facts_html, hint_html, notice_html, part_html
from scorecard.presentation.findings import finding_text
from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.presentation.texts import in_language
from scorecard.presentation.upload_html import changes_html
from scorecard.ui import entry_file, entry_steps
from scorecard.ui.entry_draft import CORRECTION, Draft
from scorecard.ui.entry_file import Upload, file_draft, is_stale
from scorecard.ui.entry_frame import draw_reason
from scorecard.ui.guard import PageContext
from scorecard.ui.people import name_of
from scorecard.workflow.drafts import own_drafts
from scorecard.workflow.owed import OwedReturn
from scorecard.workflow.settings import VIETNAM
from scorecard.workflow.table_reading import ReadReturn


def draw(page: PageContext, upload: Upload) -> None:
    """Draw one of three: what is wrong with the file, what it would change, what was submitted."""
    if upload.table.problems:
        _draw_problems(page, upload)
    elif upload.done:
        _draw_results(page, upload)
    else:
        _draw_review(page, upload)


def submit_all(page: PageContext) -> None:
    """Submit each return by itself once no reason is missing; what is refused of one does not touch the others."""
    upload = entry_file.uploaded(page)
    if upload is None or upload.done:
        return
    drafts = [(file_draft(page, read.owed), read.corrects) for read in upload.to_submit]
    for draft, correction in drafts:
        draft.advance(refusals=entry_steps.missing_reasons(page, draft, correction, soft="upload.soft_reason_needed"))
    if any(draft.progress.refusals for draft, _ in drafts):
        return
    for draft, correction in drafts:
        entry_steps.submit(page, draft, correction=correction)
        if draft.progress.receipt is not None:
            Draft(page.person.id, draft.owed).forget()
    entry_file.finish(page)


def _draw_problems(page: PageContext, upload: Upload) -> None:
    _draw_title(page, upload, "upload.refused_title")
    lines = problem_lines(upload.table.problems, page.province, page.formats)
    placed = [("", Refusal("", line)) for line in lines]
    st.html(corrections_html(placed, 0, page.texts, closing="spreadsheet.nothing_written"))
    _draw_leave(page, upload, "upload.other_file", kind="primary")


def _draw_review(page: PageContext, upload: Upload) -> None:
    texts, wanted = page.texts, upload.to_submit
    _draw_title(page, upload, "upload.review_title")
    drafts = [file_draft(page, read.owed) for read in wanted]
    placed = [(draft.key(refusal.place), refusal) for draft in drafts for refusal in draft.progress.refusals]
    if placed:
        st.html(corrections_html(placed, max(draft.progress.attempts for draft in drafts), texts))
    st.markdown(texts("upload.review_advice" if wanted else "upload.nothing_to_submit", count=len(wanted)))
    for read in upload.table.returns:
        _draw_return(page, read, submitted=read in wanted)
    _draw_untouched(page, upload.table.untouched)
    with st.container(horizontal=True):
        if wanted:
            label = texts("upload.submit", count=len(wanted))
            st.button(label, type="primary", on_click=submit_all, args=(page,))
        _draw_leave(page, upload, "upload.drop")


def _draw_return(page: PageContext, read: ReadReturn, *, submitted: bool) -> None:
    texts = page.texts
    st.html(part_html(_named(page, read.owed)))
    if is_stale(read):
        st.html(notice_html(texts("upload.stale"), [_latest(page, read.owed), texts("upload.stale_advice")]))
        return
    st.html(changes_html(read.differences, texts))
    if not submitted:
        return
    if (read.owed.unit.id, read.owed.form.id, read.owed.period) in own_drafts(page.store, page.province, page.person):
        st.markdown(texts("upload.draft_dropped"))
    draft, form = file_draft(page, read.owed), read.owed.form
    hint = texts("entry.soft_reason", shortest=SHORTEST_REASON)
    for finding in read.findings:
        sentence = finding_text(finding, form, page.formats)
        found = with_figures(sentence, finding.element_ids, draft.progress.answers, texts)
        draw_reason(page, draft, finding.key, found, texts("entry.soft_reason_label", finding=found), hint)
    if read.corrects:
        title = texts("upload.correction", form=in_language(texts, form.name, form.name_en))
        hint = texts("entry.correction_reason", shortest=SHORTEST_REASON)
        draw_reason(page, draft, CORRECTION, title, title, hint)


def _draw_results(page: PageContext, upload: Upload) -> None:
    texts = page.texts
    _draw_title(page, upload, "upload.done_title")
    drafts = [file_draft(page, read.owed) for read in upload.to_submit]
    done = sum(draft.progress.receipt is not None for draft in drafts)
    key = "upload.all_done" if done == len(drafts) else "upload.some_done"
    st.markdown(texts(key, done=done, count=len(drafts)))
    for draft in drafts:
        st.html(part_html(_named(page, draft.owed)))
        _draw_result(page, draft)
    if done:
        st.markdown(texts("entry.receipt_not_reviewed"))
    _draw_leave(page, upload, "entry.back_to_list", kind="primary")


def _draw_result(page: PageContext, draft: Draft) -> None:
    texts, progress = page.texts, draft.progress
    if progress.receipt is not None:
        facts = [
            (texts("entry.receipt_code"), progress.receipt.code),
            (texts("entry.receipt_at"), moment_text(progress.receipt.at.astimezone(VIETNAM), page.formats)),
            (texts("entry.receipt_hash"), progress.receipt.hash or ""),
        ]
        st.html(facts_html(facts))
    elif progress.conflict is not None:
        st.html(notice_html(texts("upload.not_submitted"), [texts("upload.conflict"), texts("upload.stale_advice")]))
    else:
        st.html(notice_html(texts("upload.not_submitted"), [refusal.text for refusal in progress.refusals]))


def _draw_title(page: PageContext, upload: Upload, key: str) -> None:
    title = page.texts(key)
    st.title(title, anchor=False)
    st.set_page_config(page_title=page.texts("entry.error_title", title=title) if upload.table.problems else title)
    st.html(hint_html("entry-upload", page.texts("upload.file", name=upload.name)))


def _draw_untouched(page: PageContext, untouched: Sequence[OwedReturn]) -> None:
    if untouched:
        st.markdown(page.texts("upload.untouched", forms="; ".join(_named(page, owed) for owed in untouched)))


def _draw_leave(
    page: PageContext, upload: Upload, key: str, kind: Literal["primary", "secondary"] = "secondary"
) -> None:
    st.button(page.texts(key), type=kind, on_click=entry_file.leave, args=(page, upload))


def _named(page: PageContext, owed: OwedReturn) -> str:
    form = in_language(page.texts, owed.form.name, owed.form.name_en)
    return page.texts("upload.return", form=form, period=page.formats.period(owed.period), unit=owed.unit.name)


def _latest(page: PageContext, owed: OwedReturn) -> str:
    last = owed.record.submissions[-1]
    at = moment_text(last.submitted_at.astimezone(VIETNAM), page.formats)
    return page.texts("upload.submitted_meanwhile", person=name_of(page, last.submitted_by), at=at)

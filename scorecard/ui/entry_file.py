"""The Excel file on the list: a workbook for each unit and open period to fill in, and a place to hand it in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from scorecard.domain.period import Period
from scorecard.domain.unit import Unit
from scorecard.presentation.entry import Answer
from scorecard.presentation.return_file import fillable_workbook, workbook_name
from scorecard.presentation.texts import in_language
from scorecard.ui.entry_draft import Draft, Step
from scorecard.ui.guard import PageContext
from scorecard.workflow.owed import OwedReturn, owed_returns
from scorecard.workflow.returned_file import forms_to_fill, read_returned_file
from scorecard.workflow.table_reading import Change, ReadReturn, ReadTable, answered_in_rows

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A workbook that was handed in, as it was read; `done` once what it holds was submitted."""

    name: str
    table: ReadTable
    done: bool = False

    @property
    def to_submit(self) -> tuple[ReadReturn, ...]:
        """The returns that would change something, made from what is still the last revision."""
        changing = {Change.ADDED, Change.CHANGED}
        return tuple(
            read
            for read in self.table.returns
            if not is_stale(read) and any(each.change in changing for each in read.differences)
        )


def is_stale(read: ReadReturn) -> bool:
    """Say whether somebody submitted the return after its workbook was made."""
    return read.base_revision != read.owed.revision


def uploaded(page: PageContext) -> Upload | None:
    """Return the workbook that the person handed in and has not left yet, None for none."""
    found: Upload | None = st.session_state.get(_key(page))
    return found


def file_draft(page: PageContext, owed: OwedReturn) -> Draft:
    """Return the draft that holds what a file says of a return, apart from the one that is typed."""
    return Draft(f"file-{page.person.id}", owed)


def finish(page: PageContext) -> None:
    """Mark the file as submitted, so that a second press does nothing."""
    upload: Upload = st.session_state[_key(page)]
    st.session_state[_key(page)] = Upload(name=upload.name, table=upload.table, done=True)


def leave(page: PageContext, upload: Upload) -> None:
    """Forget the file and show the list again."""
    for read in upload.table.returns:
        file_draft(page, read.owed).forget()
    st.session_state.pop(_key(page), None)


def draw(page: PageContext, owed: Sequence[OwedReturn]) -> None:
    """Offer the way over Excel, folded; nothing where no return can be filled in there."""
    taken = _taken(page, owed)
    if not taken:
        return
    texts = page.texts
    with st.expander(texts("upload.fold")):
        st.markdown(texts("upload.download_advice"))
        for unit, period in dict.fromkeys((each.unit, each.period) for each in taken):
            st.download_button(
                texts("upload.download", unit=unit.name, period=page.formats.period(period)),
                data=partial(_workbook, page, unit, period),
                file_name=workbook_name(unit, period, page.formats),
                mime=_SPREADSHEET,
                on_click="ignore",
                icon=":material/download:",
            )
        if names := list(_left_out(page, owed)):
            st.markdown(texts("upload.left_out", forms="; ".join(names)))
        st.markdown(texts("upload.upload_advice"))
        st.file_uploader(texts("upload.upload"), key=_file_key(page), on_change=_read, args=(page,))


def _taken(page: PageContext, owed: Sequence[OwedReturn]) -> list[OwedReturn]:
    return [each for each in owed if each.taken_on(page.today) and answered_in_rows(each.form)]


def _left_out(page: PageContext, owed: Sequence[OwedReturn]) -> Iterator[str]:
    """Name the forms that need more than a number in a row."""
    forms = {each.form.id: each.form for each in owed if each.taken_on(page.today) and not answered_in_rows(each.form)}
    return (in_language(page.texts, form.name, form.name_en) for form in forms.values())


def _workbook(page: PageContext, unit: Unit, period: Period) -> bytes:
    """Make the workbook when it is asked for: rights are checked and figures read at that moment."""
    owed = _taken(page, owed_returns(page.store, page.province, page.person, page.today))
    wanted = [each for each in owed if (each.unit.id, each.period) == (unit.id, period)]
    forms = forms_to_fill(page.store, page.province, wanted)
    return fillable_workbook(page.province, unit, period, forms, page.formats)


def _read(page: PageContext) -> None:
    file = st.session_state[_file_key(page)]
    if file is None:
        return
    owed = _taken(page, owed_returns(page.store, page.province, page.person, page.today))
    table = read_returned_file(page.store, page.province, owed, file.getvalue())
    for read in table.returns:
        draft = file_draft(page, read.owed)
        draft.forget()
        draft.note(step=Step.REVIEW, base_revision=read.base_revision, answers=answers_of(read), findings=read.findings)
    st.session_state[_key(page)] = Upload(name=file.name, table=table)


def answers_of(read: ReadReturn) -> tuple[Answer, ...]:
    """Return what a table says, as the form understands it."""
    elements = {element.id: element for element in read.owed.form.elements}
    return tuple(Answer(elements[each.element_id], each.value, each.state, each.note) for each in read.entries)


def _key(page: PageContext) -> str:
    return f"entry-upload-{page.person.id}"


def _file_key(page: PageContext) -> str:
    return f"{_key(page)}-file"

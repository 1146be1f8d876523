"""Where things stand in the workbook that a unit fills in, and the hidden keys by which it is recognised."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from scorecard.domain.form import Form
from scorecard.spreadsheet.problem import RefusedFileError
from scorecard.spreadsheet.workbook import Sheet

KEYS_SHEET = "_scorecard"
HEADER_ROW = 6
FIRST_ROW = 7

_KIND = "scorecard-return"
_VERSION = "1"
_LONGEST_TITLE = 31


class Column(IntEnum):
    """The columns of a form's sheet, counted from 1; the last one is hidden and holds the elements' ids."""

    LABEL = 1
    HELP = 2
    COUNTED_IN = 3
    BEFORE = 4
    YEAR_BEFORE = 5
    NUMBER = 6
    REASON = 7
    KEY = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKeys:
    """One sheet: its title, its form, what the form asked when it was made, and the revision shown, 0 for none."""

    sheet: str
    form_id: str
    digest: str
    revision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKeys:
    """Whose workbook it is, for which period, with which sheets."""

    province_id: str
    unit_id: str
    period: str
    forms: tuple[FormKeys, ...]

    def rows(self) -> Iterator[tuple[str, ...]]:
        """Return the rows of the hidden sheet."""
        yield _KIND, _VERSION
        yield self.province_id, self.unit_id, self.period
        for form in self.forms:
            yield form.sheet, form.form_id, form.digest, str(form.revision)


def read_keys(sheets: Sequence[Sheet]) -> FileKeys:
    """Return the keys of a workbook; raise RefusedFileError when it has none, or none that can be read."""
    hidden = next((sheet for sheet in sheets if sheet.title == KEYS_SHEET), None)
    if hidden is None or _row(hidden, 1, 2) != (_KIND, _VERSION):
        raise RefusedFileError("not_from_here")
    province_id, unit_id, period = _row(hidden, 2, 3)
    written = [_row(hidden, row, 4) for row in sorted({row for row, _ in hidden.cells if row > 2})]
    if not written or not all(title and form and re.fullmatch("[0-9]{1,9}", r) for title, form, _, r in written):
        raise RefusedFileError("not_from_here")
    forms = (FormKeys(sheet=t, form_id=f, digest=d, revision=int(r)) for t, f, d, r in written)
    return FileKeys(province_id=province_id, unit_id=unit_id, period=period, forms=tuple(forms))


def form_digest(form: Form) -> str:
    """Return a number that changes whenever the form asks something else, or in other words or units."""
    asked = [(e.id, e.label, e.help, e.measure.value, e.decimals, e.counted_in, e.out_of) for e in form.elements]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()[:16]


def sheet_titles(forms: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Return a title that Excel accepts for each form, by id; `forms` are ids with names."""
    titles: dict[str, str] = {}
    for form_id, name in forms:
        plain = _shortened(" ".join(re.sub(r"[\[\]:*?/\\']", " ", name).split()))
        taken = {title.casefold() for title in titles.values()}
        titles[form_id] = plain if plain.casefold() not in taken else _shortened(f"{len(titles) + 1} {plain}")
    return titles


def _shortened(name: str) -> str:
    """Cut a name behind a whole word."""
    whole_words = name[: _LONGEST_TITLE + 1].rpartition(" ")[0]
    return name if len(name) <= _LONGEST_TITLE else whole_words or name[:_LONGEST_TITLE]


def _row(sheet: Sheet, row: int, columns: int) -> tuple[str, ...]:
    return tuple(sheet.text(row, column) for column in range(1, columns + 1))

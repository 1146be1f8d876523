"""A unit that owes one return, the workbook made for it, and ways to spoil that workbook."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scorecard.domain.access import Person, Role
from scorecard.domain.formula import parse_formula
from scorecard.domain.province import Province
from scorecard.presentation.formats import Formats
from scorecard.presentation.return_file import fillable_workbook
from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Receipt, Store
from scorecard.workflow.checks import Entry
from scorecard.workflow.owed import OwedReturn, owed_returns
from scorecard.workflow.returned_file import forms_to_fill, read_returned_file
from scorecard.workflow.returns import submit_return
from scorecard.workflow.table_reading import ReadTable
from tests.builders import a_form, a_province, an_element

SHEET = "Dịch vụ công trực tuyến hằng"
RECEIVED = an_element("dossiers_received", label="Hồ sơ tiếp nhận", from_06a=parse_formula("received_online"))
ONLINE = an_element("dossiers_full_online", label="Trong đó, hoàn toàn trực tuyến")
RATE = an_element("satisfied", label="Mức độ hài lòng", decimals=2, counted_in="%", out_of=100)
FORM = a_form(elements=(RECEIVED, ONLINE, RATE), checks=a_form().checks)
HEAD = Person("head-05908", "Chủ tịch UBND xã", Role.HEAD, frozenset({"05908"}))
TODAY = date(2025, 10, 3)
VI = Formats(load_texts(Language.VIETNAMESE))


@dataclass(frozen=True)
class Office:
    """Xã Phú Bình on 3/10/2025, which owes September."""

    store: Store
    province: Province = field(default_factory=lambda: a_province(forms=(FORM,)))
    person: Person = HEAD
    today: date = TODAY

    @property
    def owed(self) -> tuple[OwedReturn, ...]:
        return owed_returns(self.store, self.province, self.person, self.today)

    def workbook(self) -> bytes:
        owed = self.owed
        forms = forms_to_fill(self.store, self.province, owed)
        return fillable_workbook(self.province, owed[0].unit, owed[0].period, forms, VI)

    def filled(self, **cells: object) -> bytes:
        """Fill in a fresh workbook: sound answers, then the given cells."""
        return edited(self.workbook(), lambda sheet: fill(sheet, {"F7": 100, "F8": 80, "F9": 97.5} | cells))

    def read(self, content: bytes) -> ReadTable:
        return read_returned_file(self.store, self.province, self.owed, content)

    def refused(self, content: bytes) -> list[str]:
        """Return why a file is refused, after making sure that nothing was written and nothing handed on."""
        before = self.store.chain_end()
        table = self.read(content)
        assert self.store.chain_end() == before
        assert table.returns == ()
        return problem_lines(table.problems, self.province, VI)

    def submit(self, entries: tuple[Entry, ...], base_revision: int = 0, reason: str = "") -> Receipt:
        owed = self.owed[0]
        return submit_return(
            self.store,
            self.province,
            self.person,
            owed.unit.code,
            owed.form,
            owed.period,
            entries,
            today=self.today,
            now=datetime(2025, 10, 3, 1, 30, tzinfo=UTC),
            expected_revision=base_revision,
            reason=reason,
        )


def fill(sheet: Worksheet, cells: dict[str, object]) -> None:
    for address, value in cells.items():
        sheet[address] = value


def edited(content: bytes, change: Callable[[Worksheet], object]) -> bytes:
    """Change the first sheet of a workbook as a person does in a spreadsheet."""
    book = load_workbook(io.BytesIO(content))
    change(book.worksheets[0])
    return saved(book)


def saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Put a part into a file, in the place of the one of that name."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, part)
    return written.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)

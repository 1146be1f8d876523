"""What a hostile file costs: measured in a process of its own that may not take more."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scorecard.spreadsheet.archive import LARGEST_CONTENT, MOST_ELEMENTS
from tests.spreadsheet.hostile.test_hostile_files import (
    SHEET_PART,
    bomb_that_lies_about_its_size,
    entities_that_multiply,
    sheet_of_100_megabytes,
    zip_bomb,
)
from tests.spreadsheet.office import Office, part_of, with_part

MOST_MEMORY = 500 * 2**20
READ = """
import resource, sys
from pathlib import Path
from scorecard.spreadsheet.problem import RefusedFileError
from scorecard.spreadsheet.workbook import read_workbook
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
try:
    read_workbook(Path(sys.argv[1]).read_bytes())
    print("read")
except RefusedFileError as refused:
    print(refused.problem.code)
status = Path("/proc/self/status").read_text()  # ru_maxrss would count what the parent process had
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def as_many_cells_as_are_taken(good: bytes) -> bytes:
    cell = b"<c><v>1</v></c>"
    rows = b"<row>" + cell * (MOST_ELEMENTS // 2 - 1000) + b"</row>"
    return with_part(good, SHEET_PART, part_of(good, SHEET_PART).replace(b"<sheetData>", b"<sheetData>" + rows))


def as_many_styles_as_are_taken(good: bytes) -> bytes:
    styles = part_of(good, "xl/styles.xml")
    start = styles.index(b"<cellXfs")
    more = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>' * (MOST_ELEMENTS - 2000)
    end = styles.index(b"</cellXfs>")
    return with_part(good, "xl/styles.xml", styles[:start] + styles[start:end] + more + styles[end:])


def as_long_a_text_as_is_taken(good: bytes) -> bytes:
    cell = b'<row><c t="inlineStr"><is><t>' + b"x" * (LARGEST_CONTENT - 2**20) + b"</t></is></c></row>"
    return with_part(good, SHEET_PART, part_of(good, SHEET_PART).replace(b"<sheetData>", b"<sheetData>" + cell))


@pytest.mark.parametrize(
    ("spoil", "outcome"),
    [
        (zip_bomb, "content_too_large"),
        (bomb_that_lies_about_its_size, "damaged"),
        (sheet_of_100_megabytes, "content_too_large"),
        (entities_that_multiply, "document_type"),
        (as_many_cells_as_are_taken, "read"),
        (as_many_styles_as_are_taken, "read"),
        (as_long_a_text_as_is_taken, "read"),
    ],
)
def test_the_worst_files_stay_below_500_megabytes(
    office: Office, spoil: Callable[[bytes], bytes], outcome: str, tmp_path: Path
) -> None:
    file = tmp_path / "file.xlsx"
    file.write_bytes(spoil(office.filled()))
    program = READ.format(limit=2 * MOST_MEMORY)
    run = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True, timeout=120)
    found, kilobytes = run.stdout.split()
    assert found == outcome
    assert int(kilobytes) * 1024 < MOST_MEMORY

"""Whatever comes in is either read or refused in words; nothing else happens."""

import zipfile
from io import BytesIO

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scorecard.presentation.spreadsheet_problems import problem_lines
from scorecard.workflow.pasted_table import read_pasted
from scorecard.workflow.uploaded_06a import read_06a
from tests.spreadsheet.office import VI, Office, part_of, with_part

SHARED = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = (
    b"",
    b"<",
    b"<c>",
    b"</row>",
    b'r="A0"',
    b'r="ZZZZ9"',
    b't="s"',
    b"<v>1e999</v>",
    b"<f>1</f>",
    b"\0",
    b"-1",
    b"nan",
)


@SHARED
@given(data=st.data())
def test_a_workbook_spoiled_inside_is_read_or_refused_in_words(office: Office, data: st.DataObject) -> None:
    good = office.filled()
    with zipfile.ZipFile(BytesIO(good)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
    part = part_of(good, name)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(part)))
        piece = data.draw(st.sampled_from(PIECES))
        part = part[:start] + piece + part[start + data.draw(st.integers(0, 20)) :]
    outcome(office, with_part(good, name, part))


@SHARED
@given(start=st.integers(0, 20_000), piece=st.binary(max_size=30))
def test_a_file_spoiled_outside_is_read_or_refused_in_words(office: Office, start: int, piece: bytes) -> None:
    good = office.filled()
    outcome(office, good[: start % len(good)] + piece + good[start % len(good) + len(piece) :])


@SHARED
@given(st.text(alphabet=st.sampled_from('Hồ sơtiếpnhận\t\n\r":;.,0123456789-=\N{NO-BREAK SPACE}\0'), max_size=200))
def test_any_text_pasted_is_read_or_refused_in_words(office: Office, text: str) -> None:
    table = read_pasted(office.store, office.province, office.owed[0], text)
    assert bool(table.returns) != bool(table.problems)
    assert all(problem_lines(table.problems, office.province, VI))


def outcome(office: Office, content: bytes) -> None:
    """Read a file both ways; it has either returns or problems, each of them a sentence, and nothing is written."""
    before = office.store.chain_end()
    owed = office.owed[0]
    for table in (office.read(content), read_06a(office.store, office.province, owed, content)):
        assert bool(table.returns) != bool(table.problems)
        assert all(problem_lines(table.problems, office.province, VI))
    assert office.store.chain_end() == before

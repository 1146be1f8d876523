"""Whatever is done to the files, reading them ends in a province or in problems, never in a failure."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scorecard.definitions import ProblemSeverity, read_province
from tests.definitions.conftest import HERE, PLACES, TODAY

PIECES = (
    "[]",
    "{}",
    "~",
    "0",
    "-1",
    "2025-13",
    "9999-12-31",
    "0001-01-01",
    "100%",
    "done",
    "x1",
    "76/76",
    '"',
    ",",
    "part",
)


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a file of the good province with a few words replaced or lines lost or doubled."""
    place = draw(st.sampled_from(sorted(PLACES.values())))
    lines = (HERE / "good" / "mau" / place).read_text(encoding="utf-8").split("\n")
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(("drop", "double", "word", "cut"))):
            case "drop":
                lines[index] = ""
            case "double":
                lines.insert(index, lines[index])
            case "cut":
                lines[index] = lines[index][: draw(st.integers(0, len(lines[index])))]
            case _:
                separator = "," if place.endswith(".csv") else " "
                words = lines[index].split(separator)
                words[draw(st.integers(0, len(words) - 1))] = draw(st.sampled_from(PIECES))
                lines[index] = separator.join(words)
    return place, "\n".join(lines)


@given(spoiled())
@settings(max_examples=150, deadline=None)
def test_reading_never_fails(change: tuple[str, str]) -> None:
    place, text = change
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "mau"
        shutil.copytree(HERE / "good" / "mau", folder)
        (folder / place).write_text(text, encoding="utf-8")
        reading = read_province(folder, TODAY)
    errors = [problem for problem in reading.problems if problem.severity is ProblemSeverity.ERROR]
    assert (reading.province is None) is bool(errors)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in reading.problems)

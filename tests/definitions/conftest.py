import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from scorecard.definitions import read_province
from scorecard.presentation.problems import problem_line
from scorecard.presentation.texts import Language, load_texts

HERE = Path(__file__).parent
TODAY = date(2025, 7, 1)
PLACES = {
    "province": "province.yaml",
    "units": "units.csv",
    "lineage": "lineage.csv",
    "indicators": "indicators.yaml",
    "form": "forms/dossiers.yaml",
    "list": "lists/services.csv",
    "plan": "plans/kh-1-2024.yaml",
    "index": "indexes/service.yaml",
}


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """Return a copy of the good province that a test may spoil."""
    folder = tmp_path / "mau"
    shutil.copytree(HERE / "good" / "mau", folder)
    return folder


@pytest.fixture(scope="session")
def told() -> Callable[[Path], list[str]]:
    """Return what is said of a province in Vietnamese, `file:line:column: …` with file relative to its folder."""
    texts = load_texts(Language.VIETNAMESE)

    def lines(folder: Path) -> list[str]:
        problems = read_province(folder, TODAY).problems
        return [problem_line(problem, Path(), texts).removeprefix(f"{folder.name}/") for problem in problems]

    return lines


@pytest.fixture(scope="session")
def said_of_good(told: Callable[[Path], list[str]]) -> list[str]:
    """Return the warnings of the good province."""
    return told(HERE / "good" / "mau")


def replaced_by(bad: Path) -> str:
    """Return the file that a bad file stands in for: `<rule>.<kind>.<extension>`."""
    return PLACES[bad.name.split(".")[1]]

"""The definitions that are shipped with the program."""

import os
from pathlib import Path

import pytest

from scorecard.definitions import ProblemSeverity, read_province

TARGETS = Path(__file__).parents[2] / "targets"
PROVINCES = sorted(path.parent for path in TARGETS.glob("*/province.yaml"))
YAML_FILES = sorted(TARGETS.glob("**/*.yaml"))
SCHEMA_OF = {
    "province.yaml": "province",
    "indicators.yaml": "indicators",
    "forms": "form",
    "plans": "plan",
    "indexes": "index",
}


@pytest.mark.parametrize("folder", PROVINCES, ids=lambda folder: folder.name)
def test_a_shipped_province_has_no_errors(folder: Path) -> None:
    reading = read_province(folder)
    assert [problem for problem in reading.problems if problem.severity is ProblemSeverity.ERROR] == []
    assert reading.province is not None


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.relative_to(TARGETS).as_posix())
def test_a_shipped_file_names_its_schema_for_editors(path: Path) -> None:
    kind = SCHEMA_OF.get(path.name) or SCHEMA_OF[path.parent.name]
    schema = TARGETS / "schemas" / f"{kind}.json"
    assert schema.is_file()
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    relative = Path(os.path.relpath(schema, path.parent)).as_posix()
    assert first == f"# yaml-language-server: $schema={relative}"

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from scorecard.command_line.main import main
from scorecard.command_line.schemas import generated_files
from tests.definitions.conftest import HERE

TARGETS = Path(__file__).parents[2] / "targets"
GENERATED = generated_files()
KINDS = {
    "province.yaml": "province",
    "indicators.yaml": "indicators",
    "forms": "form",
    "plans": "plan",
    "indexes": "index",
}
YAML_FILES = sorted([*(HERE / "good").glob("**/*.yaml"), *TARGETS.glob("*/**/*.yaml")])
SEEN_BY_AN_EDITOR = (
    "unknown_key.plan.yaml",
    "missing_key.plan.yaml",
    "number_not_text.plan.yaml",
    "expected_choice.form.yaml",
    "expected_decimals.indicators.yaml",
    "expected_points.province.yaml",
    "expected_hyphen_id.plan.yaml",
    "empty_list.form.yaml",
)


class _EditorLoader(yaml.SafeLoader):
    """YAML as editors read it: days are text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def as_editors_see(path: Path) -> Any:  # noqa: ANN401
    return yaml.load(path.read_text(encoding="utf-8"), _EditorLoader)  # noqa: S506 - it is a SafeLoader


def schema(kind: str) -> Any:  # noqa: ANN401
    return json.loads(GENERATED[f"schemas/{kind}.json"])


@pytest.mark.parametrize("name", GENERATED)
def test_the_committed_schemas_and_reference_are_current(name: str) -> None:
    committed = (TARGETS / name).read_text(encoding="utf-8")
    assert committed == GENERATED[name], "run: python -m scorecard schemas"


def test_the_command_writes_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemas", "--targets", str(tmp_path)]) == 0
    written = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.glob("**/*.*")}
    assert written == dict(GENERATED)
    assert len(capsys.readouterr().out.splitlines()) == len(GENERATED)


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: "/".join(path.parts[-3:]))
def test_what_is_read_without_errors_is_valid_for_an_editor(path: Path) -> None:
    kind = KINDS.get(path.name) or KINDS[path.parent.name]
    jsonschema.Draft7Validator(schema(kind)).validate(as_editors_see(path))


@pytest.mark.parametrize("name", SEEN_BY_AN_EDITOR)
def test_an_editor_underlines_what_the_check_refuses(name: str) -> None:
    found = jsonschema.Draft7Validator(schema(name.split(".")[1])).iter_errors(as_editors_see(HERE / "bad" / name))
    assert list(found)


def test_the_reference_is_vietnamese_first_and_names_every_key() -> None:
    page = GENERATED["README.md"]
    vietnamese, english = page.split("\n---\n")
    assert vietnamese.startswith("# Tệp định nghĩa")
    assert english.strip().startswith("# Definition files")
    for key in ("closes_after_days", "due_day", "rising_is", "supersedes", "review_by", "above_by", "extent", "state"):
        assert f"| `{key}` |" in vietnamese
        assert f"| `{key}` |" in english

"""What the documents promise exists, and what exists is documented."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scorecard.command_line.main import COMMANDS, main

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "targets" / "README.md",
]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def documented_commands() -> set[str]:
    command_table = README[: README.index("\n---\n")]
    return set(re.findall(r"^\| `([a-z]+)", command_table, flags=re.MULTILINE)) - {"python"}


@pytest.mark.parametrize("command", sorted(documented_commands()))
def test_every_command_of_the_readme_exists(command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0


def test_the_readme_lists_every_command() -> None:
    assert len(documented_commands()) == len(COMMANDS)


def test_a_job_that_is_not_known_is_wrong_usage() -> None:
    finished = subprocess.run(
        [sys.executable, "run.py", "deploy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (2, "python3 run.py demo | test\n")


def test_no_document_names_a_path_of_one_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    suspicious = re.compile(r"/(?:work|root|home)/\w|pypi\.org|registry\.npmjs")
    found = [
        name
        for name in tracked.split("\0")
        if name.endswith((".md", ".py", ".yaml", ".toml", ".txt", ".in", ".csv"))
        and name != "tests/test_docs.py"
        and suspicious.search((ROOT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []

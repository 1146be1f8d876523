"""Started around `serve` and `demo`, the program still looks at what it needs before it serves anybody."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scorecard.presentation.texts import Language, load_texts
from scorecard.workflow.settings import ROOT
from tests.production.conftest import SECRET, free_port

VI = load_texts(Language.VIETNAMESE)
SECONDS = 120


def started(tmp_path: Path, address: str, **environment: str) -> tuple[int, str]:
    """Run `streamlit run app.py` until it ends by itself; return its exit code and what it said."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("SCORECARD_")}
    own |= {"SCORECARD_DATABASE_URL": f"sqlite:///{tmp_path}/scorecard.db"} | environment
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", address]
    command += ["--server.port", str(free_port())]
    finished = subprocess.run(
        command, cwd=ROOT, env=own, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False
    )
    return finished.returncode, finished.stdout + finished.stderr


def test_the_demo_ends_at_once_on_a_public_address(tmp_path: Path) -> None:
    code, said = started(tmp_path, "0.0.0.0")  # noqa: S104
    assert code != 0
    assert VI("settings.demo_is_local", address="0.0.0.0") in said  # noqa: S104


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "settings.no_secret"),
        (
            {"SCORECARD_SECRET": SECRET, "SCORECARD_PUBLIC_URL": "https://chitieu.example.vn"},
            "settings.not_initialised",
        ),
    ],
)
def test_production_ends_at_once_half_set_up(tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    code, said = started(tmp_path, "127.0.0.1", SCORECARD_MODE="production", **environment)
    assert code != 0
    assert VI(reason) in said
    assert not (tmp_path / "scorecard.db").exists()

"""Install into .venv and run: `python3 run.py demo` starts the app, `python3 run.py test` passes the tests.

Standard library only, so that it runs on a machine with Python and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

CHECKS: tuple[tuple[str, ...], ...] = (
    ("-m", "ruff", "check", "."),
    ("-m", "ruff", "format", "--check", "."),
    ("-m", "mypy"),
    ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ("-m", "scorecard", "check"),
)


def main(arguments: list[str]) -> int:
    """Run one job; 2 when the job is not known or Python is too old."""
    if arguments[:1] == ["demo"]:
        install("requirements.txt")
        return run("-m", "scorecard", *arguments)
    if arguments[:1] == ["test"]:
        install("requirements-dev.txt")
        checked = next((code for check in CHECKS if (code := run(*check))), 0)
        return checked or run("-m", "pytest", "-n", "2", "--dist", "loadfile", *arguments[1:])
    print("python3 run.py demo | test", file=sys.stderr)
    return 2


def install(requirements: str) -> None:
    """Install the pinned packages, unless the same ones are there already."""
    stamp = ENVIRONMENT / f"{requirements}.installed"
    wanted = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    has_ensurepip = find_spec("ensurepip") is not None
    if not has_ensurepip and find_spec("pip") is None:
        sys.exit("Máy này thiếu pip. Debian/Ubuntu: apt install python3-venv. / pip is missing.")
    if not PYTHON.exists():
        venv.create(ENVIRONMENT, symlinks=os.name != "nt", with_pip=has_ensurepip)
    # Debian leaves ensurepip out of Python: then the pip of the machine fills the environment.
    pip = [PYTHON, "-m", "pip"] if has_ensurepip else [sys.executable, "-m", "pip", "--python", PYTHON]
    subprocess.run([*pip, "install", "--quiet", "--requirement", ROOT / requirements], check=True)
    stamp.write_text(wanted, encoding="ascii")


def run(*arguments: str) -> int:
    """Run the environment's Python from the project's folder and return its exit code."""
    try:
        return subprocess.run([PYTHON, *arguments], cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - somebody may start it with an older Python
        sys.exit("Cần Python 3.11 trở lên. / Python 3.11 or newer is needed.")
    raise SystemExit(main(sys.argv[1:]))

"""Which version of the program computed something."""

from __future__ import annotations

from functools import cache

from scorecard import __version__
from scorecard.domain.digest import digest_of
from scorecard.workflow.settings import ROOT

_OWN = (".py", ".yaml")
_DIGITS = 12


@cache
def program_version() -> str:
    """Return the release and the beginning of the hash over the program's own files: `0.1.0+3f9c…`."""
    package = ROOT / "scorecard"
    files = {
        path.relative_to(package).as_posix(): path.read_bytes()
        for path in package.rglob("*")
        if path.suffix in _OWN and path.is_file()
    }
    return f"{__version__}+{digest_of(files)[:_DIGITS]}"

"""The command line: one subcommand a module, each with `add_to(subparsers, common)` and `run(arguments) -> int`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from scorecard.command_line import check, schemas
from scorecard.presentation.texts import Language

COMMANDS: tuple[ModuleType, ...] = (check, schemas)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand; 0 fine, 1 refused input, 2 wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    parser = argparse.ArgumentParser(prog="python -m scorecard")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", type=Language, choices=list(Language), default=Language.VIETNAMESE)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(subparsers, common)
    parsed = parser.parse_args(arguments)
    code: int = parsed.run(parsed)
    return code

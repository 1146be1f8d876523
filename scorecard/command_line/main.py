"""The command line: one subcommand a module, each with `add_to(subparsers, common)` and `run(arguments) -> int`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from scorecard.command_line import check, demo, explain, export, import_, init, schemas, serve, status, user, verify
from scorecard.domain.access import AccessRefusedError
from scorecard.domain.account import AccountError
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import StoreError
from scorecard.workflow.settings import SettingsError

COMMANDS: tuple[ModuleType, ...] = (
    check,
    schemas,
    import_,
    export,
    status,
    explain,
    verify,
    init,
    user,
    serve,
    demo,
)


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
    try:
        code: int = parsed.run(parsed)
    except (StoreError, SettingsError, AccessRefusedError, AccountError) as refusal:
        print(load_texts(parsed.lang)(refusal.reason, **refusal.parameters), file=sys.stderr)
        return 1
    except OSError as refusal:
        told = {"file": refusal.filename or "—", "detail": refusal.strerror or str(refusal)}
        print(load_texts(parsed.lang)("exchange.file_failed", **told), file=sys.stderr)
        return 1
    return code

"""`serve`: run production, after everything that it needs was looked at."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from typing import Any

from scorecard.command_line.server import is_free, run_server
from scorecard.command_line.sources import add_database
from scorecard.presentation.texts import Language, load_texts
from scorecard.workflow.settings import Mode, read_settings
from scorecard.workflow.startup import require_ready

_ADDRESS = "127.0.0.1"
_PORT = 8501


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("serve", parents=[common], help=texts("serve.help"))
    parser.add_argument("--address", default=_ADDRESS, metavar="A", help=texts("serve.help_address"))
    parser.add_argument("--port", type=int, default=_PORT, metavar="N", help=texts("demo.help_port"))
    add_database(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run until stopped; 1 when a secret, the public address or the accounts are missing, or the port is taken."""
    texts = load_texts(arguments.lang)
    settings = read_settings(mode=Mode.PRODUCTION)
    settings = replace(settings, database_url=arguments.database or settings.database_url)
    require_ready(settings, arguments.address)
    if not is_free(arguments.address, arguments.port):
        print(texts("demo.port_taken", port=arguments.port), file=sys.stderr)
        return 1
    here = f"http://{arguments.address}:{arguments.port}"
    print(texts("serve.open", address=here, public=settings.public_url), flush=True)
    return run_server(settings, arguments.address, arguments.port)

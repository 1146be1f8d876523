"""`demo`: prepare the sample figures once, then show the program in the browser of this machine."""

from __future__ import annotations

import argparse
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from scorecard.command_line.import_ import print_problems
from scorecard.command_line.sources import add_database, usable_province
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import Store, open_store
from scorecard.workflow.demo import NotADemoError, prepare_demo
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import ROOT, VIETNAM, Settings, environment_of, read_settings, require_startable

_ADDRESS = "127.0.0.1"
_PORT = 8501
_SAMPLES = ROOT / "data" / "sample"
_WAITING = _SAMPLES / "waiting"


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("demo", parents=[common], help=texts("demo.help"))
    parser.add_argument("--port", type=int, default=_PORT, metavar="N", help=texts("demo.help_port"))
    add_database(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run until stopped; 1 when the figures cannot be prepared or the port is taken."""
    texts = load_texts(arguments.lang)
    settings = read_settings()
    require_startable(settings, _ADDRESS)
    settings = replace(settings, database_url=arguments.database or settings.database_url)
    if not _is_free(arguments.port):
        print(texts("demo.port_taken", port=arguments.port), file=sys.stderr)
        return 1
    with closing(open_store(settings.database_url)) as store:
        if not _prepare(store, settings, texts):
            return 1
    for language in Language:
        print(load_texts(language)("demo.open", address=f"http://{_ADDRESS}:{arguments.port}"), flush=True)
    return _serve(settings, arguments.port)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_ADDRESS, port))
        except OSError:
            return False
    return True


def _prepare(store: Store, settings: Settings, texts: Texts) -> bool:
    samples = sorted(_SAMPLES.glob("*.csv"))
    if not samples:
        print(texts("demo.no_sample", folder=_SAMPLES), file=sys.stderr)
    return all(_take_in(store, sample, settings, texts) for sample in samples)


def _take_in(store: Store, sample: Path, settings: Settings, texts: Texts) -> bool:
    province = usable_province(settings.targets, sample.stem, texts)
    if province is None:
        return False
    morning = datetime.combine(settings.demo_today, time(), VIETNAM).astimezone(UTC)
    parsed = read_exchange(sample, province)
    submitted = _WAITING / sample.name
    waiting = read_exchange(submitted, province) if submitted.exists() else None
    for file, found in ((sample, parsed), (submitted, waiting)):
        if found is not None and found.problems:
            print_problems(found, file, texts)
            return False
    try:
        receipt = prepare_demo(store, province, parsed, morning, texts("demo.reason"), waiting)
    except NotADemoError:
        print(texts("demo.not_a_demo"), file=sys.stderr)
        return False
    if receipt is not None:
        print(texts("demo.prepared", province=province.name, count=Formats(texts).count(receipt.added)))
    return True


def _serve(settings: Settings, port: int) -> int:
    options = {
        "server.address": _ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "browser.gatherUsageStats": "false",
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), *flags]
    with subprocess.Popen(command, env=environment_of(settings)) as server:  # noqa: S603 - our own command
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        try:
            return server.wait()
        except KeyboardInterrupt:
            return 0

"""`demo`: prepare the sample figures once, then show the program in the browser of this machine."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from scorecard.command_line.import_ import print_problems
from scorecard.command_line.server import is_free, run_server
from scorecard.command_line.sources import add_database, usable_province
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import Store, open_store
from scorecard.workflow.demo import NotADemoError, prepare_demo
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.settings import ROOT, VIETNAM, Mode, Settings, SettingsError, read_settings, require_startable

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
    if settings.mode is not Mode.DEMO:
        raise SettingsError("settings.demo_only")
    require_startable(settings, _ADDRESS)
    settings = replace(settings, database_url=arguments.database or settings.database_url)
    if not is_free(_ADDRESS, arguments.port):
        print(texts("demo.port_taken", port=arguments.port), file=sys.stderr)
        return 1
    with closing(open_store(settings.database_url)) as store:
        if not _prepare(store, settings, texts):
            return 1
    for language in Language:
        print(load_texts(language)("demo.open", address=f"http://{_ADDRESS}:{arguments.port}"), flush=True)
    return run_server(settings, _ADDRESS, arguments.port)


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

"""`verify`: find every row that was altered, removed or added behind the program's back."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from typing import Any

from scorecard.command_line.sources import add_database, existing_store
from scorecard.presentation.texts import Language, Texts, load_texts
from scorecard.store import Alteration


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("verify", parents=[common], help=texts("store.help_verify"))
    add_database(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print one line for each thing that is not as recorded and return 1, or say that all is well."""
    texts = load_texts(arguments.lang)
    with closing(existing_store(arguments)) as store:
        found, end = store.verify(), store.chain_end()
    for alteration in found:
        print(_sentence(alteration, texts), file=sys.stderr)
    if found:
        print(texts("store.not_sound", count=len(found)), file=sys.stderr)
        return 1
    events, last_hash = end
    print(texts("store.sound", events=events, hash=last_hash) if events else texts("store.sound_empty"))
    return 0


def _sentence(alteration: Alteration, texts: Texts) -> str:
    row = alteration.row
    if row is None:
        return texts(f"store.event_{alteration.damage}", event=alteration.event)
    return texts(
        f"store.{row.table}_{alteration.damage}",
        province=row.province_id,
        unit=row.unit_id,
        name=row.name,
        period=row.period,
        revision=row.revision,
        event=alteration.event,
    )

"""`export`: write everything of every province as plain files."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from scorecard.command_line.sources import add_database, add_targets, existing_store, targets_of, usable_province
from scorecard.presentation.texts import Language, load_texts
from scorecard.workflow.exporting import FolderInUseError, export_province


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("export", parents=[common], help=texts("exchange.help_export"))
    parser.add_argument("folder", type=Path, metavar="FOLDER", help=texts("exchange.help_folder"))
    parser.add_argument("--province", metavar="ID", help=texts("exchange.help_only_province"))
    add_database(parser, texts)
    add_targets(parser, texts)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write FOLDER/<province>/ for one province or each; 1 when definitions are broken or the folder is in use."""
    texts = load_texts(arguments.lang)
    targets = targets_of(arguments)
    names = (
        [arguments.province] if arguments.province else sorted(p.parent.name for p in targets.glob("*/province.yaml"))
    )
    provinces = [usable_province(targets, name, texts) for name in names]
    if not provinces or not all(provinces):
        return 1
    with closing(existing_store(arguments)) as store:
        for province in filter(None, provinces):
            try:
                written = export_province(store, province, targets / province.id, arguments.folder / province.id)
            except FolderInUseError as refusal:
                print(texts("exchange.folder_in_use", folder=refusal.folder), file=sys.stderr)
                return 1
            for path in written:
                print(path.as_posix())
    return 0

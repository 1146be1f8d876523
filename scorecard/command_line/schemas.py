"""`schemas`: write the JSON Schemas and the field reference of the definition files from their one description."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from scorecard.definitions.reference import reference
from scorecard.definitions.schema import json_schemas
from scorecard.presentation.texts import Language, Texts, load_texts

_DEFAULT_TARGETS = Path("targets")


def add_to(subparsers: Any, common: argparse.ArgumentParser) -> None:  # noqa: ANN401 - argparse names no type for it
    """Add the command."""
    texts = load_texts(Language.VIETNAMESE)
    parser = subparsers.add_parser("schemas", parents=[common], help=texts("check.help_schemas"))
    parser.add_argument("--targets", type=Path, default=_DEFAULT_TARGETS, help=texts("check.help_targets"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write targets/schemas/*.json and targets/README.md."""
    for name, content in generated_files().items():
        path: Path = arguments.targets / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
        print(path.as_posix())
    return 0


def generated_files() -> Mapping[str, str]:
    """Return the content of each generated file by its name under targets/; Vietnamese first, then English."""
    languages = [load_texts(language) for language in Language]
    describe = partial(_in_all, languages)
    files = {
        f"schemas/{name}.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in json_schemas(describe).items()
    }
    pages = [reference(partial(_field_text, texts)) for texts in languages]
    return {**files, "README.md": "\n---\n\n".join(pages)}


def _in_all(languages: list[Texts], key: str) -> str:
    return "\n\n".join(_field_text(texts, key) for texts in languages)


def _field_text(texts: Texts, key: str, /, **parameters: str) -> str:
    return texts(f"field.{key}", **parameters)

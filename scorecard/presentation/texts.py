"""Everything people read, from the text files: Vietnamese first, English second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

_FOLDER = Path(__file__).parent / "texts"


class Language(StrEnum):
    """A language of the interface; each has a folder of text files of that name."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Texts:
    """All texts of one language by `group.key`, group being the name of the file."""

    language: Language
    entries: Mapping[str, str]

    def __call__(self, key: str, /, **parameters: object) -> str:
        """Return the text of a key with its `{parameters}` filled in; KeyError when either is missing."""
        return self.entries[key].format_map(parameters)

    def has(self, key: str) -> bool:
        """Say whether there is a text for a key."""
        return key in self.entries


def in_language(texts: Texts, name: str, name_en: str | None) -> str:
    """Return the name that definitions give in a language; the Vietnamese one where they give no other."""
    return name_en if name_en and texts.language is Language.ENGLISH else name


@cache
def load_texts(language: Language) -> Texts:
    """Read every text file of a language, once per process."""
    entries: dict[str, str] = {}
    for path in sorted((_FOLDER / language.value).glob("*.yaml")):
        group: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
        entries |= {f"{path.stem}.{key}": str(value) for key, value in group.items()}
    return Texts(language, MappingProxyType(entries))

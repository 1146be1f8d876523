import string
import unicodedata
from pathlib import Path

import pytest
import yaml

from scorecard.presentation.texts import Language, load_texts

FOLDER = Path(__file__).parents[2] / "scorecard" / "presentation" / "texts"
FILES = sorted(FOLDER.glob("*/*.yaml"))
VI, EN = load_texts(Language.VIETNAMESE), load_texts(Language.ENGLISH)


def placeholders(text: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(text)} - {None}


def test_both_languages_have_the_same_texts() -> None:
    assert VI.entries.keys() == EN.entries.keys()


@pytest.mark.parametrize("key", VI.entries)
def test_both_languages_fill_in_the_same_parameters(key: str) -> None:
    assert placeholders(VI.entries[key]) == placeholders(EN.entries[key])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_text_files_hold_no_key_twice_and_only_composed_letters(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    keys = [key.value for key, _ in yaml.compose(content).value]
    assert len(keys) == len(set(keys))
    assert unicodedata.is_normalized("NFC", content)


def test_a_missing_text_is_an_error_not_its_key() -> None:
    with pytest.raises(KeyError):
        VI("format.no_such_text")
    with pytest.raises(KeyError):
        VI("format.month", number=1)

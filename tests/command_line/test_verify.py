import sqlite3
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Damage, open_store
from scorecard.store.rows import COLUMNS


@pytest.fixture
def file(tmp_path: Path) -> Path:
    content = (
        "period,unit,element,value,state,note\n"
        "2025-08,05908,dossiers_received,120,,\n"
        "2025-09,05908,dossiers_received,130,,\n"
    )
    (tmp_path / "in.csv").write_text(content, encoding="utf-8")
    database = tmp_path / "figures.db"
    command = ["import", str(tmp_path / "in.csv"), "--province", "thai-nguyen", "--database", f"sqlite:///{database}"]
    assert main(command) == 0
    return database


def _tamper(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    connection.commit()
    connection.close()


def test_an_intact_store_says_so_with_the_hash_to_note_down(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(f"sqlite:///{file}")
    (event,) = store.events()
    store.close()
    capsys.readouterr()
    assert main(["verify", "--database", f"sqlite:///{file}"]) == 0
    assert capsys.readouterr().out == f"Kho số liệu nguyên vẹn: 1 sự kiện, mã cuối {event.hash}.\n"


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE figures SET amount = 999 WHERE last_month = 24308", "Số liệu đã bị sửa"),
        ("DELETE FROM figures WHERE last_month = 24308", "Số liệu đã bị xóa"),
    ],
)
def test_each_row_that_is_not_as_recorded_is_named(
    file: Path, capsys: pytest.CaptureFixture[str], statement: str, words: str
) -> None:
    _tamper(file, statement)
    capsys.readouterr()
    assert main(["verify", "--database", f"sqlite:///{file}"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{words}: tỉnh thai-nguyen, đơn vị 05908@2025-07-01, dossiers_received, kỳ 2025-09, lần 1 (sự kiện 1).",
        "Có 1 chỗ không đúng như đã ghi.",
    ]


@pytest.mark.parametrize("language", list(Language))
def test_every_table_of_the_chain_has_words_for_every_damage(language: Language) -> None:
    texts = load_texts(language)
    wanted = [f"store.{table}_{damage}" for table in COLUMNS for damage in Damage]
    assert [key for key in wanted if not texts.has(key)] == []


def test_an_altered_event_is_named_in_english_when_asked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _tamper(file, "UPDATE events SET recorded_by = 'x'")
    capsys.readouterr()
    assert main(["verify", "--database", f"sqlite:///{file}", "--lang", "en"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Event 1 was altered.",
        "1 places are not as they were recorded.",
    ]


def test_an_empty_store_is_no_alarm(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(f"sqlite:///{tmp_path / 'empty.db'}").close()
    assert main(["verify", "--database", f"sqlite:///{tmp_path / 'empty.db'}"]) == 0
    assert capsys.readouterr().out == "Kho số liệu chưa có sự kiện nào.\n"


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("damage", list(Damage))
@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_damage_to_any_table_has_words(table: str, damage: Damage, language: Language) -> None:
    assert load_texts(language).has(f"store.{table}_{damage}")

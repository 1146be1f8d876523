import shutil
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.workflow.settings import ROOT

_FIGURES = (
    "period,unit,element,value,state,note\n"
    "2025-08,05908@2025-07-01,dossiers_received,120,,\n"
    "2025-09,05908@2025-07-01,dossiers_received,,not_available,Hệ thống đang nâng cấp\n"
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    (tmp_path / "in.csv").write_text(_FIGURES, encoding="utf-8")
    assert main(["import", str(tmp_path / "in.csv"), "--province", "thai-nguyen", "--database", url]) == 0
    return url


def test_every_province_leaves_as_plain_files(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    out = tmp_path / "xuat"
    assert main(["export", str(out), "--database", url]) == 0
    assert (out / "thai-nguyen" / "figures.csv").read_text(encoding="utf-8") == _FIGURES
    assert (out / "ha-giang" / "figures.csv").read_text(encoding="utf-8") == _FIGURES.splitlines(keepends=True)[0]
    assert (out / "thai-nguyen" / "definitions" / "plans" / "kh-222-2024.yaml").is_file()
    assert f"{out.as_posix()}/thai-nguyen/events.jsonl" in capsys.readouterr().out.splitlines()


def test_one_province_can_be_asked_for(tmp_path: Path, url: str) -> None:
    assert main(["export", str(tmp_path / "xuat"), "--province", "thai-nguyen", "--database", url]) == 0
    assert [path.name for path in (tmp_path / "xuat").iterdir()] == ["thai-nguyen"]


def test_an_earlier_export_is_not_overwritten(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["export", str(tmp_path / "xuat"), "--province", "thai-nguyen", "--database", url]
    assert main(command) == 0
    assert main(command) == 1
    assert "đã có tệp" in capsys.readouterr().err


def test_without_a_store_nothing_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = f"sqlite:///{tmp_path / 'none.db'}"
    assert main(["export", str(tmp_path / "xuat"), "--database", missing]) == 1
    assert capsys.readouterr().err == f"Chưa có kho số liệu ở {missing}.\n"
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_exported_into_the_definitions_themselves(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    targets = tmp_path / "targets"
    shutil.copytree(ROOT / "targets" / "thai-nguyen", targets / "thai-nguyen")
    before = sorted(targets.rglob("*"))
    assert main(["export", str(targets / "thai-nguyen"), "--targets", str(targets), "--database", url]) == 1
    assert "hãy chọn thư mục mới" in capsys.readouterr().err
    assert sorted(targets.rglob("*")) == before


@pytest.mark.parametrize("inside", ["", "thai-nguyen"])
def test_a_file_in_the_way_is_refused_in_one_line(
    tmp_path: Path, url: str, inside: str, capsys: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "xuat" / inside
    blocked.parent.mkdir(exist_ok=True)
    blocked.touch()
    capsys.readouterr()
    assert main(["export", str(tmp_path / "xuat"), "--province", "thai-nguyen", "--database", url]) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert str(tmp_path / "xuat") in err

from datetime import UTC, datetime
from errno import EACCES
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.store import Batch, EventKind, open_store, store_exists
from scorecard.workflow.settings import DEMO_TODAY, VIETNAM

_HEADER = "period,unit,element,value,state,note\n"
_GOOD = "2025-09,05908,dossiers_received,120,,số liệu minh họa\n"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'figures.db'}"


def _file(tmp_path: Path, *rows: str) -> str:
    path = tmp_path / "thang-9.csv"
    path.write_text(_HEADER + "".join(rows), encoding="utf-8")
    return str(path)


def _run(file: str, url: str, *more: str) -> int:
    return main(["import", file, "--province", "thai-nguyen", "--database", url, *more])


def test_a_file_is_taken_in_with_the_name_of_who_did_it(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(_file(tmp_path, _GOOD), url, "--as", "can-bo-khcn") == 0
    store = open_store(url)
    (event,) = store.events("thai-nguyen")
    store.close()
    assert (event.recorded_by, event.details["reason"]) == ("can-bo-khcn", "Nhập từ tệp thang-9.csv")
    out, err = capsys.readouterr()
    assert out == f"Đã ghi: 1 số mới, 0 số sửa, 0 số giữ nguyên. Mã phiếu 000001-{event.hash[:8].upper()}.\n"
    assert err == ""


def test_the_same_file_again_changes_nothing(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, _GOOD)
    assert (_run(file, url), _run(file, url, "--lang", "en")) == (0, 0)
    assert capsys.readouterr().out.endswith("Nothing new: all 1 figures are in force already.\n")


def test_a_dry_run_writes_nothing(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_file(tmp_path, _GOOD), url, "--dry-run") == 0
    assert capsys.readouterr().out == "thang-9.csv: 1 dòng đều hợp lệ. Chưa ghi gì.\n"
    assert not store_exists(url)


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_every_bad_row_is_named_on_a_line_and_nothing_is_written(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], more: tuple[str, ...]
) -> None:
    file = _file(tmp_path, _GOOD, "2025-09,99999,dossiers_received,1,,\n", '2025-09,05908,dossiers_received,"1,5",,\n')
    assert _run(file, url, *more) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"{file}: dòng 3: không có đơn vị «99999».",
        f"{file}: dòng 4: «1,5» không phải số; viết 1234 hoặc 80.5, không có dấu ngăn hàng nghìn.",
        "Có 2 dòng sai; chưa ghi dòng nào.",
    ]
    assert not store_exists(url)


def test_problems_are_told_in_english_when_asked(tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = _file(tmp_path, "2025-09,99999,dossiers_received,1,,\n")
    assert _run(file, url, "--lang", "en") == 1
    assert capsys.readouterr().err.splitlines()[0] == f"{file}: row 2: there is no unit “99999”."


def test_a_file_that_is_not_there_is_wrong_usage(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("khong-co.csv", url) == 2
    assert capsys.readouterr().err == "Không có tệp khong-co.csv.\n"


def test_a_province_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", _file(tmp_path, _GOOD), "--province", "atlantis", "--targets", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"Không có tỉnh atlantis trong {tmp_path}.\n"


def test_broken_definitions_are_named_with_file_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "province.yaml").write_text("provincee: {}\n", encoding="utf-8")
    assert main(["import", _file(tmp_path, _GOOD), "--province", "broken", "--targets", str(tmp_path)]) == 1
    assert "broken/province.yaml:1:1" in capsys.readouterr().err


def test_a_store_of_another_kind_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(_file(tmp_path, _GOOD), "mysql://host/name") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Địa chỉ kho số liệu phải bắt đầu bằng sqlite:/// hoặc postgresql://")


def test_without_a_province_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["import", "x.csv"])
    assert ending.value.code == 2
    assert "--province" in capsys.readouterr().err


def test_only_a_demo_lives_on_its_own_day(tmp_path: Path, url: str) -> None:
    before = datetime.now(UTC)
    assert _run(_file(tmp_path, _GOOD), url) == 0
    store = open_store(url)
    (event,) = store.events("thai-nguyen")
    store.close()
    assert before <= event.recorded_at <= datetime.now(UTC)


def test_in_the_demo_figures_are_taken_in_on_the_day_that_it_shows(tmp_path: Path, url: str) -> None:
    store = open_store(url)
    at = datetime(2025, 10, 3, tzinfo=UTC)
    store.record(Batch(kind=EventKind.DEMO_PREPARED, province_id="thai-nguyen", person_id="demo", at=at))
    assert _run(_file(tmp_path, _GOOD), url) == 0
    assert store.events()[-1].recorded_at.astimezone(VIETNAM).date() == DEMO_TODAY
    store.close()


def test_a_file_that_may_not_be_read_is_refused_in_one_line(
    tmp_path: Path, url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file, read = _file(tmp_path, _GOOD), Path.read_bytes

    def refuse(path: Path) -> bytes:
        if str(path) == file:
            raise PermissionError(EACCES, "Permission denied", file)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)  # whoever runs the tests may read everything
    assert _run(file, url) == 1
    assert capsys.readouterr().err == f"Không đọc hoặc ghi được {file}: Permission denied.\n"


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_file_that_contradicts_the_figures_in_force_is_refused_by_its_row(
    tmp_path: Path, url: str, more: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(_file(tmp_path, _GOOD), url) == 0
    capsys.readouterr()
    assert _run(_file(tmp_path, "2025-09,05908,dossiers_full_online,121,,\n"), url, *more) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 2)
    assert "dòng 2: trái với quy tắc của biểu" in err

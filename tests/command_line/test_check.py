import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scorecard.command_line.main import main

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "tests" / "definitions"


@pytest.fixture
def targets(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLES / "good", tmp_path / "targets")
    return tmp_path / "targets"


def spoil(targets: Path, bad: str, place: str) -> Path:
    return Path(shutil.copy(EXAMPLES / "bad" / bad, targets / "mau" / place))


def test_good_definitions_are_counted_and_only_warned_of(targets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--targets", str(targets)]) == 0
    out, err = capsys.readouterr()
    assert out == "Đã đọc 1 tỉnh, 2 kế hoạch, 11 chỉ tiêu: 0 lỗi, 4 lưu ý.\n"
    plan = (targets / "mau" / "plans" / "kh-0-2022.yaml").as_posix()
    assert err.splitlines()[0] == (
        f"{plan}:8:14: lưu ý: đã quá ngày hẹn rà soát 2023-12-31; hãy rà soát kế hoạch rồi đặt ngày mới"
    )
    assert all(": lưu ý: " in line for line in err.splitlines())


def test_an_error_is_one_line_on_standard_error_and_exit_1(targets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = spoil(targets, "unknown_indicator.plan.yaml", "plans/kh-1-2024.yaml")
    assert main(["check", "--targets", str(targets)]) == 1
    out, err = capsys.readouterr()
    assert (
        f"{plan.as_posix()}:10:16: không có chỉ số «full_online_shar» trong indicators.yaml; "
        "mã gần giống: full_online_share\n"
    ) in err
    assert "1 lỗi" in out


def test_english_when_asked_for(targets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = spoil(targets, "unknown_key_near.plan.yaml", "plans/kh-1-2024.yaml")
    assert main(["check", "--targets", str(targets), "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert f"{plan.as_posix()}:14:5: there is no key «leed»; did you mean «lead»?\n" in err
    assert out.startswith("Read 1 provinces, 0 plans, 0 targets: 1 errors")


def test_nothing_to_check_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--targets", str(tmp_path / "none")]) == 2
    assert main(["check", "--targets", str(tmp_path)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        f"Không có thư mục {tmp_path / 'none'}.",
        f"Không có tỉnh nào trong {tmp_path}; mỗi tỉnh là một thư mục con có tệp province.yaml.",
    ]


def test_the_program_checks_what_is_shipped() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scorecard", "check"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if ": lưu ý: " not in line]) == (0, [])
    assert done.stdout.startswith("Đã đọc 4 tỉnh, ")


def test_the_definitions_that_the_program_runs_on_are_checked_from_any_folder(
    targets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    monkeypatch.setenv("SCORECARD_TARGETS", str(targets))
    spoil(targets, "unknown_indicator.plan.yaml", "plans/kh-1-2024.yaml")
    capsys.readouterr()
    assert main(["check"]) == 1
    assert str(targets) in capsys.readouterr().err

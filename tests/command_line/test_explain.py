import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.store import open_store
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.importing import import_figures

ROOT = Path(__file__).parents[2]
SAMPLE = str(ROOT / "data" / "sample" / "thai-nguyen.csv")
PUBLISHED = str(ROOT / "data" / "published" / "thai-nguyen.csv")
THAI_NGUYEN = ["--province", "thai-nguyen"]


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["explain", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return [line.strip() for line in out.splitlines()]


def test_one_unit_is_explained_with_its_own_figures_and_its_own_past(capsys: pytest.CaptureFixture[str]) -> None:
    period = ["--as-of", "2025-08", "--figures", SAMPLE]
    lines = explained(capsys, "full-online-dossiers", *THAI_NGUYEN, *period, "--unit", "05569")
    assert "Phạm vi: Xã Định Hóa" in lines
    (total,) = [line for line in lines if line.startswith("Các đơn vị có số liệu trong đó: ")]
    own = [line for line in lines if re.fullmatch(r"- .*: [\d.]+/[\d.]+", line)]
    assert total == f"Các đơn vị có số liệu trong đó: {len(own)}"
    assert sum(line.count("(đến 30/06/2025)") for line in own) == len(own) - 1


def test_a_unit_that_took_over_a_part_shows_the_break(capsys: pytest.CaptureFixture[str]) -> None:
    period = ["--as-of", "2025-08", "--figures", SAMPLE]
    lines = explained(capsys, "full-online-dossiers", *THAI_NGUYEN, *period, "--unit", "05467")
    assert "Cộng các tháng từ tháng 7/2025 đến tháng 8/2025" in lines
    assert any(line.startswith("Không tính trước tháng 7/2025 vì có đơn vị được tách ra") for line in lines)


def test_a_unit_without_a_line_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    period = ["--as-of", "2025-08", "--figures", SAMPLE]
    assert main(["explain", "essential-services", *THAI_NGUYEN, *period, "--unit", "05569"]) == 1
    assert "không có dòng của đơn vị «Xã Định Hóa»" in capsys.readouterr().err
    assert main(["explain", "full-online-dossiers", *THAI_NGUYEN, *period, "--unit", "99999"]) == 1
    assert "99999" in capsys.readouterr().err


def test_the_first_target_of_plan_222_is_told_from_its_document_to_its_status(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = explained(capsys, "full-online-dossiers", *THAI_NGUYEN, "--as-of", "2025-09", "--figures", SAMPLE)
    assert lines[0] == "80% hồ sơ được xử lý hoàn toàn trực tuyến (full-online-dossiers), tháng 9/2025"
    for said in (
        "Văn bản số 222 ngày 27/11/2024 của UBND tỉnh Thái Nguyên",
        "Cộng các tháng từ tháng 1/2025 đến tháng 9/2025",
        "Giá trị: 505.317 ÷ 755.226 ≈ 66,9%",
        "Cần lớn hơn hoặc bằng: 505.317 × 100 = 50.531.700 so với 80 × 755.226 = 60.418.080: chưa đạt",
        "Mốc đầu kỳ: 30.507 ÷ 65.396 ≈ 46,6496% (tháng 12/2024), mốc tự lấy vì văn bản không nêu",
        "Nhịp R = P ÷ E = 60,7482% ÷ 75% ≈ 80,9976%",
        "Các tháng còn lại lấy như tháng gần nhất: 78,4113%",
        "(505.317 + 78,4113% × 250.507) ÷ (755.226 + 250.507)",
        "Dự báo tại hạn: ≈ 69,7743%",
        "Khoảng chứa kết quả trong chừng 80 trên 100 trường hợp: 67,6819% đến 71,8666%",
        "F = (dự báo − mốc đầu kỳ) ÷ (đích − mốc đầu kỳ) ≈ 69,3384%",
        "Từ nay đến hạn phải đạt 119,4655% của 250.507 dự kiến, tức 299.270",
        "Trạng thái: Chậm tiến độ",
    ):
        assert said in lines
    parts = [re.fullmatch(r"- .*: ([\d.]+)/([\d.]+)", line) for line in lines]
    parts = [part for part in parts if part]
    sums = [sum(int(part[side].replace(".", "")) for part in parts) for side in (1, 2)]
    assert (len(parts), sums) == (6, [505_317, 755_226])


@pytest.mark.parametrize(
    ("target", "as_of", "file", "language"),
    [
        ("essential-services", "2025-09", SAMPLE, "en"),
        ("households-covered", "2025-09", SAMPLE, "en"),
        ("data-store", "2025-12", SAMPLE, "vi"),
        ("piloted-procedures", "2025-09", SAMPLE, "en"),
        ("online-work-files.district", "2025-09", SAMPLE, "vi"),
        ("online-work-files.province", "2025-09", SAMPLE, "en"),
        ("par-index", "2022-06", PUBLISHED, "en"),
        ("on-time-dossiers", "2022-12", PUBLISHED, "en"),
        ("reform-initiatives", "2022-12", PUBLISHED, "en"),
    ],
)
def test_every_kind_of_target_can_be_explained(
    target: str, as_of: str, file: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [target, *THAI_NGUYEN, "--as-of", as_of, "--figures", file, "--lang", language]
    lines = explained(capsys, *arguments)
    assert not re.search(r"None|nan\b|null|\{|\}", "\n".join(lines))
    decided = [line for line in lines if line.endswith((": đúng", ": true"))]
    assert len(decided) == 1


def test_a_published_score_below_its_goal_is_compared_as_it_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = explained(capsys, "on-time-dossiers", *THAI_NGUYEN, "--as-of", "2022-12", "--figures", PUBLISHED)
    assert "Cần lớn hơn hoặc bằng: 99,68% so với 99,9%: chưa đạt" in lines


def test_what_was_known_on_a_day_is_explained_from_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    store = open_store(url)
    for day, value in ((5, 70), (20, 76)):
        file = tmp_path / "figures.csv"
        file.write_text(
            f"period,unit,element,value,state,note\n2025-06,van-phong-ubnd,essential_services_online,{value},,\n",
            encoding="utf-8",
        )
        person = Person("a", "a", Role.ADMINISTRATOR)
        parsed = read_exchange(file, province)
        import_figures(store, province, person, parsed, datetime(2025, 7, day, tzinfo=UTC), "test")
    store.close()
    found = [
        explained(capsys, "essential-services", *THAI_NGUYEN, "--as-of", "2025-06", "--database", url, *more)
        for more in ([], ["--known-at", "2025-07-19"])
    ]
    assert ["Cần lớn hơn hoặc bằng: 76 so với 76: đạt" in lines for lines in found] == [True, False]
    assert "Cần lớn hơn hoặc bằng: 70 so với 76: chưa đạt" in found[1]


def test_a_correction_since_the_last_meeting_is_a_part_of_the_change(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    store = open_store(url)
    for day, month, value in ((5, 6, 70), (20, 6, 72), (25, 7, 74)):
        row = f"2025-{month:02d},van-phong-ubnd,essential_services_online,{value},,\n"
        parsed = read_exchange(f"period,unit,element,value,state,note\n{row}".encode(), province)
        person, now = Person("a", "a", Role.ADMINISTRATOR), datetime(2025, 8, day, tzinfo=UTC)
        import_figures(store, province, person, parsed, now, "test")
    store.close()
    asked = ["essential-services", *THAI_NGUYEN, "--as-of", "2025-07", "--database", url]
    now = explained(capsys, *asked)
    assert "Từ 72 (tháng 6/2025) đến 74: +2, gồm" in now
    assert "- đính chính số kỳ trước: +2" not in now
    shown = explained(capsys, *asked, "--shown-on", "2025-08-06")
    at = shown.index("Từ 70 (tháng 6/2025) đến 74: +4, gồm")
    assert shown[at + 1 : at + 3] == ["- đính chính số kỳ trước: +2", "- kết quả của từng đơn vị: +2"]


def test_what_a_file_was_known_since_cannot_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["full-online-dossiers", *THAI_NGUYEN, "--as-of", "2025-08", "--figures", SAMPLE]
    assert main(["explain", *asked, "--shown-on", "2025-08-06"]) == 2
    assert capsys.readouterr().err.startswith("--shown-on cần kho số liệu")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["full-online-dosier"], 1, "Gần giống: full-online-dossiers"),
        (["online-work-files"], 1, "Gần giống: online-work-files.province, online-work-files.district,"),
        (["par-index", "--plan", "kh-222-2024"], 1, "Không có chỉ tiêu «par-index» trong kh-222-2024."),
        (["xyz"], 1, "Không có chỉ tiêu «xyz» trong thai-nguyen."),
        (["par-index", "--plan", "kh-9"], 1, "Không có kế hoạch «kh-9» trong thai-nguyen."),
        (["par-index", "--figures", "nowhere.csv"], 2, "Không có tệp nowhere.csv."),
    ],
)
def test_refusals_are_one_line_on_standard_error(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["explain", *arguments, *THAI_NGUYEN, "--as-of", "2025-06"]) == code
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert said in err


def test_a_wrong_row_is_named_and_nothing_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("period,unit,element,value,state,note\n2025-06,van-phong-ubnd,nothing,1,,\n", encoding="utf-8")
    arguments = ["explain", "par-index", *THAI_NGUYEN, "--as-of", "2025-06", "--figures", str(file)]
    assert main(arguments) == 1
    out, err = capsys.readouterr()
    assert (out, "dòng 2: không có số liệu «nothing»" in err) == ("", True)


def test_the_program_explains() -> None:
    command = [sys.executable, "-m", "scorecard", "explain", "hotline", *THAI_NGUYEN, "--as-of", "2025-08"]
    done = subprocess.run([*command, "--figures", SAMPLE], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert "Đạt nếu đã xong mọi bước (1/1): đúng" in done.stdout
    assert done.stderr == ""


def test_an_index_is_explained_by_its_id(capsys: pytest.CaptureFixture[str]) -> None:
    period = ["--as-of", "2025-08", "--figures", PUBLISHED]
    lines = explained(capsys, "phuc-vu-nguoi-dan-766", *THAI_NGUYEN, *period)
    assert "Cung cấp dịch vụ công trực tuyến + Thanh toán trực tuyến: 17,49/22,00" in lines
    assert "15,67 + 19,31 + 17,49 + 17,86 + 16,64 = 86,97, đúng bằng tổng đã công bố" in lines
    assert "Xếp loại: Tốt" in lines
    assert lines[-1] == "Cộng phần đã có số liệu: 0,00/0,00 điểm; cả phần chưa có thì từ 0,00 đến 100,00 trên 100,00"

import csv
import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scorecard.command_line.main import main
from scorecard.definitions import read_province
from scorecard.domain.access import Person, Role
from scorecard.presentation.status_records import FIELDS
from scorecard.store import open_store
from scorecard.workflow.exchange import read_exchange
from scorecard.workflow.importing import import_figures

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "thai-nguyen.csv"
THAI_NGUYEN = ["status", "--province", "thai-nguyen", "--plan", "kh-222-2024"]


def figures(folder: Path, *lines: str) -> str:
    file = folder / "figures.csv"
    file.write_text("\n".join(["period,unit,element,value,state,note", *lines]) + "\n", encoding="utf-8")
    return str(file)


def services(value: int) -> str:
    return f"2025-06,van-phong-ubnd,essential_services_online,{value},,"


def test_json_has_every_field_in_order_and_null_for_what_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = figures(tmp_path, services(75))
    assert main([*THAI_NGUYEN, "--as-of", "2025-06", "--figures", file, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert all(tuple(row) == FIELDS for row in rows)
    row = next(row for row in rows if row["target"] == "essential-services")
    assert row == {
        "plan": "kh-222-2024",
        "target": "essential-services",
        "unit": "19",
        "period": "2025-06",
        "numerator": 75,
        "denominator": 76,
        "value": 75 / 76,
        "comparator": ">=",
        "goal": 1.0,
        "baseline": 75 / 76,
        "expected": 0.986842105,
        "path_done": 0.0,
        "path_expected": 0.0,
        "forecast": None,
        "forecast_low": None,
        "forecast_high": None,
        "status": "too_early",
        "reason": row["reason"],
        "short_by": 1,
        "needed_rate": None,
        "needed_count": 1,
        "reported_units": 1,
        "expected_units": 1,
        "coverage": 1.0,
    }
    assert row["reason"].endswith("Còn thiếu 1\N{NO-BREAK SPACE}dịch vụ.")


def test_csv_holds_the_same_fields(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = figures(tmp_path, services(76))
    assert main([*THAI_NGUYEN, "--as-of", "2025-06", "--figures", file, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == FIELDS
    row = next(row for row in rows if row["target"] == "essential-services")
    assert (row["status"], row["value"], row["forecast"]) == ("met", "1.0", "")


def test_the_table_is_aligned_and_names_the_level_of_each_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["status", "--province", "thai-nguyen", "--as-of", "2025-06", "--figures", figures(tmp_path)]
    assert main(arguments) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    place = header.index("Trạng thái")
    assert all(line[place:].startswith("Chưa có số liệu") for line in lines)
    units = [line[header.index("Đơn vị") : place].strip() for line in lines if line.startswith("Hồ sơ công việc")]
    assert units == ["Cấp tỉnh", "Cấp huyện", "Cấp xã"]
    assert main([*arguments, "--lang", "en"]) == 0
    assert "No unit has reported" in capsys.readouterr().out


def test_without_a_database_nothing_has_been_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = f"sqlite:///{tmp_path / 'none.db'}"
    assert main([*THAI_NGUYEN, "--as-of", "2025-06", "--database", url, "--format", "json"]) == 0
    assert {row["status"] for row in json.loads(capsys.readouterr().out)} == {"no_data"}
    assert not (tmp_path / "none.db").exists()


def test_a_correction_is_unknown_before_its_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    url = f"sqlite:///{tmp_path / 'figures.db'}"
    store = open_store(url)
    for day, value in ((5, 70), (20, 76)):
        parsed = read_exchange(Path(figures(tmp_path, services(value))), province)
        person = Person("a", "a", Role.ADMINISTRATOR)
        import_figures(store, province, person, parsed, datetime(2025, 7, day, tzinfo=UTC), "test")
    store.close()
    found = []
    for more in ([], ["--known-at", "2025-07-19"], ["--known-at", "2025-07-20"], ["--known-at", "2025-07-04"]):
        assert main([*THAI_NGUYEN, "--as-of", "2025-06", "--database", url, "--format", "json", *more]) == 0
        rows = {row["target"]: row for row in json.loads(capsys.readouterr().out)}
        found.append(rows["essential-services"]["numerator"])
    assert found == [76, 70, 76, None]


DOSSIERS = [
    "2025-08,05908,dossiers_received,200,,",
    "2025-08,05908,dossiers_full_online,150,,",
    "2025-08,so-khcn,dossiers_received,100,,",
    "2025-08,so-khcn,dossiers_full_online,90,,",
]


def test_by_unit_there_is_a_row_for_each_unit_that_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = figures(tmp_path, *DOSSIERS, services(75))
    assert main([*THAI_NGUYEN, "--as-of", "2025-08", "--figures", file, "--by-unit", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    found = {row["unit"]: row for row in rows if row["target"] == "full-online-dossiers"}
    told = {
        unit: (row["numerator"], row["denominator"], row["short_by"]) for unit, row in found.items() if row["numerator"]
    }
    assert told == {"05908": (150, 200, 10), "so-khcn": (90, 100, None)}
    assert (found["so-khcn"]["status"], found["so-khcn"]["coverage"]) == ("met", 1.0)
    assert found["05443"]["status"] == "no_data"
    assert found["05443"]["reason"] == "Đơn vị chưa báo cáo số liệu nào cho chỉ tiêu này."
    assert sum(unit.isdigit() for unit in found) == 92
    assert [row["unit"] for row in rows if row["target"] == "essential-services"] == ["van-phong-ubnd"]


def test_the_table_by_unit_names_each_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*THAI_NGUYEN, "--as-of", "2025-08", "--figures", figures(tmp_path, *DOSSIERS), "--by-unit"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    units = {line[header.index("Đơn vị") : header.index("Trạng thái")].strip() for line in lines}
    assert {"Xã Phú Bình", "Sở Khoa học và Công nghệ", "Văn phòng Ủy ban nhân dân tỉnh"} <= units


@pytest.mark.parametrize("unit", ["05908", "05908@2025-07-01"])
def test_one_unit_is_asked_for_by_code_or_id(unit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = figures(tmp_path, *DOSSIERS)
    assert main([*THAI_NGUYEN, "--as-of", "2025-08", "--figures", file, "--unit", unit, "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [(row["target"], row["unit"], row["numerator"]) for row in rows] == [
        ("full-online-dossiers", "05908", 150),
        ("households-covered", "05908", None),
    ]


def test_a_unit_without_targets_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [*THAI_NGUYEN, "--as-of", "2025-08", "--figures", figures(tmp_path), "--unit", "19"]
    assert main(arguments) == 0
    assert capsys.readouterr().out == "Trong kỳ này không có chỉ tiêu nào lấy số liệu của đơn vị.\n"
    assert main([*arguments, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("unit", "near"),
    [
        ("Phú Bình", "05908 Xã Phú Bình"),
        ("05461", "05443 Phường Phan Đình Phùng, 05467 Phường Gia Sàng."),
        ("173", "05908 Xã Phú Bình"),
        ("zzzzzzzz", "—."),
    ],
)
def test_an_unknown_unit_is_refused_with_what_it_became_or_is_written_alike(
    unit: str, near: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*THAI_NGUYEN, "--as-of", "2025-08", "--figures", figures(tmp_path), "--unit", unit]) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith(f"Không có đơn vị «{unit}» trong kỳ 2025-08. Có thể là: {near}")


@pytest.mark.parametrize(
    ("more", "code", "said"),
    [
        (["--plan", "kh-9"], 1, "Không có kế hoạch «kh-9» trong thai-nguyen. Có: kh-222-2024"),
        (["--province", "nowhere"], 1, "nowhere"),
        (["--figures", "nowhere.csv"], 2, "Không có tệp nowhere.csv."),
    ],
)
def test_refusals_are_one_line_on_standard_error(
    more: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["status", "--province", "thai-nguyen", "--as-of", "2025-06", *more]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1


def test_a_wrong_row_is_named_and_nothing_is_computed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = figures(tmp_path, services(75), "2025-06,van-phong-ubnd,nothing,1,,")
    assert main([*THAI_NGUYEN, "--as-of", "2025-06", "--figures", file]) == 1
    out, err = capsys.readouterr()
    assert (out, "dòng 3: không có số liệu «nothing»" in err) == ("", True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--as-of", "6/2025"], "«6/2025» không phải là tháng; hãy viết như 2025-06"),
        (["--as-of", "2025-06", "--known-at", "hôm qua"], "«hôm qua» không phải là ngày; hãy viết như 2025-07-25"),
        (["--as-of", "2025-06", "--known-at", "2025-07-01", "--figures", "a.csv"], "--known-at"),
        (["--as-of", "2025-06", "--by-unit", "--unit", "05908"], "--by-unit"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        main([*THAI_NGUYEN, *arguments])
    assert refusal.value.code == 2
    assert said in capsys.readouterr().err


def test_the_program_judges_the_sample() -> None:
    command = [sys.executable, "-m", "scorecard", *THAI_NGUYEN, "--as-of", "2025-08", "--figures", str(SAMPLE)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    header = " ".join(done.stdout.splitlines()[0].split())
    assert header == "Chỉ tiêu Đơn vị Trạng thái Hiện tại Đích Đã báo cáo Vì sao"
    assert done.stderr == ""

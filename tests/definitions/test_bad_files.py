import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from scorecard import definitions
from scorecard.command_line.main import main
from scorecard.definitions import ProblemSeverity, read_province
from scorecard.presentation.texts import Language, load_texts
from tests.definitions.conftest import HERE, TODAY, replaced_by

BAD = sorted((HERE / "bad").glob("*.*.*"))
EXPECTED: dict[str, list[str]] = yaml.safe_load((HERE / "bad" / "expected.yaml").read_text(encoding="utf-8"))
WARNINGS = {"mixes_flows_and_stocks", "no_interim_milestone", "no_lead", "no_legal_number", "no_name", "review_passed"}
TESTED_ELSEWHERE = {"missing_file", "stray_file", "too_large"}


def rule_of(bad: Path) -> str:
    return bad.name.split(".")[0].split("-")[0]


def test_every_bad_file_says_what_is_expected_of_it() -> None:
    assert [bad.name for bad in BAD] == list(EXPECTED)


def test_every_rule_has_its_bad_file() -> None:
    rules = {key.removeprefix("problem.") for key in load_texts(Language.VIETNAMESE).entries if "problem." in key}
    assert {rule_of(bad) for bad in BAD} == rules - TESTED_ELSEWHERE


def test_every_problem_of_the_code_has_its_sentence() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(definitions.__path__[0]).glob("*.py"))
    codes = set(re.findall(r"""(?:error|warning)\([^"]*?"([a-z_]+)\"""", source))
    codes |= {f"unknown_{what}" for what in re.findall(r"""(?:unknown\([^"]*?|references\()"([a-z]+)\"""", source)}
    assert len(codes) > 60
    assert {code for code in codes if not load_texts(Language.VIETNAMESE).has(f"problem.{code}")} == set()


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_at_its_place_in_vietnamese(
    bad: Path, good: Path, told: Callable[[Path], list[str]], said_of_good: list[str]
) -> None:
    shutil.copy(bad, good / replaced_by(bad))
    assert [line for line in told(good) if line not in said_of_good] == EXPECTED[bad.name]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_breaks_the_rule_it_is_named_after_and_only_an_error_refuses(bad: Path, good: Path) -> None:
    shutil.copy(bad, good / replaced_by(bad))
    reading = read_province(good, TODAY)
    broken = [each for each in reading.problems if each.code == rule_of(bad) and each.file.endswith(replaced_by(bad))]
    warned = rule_of(bad) in WARNINGS
    assert {each.severity for each in broken} == {ProblemSeverity.WARNING if warned else ProblemSeverity.ERROR}
    assert (reading.province is None) is not warned


def test_every_problem_of_every_file_is_told_at_once(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("unknown_key_near.plan.yaml", "unknown_element.indicators.yaml", "same_name.units.csv"):
        bad = HERE / "bad" / name
        shutil.copy(bad, good / replaced_by(bad))
    (good / "forms" / "extra.yml").write_text("form: {}\n", encoding="utf-8")
    assert main(["check", "--targets", str(good.parent)]) == 1
    lines = capsys.readouterr().err.splitlines()
    errors = [line for line in lines if "lưu ý" not in line]
    assert [re.sub(r".*/mau/", "", line).split(": ")[0] for line in errors] == [
        "forms/extra.yml:1:1",
        "indicators.yaml:7:16",
        "plans/kh-1-2024.yaml:14:5",
        "units.csv:7:4",
    ]


def test_a_missing_file_is_named(good: Path, told: Callable[[Path], list[str]]) -> None:
    (good / "units.csv").unlink()
    assert [line.split(": ")[0] for line in told(good) if "lưu ý" not in line] == ["units.csv:1:1"]
    assert "thiếu tệp này" in "".join(told(good))


def test_a_file_that_is_too_large_is_not_read(good: Path, told: Callable[[Path], list[str]]) -> None:
    (good / "plans" / "kh-0-2022.yaml").write_text("#" * 2_000_001, encoding="utf-8")
    assert "plans/kh-0-2022.yaml:1:1: tệp quá lớn; mỗi tệp tối đa 2 MB" in told(good)


def test_a_definition_file_in_the_wrong_place_is_refused(good: Path, told: Callable[[Path], list[str]]) -> None:
    (good / "plan").mkdir()
    shutil.copy(good / "plans" / "kh-0-2022.yaml", good / "plan" / "kh-0-2022.yaml")
    assert any(line.startswith("plan/kh-0-2022.yaml:1:1: không phần nào") for line in told(good))


def test_a_nest_of_brackets_is_refused_before_it_costs_anything(good: Path, told: Callable[[Path], list[str]]) -> None:
    (good / "province.yaml").write_text("[" * 1_000_000, encoding="utf-8")
    assert "province.yaml:1:13: các mục lồng nhau quá 12 cấp; hãy viết phẳng hơn" in told(good)

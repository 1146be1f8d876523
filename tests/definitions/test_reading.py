from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from scorecard.definitions import ProblemSeverity, read_all, read_province
from scorecard.domain.form import Check, Measure, Severity
from scorecard.domain.formula import parse_formula
from scorecard.domain.goal import AllOf, Comparator, Done, Relative, Scale, Threshold, WholeList
from scorecard.domain.indicator import FormulaVersion, IndicatorKind, SeriesBreak, Window
from scorecard.domain.period import Calendar, Frequency, Month
from scorecard.domain.plan import DatedValue, Document, Limits, NationalReference, Scope, Step, Target
from scorecard.domain.province import Level, ListMember, Province, ReportingWindow
from tests.definitions.conftest import HERE


@pytest.fixture(scope="module")
def province() -> Province:
    read = read_province(HERE / "good" / "mau").province
    assert read is not None
    return read


def target(province: Province, target_id: str) -> Target:
    return next(each for each in province.targets if each.id == target_id)


def test_the_province_and_its_settings(province: Province) -> None:
    assert (province.id, province.name, province.name_en, province.root_code) == (
        "mau",
        "Tỉnh Mẫu",
        "Model Province",
        "01",
    )
    assert province.calendar is Calendar.CALENDAR
    assert province.levels[1] == Level(
        id="district", name="Cấp huyện", name_en=None, valid_from=None, valid_to=date(2025, 6, 30)
    )
    assert province.kinds["department"] == "sở"
    assert province.window == ReportingWindow(
        closes_after_days=25, working_weekdays=frozenset({0, 4}), holidays=frozenset({date(2025, 9, 2)})
    )
    assert province.limits == Limits(
        off_track_ratio=Fraction(3, 4), improving_margin=Fraction(2, 100), late_step_days=20
    )


def test_units_and_what_became_of_them(province: Province) -> None:
    assert [unit.id for unit in province.units.members][-2:] == ["x2@", "x1@2025-07-01"]
    links = [(link.from_id, link.to_id, link.share, link.basis) for link in province.units.successions]
    assert links == [
        ("so-b@", "so-a@", 1, "Nghị quyết 1"),
        ("x1@", "x1@2025-07-01", 1, ""),
        ("x2@", "x1@2025-07-01", None, ""),
    ]


def test_forms(province: Province) -> None:
    form = province.form("dossiers")
    assert [element.id for element in form.elements] == ["received", "full_online", "services_online"]
    assert form.elements[2].measure is Measure.STOCK
    assert form.elements[0].label_en == "Dossiers received"
    monthly, earlier = form.reporters
    assert (monthly.kinds, monthly.every, monthly.due_day) == (
        frozenset({"department", "commune"}),
        Frequency.MONTH,
        5,
    )
    assert (monthly.since, monthly.until) == (Month.of(2024, 12), None)
    assert (earlier.codes, earlier.levels, earlier.until) == (
        frozenset({"so-a"}),
        frozenset({"district"}),
        Month.of(2024, 11),
    )
    assert form.checks == (
        Check(
            left=parse_formula("full_online"),
            comparator=Comparator.AT_MOST,
            right=parse_formula("received"),
            severity=Severity.HARD,
            message="Toàn trình không thể nhiều hơn tiếp nhận",
            message_en=None,
        ),
    )
    assert province.elements["par_rank"].out_of == 63


def test_indicators(province: Province) -> None:
    share = province.indicators["full_online_share"]
    assert share.versions == (
        FormulaVersion(since=None, numerator=parse_formula("full_online"), denominator=parse_formula("received")),
        FormulaVersion(
            since=Month.of(2025, 7),
            numerator=parse_formula("full_online"),
            denominator=parse_formula("received - full_online"),
        ),
    )
    assert (share.kind, share.window, share.rising_is_good) == (IndicatorKind.RATIO, Window.YEAR, True)
    assert share.breaks == (SeriesBreak(at=Month.of(2025, 7), reason="Sáp nhập"),)
    rank = province.indicators["par_rank_value"]
    assert (rank.rising_is_good, rank.publication_lag_months) == (False, 5)
    assert rank.versions[0].denominator is None


def test_lists_have_one_version_per_month_of_change(province: Province) -> None:
    first, second = province.lists["services"]
    assert (first.since, len(first.members)) == (None, 2)
    assert (second.since, len(second.members)) == (Month.of(2025, 7), 3)
    assert second.members[2] == ListMember(number=3, name=None, owner=None, state="awaiting_annex", source="QĐ 1565")


def test_plans_and_what_supersedes_them(province: Province) -> None:
    old, new = province.plans
    assert (old.id, new.id) == ("kh-0-2022", "kh-1-2024")
    assert new.document == Document(number="1", dated=date(2024, 11, 27), issuer="UBND Tỉnh Mẫu")
    assert (new.supersedes, new.superseded_from) == (("kh-0-2022",), None)
    assert old.superseded_from == date(2024, 12, 1)


def test_a_plan_may_say_itself_from_when_it_is_superseded(good: Path) -> None:
    plan = good / "plans" / "kh-0-2022.yaml"
    said = plan.read_text(encoding="utf-8").replace("  review_by:", "  superseded_from: 2025-01-01\n  review_by:")
    plan.write_text(said, encoding="utf-8")
    read = read_province(good).province
    assert read is not None
    assert read.plans[0].superseded_from == date(2025, 1, 1)


def test_a_target_with_everything(province: Province) -> None:
    assert target(province, "full-online") == Target(
        id="full-online",
        plan_id="kh-1-2024",
        name="80% hồ sơ toàn trình",
        name_en="80% of dossiers fully online",
        indicator_id="full_online_share",
        goal=Threshold(Comparator.AT_LEAST, Fraction(4, 5), Scale.SHARE),
        starts=date(2024, 12, 1),
        due=date(2025, 12, 31),
        scope=Scope(),
        path=(DatedValue(date(2025, 6, 30), Fraction(65, 100)), DatedValue(date(2025, 9, 30), Fraction(7, 10))),
        baseline=DatedValue(date(2024, 12, 31), Fraction(45, 100)),
        lead="so-a",
        national=NationalReference(document="188/NQ-CP", value=Fraction(7, 10), above_by=Fraction(1, 10)),
        limits=Limits(off_track_ratio=Fraction(7, 10), improving_margin=Fraction(2, 100), late_step_days=20),
        first_review=date(2025, 3, 31),
        note="Ghi chú",
    )


def test_a_target_per_level_is_named_after_its_indicator_and_may_differ_per_level(province: Province) -> None:
    whole, communes = target(province, "by-level.province"), target(province, "by-level.commune")
    assert (whole.name, whole.name_en) == ("Tỷ lệ hồ sơ toàn trình", "Share of dossiers fully online")
    assert (whole.scope, communes.scope) == (Scope(level="province"), Scope(level="commune"))
    assert whole.goal == Threshold(Comparator.ABOVE, Fraction(9, 10), Scale.SHARE)
    assert communes.goal == Threshold(Comparator.ABOVE, Fraction(6, 10), Scale.SHARE)
    assert (whole.path, communes.path) == ((), (DatedValue(date(2025, 6, 30), Fraction(4, 10)),))
    assert (whole.lead, communes.lead) == ("so-a", "so-b")


def test_steps_of_a_goal_end_at_its_cap_which_is_the_deadline(province: Province) -> None:
    stepped = target(province, "stepped.province")
    assert [(each.by, each.value) for each in stepped.stepped] == [
        (date(2024, 12, 31), Fraction(1, 2)),
        (date(2025, 12, 31), Fraction(7, 10)),
        (date(2026, 12, 31), Fraction(9, 10)),
        (date(2027, 12, 31), Fraction(1)),
    ]
    assert stepped.due == date(2027, 12, 31)


def test_members_of_a_list_become_their_share_of_it(province: Province) -> None:
    services = target(province, "services")
    assert services.goal == WholeList(2)
    assert services.path == (DatedValue(date(2025, 6, 30), Fraction(1, 2)),)


def test_a_count_that_must_reach_a_number_is_cumulative(province: Province) -> None:
    many = target(province, "many")
    assert (many.cumulative, many.due, many.scope) == (True, date(2025, 12, 31), Scope(each="commune"))
    assert not target(province, "full-online").cumulative


def test_joined_and_relative_goals(province: Province) -> None:
    at_least_90 = Threshold(Comparator.AT_LEAST, Fraction(9, 10), Scale.SHARE)
    above_last_year = Relative(Comparator.ABOVE, Fraction(0), in_points=False, rank=False)
    assert target(province, "par").goal == AllOf((at_least_90, above_last_year))
    assert target(province, "par").scope == Scope(codes=("01",))
    assert target(province, "old-rise").goal == Relative(
        Comparator.AT_LEAST, Fraction(2, 100), in_points=True, rank=False
    )


def test_milestones_have_steps_and_without_any_they_are_their_own(province: Province) -> None:
    hotline, report = target(province, "hotline"), target(province, "report")
    assert hotline.steps == (
        Step(name="Phương án", name_en=None, by=date(2025, 3, 31)),
        Step(name="Vận hành 24/7", name_en="Running", by=date(2025, 12, 31)),
    )
    assert (hotline.goal, hotline.due, hotline.standing) == (Done(), date(2025, 12, 31), True)
    assert report.steps == (Step(name="Báo cáo tổng kết", name_en=None, by=date(2022, 12, 31)),)


def test_warnings_do_not_refuse_and_a_review_date_needs_a_today() -> None:
    folder = HERE / "good" / "mau"
    without, later = read_province(folder), read_province(folder, date(2024, 1, 1))
    assert without.province is not None
    assert {each.severity for each in later.problems} == {ProblemSeverity.WARNING}
    said = [(each.file, each.line, each.column, each.code) for each in later.problems]
    assert ("mau/plans/kh-0-2022.yaml", 8, 14, "review_passed") in said
    assert "review_passed" not in {each.code for each in without.problems}
    assert "review_passed" not in {each.code for each in read_province(folder, date(2023, 12, 31)).problems}


def test_the_digest_changes_with_any_byte_and_with_a_name(good: Path, province: Province) -> None:
    assert read_province(good).province == province
    list_file = good / "lists" / "services.csv"
    list_file.write_bytes(list_file.read_bytes() + b"\n")
    changed = read_province(good).province
    assert changed is not None
    assert changed.digest != province.digest
    (good / "note.md").write_text("", encoding="utf-8")
    renamed = read_province(good).province
    assert renamed is not None
    assert renamed.digest not in (changed.digest, province.digest)


def test_files_saved_by_a_windows_editor_are_read(good: Path, province: Province) -> None:
    for name in ("units.csv", "province.yaml", "plans/kh-1-2024.yaml"):
        content = (good / name).read_bytes().replace(b"\n", b"\r\n")
        (good / name).write_bytes(b"\xef\xbb\xbf" + content)
    read = read_province(good).province
    assert read is not None
    assert (read.units, read.plans) == (province.units, province.plans)


def test_a_province_may_have_no_plans_forms_lists_or_lineage(tmp_path: Path) -> None:
    folder = tmp_path / "nho"
    folder.mkdir()
    (folder / "province.yaml").write_bytes((HERE / "good" / "mau" / "province.yaml").read_bytes())
    (folder / "units.csv").write_bytes((HERE / "good" / "mau" / "units.csv").read_bytes())
    (folder / "indicators.yaml").write_text(
        "indicators:\n  - {id: a, name: A, kind: count, value: 2 + 3, rising_is: good, window: month,"
        " decimals: 0, counted_in: cái, source_system: S}\n",
        encoding="utf-8",
    )
    reading = read_province(folder)
    assert reading.problems == ()
    assert reading.province is not None
    assert reading.province.plans == ()


def test_every_folder_with_definitions_is_read_and_nothing_else(good: Path) -> None:
    (good.parent / "schemas").mkdir()
    (good.parent / "schemas" / "plan.json").write_text("{}", encoding="utf-8")
    (good.parent / "README.md").write_text("", encoding="utf-8")
    broken = good.parent / "a-broken"
    broken.mkdir()
    (broken / "units.csv").write_text("", encoding="utf-8")
    readings = read_all(good.parent)
    assert [(each.folder.name, each.province is not None) for each in readings] == [("a-broken", False), ("mau", True)]

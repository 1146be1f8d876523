from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from scorecard.domain.goal import AllOf, Comparator, Done, Relative, Scale, Threshold, WholeList
from scorecard.domain.period import Month
from scorecard.domain.plan import Plan, Scope, Target
from scorecard.domain.province import Province

AT_LEAST, ABOVE, EQUAL = Comparator.AT_LEAST, Comparator.ABOVE, Comparator.EQUAL


def _plan(province: Province, plan_id: str) -> Plan:
    return next(plan for plan in province.plans if plan.id == plan_id)


def _target(province: Province, target_id: str) -> Target:
    return next(target for target in province.targets if target.id == target_id)


def _share(comparator: Comparator, percent: str) -> Threshold:
    return Threshold(comparator, Fraction(percent) / 100, Scale.SHARE)


def test_plan_222_sets_nine_goals_and_two_tasks_for_the_end_of_2025(thai_nguyen: Province) -> None:
    plan = _plan(thai_nguyen, "kh-222-2024")
    assert {target.id: target.goal for target in plan.targets} == {
        "full-online-dossiers": _share(AT_LEAST, "80"),
        "essential-services": WholeList(76),
        "eforms-updated": _share(EQUAL, "100"),
        "services-redesigned": _share(EQUAL, "100"),
        "users-identified": _share(EQUAL, "100"),
        "full-online-procedures": _share(EQUAL, "100"),
        "data-store": Done(),
        "piloted-procedures": Threshold(AT_LEAST, Fraction(10), Scale.NUMBER),
        "hotline": Done(),
        "services-synchronised": _share(EQUAL, "100"),
        "households-covered": _share(EQUAL, "100"),
    }
    assert {target.due for target in plan.targets} == {date(2025, 12, 31)}
    assert (plan.document.number, plan.document.dated) == ("222", date(2024, 11, 27))


def test_plan_222_states_no_interim_values_so_none_are_shown(thai_nguyen: Province) -> None:
    assert all(not target.path and target.baseline is None for target in _plan(thai_nguyen, "kh-222-2024").targets)


def test_the_80_percent_stand_10_points_above_the_national_line(thai_nguyen: Province) -> None:
    target = _target(thai_nguyen, "full-online-dossiers")
    assert target.national is not None
    assert (target.national.value, target.national.above_by) == (Fraction(7, 10), Fraction(1, 10))
    national = _target(thai_nguyen, "national-full-online-dossiers")
    assert (national.indicator_id, national.goal) == (target.indicator_id, _share(AT_LEAST, "70"))


def test_work_files_have_one_strict_goal_for_each_level(thai_nguyen: Province) -> None:
    targets = _plan(thai_nguyen, "nq-01-2020").targets
    assert [(target.scope, target.goal) for target in targets] == [
        (Scope(level="province"), _share(ABOVE, "90")),
        (Scope(level="district"), _share(ABOVE, "80")),
        (Scope(level="commune"), _share(ABOVE, "60")),
    ]


def test_reform_indices_of_2022_must_reach_90_and_beat_the_year_before(thai_nguyen: Province) -> None:
    better = Relative(ABOVE, Fraction(0), in_points=False, rank=False)
    for target_id in ("par-index", "sipas-index"):
        assert _target(thai_nguyen, target_id).goal == AllOf((_share(AT_LEAST, "90"), better))
    higher_rank = Relative(Comparator.BELOW, Fraction(0), in_points=False, rank=True)
    assert _target(thai_nguyen, "par-index-rank").goal == higher_rank
    assert _target(thai_nguyen, "on-time-dossiers").goal == _share(AT_LEAST, "99.9")
    assert _target(thai_nguyen, "reform-initiatives").cumulative
    assert len(_plan(thai_nguyen, "par-sipas-2022").targets) == 14


def test_25_essential_services_are_named_and_51_wait_for_the_annex(thai_nguyen: Province) -> None:
    (version,) = thai_nguyen.lists["essential-services"]
    assert Counter((member.state, bool(member.name)) for member in version.members) == {
        ("named", True): 25,
        ("awaiting_annex", False): 51,
    }
    assert [member.number for member in version.members] == list(range(1, 77))
    assert Counter(member.owner == "Công an tỉnh" for member in version.members)[True] == 11
    assert all(member.source for member in version.members)


def test_every_lead_unit_exists_at_the_deadline(provinces: dict[str, Province]) -> None:
    for province in provinces.values():
        for target in province.targets:
            assert target.lead is None or province.units.find(target.lead, target.due), target.id


@pytest.mark.parametrize(
    ("level", "values"),
    [("province", "50 70 90 100"), ("district", "40 60 80 100"), ("commune", "35 55 75 95 100")],
)
def test_bac_ninh_adds_20_points_a_year_up_to_100(provinces: dict[str, Province], level: str, values: str) -> None:
    target = _target(provinces["bac-ninh"], f"results-digitised.{level}")
    expected = [(date(2022 + year, 12, 31), Fraction(value) / 100) for year, value in enumerate(values.split())]
    assert [(step.by, step.value) for step in target.stepped] == expected
    assert target.due == expected[-1][0]
    assert target.goal_at(Month.of(2023, 6)) == (Threshold(AT_LEAST, expected[1][1], Scale.SHARE), date(2023, 12, 31))


def test_before_a_day_excludes_that_day(provinces: dict[str, Province]) -> None:
    scope = Scope(codes=("khoi-cap-huyen", "khoi-cap-xa"))
    assert [(t.goal, t.due, t.scope) for t in _plan(provinces["bac-ninh"], "bcd-2022").targets] == [
        (_share(AT_LEAST, "70"), date(2022, 8, 31), scope),
        (_share(AT_LEAST, "80"), date(2022, 11, 30), scope),
    ]


def test_bac_ninh_sets_ten_further_goals_until_2030(provinces: dict[str, Province]) -> None:
    targets = [target for target in _plan(provinces["bac-ninh"], "nq-55-2022").targets if not target.stepped]
    assert Counter(str(t.goal.comparator) + str(t.goal.value) for t in targets if isinstance(t.goal, Threshold)) == {
        "=1": 6,
        ">=4/5": 2,
        ">9/10": 1,
        ">19/20": 1,
    }


def test_ha_giang_set_its_goals_for_2021(provinces: dict[str, Province]) -> None:
    assert {t.id: t.goal for t in provinces["ha-giang"].targets} == {
        "online-documents-90": _share(AT_LEAST, "90"),
        "work-files-online.province": _share(AT_LEAST, "65"),
        "work-files-online.district": _share(AT_LEAST, "40"),
        "work-files-online.commune": _share(AT_LEAST, "15"),
        "architecture-platform": Done(),
    }


def test_a_city_with_results_and_no_targets_is_a_province_too(provinces: dict[str, Province]) -> None:
    assert provinces["thanh-hoa"].plans == ()
    assert len(provinces["thanh-hoa"].indicators) == 10

"""What a plan is computed from, and when that is due."""

from datetime import date

import pytest

from scorecard.calculation.plan_figures import due_days, last_month_reported, plan_elements
from scorecard.domain.period import Frequency, Month
from scorecard.domain.plan import Step
from tests.builders import a_form, a_plan, a_province, a_target, a_unit, an_element, an_indicator, some_reporters
from tests.calculation.provinces import figures

STEPS = (Step(name="Một", name_en=None, by=date(2025, 6, 30)),)
PLAN = a_plan(a_target(), a_target("hotline", "done", indicator_id=None, steps=STEPS))
OTHER = a_form("other", elements=(an_element("other"),), reporters=(some_reporters(due_day=20),))
YEARLY = a_form(
    "yearly", elements=(an_element("dossiers_full_online"),), reporters=(some_reporters(every=Frequency.YEAR),)
)
MONTHLY = a_form(elements=(an_element("dossiers_received"),), reporters=(some_reporters(due_day=10),))
PROVINCE = a_province(
    forms=(MONTHLY, YEARLY, OTHER), indicators={"full_online_dossiers": an_indicator()}, plans=(PLAN,)
)


def test_the_elements_of_a_plan_are_both_sides_of_its_ratios_and_its_milestones() -> None:
    assert plan_elements(PROVINCE, PLAN) == {"dossiers_full_online", "dossiers_received", "hotline"}


@pytest.mark.parametrize(
    ("until", "expected"), [("2025-08", "2025-08"), ("2025-12", "2025-08"), ("2025-07", "2025-06"), ("2025-05", None)]
)
def test_the_last_month_is_one_with_figures_of_the_plan_and_not_later(until: str, expected: str | None) -> None:
    unit = a_unit().id
    known = figures(
        ("2025-06", unit, "dossiers_received", 1), ("2025-08", unit, "hotline", 1), ("2025-11", unit, "other", 1)
    )
    found = last_month_reported(PROVINCE, PLAN, known, Month.parse(until))
    assert found == (Month.parse(expected) if expected else None)


def test_returns_behind_the_plan_are_due_each_day_once_and_others_do_not_count() -> None:
    assert due_days(PROVINCE, PLAN, Month.parse("2025-09")) == (date(2025, 10, 10),)
    assert due_days(PROVINCE, PLAN, Month.parse("2025-12")) == (date(2026, 1, 5), date(2026, 1, 12))

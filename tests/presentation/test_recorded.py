from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from scorecard.domain.figure import Figure, FigureState
from scorecard.domain.goal import Done
from scorecard.domain.period import Period
from scorecard.domain.plan import Step
from scorecard.domain.unit import Units
from scorecard.presentation.formats import Formats
from scorecard.presentation.recorded import Names
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_plan, a_province, a_target, a_unit

SEPTEMBER = Period.parse("2025-09")


@pytest.fixture
def names() -> Names:
    steps = tuple(Step(name=name, name_en=None, by=date(2025, 12, 31)) for name in ("Phương án", "Vận hành"))
    hotline = a_target("hotline", goal="done", name="Đường dây nóng", steps=steps, indicator_id=None)
    assert isinstance(hotline.goal, Done)
    gone = a_unit("05900", name="Xã Cũ", valid_from=None, valid_to=date(2025, 6, 30))
    province = a_province(plans=(a_plan(hotline),), units=Units((gone, a_unit())))
    zone = timezone(timedelta(hours=7))
    return Names(province=province, formats=Formats(load_texts(Language.VIETNAMESE)), zone=zone, person=str.upper)


def a_figure(value: str | None, element: str, state: FigureState = FigureState.NUMBER) -> Figure:
    amount = None if value is None else Decimal(value)
    return Figure(unit_id="05908@2025-07-01", element_id=element, period=SEPTEMBER, value=amount, state=state)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (a_figure("0", "dossiers_received"), "0 hồ sơ"),
        (a_figure("1234", "dossiers_received", FigureState.APPROXIMATE), "khoảng 1.234 hồ sơ"),
        (a_figure(None, "dossiers_received", FigureState.NOT_REPORTED), "chưa báo cáo"),
        (a_figure(None, "dossiers_received", FigureState.NOT_APPLICABLE), "không áp dụng"),
        (a_figure(None, "dossiers_received", FigureState.NOT_AVAILABLE), "chưa có số liệu"),
        (a_figure("1", "hotline"), "1/2 bước"),
        (a_figure(None, "hotline", FigureState.NOT_AVAILABLE), "chưa có số liệu"),
        (a_figure("1234.50", "no_more_defined"), "1.234,50"),
    ],
)
def test_every_state_of_a_figure_has_its_own_words(names: Names, figure: Figure, expected: str) -> None:
    assert names.figure(figure).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_forms_elements_and_units_have_names_and_what_is_no_more_defined_keeps_its_id(names: Names) -> None:
    assert names.form("online-services") == "Dịch vụ công trực tuyến hằng tháng"
    assert names.form("milestone:hotline") == "Đường dây nóng"
    assert names.form("gone") == "gone"
    assert names.element("dossiers_received") == "Số liệu dossiers_received"
    assert names.element("hotline") == "Đường dây nóng"
    assert names.element("gone") == "gone"
    assert names.unit("05908@2025-07-01") == "Xã Phú Bình"
    assert names.unit("05900@") == "Xã Cũ (đến 30/06/2025)"
    assert names.unit("gone@") == "gone@"


def test_moments_are_told_in_vietnamese_time(names: Names) -> None:
    assert names.moment(datetime(2025, 9, 30, 17, 5, tzinfo=UTC)) == "01/10/2025 00:05"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2025-09", "2025-09", "tháng 9/2025"),
        ("2025-07", "2025-09", "quý III/2025"),
        ("2025-01", "2025-12", "năm 2025"),
        ("2024-03", "2025-02", "từ tháng 3/2024 đến tháng 2/2025"),
        ("2025-08", "2025-10", "từ tháng 8/2025 đến tháng 10/2025"),
    ],
)
def test_a_run_of_months_has_the_name_of_its_period_or_of_its_ends(
    names: Names, first: str, last: str, expected: str
) -> None:
    assert names.span(Period(Period.parse(first).first, Period.parse(last).last)) == expected


@pytest.mark.parametrize(("difference", "expected"), [("0.25", "+0,25"), ("-3", "−3"), ("0", "0")])
def test_a_difference_of_something_no_more_defined_is_a_bare_signed_number(
    names: Names, difference: str, expected: str
) -> None:
    assert names.difference("gone", Decimal(difference)) == expected

"""The units behind a target through its page: who carries the gap, and suppositions that leave no trace."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.ui.navigation import TARGET
from tests.pages.test_audit import bodies, text
from tests.pages.test_origin import EVERYBODY, NUMBER

OpenApp = Callable[..., AppTest]


def opened(open_app: OpenApp, person: str, **address: str) -> AppTest:
    app = open_app(person).switch_page(TARGET.path)
    for name, value in (NUMBER | {key.replace("_", "-"): value for key, value in address.items()}).items():
        app.query_params[name] = value
    return app.run()


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_sees_who_carries_the_gap_and_the_sums(open_app: OpenApp, person: str) -> None:
    page = text(opened(open_app, person))
    assert "5 đơn vị giữ 14,1% phần còn thiếu. 123 đơn vị chưa đạt mức ≥ 80%, 3 đơn vị đã đạt." in page
    assert "Phường Phan Đình Phùng 15.048/23.129 65,1% 3.455,2 3,5% 3,5%" in page
    assert "Cộng tất cả 505.317/755.226 66,9% 98.863,8" in page


def test_a_supposition_is_told_apart_and_kept_nowhere(open_app: OpenApp) -> None:
    app = opened(open_app, "chair")
    before = dict(app.query_params)
    status = bodies(app)[0]
    assert "Giả định: nếu 5 đơn vị thiếu nhiều nhất đạt đích (≥ 80%) thì cả chỉ tiêu là 68,8% thay cho 66,9%" in text(
        app
    )
    app.selectbox(key="suppose-count-goal").select(102).run()
    assert "thì cả chỉ tiêu là 79,3% thay cho 66,9%" in text(app)
    assert "Khi đó vẫn chưa đạt đích ≥ 80%." in text(app)
    app.selectbox(key="suppose-aim").select("median").run()
    page = text(app)
    assert "nếu 5 đơn vị thiếu nhiều nhất đạt trung vị của nhóm đơn vị cùng loại" in page
    assert dict(app.query_params) == before
    assert bodies(app)[0] == status


def test_a_unit_is_found_by_name_and_the_sums_stay(open_app: OpenApp) -> None:
    page = text(opened(open_app, "chair", tim_don_vi="dinh hoa"))
    assert "Xã Định Hóa" in page
    assert "Xã Kha Sơn 5.400" not in page
    assert "Cộng tất cả 505.317/755.226 66,9% 98.863,8" in page


@pytest.mark.parametrize("target", ["essential-services", "eforms-updated", "data-store", "piloted-procedures"])
def test_what_one_unit_reports_or_what_is_no_ratio_has_no_carriers(open_app: OpenApp, target: str) -> None:
    app = opened(open_app, "chair", muc=target)
    assert "Đơn vị nào giữ phần còn thiếu" not in [each.value for each in app.header]
    assert "Giả định" not in [each.value for each in app.subheader]
    assert "Bao nhiêu đơn vị" not in [box.label for box in app.selectbox]


def test_the_number_leads_to_where_it_is_from(open_app: OpenApp) -> None:
    (link,) = [body for body in bodies(opened(open_app, "chair")) if "origin-way" in body]
    assert "/tu-dau-ra?vai=chair&amp;ke-hoach=kh-222-2024&amp;muc=full-online-dossiers&amp;ky=2025-09" in link


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_may_see_the_gap_on_the_units_that_reported(open_app: OpenApp, person: str) -> None:
    app = opened(open_app, person)
    assert app.selectbox(key="dia-gioi").value == "hien-nay"
    assert "Theo địa giới hiện nay: số của 300 đơn vị cũ đã nhập trọn được cộng vào đơn vị mới." in text(app)
    page = text(app.selectbox(key="dia-gioi").select("khi-bao-cao").run())
    assert app.query_params["dia-gioi"] == "khi-bao-cao"
    assert "Theo đơn vị khi báo cáo: 426 đơn vị, mỗi đơn vị chỉ có số do chính mình báo cáo" in page
    assert "Phường Phan Đình Phùng 6.427/9.401" in page
    assert "Cộng tất cả 505.317/755.226 66,9% 98.863,8" in page


def test_the_line_of_one_unit_has_no_map_to_choose(open_app: OpenApp) -> None:
    app = opened(open_app, "chair", don_vi="05569@2025-07-01", dia_gioi="khi-bao-cao")
    assert not app.exception
    assert "dia-gioi" not in [box.key for box in app.selectbox]


def test_earlier_months_stand_on_todays_units_with_the_same_total(open_app: OpenApp) -> None:
    app = opened(open_app, "chair")
    today = text(app.selectbox(key="ky").select("2025-05").run())
    own = text(app.selectbox(key="dia-gioi").select("khi-bao-cao").run())
    assert "Xã Phú Lương 2.790/5.534" in today
    assert "Xã Phú Lương 2.790/5.534" not in own
    total = "Cộng tất cả 208.998/332.291"
    assert total in today
    assert total in own


def test_units_are_picked_by_hand_for_a_supposition(open_app: OpenApp) -> None:
    app = opened(open_app, "chair")
    before = dict(app.query_params)
    app.selectbox(key="suppose-way").select("picked").run()
    assert "Chọn ít nhất một đơn vị để xem kết quả giả định." in text(app)
    box = app.multiselect(key="suppose-units-goal")
    assert (box.placeholder, box.options[0]) == ("Gõ tên đơn vị rồi chọn", "Phường Bá Xuyên (thiếu 1.860,8)")
    named = {each.rpartition(" (")[0]: each for each in box.options}
    page = text(box.select(named["Phường Phan Đình Phùng"]).select(named["Xã Định Hóa"]).run())
    assert (
        "nếu 2 đơn vị bạn chọn đạt đích (≥ 80%) thì cả chỉ tiêu là 67,7% thay cho 66,9%, cần thêm 5.642 hồ sơ" in page
    )
    assert dict(app.query_params) == before
    app.selectbox(key="muc").select("households-covered").run()
    assert not app.exception
    assert "Giả định" in [each.value for each in app.subheader]

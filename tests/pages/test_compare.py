"""The page that compares units, as each of its readers opens it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.ui.navigation import COMPARE
from tests.pages.test_entry import page_text

OpenApp = Callable[..., AppTest]
NOTHING_SAID = re.compile(r"\b(NaN|None|null)\b|(?<![\d.,])0(,0)?%")


def compare_page(open_app: OpenApp, person: str = "chair", **address: str) -> AppTest:
    return open_app(person, **address).switch_page(COMPARE.path).run()


def ranked(app: AppTest) -> list[str]:
    html = next(each.value for each in app.markdown if each.value.startswith('<div class="compared">'))
    return re.findall(r'scope="row"><a [^>]*>([^<]+)</a>', html)


def test_the_communes_are_ranked_by_three_months_and_the_silent_stand_apart(open_app: OpenApp) -> None:
    app = compare_page(open_app)
    page = page_text(app)
    assert not app.exception
    assert app.title[0].value == "So sánh đơn vị"
    assert "Số liệu đến hết tháng 9/2025 · đích từ 80% trở lên, hạn 31/12/2025 · xếp hạng 65/77 xã" in page
    assert (
        "Gộp 3 tháng, 11/65 xã đủ số liệu đạt từ 80% trở lên; không đơn vị nào dưới 50%; "
        "12 đơn vị chưa xếp hạng do chưa có số liệu duyệt."
    ) in page
    assert [header.value for header in app.header] == [
        "Tỷ lệ của từng đơn vị",
        "Thứ hạng 65 xã",
        "Chưa xếp hạng: 12 đơn vị",
    ]
    assert len(ranked(app)) == 65
    assert ranked(app)[0] == "Xã An Khánh"
    assert "1 Xã An Khánh 84,1% 2.193/2.609 +4,1 điểm % 72,0%" in page
    assert "Nhóm 1: hạng 1–17 (17 đơn vị)" in page
    assert not NOTHING_SAID.search(page.replace("dưới 50%: 0", ""))


def test_departments_are_few_and_drawn_as_points(open_app: OpenApp) -> None:
    app = compare_page(open_app, nhom="so-nganh")
    page = page_text(app)
    assert "Gộp 3 tháng, 3/10 sở, ban, ngành đủ số liệu đạt từ 80% trở lên" in page
    assert "Sở Dân tộc và Tôn giáo Mẫu số quá nhỏ để xếp hạng 66,7% 6/9" in page
    assert "Thanh tra tỉnh Không áp dụng, hoặc không phải báo cáo tháng này" in page
    assert "Nhóm 1: hạng" not in page


def test_what_is_chosen_stands_in_the_address(open_app: OpenApp) -> None:
    app = compare_page(open_app)
    assert not {"muc", "nhom", "xem", "tim", "ky"} & set(app.query_params)
    app.selectbox(key="muc").select("households-covered").run()
    app.selectbox(key="nhom").select("phuong").run()
    app.selectbox(key="xem").select("khu-vuc").run()
    app.text_input(key="tim").set_value("duc xuan").run()
    chosen = {"muc": "households-covered", "nhom": "phuong", "xem": "khu-vuc", "tim": "duc xuan"}
    assert {name: app.query_params[name] for name in chosen} == chosen
    assert ranked(app) == ["Phường Đức Xuân"]
    assert "Xếp theo số hiện có đến hết tháng 9/2025, không cộng các tháng." in page_text(app)
    assert ranked(compare_page(open_app, **chosen)) == ["Phường Đức Xuân"]


def test_units_are_found_without_accents_in_both_tables(open_app: OpenApp) -> None:
    app = compare_page(open_app, tim="phu binh")
    page = page_text(app)
    assert "Không có đơn vị nào có tên như vậy ở bảng này." in page
    assert "Xã Phú Bình Chưa có số liệu được duyệt của tháng này" in page


def test_earlier_months_are_compared_on_todays_map_unless_asked_as_reported(open_app: OpenApp) -> None:
    app = compare_page(open_app)
    assert "dia-gioi" not in [box.key for box in app.selectbox]
    page = page_text(app.selectbox(key="ky").select("2025-05").run())
    assert app.selectbox(key="dia-gioi").options == ["Theo địa giới hiện nay", "Theo đơn vị khi báo cáo"]
    assert "dia-gioi" not in app.query_params
    assert "xếp hạng 73/77 xã" in page
    assert "Theo địa giới hiện nay: số của 75 đơn vị gồm cả số liệu của các đơn vị cũ đã nhập trọn" in page
    assert "2 đơn vị nhận một phần của đơn vị cũ mà không văn bản nào nêu tỷ lệ chia" in page
    assert "Gồm cả đơn vị của Tỉnh Bắc Kạn khi đó." in page
    assert "Số của đơn vị cũ không cộng được vào đơn vị hiện nay" in " ".join(each.label for each in app.expander)
    assert not NOTHING_SAID.search(page.replace("dưới 50%: 0", ""))
    page = page_text(app.selectbox(key="dia-gioi").select("khi-bao-cao").run())
    assert app.query_params["dia-gioi"] == "khi-bao-cao"
    assert "xếp hạng 214/216 xã" in page
    assert "mỗi đơn vị có trong tháng 5/2025 chỉ có số do chính mình báo cáo. 216/216 đơn vị nay không còn" in page
    linked = compare_page(open_app, **{"ky": "2025-05", "dia-gioi": "khi-bao-cao"})
    assert "xếp hạng 214/216 xã" in page_text(linked)


def test_a_quarter_over_the_reorganisation_keeps_what_the_former_units_reported(open_app: OpenApp) -> None:
    app = compare_page(open_app, ky="2025-07")
    assert "Theo địa giới hiện nay: số của 75 đơn vị gồm cả" in page_text(app)
    page = page_text(app.selectbox(key="dia-gioi").select("khi-bao-cao").run())
    assert "xếp hạng 76/77 xã" in page
    labels = [each.label for each in app.expander]
    assert any("Đơn vị cũ có số trong 3 tháng này, nay không còn" in label for label in labels)
    assert "không xếp hạng cùng đơn vị hiện nay" in page


def test_an_address_with_a_map_that_makes_no_difference_shows_no_box(open_app: OpenApp) -> None:
    app = compare_page(open_app, **{"dia-gioi": "khi-bao-cao"})
    assert "dia-gioi" not in [box.key for box in app.selectbox]
    assert "xếp hạng 65/77 xã" in page_text(app)


def test_tiles_stand_under_the_former_districts_in_the_order_of_the_alphabet(open_app: OpenApp) -> None:
    app = compare_page(open_app, xem="khu-vuc")
    html = next(each.value for each in app.markdown if 'class="tiles"' in each.value)
    assert len(re.findall("<section>", html)) == 16
    assert html.count('class="tile ') == 77
    dinh_hoa = html[html.index("Huyện Định Hóa") : html.index("Huyện Phú Lương")]
    assert re.findall("<strong>(.+?)</strong>", dinh_hoa) == [
        "Bình Thành",
        "Bình Yên",
        "Định Hóa",
        "Kim Phượng",
        "Lam Vỹ",
        "Phú Đình",
        "Phượng Tiến",
        "Trung Hội",
    ]


def test_a_plan_without_anything_to_compare_says_so(open_app: OpenApp) -> None:
    app = compare_page(open_app).selectbox(key="ke-hoach").select("par-sipas-2022").run()
    assert "Kế hoạch này không có chỉ tiêu tỷ lệ nào do nhiều đơn vị cùng báo cáo" in page_text(app)
    assert not app.header


def test_one_target_for_each_level_is_told_apart(open_app: OpenApp) -> None:
    app = compare_page(open_app).selectbox(key="ke-hoach").select("nq-01-2020").run()
    names = app.selectbox(key="muc").options
    assert [name.rpartition(" · ")[2] for name in names] == ["Cấp tỉnh", "Cấp xã"]


@pytest.mark.parametrize(
    ("person", "group", "marked"),
    [
        ("office_head", "so-nganh", 1),
        ("science_head", "so-nganh", 1),
        ("commune_head", "xa", 1),
        ("commune_reporter", "xa", 1),
        ("reviewer", "xa", 0),
        ("administrator", "xa", 0),
    ],
)
def test_everybody_may_compare_and_begins_with_their_own_group(
    open_app: OpenApp, person: str, group: str, marked: int
) -> None:
    app = compare_page(open_app, person)
    assert not app.exception
    assert app.selectbox(key="nhom").value == group
    assert page_text(app).count("(đơn vị của bạn)") == marked


@pytest.mark.parametrize(
    "address", [{"muc": "x"}, {"nhom": "x"}, {"xem": "x"}, {"ky": "2031-01"}, {"muc": "essential-services"}]
)
def test_an_address_that_makes_no_sense_shows_the_default(open_app: OpenApp, address: dict[str, str]) -> None:
    app = compare_page(open_app, **address)
    assert not app.exception
    assert "11/65 xã" in page_text(app)


def test_without_any_figures_nobody_is_ranked_and_nothing_is_zero(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    app = compare_page(open_app)
    page = page_text(app)
    assert "Chưa có xã nào đủ số liệu để xếp hạng; 77 đơn vị chưa xếp hạng do chưa có số liệu duyệt." in page
    assert not re.search(r"(?<![\d.,])0(,0)?%", page)
    assert "Chưa có đơn vị nào đủ số liệu để xếp hạng trong kỳ này." in page


def test_english_readers_get_an_english_page(open_app: OpenApp) -> None:
    app = compare_page(open_app, lang="en")
    assert app.title[0].value == "Compare units"
    assert "Over three months, 11/65 xã with enough figures have 80% or more" in page_text(app)

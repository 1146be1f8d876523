"""The audit trail through the page: who sees it, how it is narrowed, what one event shows, what is taken along."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.figure import Figure
from scorecard.domain.period import Period
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import Batch, EventKind, ReturnDraft, open_store
from scorecard.ui.navigation import AUDIT
from tests.conftest import fill_demo

OpenApp = Callable[..., AppTest]
VI = load_texts(Language.VIETNAMESE)
COMMUNE, SCIENCE = "05908@2025-07-01", "so-khcn@2025-07-01"
NOW = datetime(2025, 10, 3, 2, tzinfo=UTC)
REFUSAL = "Vai trò của bạn không được xem nhật ký. Cơ quan tổng hợp và quản trị viên mới xem được."


def submit(
    database: Path, value: int, unit: str = COMMUNE, by: str = "demo-commune_head", at: datetime = NOW, reason: str = ""
) -> None:
    period = Period.parse("2025-09")
    figure = Figure(unit_id=unit, element_id="dossiers_received", period=period, value=Decimal(value))
    draft = ReturnDraft(unit_id=unit, form_id="online-services", period=period, figures=(figure,), reason=reason)
    details = {"form": "online-services", "unit": unit, "period": "2025-09", "reason": reason}
    store = open_store(f"sqlite:///{database}")
    store.record(
        Batch(
            kind=EventKind.RETURN_SUBMITTED,
            province_id="thai-nguyen",
            person_id=by,
            at=at,
            returns=(draft,),
            details=details,
        )
    )
    store.close()


@pytest.fixture(scope="module")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample figures alone, one event; nothing waits for approval."""
    path = tmp_path_factory.mktemp("audit") / "demo.db"
    fill_demo(path, waiting=False)
    return path


@pytest.fixture
def filled(demo_database: Path) -> Path:
    """After the sample: a return in September, its correction in October, a return of another unit."""
    submit(demo_database, 2240, at=datetime(2025, 9, 30, 16, 59, tzinfo=UTC))
    submit(demo_database, 2250, at=datetime(2025, 9, 30, 17, tzinfo=UTC), reason="Bổ sung hồ sơ nộp qua bưu chính")
    submit(demo_database, 55, SCIENCE, "demo-science_head")
    return demo_database


def audit_page(open_app: OpenApp, person: str = "reviewer", **address: str) -> AppTest:
    app = open_app(person).switch_page(AUDIT.path)
    for name, value in address.items():
        app.query_params[name.replace("_", "-")] = value
    return app.run()


def bodies(app: AppTest) -> list[str]:
    assert not app.exception
    assert VI("app.failed") not in [title.value for title in app.title]
    shown = [element.proto.body for element in app.get("html")]
    return [body for body in shown if 'class="theme"' not in body]


def text(app: AppTest) -> str:
    pieces = [*bodies(app), *(element.value for element in app.markdown)]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", " ".join(pieces)))).replace("\N{NO-BREAK SPACE}", " ")


def numbers(app: AppTest) -> list[int]:
    """Numbers of the events shown, in their order."""
    return [int(number) for body in bodies(app) for number in re.findall(r"su-kien=(\d+)", body)]


@pytest.mark.parametrize("person", ["chair", "science_head", "office_head", "commune_head", "commune_reporter"])
def test_other_roles_get_a_reason_and_nothing_of_the_trail(open_app: OpenApp, filled: Path, person: str) -> None:
    for address in ({}, {"su_kien": "2"}):
        app = audit_page(open_app, person, **address)
        assert [warning.value for warning in app.warning] == [REFUSAL]
        assert bodies(app) == []
        assert not app.get("download_button")


@pytest.mark.parametrize("person", ["reviewer", "administrator"])
def test_who_oversees_sees_every_event_newest_first(open_app: OpenApp, filled: Path, person: str) -> None:
    app = audit_page(open_app, person)
    assert app.title[0].value == "Nhật ký"
    assert numbers(app) == [4, 3, 2, 1]
    page = text(app)
    assert "4 việc đã được ghi vào nhật ký, việc mới nhất ở trên cùng." in page
    assert (
        "01/10/2025 00:00 Chủ tịch UBND xã Phú Bình Nộp lại phiếu báo cáo, có sửa số đã nộp."
        " Xã Phú Bình · Dịch vụ công trực tuyến hằng tháng · tháng 9/2025 1 số sửa Bổ sung hồ sơ nộp qua bưu chính"
    ) in page
    assert "Nạp số liệu minh họa cho bản trình diễn, 12.617 dòng." in page


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ({"thoi_gian": "hom-nay"}, [4]),
        ({"thoi_gian": "7-ngay"}, [4, 3, 2, 1]),
        ({"thoi_gian": "2025-09"}, [2]),
        ({"thoi_gian": "2025-10"}, [4, 3, 1]),
        ({"viec": "return_submitted"}, [4, 3, 2]),
        ({"viec": "figures_imported"}, []),
        ({"ai": "nguoi:demo-science_head"}, [4]),
        ({"ai": f"don-vi:{SCIENCE}"}, [4]),
        ({"tim": "bưu chính"}, [3]),
        ({"ai": f"don-vi:{COMMUNE}", "thoi_gian": "2025-09"}, [2]),
        ({"thoi_gian": "2031-01", "viec": "x", "ai": "nguoi:x"}, [4, 3, 2, 1]),
    ],
)
def test_the_address_narrows_the_trail(
    open_app: OpenApp, filled: Path, address: dict[str, str], expected: list[int]
) -> None:
    app = audit_page(open_app, **address)
    assert [number for number in numbers(app) if number != 1 or 1 in expected] == expected


def test_choices_stand_in_the_address_and_in_the_link_to_an_event(open_app: OpenApp, filled: Path) -> None:
    app = audit_page(open_app)
    app.selectbox(key="viec").select("return_submitted").run()
    app.text_input(key="tim").set_value("bưu chính").run()
    assert (app.query_params["viec"], app.query_params["tim"]) == ("return_submitted", "bưu chính")
    assert numbers(app) == [3]
    assert "Tìm thấy 1 việc, việc mới nhất ở trên cùng." in text(app)
    (link,) = re.findall(r'href="([^"]+)"', " ".join(bodies(app)))
    assert unescape(link) == "?vai=reviewer&viec=return_submitted&tim=b%C6%B0u+ch%C3%ADnh&su-kien=3"


def test_when_nothing_fits_the_page_says_so_and_offers_to_drop_every_choice(open_app: OpenApp, filled: Path) -> None:
    app = audit_page(open_app, tim="không ai viết thế", viec="return_submitted")
    assert numbers(app) == []
    assert "Không có việc nào khớp với điều kiện đang chọn." in text(app)
    assert not app.get("download_button")
    app.button[0].click().run()
    assert numbers(app) == [4, 3, 2, 1]
    assert "tim" not in app.query_params


def test_an_empty_trail_says_so(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    app = audit_page(open_app)
    assert "Nhật ký chưa có việc nào." in text(app)
    assert not app.button


def test_fifty_events_stand_on_a_page_and_a_new_choice_leads_to_the_first_page(
    open_app: OpenApp, demo_database: Path
) -> None:
    for value in range(60):
        submit(demo_database, value)
    app = audit_page(open_app)
    assert (len(numbers(app)), "Trang 1/2" in text(app)) == (50, True)
    app.button[1].click().run()
    assert numbers(app) == list(range(11, 0, -1))
    assert (app.query_params["trang"], app.button[1].disabled) == ("2", True)
    app.selectbox(key="viec").select("return_submitted").run()
    assert "trang" not in app.query_params
    assert numbers(app)[0] == 61


def test_one_event_shows_old_and_new_reason_hash_and_code(open_app: OpenApp, filled: Path) -> None:
    store = open_store(f"sqlite:///{filled}")
    event = store.trail.event("thai-nguyen", 3)
    store.close()
    assert event is not None
    app = audit_page(open_app, su_kien="3", viec="return_submitted")
    assert app.title[0].value == "Nhật ký: việc số 3"
    page = text(app)
    for fact in (
        f"Mã phiếu {event.code}",
        "Người Chủ tịch UBND xã Phú Bình (tài khoản demo-commune_head)",
        f"Mã băm {event.hash}",
        f"Mã băm của việc ngay trước {event.previous_hash}",
        "Hồ sơ tiếp nhận trong tháng Xã Phú Bình · tháng 9/2025 · lần ghi thứ 2 2.240 hồ sơ 2.250 hồ sơ",
    ):
        assert fact in page
    app.button[0].click().run()
    assert app.title[0].value == "Nhật ký"
    assert numbers(app) == [4, 3, 2]


def test_every_figure_of_a_great_import_can_be_reached_page_by_page(open_app: OpenApp, demo_database: Path) -> None:
    app = audit_page(open_app, su_kien="1")
    assert "Trang 1/127" in text(app)
    assert bodies(app)[1].count('scope="row"') == 100
    app.query_params["trang-so"] = "127"
    app.run()
    assert bodies(app)[1].count('scope="row"') == 17


@pytest.mark.parametrize("number", ["9", "999999"])
def test_an_event_that_is_not_there_is_said_not_to_be_there(open_app: OpenApp, filled: Path, number: str) -> None:
    app = audit_page(open_app, su_kien=number)
    assert app.warning[0].value.startswith(f"Nhật ký không có việc số {number}.")
    assert bodies(app) == []


@pytest.mark.parametrize("number", ["x", "-1", "", "1" * 40])
def test_an_address_that_names_no_number_shows_the_list(open_app: OpenApp, filled: Path, number: str) -> None:
    assert numbers(audit_page(open_app, su_kien=number)) == [4, 3, 2, 1]


def test_the_copy_is_offered_and_making_the_page_makes_none(open_app: OpenApp, filled: Path) -> None:
    app = audit_page(open_app)
    (button,) = app.get("download_button")
    assert button.proto.label == "Tải nhật ký đang lọc (CSV)"
    assert numbers(app.run()) == [4, 3, 2, 1]


def test_english_readers_get_an_english_page(open_app: OpenApp, filled: Path) -> None:
    app = open_app("reviewer", lang="en").switch_page(AUDIT.path).run()
    assert "Submitted a return again, with changed figures." in text(app)
    assert app.title[0].value == "Audit trail"


def test_months_are_offered_since_the_trail_began(open_app: OpenApp, filled: Path) -> None:
    options = audit_page(open_app).selectbox(key="thoi-gian").options
    assert options == ["Mọi thời gian", "Hôm nay", "7 ngày qua", "30 ngày qua", "tháng 10/2025", "tháng 9/2025"]

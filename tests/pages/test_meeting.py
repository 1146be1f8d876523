"""The pages of meetings as each role sees them."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.meeting import Result
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import open_store
from scorecard.ui import demo
from scorecard.ui.navigation import MEETING, PRESENT, WALL

OpenApp = Callable[..., AppTest]
VI = load_texts(Language.VIETNAMESE)
FREEZE, GIVE = "Chốt tháng 9/2025", VI("meeting.form_button")
TARGET = "full-online-dossiers@19"


def text(app: AppTest) -> str:
    parts = [element.value for element in app.markdown] + [element.proto.body for element in app.get("html")]
    return unescape(re.sub(r"<[^>]+>", " ", " ".join(parts))).replace("\N{NO-BREAK SPACE}", " ")


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def freeze(open_app: OpenApp, name: str = "Họp tháng 10", person: str = "chair") -> AppTest:
    app = open_app(person).switch_page(MEETING.path).run()
    app.text_input(key="meeting-name").input(name)
    return press(app, FREEZE)


def present(open_app: OpenApp, person: str = "chair", **address: str) -> AppTest:
    return open_app(person, **address).switch_page(PRESENT.path).run()


def give(app: AppTest, **typed: str) -> AppTest:
    content = {"what": "Báo cáo cách bù hồ sơ", "due": "31/10/2025", "promised": ""} | typed
    for name, value in content.items():
        app.text_input(key=f"present-{name}").input(value)
    app.selectbox(key="present-target").select(TARGET)
    return press(app, GIVE)


def test_an_edition_is_frozen_listed_and_leads_to_its_slides(open_app: OpenApp) -> None:
    app = freeze(open_app)
    assert not app.exception
    page = text(app)
    assert "Đã chốt “Họp tháng 10”, bản số 1, mã " in page
    assert "Bản chốt mới nhất: “Họp tháng 10”, số liệu tháng 9/2025" in page
    assert any("/trinh-chieu?vai=chair&amp;ban=1" in element.value for element in app.markdown)
    assert "Kế hoạch này đã có bản chốt tên “Họp tháng 10”." in text(freeze(open_app))


@pytest.mark.parametrize("person", demo.persons(VI))
def test_every_role_presents_and_only_those_who_may_freeze_and_give_work(open_app: OpenApp, person: str) -> None:
    freeze(open_app)
    app = open_app(person).switch_page(MEETING.path).run()
    assert not app.exception
    assert (FREEZE in {button.label for button in app.button}) is (person in ("chair", "reviewer"))
    app = present(open_app, person)
    assert not app.exception
    assert "4/11 chỉ tiêu đã đạt hoặc đúng tiến độ." in text(app)
    assert ([button.label for button in app.button] == [GIVE]) is (person in ("chair", "reviewer"))


def test_without_an_edition_the_presentation_says_where_to_freeze_one(open_app: OpenApp) -> None:
    app = present(open_app)
    assert [title.value for title in app.title] == [VI("meeting.no_edition")]
    assert VI("meeting.no_edition_advice") in text(app)


def test_an_address_names_the_edition_and_the_latest_is_shown_without_one(open_app: OpenApp) -> None:
    freeze(open_app, "Bản một")
    freeze(open_app, "Bản hai")
    assert "Trình chiếu: Bản một" in text(present(open_app, ban="1"))
    for address in ({}, {"ban": "7"}, {"ban": "x"}):
        assert "Trình chiếu: Bản hai" in text(present(open_app, **address))


def test_work_given_while_presenting_stands_on_the_last_slide_and_on_the_meeting_page(open_app: OpenApp) -> None:
    freeze(open_app)
    app = give(present(open_app), promised="75,5%")
    assert not app.exception
    assert "Đã ghi: Sở Khoa học và Công nghệ, hạn 31/10/2025." in text(app)
    assert "Sở Khoa học và Công nghệ: Báo cáo cách bù hồ sơ (hạn 31/10/2025)" in text(app)
    assert [app.text_input(key=f"present-{name}").value for name in ("what", "due", "promised")] == ["", "", ""]
    page = text(open_app("reviewer").switch_page(MEETING.path).run())
    assert "75,5%" in page
    assert "lúc giao 66,9%, chưa có bản chốt sau" in page
    assert "1 việc được giao còn chưa có kết quả" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"what": ""}, VI("meeting.work_missing")),
        ({"due": "mai"}, VI("meeting.due_wrong")),
        ({"due": "31/02/2026"}, VI("meeting.due_wrong")),
        ({"due": "02/10/2025"}, "Hạn 02/10/2025 đã qua."),
        ({"promised": "75.5"}, "phần lẻ viết sau dấu phẩy, gõ 75,5"),
        ({"promised": "75,55"}, "Ô này nhận nhiều nhất 1 chữ số sau dấu phẩy."),
    ],
)
def test_what_is_typed_wrong_is_told_and_stays(
    open_app: OpenApp, demo_database: Path, typed: dict[str, str], told: str
) -> None:
    freeze(open_app)
    app = give(present(open_app), **typed)
    assert told in text(app)
    for name, value in typed.items():
        assert app.text_input(key=f"present-{name}").value == value
    store = open_store(f"sqlite:///{demo_database}")
    assert store.meetings.commitments("thai-nguyen") == ()
    store.close()


def test_the_chair_s_office_says_what_became_of_work_without_a_number(open_app: OpenApp, demo_database: Path) -> None:
    freeze(open_app)
    give(present(open_app))
    app = open_app("chair").switch_page(MEETING.path).run()
    app.selectbox(key="meeting-which").select(_first_id(demo_database)).run()
    app.radio(key="meeting-result").set_value("not_kept")
    app = press(app, VI("meeting.state_button"))
    assert VI("meeting.reason_missing", shortest=10) in text(app)
    app.text_input(key="meeting-reason").input("Thiếu người làm")
    app = press(app, VI("meeting.state_button"))
    assert not app.exception
    assert VI("meeting.state_done") in text(app)
    assert "Chưa giữ lời Thiếu người làm" in re.sub(r"\s+", " ", text(app))
    store = open_store(f"sqlite:///{demo_database}")
    (given,) = store.meetings.commitments("thai-nguyen")
    store.close()
    assert given.stated is not None
    assert given.stated.result is Result.NOT_KEPT


def _first_id(database: Path) -> str:
    store = open_store(f"sqlite:///{database}")
    (given,) = store.meetings.commitments("thai-nguyen")
    store.close()
    return given.id


def test_the_wall_shows_the_figures_of_now_and_says_when_they_were_read(open_app: OpenApp) -> None:
    app = open_app("commune_head").switch_page(WALL.path).run()
    assert not app.exception
    page = text(app)
    assert "4/11 chỉ tiêu đã đạt hoặc đúng tiến độ." in page
    assert "Số liệu cập nhật " in page
    assert VI("meeting.conclusions") not in page


@pytest.mark.parametrize(("typed", "seconds"), [("", 20), ("8", 8), ("1", 5), ("9999", 600), ("x", 20), ("-3", 20)])
def test_the_wall_moves_as_often_as_the_address_says_within_reason(open_app: OpenApp, typed: str, seconds: int) -> None:
    app = open_app("chair", giay=typed).switch_page(WALL.path).run()
    assert any(f'data-seconds="{seconds}"' in element.proto.body for element in app.get("html"))

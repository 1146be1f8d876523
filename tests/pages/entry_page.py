"""The entry page as its users handle it, and the coordinating office on the same database."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from scorecard.definitions import read_province
from scorecard.domain.access import EVERY_UNIT, Person, Role
from scorecard.domain.figure import RecordedFigure
from scorecard.domain.period import Period
from scorecard.domain.province import Province
from scorecard.store import Store, open_store
from scorecard.ui.navigation import ENTRY
from scorecard.workflow.owed import OwedReturn, find_return
from scorecard.workflow.settings import ROOT

OpenApp = Callable[..., AppTest]
COMMUNE = "05908@2025-07-01"
SEPTEMBER = Period.parse("2025-09")
ONLINE = "Dịch vụ công trực tuyến hằng tháng, tháng 9/2025"
RECEIVED, FULL_ONLINE = "Hồ sơ tiếp nhận trong tháng", "Trong đó, hồ sơ xử lý hoàn toàn trực tuyến"
GOOD = {RECEIVED: "2.240", FULL_ONLINE: "1 420"}
TODAY = date(2025, 10, 3)
AT = {"now": datetime(2025, 10, 3, 9, tzinfo=UTC), "today": TODAY}
REVIEWER = Person("demo-reviewer", "x", Role.REVIEWER)


@contextmanager
def office(
    database: Path, unit: str, form_id: str, period: Period = SEPTEMBER
) -> Iterator[tuple[OwedReturn, tuple[Store, Province, Person]]]:
    """Find a return as the coordinating office does, with what its decisions begin with."""
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    assert province is not None
    store = open_store(f"sqlite:///{database}")
    found = find_return(store, province, EVERY_UNIT, unit, province.form(form_id), period, TODAY)
    assert found is not None
    yield found, (store, province, REVIEWER)
    store.close()


def entry_page(open_app: OpenApp, person: str = "commune_head", **address: str) -> AppTest:
    return open_app(person, **address).switch_page(ENTRY.path).run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    return button.click().run()


def fill(app: AppTest, answers: dict[str, str]) -> AppTest:
    for label, text in answers.items():
        (box,) = [each for each in app.text_input if each.label == label]
        box.set_value(text)
    return app


def open_form(app: AppTest, form: str = ONLINE, action: str = "Nhập số liệu") -> AppTest:
    return press(app, f"{action}: {form}")


def check(app: AppTest, answers: dict[str, str]) -> AppTest:
    return press(fill(app, answers), "Kiểm tra lại")


def typed(app: AppTest) -> dict[str, str]:
    return {box.label: box.value for box in app.text_input}


def page_text(app: AppTest) -> str:
    """Everything that stands on the page, as a reader sees it."""
    assert not app.exception
    assert "Trang chưa mở được" not in [title.value for title in app.title]
    bodies = [element.proto.body for element in app.get("html")]
    pieces = [body for body in bodies if "<script" not in body and "<style" not in body]
    pieces += [element.value for element in (*app.title, *app.markdown)]
    words = unescape(re.sub(r"<[^>]+>", " ", " ".join(pieces)))
    return re.sub(r"\s+", " ", words)


def in_force(database: Path, unit_id: str = COMMUNE) -> dict[str, RecordedFigure]:
    store = open_store(f"sqlite:///{database}")
    try:
        return dict(store.last_figures("thai-nguyen", EVERY_UNIT, unit_id, SEPTEMBER))
    finally:
        store.close()

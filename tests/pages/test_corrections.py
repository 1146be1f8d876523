"""The ledger of corrections through the page: the own unit for who reports, every unit for who oversees."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.ui.navigation import CORRECTIONS
from tests.pages.test_audit import COMMUNE, SCIENCE, bodies, submit

OpenApp = Callable[..., AppTest]


@pytest.fixture
def filled(demo_database: Path) -> Path:
    """One figure of the commune changed twice, one of the science department never."""
    submit(demo_database, 2240, by="demo-commune_reporter")
    submit(demo_database, 2250, at=datetime(2025, 10, 6, 2, tzinfo=UTC), reason="Bổ sung hồ sơ nộp qua bưu chính")
    submit(demo_database, 2200, at=datetime(2025, 10, 15, 2, tzinfo=UTC), reason="Bỏ hồ sơ đếm hai lần")
    submit(demo_database, 55, SCIENCE, "demo-science_head")
    return demo_database


def ledger(open_app: OpenApp, person: str, **address: str) -> AppTest:
    app = open_app(person).switch_page(CORRECTIONS.path)
    for name, value in address.items():
        app.query_params[name.replace("_", "-")] = value
    return app.run()


def text(app: AppTest) -> str:
    pieces = [*bodies(app), *(element.value for element in app.markdown)]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", " ".join(pieces)))).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("person", ["commune_head", "commune_reporter", "chair", "reviewer", "administrator"])
def test_the_ledger_tells_how_much_how_late_who_and_why(open_app: OpenApp, filled: Path, person: str) -> None:
    page = text(ledger(open_app, person))
    assert "số; 1 số được sửa sau lần báo đầu, tổng cộng 2 lần, lần muộn nhất sau 12 ngày." in page
    assert (
        "Hồ sơ tiếp nhận trong tháng tháng 9/2025 2.240 hồ sơ 2.200 hồ sơ −40 hồ sơ 2"
        " 12 ngày sau lần đầu sau hạn nộp 9 ngày"
        " 06/10/2025 09:00, Chủ tịch UBND xã Phú Bình: 2.240 hồ sơ → 2.250 hồ sơ."
        " Lý do: Bổ sung hồ sơ nộp qua bưu chính."
        " 15/10/2025 09:00, Chủ tịch UBND xã Phú Bình: 2.250 hồ sơ → 2.200 hồ sơ. Lý do: Bỏ hồ sơ đếm hai lần."
    ) in page
    assert "Quanh hạn nộp, cách hạn không quá 3 ngày 1 0 0 0 0 1 Sau hạn nộp hơn 3 ngày 0 1 0 0 0 1" in page


def test_a_unit_that_changed_nothing_is_told_so_in_one_sentence(open_app: OpenApp, filled: Path) -> None:
    app = ledger(open_app, "science_head")
    assert re.search(r"Sở Khoa học và Công nghệ đã báo cáo \d+ số, chưa số nào được sửa sau lần báo đầu\.", text(app))
    assert bodies(app) == []


@pytest.mark.parametrize("person", ["science_head", "office_head"])
def test_a_head_of_another_unit_is_refused_in_words_and_led_to_their_own(
    open_app: OpenApp, filled: Path, person: str
) -> None:
    app = ledger(open_app, person, don_vi=COMMUNE)
    assert [warning.value for warning in app.warning] == [
        "Bạn không phụ trách đơn vị Xã Phú Bình nên không xem, không nhập được số liệu của đơn vị này."
    ]
    assert bodies(app) == []
    assert "bưu chính" not in text(app)
    app.button[0].click().run()
    assert not app.warning
    assert "chưa số nào được sửa" in text(app)


@pytest.mark.parametrize("person", ["commune_head", "commune_reporter"])
def test_who_reports_is_offered_only_the_own_unit_through_time(open_app: OpenApp, filled: Path, person: str) -> None:
    assert [option.split(" · ")[0] for option in ledger(open_app, person).selectbox(key="don-vi").options] == [
        "Xã Phú Bình",
        "Thị trấn Hương Sơn (đến 30/06/2025)",
    ]


def test_who_oversees_chooses_among_all_units_the_most_corrected_first(open_app: OpenApp, filled: Path) -> None:
    app = ledger(open_app, "reviewer")
    options = app.selectbox(key="don-vi").options
    assert len(options) > 400
    assert re.fullmatch(r"Xã Phú Bình · 1/\d+ số đã sửa", options[0])
    assert all(" · 0/" in option for option in options[1:])
    app.selectbox(key="don-vi").select(SCIENCE).run()
    assert app.query_params["don-vi"] == SCIENCE
    assert "chưa số nào được sửa" in text(app)


def test_a_unit_that_does_not_exist_shows_the_first_one(open_app: OpenApp, filled: Path) -> None:
    app = ledger(open_app, "commune_head", don_vi="nowhere@")
    assert not app.warning
    assert "2.240 hồ sơ" in text(app)


def test_without_any_figures_nobody_fails(open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    assert "Xã Phú Bình chưa báo cáo số nào." in text(ledger(open_app, "commune_head"))
    assert "Chưa đơn vị nào có số liệu nên chưa có sổ đính chính nào để xem." in text(ledger(open_app, "reviewer"))

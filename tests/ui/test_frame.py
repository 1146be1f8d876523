import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.presentation.texts import Language, load_texts
from scorecard.ui.navigation import PAGES
from scorecard.workflow.settings import ROOT

OpenApp = Callable[..., AppTest]
VI = load_texts(Language.VIETNAMESE)
BANNER = "Bản trình diễn · số liệu minh họa · hôm nay giả định 03/10/2025"


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_every_page_of_the_demo_says_that_its_figures_are_samples(open_app: OpenApp, spec: object) -> None:
    app = open_app("office_head").switch_page(spec.path).run()
    assert BANNER in [element.value for element in app.markdown]


def test_the_picker_offers_roles_not_names_of_people(open_app: OpenApp) -> None:
    assert open_app().selectbox(key="vai").options == [
        "Chủ tịch UBND tỉnh",
        "Giám đốc Sở Khoa học và Công nghệ",
        "Chánh Văn phòng UBND tỉnh",
        "Chủ tịch UBND xã Phú Bình",
        "Công chức đầu mối xã Phú Bình",
        "Chuyên viên tổng hợp, Văn phòng UBND tỉnh",
        "Quản trị hệ thống",
    ]


def test_broken_definitions_are_listed_by_file_and_line_and_no_figure_is_shown(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "targets", tmp_path / "targets")
    plan = tmp_path / "targets" / "thai-nguyen" / "plans" / "kh-222-2024.yaml"
    lines = plan.read_text(encoding="utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "indicator: full_online_dossiers" in text)
    lines[line - 1] = lines[line - 1].replace("full_online_dossiers", "full_online_dosiers")
    plan.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("SCORECARD_TARGETS", str(tmp_path / "targets"))
    app = open_app("chair")
    assert [title.value for title in app.title] == [VI("app.definitions_broken")]
    assert f"kh-222-2024.yaml:{line}:" in app.code[0].value
    assert "Traceback" not in app.code[0].value
    assert not [element for element in app.markdown if "<table" in element.value]


def test_a_store_that_cannot_be_read_is_a_code_for_people_and_a_trace_for_the_log(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "broken.db").write_text("this is not a database" * 100)
    monkeypatch.setenv("SCORECARD_DATABASE_URL", f"sqlite:///{tmp_path}/broken.db")
    app = open_app("chair")
    assert not app.exception
    assert [title.value for title in app.title] == [VI("app.store_unreadable")]
    (record,) = [record for record in caplog.records if record.name == "scorecard.ui.failure"]
    code = record.getMessage().removeprefix("error ")
    assert any(code in element.value for element in app.markdown)
    assert record.exc_info is not None


def test_production_without_a_secret_says_why_it_does_not_start(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCORECARD_MODE", "production")
    app = open_app("chair")
    assert [title.value for title in app.title] == [VI("app.not_startable")]
    assert VI("settings.no_secret") in [element.value for element in app.markdown]

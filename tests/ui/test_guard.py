from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.access import PERMISSIONS
from scorecard.presentation.texts import Language, load_texts
from scorecard.ui import demo
from scorecard.ui.navigation import PAGES, PageSpec, in_menu
from scorecard.workflow.settings import ROOT

OpenApp = Callable[..., AppTest]
VI = load_texts(Language.VIETNAMESE)
PERSONS = demo.persons(VI)


@pytest.mark.parametrize("person", PERSONS)
@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_each_role_gets_the_pages_it_may_open_and_a_reason_for_the_others(
    open_app: OpenApp, spec: PageSpec, person: str
) -> None:
    app = open_app(person).switch_page(spec.path).run()
    assert not app.exception
    allowed = spec.permission in PERMISSIONS[PERSONS[person].role]
    assert in_menu(spec, PERSONS[person]) is (allowed and spec.offered)
    assert ([title.value for title in app.title] == [VI("app.refused")]) is not allowed
    if not allowed:
        assert [warning.value for warning in app.warning] == [VI(f"access.role_lacks_{spec.permission}")]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_while_nobody_is_chosen_only_the_picker_is_shown(open_app: OpenApp, spec: PageSpec) -> None:
    app = open_app().switch_page(spec.path).run()
    assert [title.value for title in app.title] == [VI("app.choose_person_first")]
    assert {box.key for box in app.selectbox} == {"vai", "lang"}
    assert not [element for element in app.markdown if "<table" in element.value]


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.url)
def test_a_page_that_is_opened_without_the_program_around_it_shows_nothing(
    demo_database: object, spec: PageSpec
) -> None:
    app = AppTest.from_file(str(ROOT / spec.path), default_timeout=60).run()
    assert not app.exception
    assert [warning.value for warning in app.warning] == [VI("access.no_identity")]
    assert not app.markdown


def test_a_person_made_up_in_the_address_is_nobody(open_app: OpenApp) -> None:
    assert [title.value for title in open_app("root").title] == [VI("app.choose_person_first")]


def test_taking_another_role_takes_its_rights(open_app: OpenApp) -> None:
    app = open_app("office_head").switch_page("pages/report/entry.py").run()
    assert not app.warning
    app.selectbox(key="vai").select("chair").run()
    assert [title.value for title in app.title] == [VI("app.refused")]

"""One unit's figures, over every way out of the program, for every role: who may not see them gets nothing of them."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.calculation.scoreboard import scoreboard
from scorecard.definitions import read_province
from scorecard.domain.access import AccessRefusedError, Person, Role, readable
from scorecard.domain.figure import Figure
from scorecard.domain.period import Month, Period
from scorecard.presentation.formats import Formats
from scorecard.presentation.overview import Circumstances, build_overview
from scorecard.presentation.return_file import fillable_workbook
from scorecard.presentation.texts import Language, load_texts
from scorecard.spreadsheet.workbook import read_workbook
from scorecard.store import Batch, EventKind, ReturnDraft, Store, TrailQuery
from scorecard.store.drafts import DraftKey
from scorecard.ui import overview_report
from scorecard.ui.guard import PageContext
from scorecard.ui.navigation import PAGES
from scorecard.workflow.audit import export_trail, outline_trail, read_event, read_trail
from scorecard.workflow.completeness import completeness_scope, read_completeness
from scorecard.workflow.corrections import ledger_units, read_ledger
from scorecard.workflow.desk import desk_scope, read_desk
from scorecard.workflow.drafts import own_drafts
from scorecard.workflow.justifications import (
    JustificationText,
    justification_scope,
    read_history,
    write_justification,
)
from scorecard.workflow.origins import read_histories
from scorecard.workflow.owed import closed_returns, find_return, owed_returns
from scorecard.workflow.returned_file import forms_to_fill
from scorecard.workflow.settings import ROOT, read_settings
from tests.acceptance.media_address import file_fetched
from tests.pages.test_review import opened
from tests.presentation.report.printed import said, sheet_of

OpenApp = Callable[..., AppTest]

UNIT, CODE, FORM = "so-khcn@2025-07-01", "so-khcn", "online-services"
SEPTEMBER, AUGUST = Period.parse("2025-09"), Period.parse("2025-08")
TODAY, NOW = date(2025, 10, 3), datetime(2025, 10, 3, 2, tzinfo=UTC)
SECRET = "MAT-4711"
"""Stands in the reason, the note and the draft of the unit, in nothing else."""
COUNT = 7_391_737
MARKS = (SECRET, "739173", "7.391.73")
"""What gives the unit's words or numbers away, as stored and as printed."""

PROVINCE = read_province(ROOT / "targets" / "thai-nguyen").province
assert PROVINCE is not None
FORMATS = Formats(load_texts(Language.VIETNAMESE))
OVERSEERS = ("reviewer", "administrator")
SEEING = ("science_head", *OVERSEERS)
OTHERS = ("chair", "office_head", "commune_head", "commune_reporter")

Way = Callable[[Store, Person | None], object]


@pytest.fixture(scope="module")
def told_template(demo_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unit has reported, corrected and drafted something that only it and its overseers may see."""
    path = tmp_path_factory.mktemp("told") / "demo.db"
    shutil.copyfile(demo_template, path)
    with opened(path) as store:
        for value in (COUNT, COUNT + 1):
            figure = Figure(
                unit_id=UNIT, element_id="dossiers_received", period=SEPTEMBER, value=Decimal(value), note=SECRET
            )
            draft = ReturnDraft(unit_id=UNIT, form_id=FORM, period=SEPTEMBER, figures=(figure,), reason=SECRET)
            store.record(
                Batch(
                    kind=EventKind.RETURN_SUBMITTED,
                    province_id="thai-nguyen",
                    person_id="demo-science_head",
                    at=NOW,
                    returns=(draft,),
                    details={"form": FORM, "unit": UNIT, "period": "2025-09", "reason": SECRET},
                )
            )
        key = DraftKey(
            province_id="thai-nguyen",
            unit_id=UNIT,
            form_id="work-files",
            period=SEPTEMBER,
            person_id="demo-science_head",
        )
        store.drafts.save(key, {"x": SECRET}, NOW)
    return path


@pytest.fixture
def told(told_template: Path, demo_database: Path) -> Path:
    shutil.copyfile(told_template, demo_database)
    return demo_database


def person(name: str) -> Person | None:
    roles = {
        "nobody": None,
        "viewer": Person("viewer", "x", Role.VIEWER, frozenset({CODE})),
        "chair": Person("demo-chair", "x", Role.CHAIR_OFFICE),
        "science_head": Person("demo-science_head", "x", Role.HEAD, frozenset({CODE})),
        "office_head": Person("demo-office_head", "x", Role.HEAD, frozenset({"van-phong-ubnd"})),
        "no_unit": Person("demo-science_head", "x", Role.HEAD),
        "reviewer": Person("demo-reviewer", "x", Role.REVIEWER),
        "administrator": Person("demo-administrator", "x", Role.ADMINISTRATOR),
    }
    return roles[name]


def workbook(store: Store, who: Person | None) -> object:
    assert who is not None
    found = []
    for owed in (*owed_returns(store, PROVINCE, who, TODAY), *closed_returns(store, PROVINCE, who, TODAY)):
        content = fillable_workbook(PROVINCE, owed.unit, owed.period, forms_to_fill(store, PROVINCE, [owed]), FORMATS)
        found.append(read_workbook(content))
    return found


def media_address(store: Store, who: Person | None) -> object:
    """The unit's head was sent their workbook, and somebody else learnt its address."""
    head = person("science_head")
    assert head is not None
    return file_fetched(store, head, repr(workbook(store, head)).encode(), who)


def one_page_report(store: Store, who: Person | None) -> str:
    """Press the button of the overview as a person; return what the page says."""
    page = PageContext(
        person=who,  # type: ignore[arg-type] - a page is never drawn for nobody
        province=PROVINCE,
        settings=read_settings(),
        texts=FORMATS.texts,
        formats=FORMATS,
        store=store,
        today=TODAY,
        data_version=store.data_version(),
        figures_version=store.figures_version(),
    )
    plan, month = PROVINCE.plan("kh-222-2024"), Month.parse("2025-09")
    board = scoreboard(PROVINCE, store.figures(PROVINCE.id), month, plan_ids=(plan.id,))
    overview = build_overview(board, PROVINCE, plan, Circumstances(month=month, today=TODAY), FORMATS)
    return said(sheet_of(overview_report.make(page, plan, month, None, overview, "/tong-quan")))


WAYS: dict[str, tuple[Way, frozenset[str]]] = {
    "returns of a unit": (
        lambda store, who: store.returns("thai-nguyen", readable(who), SEPTEMBER),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "last figures": (
        lambda store, who: store.last_figures("thai-nguyen", readable(who), UNIT, SEPTEMBER),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "revisions": (
        lambda store, who: store.revisions("thai-nguyen", readable(who), UNIT, "dossiers_received", SEPTEMBER),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "one return": (
        lambda store, who: find_return(store, PROVINCE, readable(who), CODE, PROVINCE.form(FORM), SEPTEMBER, TODAY),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "owed returns": (
        lambda store, who: who and owed_returns(store, PROVINCE, who, TODAY),
        frozenset({"science_head"}),
    ),
    "workbook": (workbook, frozenset({"science_head"})),
    "address of the workbook": (media_address, frozenset({"science_head"})),
    "drafts": (lambda store, who: own_drafts(store, PROVINCE, who), frozenset({"science_head"})),
    "ledger": (
        lambda store, who: read_ledger(store, PROVINCE, who, UNIT),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "trail": (
        lambda store, who: read_trail(store, who, TrailQuery(province_id="thai-nguyen"), 1),
        frozenset(OVERSEERS),
    ),
    "search": (
        lambda store, who: read_trail(store, who, TrailQuery(province_id="thai-nguyen", text=SECRET), 1),
        frozenset(OVERSEERS),
    ),
    "event": (lambda store, who: read_event(store, who, "thai-nguyen", 5, 1), frozenset(OVERSEERS)),
    "trail as CSV": (
        lambda store, who: export_trail(store, who, TrailQuery(province_id="thai-nguyen"), NOW),
        frozenset(OVERSEERS),
    ),
    "origin of a number": (
        lambda store, who: read_histories(store, PROVINCE, who, [UNIT], ["dossiers_received"], SEPTEMBER),
        frozenset({"science_head", "chair", "reviewer", "administrator"}),
    ),
    "one-page report": (one_page_report, frozenset()),
    "desk": (lambda store, who: read_desk(store, PROVINCE, desk_scope(who), TODAY), frozenset({"reviewer"})),
}


@pytest.mark.parametrize("who", ["nobody", "viewer", "chair", "science_head", "office_head", "no_unit", *OVERSEERS])
@pytest.mark.parametrize("way", WAYS)
def test_a_units_words_leave_by_no_way_that_a_person_has_no_right_to(told: Path, way: str, who: str) -> None:
    ask, allowed = WAYS[way]
    with opened(told) as store:
        try:
            answer = repr(ask(store, person(who)))
        except (AccessRefusedError, AssertionError):
            answer = ""
    assert any(mark in answer for mark in MARKS) is (who in allowed)


@pytest.mark.parametrize("who", ["nobody", "viewer", "science_head", "office_head"])
def test_who_oversees_nobody_is_told_of_no_unit(told: Path, who: str) -> None:
    own = person(who)
    with opened(told) as store:
        for way in (
            lambda: read_completeness(store, PROVINCE, completeness_scope(own), Month.parse("2025-09"), TODAY),
            lambda: outline_trail(store, own, "thai-nguyen"),
            lambda: desk_scope(own),
        ):
            with pytest.raises(AccessRefusedError):
                way()
        if own is not None and own.role is Role.HEAD:
            assert {each.unit.code for each in ledger_units(store, PROVINCE, own)} <= own.unit_codes


@pytest.mark.parametrize("who", ["nobody", "viewer", "chair", "science_head", "no_unit", *OVERSEERS])
def test_the_one_page_report_is_the_same_for_all_who_see_the_scoreboard_and_nobodys_else(told: Path, who: str) -> None:
    with opened(told) as store:
        if who == "nobody":
            with pytest.raises(AccessRefusedError):
                one_page_report(store, person(who))
        else:
            assert "1. 100% dịch vụ được thiết kế, thiết kế lại" in one_page_report(store, person(who))


READERS = ("viewer", "chair", "science_head", "office_head", "no_unit", *OVERSEERS)
TARGET = next(each for each in PROVINCE.targets if each.id == "full-online-dossiers")
TEXT = JustificationText(cause="Thiếu người trực", remedy="Cử thêm hai người", by_when=date(2025, 11, 30))


def justify(store: Store, who: Person | None) -> None:
    month, revision = Month.parse("2025-09"), len(read_history(store, PROVINCE, who, TARGET, Month.parse("2025-09")))
    write_justification(store, PROVINCE, who, TARGET, month, TEXT, expected_revision=revision, now=NOW, today=TODAY)


def test_a_justification_is_read_by_all_who_see_the_scoreboard_and_written_by_its_lead_unit(told: Path) -> None:
    with opened(told) as store:
        before = store.data_version()
        for name in ("nobody", *READERS):
            if name != "science_head":
                with pytest.raises(AccessRefusedError):
                    justify(store, person(name))
        assert store.data_version() == before
        justify(store, person("science_head"))
        for name in READERS:
            assert [each.cause for each in read_history(store, PROVINCE, person(name), TARGET, Month.parse("2025-09"))]
        for refused in (
            lambda: read_history(store, PROVINCE, None, TARGET, Month.parse("2025-09")),
            lambda: justification_scope(None),
        ):
            with pytest.raises(AccessRefusedError):
                refused()


ADDRESSES: dict[str, dict[str, str]] = {
    "nhap-so-lieu": {"phieu": f"{FORM}.{CODE}.2025-09"},
    "so-dinh-chinh": {"don-vi": UNIT},
    "nhat-ky": {"tim": SECRET},
    "tu-dau-ra": {"ke-hoach": "kh-222-2024", "muc": "full-online-dossiers", "ky": "2025-09", "don-vi": UNIT},
    "chi-tieu": {"ke-hoach": "kh-222-2024", "muc": "full-online-dossiers", "ky": "2025-09", "don-vi": UNIT},
    "duyet-so-lieu": {"don-vi": UNIT},
}


def everything_sent(app: AppTest) -> bytes:
    """Return all that a run sends to the browser: texts, HTML, tables, specifications of charts."""
    return b"".join(node.proto.SerializeToString() for node in app._tree if getattr(node, "proto", None) is not None)


def test_what_is_typed_into_a_justification_and_not_recorded_stays_with_its_author(open_app: OpenApp) -> None:
    def target_page(who: str) -> AppTest:
        return open_app(who, muc=TARGET.id).switch_page("pages/monitor/target.py").run()

    app = target_page("science_head")
    app.text_area[0].set_value(SECRET).run()
    assert app.text_area[0].value == SECRET
    for who in ("science_head", "office_head", "chair"):
        page = target_page(who)
        assert [box.value for box in page.text_area] == ([""] * 2 if who == "science_head" else [])
        assert SECRET.encode() not in everything_sent(page)


def test_no_page_sends_one_units_words_to_another_person_in_the_same_process(open_app: OpenApp, told: Path) -> None:
    seen: dict[str, set[str]] = {}
    for who in (*SEEING, *OTHERS, *OTHERS):  # those who may see come first and fill every cache
        app = open_app(who)
        for page in PAGES:
            app.query_params.clear()
            app.query_params.update({"vai": who} | ADDRESSES.get(page.url, {}))
            sent = everything_sent(app.switch_page(page.path).run())
            assert sent, "an empty page proves nothing"
            if any(mark.encode() in sent for mark in MARKS):
                seen.setdefault(page.url, set()).add(who)
    assert seen == {
        "nhap-so-lieu": {"science_head"},
        "so-dinh-chinh": {"science_head", "reviewer", "administrator", "chair"},
        "tu-dau-ra": {"science_head", "reviewer", "administrator", "chair"},
        "nhat-ky": {"reviewer", "administrator"},
        "duyet-so-lieu": {"reviewer"},
    }

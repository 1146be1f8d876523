"""Who may freeze, give work and say what became of it; what is refused; and that an edition never changes."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from scorecard.definitions import read_province
from scorecard.domain.access import AccessRefusedError, Person, Role
from scorecard.domain.figure import Figure
from scorecard.domain.meeting import Edition, EditionMark, Result
from scorecard.domain.period import Month, Period
from scorecard.domain.province import Province
from scorecard.presentation.meeting_content import read_board, tell
from scorecard.presentation.texts import Language
from scorecard.store import Batch, ConflictError, EventKind, ReturnDraft, Store, open_store
from scorecard.workflow import meeting
from scorecard.workflow.exported_meetings import commitment_lines, edition_lines
from scorecard.workflow.meeting import RefusedMeetingError, Work
from scorecard.workflow.settings import ROOT

NOW = datetime(2025, 10, 3, 1, tzinfo=UTC)
SEPTEMBER = Month.parse("2025-09")
FOLDER = ROOT / "targets" / "thai-nguyen"
CHAIR = Person("chair", "Văn phòng", Role.CHAIR_OFFICE)
REVIEWER = Person("reviewer", "Chuyên viên", Role.REVIEWER)
OTHERS = [
    None,
    Person("x", "x", Role.VIEWER),
    Person("x", "x", Role.HEAD, frozenset({"so-khcn"})),
    Person("x", "x", Role.REPORTER, frozenset({"so-khcn"})),
    Person("x", "x", Role.ADMINISTRATOR),
]
TARGET, OFFICE, ELEMENT = "essential-services", "van-phong-ubnd", "essential_services_online"


def province_of(folder: Path = FOLDER) -> Province:
    found = read_province(folder).province
    assert found is not None
    return found


PROVINCE = province_of()
PLAN = next(plan for plan in PROVINCE.plans if plan.id == "kh-222-2024")
_UNIT = PROVINCE.units.find(OFFICE, SEPTEMBER.last_day)
assert _UNIT is not None
UNIT_ID = _UNIT.id


@pytest.fixture
def store(demo_template: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copyfile(demo_template, tmp_path / "demo.db")
    opened = open_store(f"sqlite:///{tmp_path / 'demo.db'}")
    yield opened
    opened.close()


def nothing(_: pl.DataFrame, __: pl.DataFrame) -> dict[str, str]:
    return {"said": "nothing"}


def freeze(store: Store, name: str = "Họp tháng 10", person: Person | None = CHAIR, **changes: object) -> EditionMark:
    settings = {"definitions": FOLDER, "tell": nothing, "now": NOW} | changes
    return meeting.freeze(store, PROVINCE, person, PLAN, SEPTEMBER, name, **settings)


def freeze_in_words(store: Store, province: Province = PROVINCE, folder: Path = FOLDER) -> int:
    plan = next(plan for plan in province.plans if plan.id == PLAN.id)
    mark = meeting.freeze(
        store,
        province,
        CHAIR,
        plan,
        SEPTEMBER,
        f"Bản {store.data_version()}",
        definitions=folder,
        tell=lambda board, history: tell(board, history, province, plan, SEPTEMBER),
        now=NOW,
    )
    return mark.number


def shown(store: Store) -> Edition:
    found = meeting.edition(store, PROVINCE, CHAIR, 1)
    assert found is not None
    return found


def work(**changes: object) -> Work:
    content = {
        "target_id": TARGET,
        "of_unit": "19",
        "unit_id": UNIT_ID,
        "what": "Cung cấp nốt một dịch vụ",
        "due": date(2025, 10, 31),
        "promised": Decimal(76),
    } | changes
    return Work(**content)


def give(store: Store, person: Person | None = CHAIR, **changes: object) -> None:
    meeting.give(store, PROVINCE, person, shown(store), work(**changes), now=NOW)


def correct(store: Store, value: int) -> None:
    figure = Figure(unit_id=UNIT_ID, element_id=ELEMENT, period=Period(SEPTEMBER, SEPTEMBER), value=Decimal(value))
    draft = ReturnDraft(
        unit_id=UNIT_ID, form_id="essential-services", period=figure.period, figures=(figure,), reason="Đếm lại"
    )
    batch = Batch(
        kind=EventKind.RETURN_SUBMITTED,
        province_id=PROVINCE.id,
        person_id="x",
        at=NOW,
        returns=(draft,),
        approved=True,
    )
    store.record(batch)


@pytest.mark.parametrize("person", [CHAIR, REVIEWER])
def test_the_chair_s_office_and_the_reviewer_freeze_and_give_work(store: Store, person: Person) -> None:
    assert freeze(store, person=person).frozen_by == person.id
    give(store, person)
    (given,) = meeting.commitments(store, PROVINCE, CHAIR)
    assert (given.given_by, given.what, given.promised) == (person.id, "Cung cấp nốt một dịch vụ", Decimal(76))
    kinds = [(event.kind, event.details.get("unit")) for event in store.events()[-2:]]
    assert kinds == [("edition_frozen", None), ("commitment_given", UNIT_ID)]
    assert store.verify() == ()


@pytest.mark.parametrize("person", OTHERS)
def test_nobody_else_does(store: Store, person: Person | None) -> None:
    with pytest.raises(AccessRefusedError):
        freeze(store, person=person)
    assert store.meetings.editions(PROVINCE.id) == ()
    freeze(store)
    with pytest.raises(AccessRefusedError):
        give(store, person)
    assert store.meetings.commitments(PROVINCE.id) == ()


@pytest.mark.parametrize("person", [*OTHERS, REVIEWER])
def test_only_the_chair_s_office_says_what_became_of_work(store: Store, person: Person | None) -> None:
    freeze(store)
    give(store, promised=None)
    (given,) = store.meetings.commitments(PROVINCE.id)
    with pytest.raises(AccessRefusedError):
        meeting.state(store, PROVINCE, person, given, Result.KEPT, "", now=NOW)
    assert store.meetings.commitments(PROVINCE.id) == (given,)


def test_without_an_identity_nothing_is_read(store: Store) -> None:
    freeze(store)
    reads = [meeting.editions, meeting.commitments, lambda *who: meeting.edition(*who, 1)]
    for read in reads:
        with pytest.raises(AccessRefusedError):
            read(store, PROVINCE, None)
    assert len(meeting.editions(store, PROVINCE, OTHERS[1])) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "name_missing"), (" \n ", "name_missing"), ("x" * 61, "name_too_long"), ("Họp  tháng 10", "name_taken")],
)
def test_an_edition_needs_a_name_of_its_own(store: Store, name: str, reason: str) -> None:
    freeze(store)
    with pytest.raises(RefusedMeetingError) as refused:
        freeze(store, name)
    assert refused.value.reason == f"meeting.{reason}"
    assert len(store.meetings.editions(PROVINCE.id)) == 1


def test_definitions_that_changed_since_they_were_read_are_not_frozen(store: Store, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "changed")
    (tmp_path / "changed" / "more.txt").write_text("x")
    with pytest.raises(RefusedMeetingError) as refused:
        freeze(store, definitions=tmp_path / "changed")
    assert refused.value.reason == "meeting.definitions_moved"


def test_what_was_written_while_the_figures_were_told_is_in_the_edition(store: Store) -> None:
    told: list[int] = []

    def tell_slowly(board: pl.DataFrame, _: pl.DataFrame) -> dict[str, int]:
        if not told:
            correct(store, 70)
        told.append(board.filter(pl.col("target") == TARGET)["numerator"].item())
        return {"said": told[-1]}

    mark = freeze(store, tell=tell_slowly)
    assert told == [75, 70]
    assert shown(store).content["shown"] == {"said": 70}
    assert mark.event == store.data_version()
    assert store.verify() == ()


def test_somebody_who_never_stops_writing_is_a_conflict(store: Store) -> None:
    numbers = iter(range(60, 70))

    def tell_and_write(*_: pl.DataFrame) -> dict[str, str]:
        correct(store, next(numbers))
        return {}

    with pytest.raises(ConflictError):
        freeze(store, tell=tell_and_write)
    assert store.meetings.editions(PROVINCE.id) == ()


def test_an_edition_is_shown_as_it_was_after_corrections_and_after_the_definitions_changed(
    store: Store, tmp_path: Path
) -> None:
    freeze_in_words(store)
    board = read_board(shown(store).content, Language.VIETNAMESE)
    correct(store, 70)
    changed_folder = tmp_path / "targets" / FOLDER.name
    shutil.copytree(FOLDER, changed_folder)
    plan = changed_folder / "plans" / "kh-222-2024.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06", "Tên mới"), encoding="utf-8")
    number = freeze_in_words(store, province_of(changed_folder), changed_folder)

    again = read_board(shown(store).content, Language.VIETNAMESE)
    assert again == board
    row = again.row(TARGET, "19")
    assert row is not None
    assert (row.name, row.value) == (
        "Cung cấp đủ 76 dịch vụ công thiết yếu của Đề án 06",
        "75/76\N{NO-BREAK SPACE}dịch\N{NO-BREAK SPACE}vụ",
    )
    assert shown(store).content["definitions"]["plans/kh-222-2024.yaml"] == text
    later = store.meetings.edition(PROVINCE.id, number)
    assert later is not None
    changed = read_board(later.content, Language.VIETNAMESE).row(TARGET, "19")
    assert changed is not None
    assert (changed.name, changed.measured) == ("Tên mới", 70)
    first, second = shown(store).mark, later.mark
    assert first.figures_hash != second.figures_hash
    assert first.definitions_hash != second.definitions_hash
    assert store.verify() == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"what": "abc"}, "work_missing"),
        ({"what": "x" * (meeting.LONGEST_WORK + 1)}, "work_too_long"),
        ({"due": date(2025, 10, 2)}, "due_has_passed"),
        ({"unit_id": "nowhere@"}, "no_such_unit"),
    ],
)
def test_work_that_cannot_be_followed_up_is_refused(store: Store, change: dict[str, object], reason: str) -> None:
    freeze(store)
    with pytest.raises(RefusedMeetingError) as refused:
        give(store, **change)
    assert refused.value.reason == f"meeting.{reason}"
    assert store.meetings.commitments(PROVINCE.id) == ()


def test_a_button_pressed_twice_gives_work_once(store: Store) -> None:
    freeze(store)
    give(store)
    with pytest.raises(RefusedMeetingError) as refused:
        give(store)
    assert refused.value.reason == "meeting.work_recorded_already"
    give(store, promised=None)
    assert len(store.meetings.commitments(PROVINCE.id)) == 2


def test_a_result_is_stated_once_and_a_bad_one_needs_a_reason(store: Store) -> None:
    freeze(store)
    give(store, promised=None)
    (given,) = store.meetings.commitments(PROVINCE.id)
    with pytest.raises(RefusedMeetingError) as refused:
        meeting.state(store, PROVINCE, CHAIR, given, Result.NOT_KEPT, "vội", now=NOW)
    assert refused.value.reason == "meeting.reason_missing"
    meeting.state(store, PROVINCE, CHAIR, given, Result.KEPT, "", now=NOW)
    with pytest.raises(ConflictError):
        meeting.state(store, PROVINCE, CHAIR, given, Result.KEPT, "", now=NOW)
    (stated,) = store.meetings.commitments(PROVINCE.id)
    assert stated.stated is not None
    assert (stated.stated.result, stated.stated.stated_by) == (Result.KEPT, "chair")
    with pytest.raises(RefusedMeetingError) as again:
        meeting.state(store, PROVINCE, CHAIR, stated, Result.KEPT, "", now=NOW)
    assert again.value.reason == "meeting.stated_already"


def test_where_a_number_was_promised_nobody_says_it_was_kept(store: Store) -> None:
    freeze(store)
    give(store)
    (given,) = store.meetings.commitments(PROVINCE.id)
    for result in (Result.KEPT, Result.NOT_KEPT, Result.OPEN):
        with pytest.raises(RefusedMeetingError) as refused:
            meeting.state(store, PROVINCE, CHAIR, given, result, "Đã xem hồ sơ rồi", now=NOW)
        assert refused.value.reason == "meeting.number_tells"
    meeting.state(store, PROVINCE, CHAIR, given, Result.WITHDRAWN, "Giao trùng với việc khác", now=NOW)
    assert store.verify() == ()


def test_editions_and_given_work_leave_as_plain_lines(store: Store) -> None:
    freeze(store)
    give(store)
    (edition,) = [json.loads(line) for line in edition_lines(store, PROVINCE.id)]
    assert (edition["number"], edition["name"], edition["month"]) == (1, "Họp tháng 10", "2025-09")
    assert edition["content"]["shown"] == {"said": "nothing"}
    assert set(edition["content"]["definitions"]) >= {"province.yaml", "plans/kh-222-2024.yaml"}
    (given,) = [json.loads(line) for line in commitment_lines(store, PROVINCE.id)]
    assert (given["what"], given["promised"], given["due"]) == ("Cung cấp nốt một dịch vụ", "76", "2025-10-31")
    assert (given["unit_id"], given["statements"]) == (UNIT_ID, [])

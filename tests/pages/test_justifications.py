"""Justifications through the pages: written on the target, listed for the chair, refused to everybody else."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from scorecard.domain.access import Person, Role
from scorecard.domain.justification import Justification
from scorecard.domain.period import Month
from scorecard.ui import cache
from scorecard.ui.navigation import JUSTIFICATIONS, TARGET
from scorecard.workflow.justifications import JustificationText, write_justification
from tests.pages.entry_page import page_text, press
from tests.pages.test_review import PROVINCE, opened

OpenApp = Callable[..., AppTest]
SEPTEMBER, AUGUST = Month.parse("2025-09"), Month.parse("2025-08")
NOW, TODAY = datetime(2025, 10, 3, 2, tzinfo=UTC), date(2025, 10, 3)
CAUSE, REMEDY, DAY = "Nguyên nhân", "Cách khắc phục", "Khắc phục xong ngày"
GOOD = {CAUSE: "Hệ thống một cửa ngừng 10 ngày", REMEDY: "Bổ sung máy chủ dự phòng", DAY: "30/11/2025"}
LATE = "full-online-dossiers"
HEAD = Person("demo-science_head", "x", Role.HEAD, frozenset({"so-khcn"}))
DEPUTY = Person("demo-unit_head", "x", Role.HEAD, frozenset({"so-khcn"}))


def target_page(open_app: OpenApp, person: str = "science_head", muc: str = LATE) -> AppTest:
    return open_app(person, **{"ke-hoach": "kh-222-2024", "muc": muc}).switch_page(TARGET.path).run()


def list_page(open_app: OpenApp, person: str = "chair", **address: str) -> AppTest:
    return open_app(person, **address).switch_page(JUSTIFICATIONS.path).run()


def of_month(app: AppTest, month: str) -> AppTest:
    """Choose a month; the overview, which every test opens first, has chosen one already."""
    return app.selectbox(key="ky").select(month).run()


def fill(app: AppTest, texts: dict[str, str]) -> AppTest:
    for label, text in texts.items():
        (box,) = [each for each in (*app.text_area, *app.text_input) if each.label == label]
        box.set_value(text)
    return app


def typed(app: AppTest) -> dict[str, str | None]:
    boxes = (*app.text_area, *app.text_input)
    return {each.label: each.value for each in boxes if each.label != "Tìm đơn vị"}


def write(app: AppTest, texts: dict[str, str]) -> AppTest:
    return press(fill(app, texts), "Ghi giải trình")


def kept(database: Path) -> list[Justification]:
    with opened(database) as store:
        return list(store.justifications.of_province("thai-nguyen"))


def say(
    database: Path, cause: str = "Thiếu người trực một cửa", *, person: Person = HEAD, month: Month = SEPTEMBER,
    by_when: date = date(2025, 11, 30), today: date = TODAY, revision: int = 0,
) -> None:  # fmt: skip
    target = next(each for each in PROVINCE.targets if each.id == LATE)
    text = JustificationText(cause=cause, remedy="Cử thêm hai người", by_when=by_when)
    with opened(database) as store:
        write_justification(
            store, PROVINCE, person, target, month, text, expected_revision=revision, now=NOW, today=today
        )


def copied(app: AppTest) -> list[str]:
    (listed,) = app.get("code")
    return listed.value.split("\n")


def chips(app: AppTest) -> list[str]:
    """Return the statuses told on the page."""
    return re.findall(r'class="chip (\w+)"', " ".join(each.value for each in app.markdown))


def test_the_lead_unit_writes_on_its_target_and_the_chairs_list_no_longer_asks(
    open_app: OpenApp, demo_database: Path
) -> None:
    assert "Còn 8/8 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025 chưa có giải trình." in page_text(
        list_page(open_app)
    )
    app = target_page(open_app)
    asked = "Sở Khoa học và Công nghệ chưa viết giải trình cho tháng 9/2025, hạn 31/10/2025."
    assert asked in page_text(app)
    before = chips(app)
    app = write(app, GOOD)
    page = page_text(app)
    assert re.search(r"Đã ghi giải trình\. Mã 000004-[0-9A-F]{8}, lúc 03/10/2025 \d\d:\d\d\.", page)
    assert "Sở Khoa học và Công nghệ đã giải trình cho tháng 9/2025." in page
    assert (
        f"Nguyên nhân {GOOD[CAUSE]} Cách khắc phục {GOOD[REMEDY]} Khắc phục xong ngày 30/11/2025, còn 58 ngày" in page
    )
    assert "Người viết Giám đốc Sở Khoa học và Công nghệ, 03/10/2025" in page
    assert (chips(app), typed(app)) == (before, {})
    (said,) = kept(demo_database)
    assert (said.target_id, said.unit_id, said.by_when) == (LATE, "so-khcn@2025-07-01", date(2025, 11, 30))
    told = list_page(open_app)
    assert "Còn 7/8 chỉ tiêu" in page_text(told)
    assert not [line for line in copied(told) if "80% hồ sơ được xử lý" in line]
    assert f"80% hồ sơ được xử lý hoàn toàn trực tuyến Sở Khoa học và Công nghệ cho tháng 9/2025 Chậm tiến độ {GOOD[CAUSE]}" in page_text(told)  # fmt: skip # noqa: E501


def test_what_is_wrong_is_named_on_top_and_at_its_place_and_nothing_typed_is_lost(
    open_app: OpenApp, demo_database: Path
) -> None:
    bad = {CAUSE: "ngắn", REMEDY: "", DAY: "31/11/2025"}
    app = write(target_page(open_app), bad)
    page = page_text(app)
    assert "Có 3 chỗ cần sửa" in page
    for label, text in {
        CAUSE: "Viết từ 10 ký tự trở lên.",
        REMEDY: "Viết từ 10 ký tự trở lên.",
        DAY: "Không có ngày này, xem lại ngày và tháng.",
    }.items():
        assert f"{label}: {text}" in page
        assert f"Cần sửa: {text}" in page
    assert (typed(app), kept(demo_database)) == (bad, [])
    top = next(each.proto.body for each in app.get("html") if 'class="entry-corrections"' in each.proto.body)
    places = re.findall(r'href="#([\w-]+)"', top)
    assert [place.rsplit("-", 1)[1] for place in places] == ["cause", "remedy", "by_when"]
    fields = [each.proto.body for each in app.get("html") if 'class="entry-field-error"' in each.proto.body]
    assert [re.search(r'id="([\w-]+)-error"', each)[1] for each in fields] == places  # type: ignore[index]
    app = write(app, GOOD)
    assert "cần sửa" not in page_text(app).lower()
    assert len(kept(demo_database)) == 1


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2/10/2025", "Ngày 02/10/2025 đã qua, ghi ngày từ hôm nay trở đi."),
        ("11/2025", "Gõ đủ ngày, tháng, năm: 05/3/2025."),
        ("", "Gõ ngày, ví dụ 05/3/2025."),
    ],
)
def test_a_day_that_is_no_promise_is_refused(open_app: OpenApp, day: str, words: str) -> None:
    page = page_text(write(target_page(open_app), GOOD | {DAY: day}))
    assert f"Có 1 chỗ cần sửa {DAY}: {words}" in page


def test_a_correction_starts_from_what_was_said_and_both_are_shown(open_app: OpenApp, demo_database: Path) -> None:
    say(demo_database)
    app = target_page(open_app)
    assert typed(app) == {}
    app = press(app, "Sửa giải trình")
    assert typed(app) == {CAUSE: "Thiếu người trực một cửa", REMEDY: "Cử thêm hai người", DAY: "30/11/2025"}
    app = write(app, {})
    assert "Chưa có gì khác với lần viết trước." in page_text(app)
    app = write(app, {REMEDY: "Cử thêm bốn người"})
    page = page_text(app)
    assert "Cách khắc phục Cử thêm bốn người" in page
    assert "lần viết thứ 2" in page
    (earlier,) = [each for each in app.expander if each.label.startswith("Các lần viết trước")]
    assert earlier.label == "Các lần viết trước (1)"
    assert "Cách khắc phục Cử thêm hai người" in page
    assert [each.revision for each in kept(demo_database)] == [1, 2]


def test_a_correction_can_be_given_up(open_app: OpenApp, demo_database: Path) -> None:
    say(demo_database)
    app = fill(press(target_page(open_app), "Sửa giải trình"), {CAUSE: "Không gửi nữa đâu"})
    app = press(app, "Thôi, giữ như cũ")
    assert typed(app) == {}
    assert "Thiếu người trực một cửa" in page_text(app)
    assert len(kept(demo_database)) == 1


@pytest.mark.parametrize("keep", [True, False])
def test_who_was_overtaken_reads_the_other_and_loses_nothing(
    open_app: OpenApp, demo_database: Path, keep: bool
) -> None:
    app = fill(target_page(open_app), GOOD).run()
    say(demo_database, "Lời của người kia", person=DEPUTY)
    app = press(app, "Ghi giải trình")
    page = page_text(app)
    assert "Người đứng đầu đơn vị vừa ghi giải trình lúc 03/10/2025 09:00, trong khi bạn đang viết" in page
    assert "Nguyên nhân Lời của người kia" in page
    assert f"Nguyên nhân {GOOD[CAUSE]}" in page
    assert len(kept(demo_database)) == 1
    if keep:
        app = press(app, "Giữ bản đã ghi")
        assert (typed(app), len(kept(demo_database))) == ({}, 1)
    else:
        app = press(app, "Viết tiếp bản của tôi")
        assert typed(app) == GOOD
        write(app, {})
        assert [each.cause for each in kept(demo_database)] == ["Lời của người kia", GOOD[CAUSE]]


@pytest.mark.parametrize("person", ["chair", "reviewer", "administrator", "office_head", "commune_reporter"])
def test_everybody_reads_and_only_the_lead_unit_writes(open_app: OpenApp, demo_database: Path, person: str) -> None:
    say(demo_database)
    app = target_page(open_app, person)
    assert "Nguyên nhân Thiếu người trực một cửa" in page_text(app)
    labels = {each.label for each in app.button}
    assert not labels & {"Ghi giải trình", "Sửa giải trình"}
    assert not app.text_area
    assert not target_page(open_app, person, "services-redesigned").text_area


@pytest.mark.parametrize("muc", ["eforms-updated", "piloted-procedures"])
def test_a_target_that_is_not_late_asks_for_nothing(open_app: OpenApp, muc: str) -> None:
    app = target_page(open_app, muc=muc)
    assert "Trạng thái tháng 9/2025 không cần giải trình." in page_text(app)
    assert not app.text_area


def test_earlier_months_stay_in_sight(open_app: OpenApp, demo_database: Path) -> None:
    say(demo_database, "Lời của tháng tám", month=AUGUST)
    app = target_page(open_app)
    assert "Các lần viết trước (1)" in [each.label for each in app.expander]
    page = page_text(app)
    assert "chưa viết giải trình cho tháng 9/2025" in page
    assert "Cho tháng 8/2025 Nguyên nhân Lời của tháng tám" in page
    assert "Lời của tháng tám" not in page_text(of_month(target_page(open_app), "tháng 7/2025"))


def test_the_list_tells_units_statuses_since_when_and_until_when(open_app: OpenApp) -> None:
    app = list_page(open_app)
    page = page_text(app)
    assert (
        "80% hồ sơ được xử lý hoàn toàn trực tuyến Sở Khoa học và Công nghệ Chậm tiến độ tháng 3/2025 31/10/2025"
        in page
    )
    assert "Hồ sơ công việc được xử lý trên môi trường mạng (Cấp xã)" in page
    first, *lines = copied(app)
    assert re.fullmatch(r"Chưa giải trình cho tháng 9/2025, tính đến \d\d:\d\d ngày 03/10/2025:", first)
    assert [line for line in lines if not line.startswith("- ")] == [
        "1. Văn phòng Ủy ban nhân dân tỉnh:",
        "2. Sở Khoa học và Công nghệ:",
    ]
    assert len(lines) == 2 + 8
    links = re.findall(r'href="([^"]+)"', unescape(" ".join(each.value for each in app.markdown)))
    assert "/chi-tieu?vai=chair&ke-hoach=kh-222-2024&ky=2025-09&muc=full-online-dossiers" in links


def test_a_month_gone_by_tells_what_is_overdue_and_what_came_of_a_promise(
    open_app: OpenApp, demo_database: Path
) -> None:
    say(demo_database, month=AUGUST, by_when=date(2025, 9, 30), today=date(2025, 9, 5))
    page = page_text(of_month(list_page(open_app), "tháng 8/2025"))
    assert "Còn 6/7 chỉ tiêu chậm hoặc có nguy cơ của tháng 8/2025 chưa có giải trình, trong đó 6 đã quá hạn." in page
    assert "02/10/2025 quá 1 ngày" in page
    assert "30/09/2025 đã qua ngày hẹn, trạng thái chưa tốt lên" in page
    now = page_text(list_page(open_app))
    assert "Còn 8/8" in now
    assert "cho tháng 8/2025 Chậm tiến độ Thiếu người trực một cửa" in now


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ("science_head", "Còn 6/6 chỉ tiêu"),
        ("office_head", "Còn 2/2 chỉ tiêu"),
        ("commune_head", "Tháng 9/2025 không có chỉ tiêu nào phải giải trình."),
        ("reviewer", "Còn 8/8 chỉ tiêu"),
        ("administrator", "Còn 8/8 chỉ tiêu"),
    ],
)
def test_a_head_sees_what_the_own_unit_leads_and_the_province_everything(
    open_app: OpenApp, person: str, sentence: str
) -> None:
    assert sentence in page_text(list_page(open_app, person))


def test_every_month_offered_can_be_shown(open_app: OpenApp) -> None:
    app = list_page(open_app)
    months = app.selectbox(key="ky").options
    assert (len(months), months[0], months[-1]) == (12, "tháng 9/2025", "tháng 10/2024")
    app = of_month(app, "tháng 10/2024")
    assert "Tháng 10/2024 không có chỉ tiêu nào phải giải trình." in page_text(app)
    assert not app.get("code")


def test_what_somebody_typed_is_shown_as_text(open_app: OpenApp, demo_database: Path) -> None:
    say(demo_database, "<b>in đậm</b> & <script>x</script>")
    for app in (target_page(open_app), list_page(open_app)):
        sent = " ".join([*(e.proto.body for e in app.get("html")), *(each.value for each in app.markdown)])
        assert "<b>in đậm" not in sent
        assert "&lt;b&gt;in đậm&lt;/b&gt; &amp; &lt;script&gt;" in sent


def test_a_unit_is_told_what_it_owes(open_app: OpenApp, demo_database: Path) -> None:
    say(demo_database)
    with opened(demo_database) as store:
        shown = store.data_version(), PROVINCE.digest
        owed = cache.owed_justifications(*shown, "so-khcn", TODAY, _store=store, _province=PROVINCE)
        assert cache.owed_justifications(*shown, "05908", TODAY, _store=store, _province=PROVINCE) == ()
    assert [(each.target.id, str(each.month), each.due) for each in owed] == [
        (target, "2025-09", date(2025, 10, 31))
        for target in (
            "services-redesigned",
            "households-covered",
            "users-identified",
            "online-work-files.commune",
            "national-full-online-dossiers",
        )
    ]


def test_english_readers_get_english_pages(open_app: OpenApp) -> None:
    page = page_text(list_page(open_app, lang="en"))
    assert "8/8 targets late or at risk in" in page

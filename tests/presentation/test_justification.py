"""What is said of a late target, word for word."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape

import pytest

from scorecard.calculation.justification_duty import AskedTarget, GivenJustification, JustificationList, Outcome
from scorecard.domain.finding import Finding
from scorecard.domain.form import Severity
from scorecard.domain.justification import Justification
from scorecard.domain.period import Month
from scorecard.domain.plan import Scope
from scorecard.domain.status import Status
from scorecard.domain.unit import Units
from scorecard.presentation.formats import Formats
from scorecard.presentation.justification import day_text, earlier_html, place_hint, refusals, said_html, standing_html
from scorecard.presentation.justification_list import given_html, missing_html, sentence, to_copy
from scorecard.presentation.recorded import Names
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_plan, a_province, a_target, a_unit

ZONE = timezone(timedelta(hours=7))
TODAY = date(2025, 11, 3)
AUGUST, SEPTEMBER = Month.parse("2025-08"), Month.parse("2025-09")
FIRST = a_target("first", lead="05908")
COMMUNES = a_target("files.commune", name="Hồ sơ <công việc>", lead="05909", scope=Scope(level="commune"))
UNLED = a_target("unled", name="Chỉ tiêu chưa giao")
TOP = a_unit("19", name="Tỉnh", kind="province", level="province", parent=None, valid_from=None)
LATE, RISK = Status.OFF_TRACK, Status.AT_RISK
SAID = Justification(
    plan_id="kh-222-2024",
    target_id="first",
    month=SEPTEMBER,
    unit_id="05908@2025-07-01",
    cause="Hệ thống <ngừng>\n10 ngày",
    remedy="Thêm hai người",
    by_when=date(2025, 11, 30),
    revision=1,
    recorded_at=datetime(2025, 10, 3, 2, 12, tzinfo=UTC),
    recorded_by="head",
    event=4,
)


def names(language: Language = Language.VIETNAMESE) -> Names:
    units = Units((TOP, a_unit(protocol_order=2), a_unit("05909", name="Xã Tân Khánh", protocol_order=1)))
    province = a_province(units=units, plans=(a_plan(FIRST, COMMUNES, UNLED),))
    return Names(
        province=province, formats=Formats(load_texts(language)), zone=ZONE, person={"head": "Chủ tịch xã"}.get
    )  # type: ignore[arg-type]


def asked(target: object = FIRST, status: Status = LATE, **changes: object) -> AskedTarget:
    code = target.lead  # type: ignore[attr-defined]
    content: dict[str, object] = {
        "target": target,
        "month": SEPTEMBER,
        "lead": names().province.units.find(code, SEPTEMBER.last_day) if code else None,
        "status": status,
        "since": AUGUST,
        "due": date(2025, 10, 31),
    } | changes
    return AskedTarget(**content)  # type: ignore[arg-type]


def told(missing: tuple[AskedTarget, ...] = (), answers: int = 0, **changes: object) -> JustificationList:
    answered = tuple(asked() for _ in range(answers))
    content: dict[str, object] = {"month": SEPTEMBER, "asked": missing + answered, "missing": missing, "given": ()}
    return JustificationList(**content | changes)  # type: ignore[arg-type]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def link(target: object, month: Month) -> str:
    return f"/chi-tieu?muc={target.id}&ky={month}"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("found", "today", "expected"),
    [
        (told(), TODAY, "Tháng 9/2025 không có chỉ tiêu nào phải giải trình."),
        (told(answers=8), TODAY, "Cả 8 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025 đã có giải trình."),
        (
            told((asked(), asked(COMMUNES)), answers=1),
            date(2025, 10, 31),
            "Còn 2/3 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025 chưa có giải trình.",
        ),
        (
            told((asked(), asked(COMMUNES, due=date(2025, 11, 30))), answers=1),
            TODAY,
            "Còn 2/3 chỉ tiêu chậm hoặc có nguy cơ của tháng 9/2025 chưa có giải trình, trong đó 1 đã quá hạn.",
        ),
    ],
)
def test_the_page_opens_with_how_many_are_missing(found: JustificationList, today: date, expected: str) -> None:
    assert sentence(found, today, names()) == expected
    assert len(expected.split()) <= 30


def test_who_has_not_answered_stands_with_status_since_when_and_until_when() -> None:
    missing = (asked(), asked(COMMUNES, RISK, due=date(2025, 11, 30)), asked(UNLED, Status.MISSED))
    html = missing_html(told(missing), TODAY, names(), link)
    assert words(html) == (
        "Chỉ tiêu chưa có giải trình Chỉ tiêu Đơn vị chủ trì Trạng thái Từ Hạn giải trình"
        " 80% hồ sơ được xử lý hoàn toàn trực tuyến Xã Phú Bình Chậm tiến độ tháng 8/2025 31/10/2025 quá 3 ngày"
        " Hồ sơ <công việc> (Cấp xã) Xã Tân Khánh Có nguy cơ tháng 8/2025 30/11/2025"
        " Chỉ tiêu chưa giao chưa có đơn vị chủ trì Không đạt tháng 8/2025 31/10/2025 quá 3 ngày"
    )
    assert 'href="/chi-tieu?muc=files.commune&amp;ky=2025-09"' in html
    assert html.count("<svg") == 3
    assert "<công" not in html


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Outcome.PENDING, "chưa đến ngày hẹn"),
        (Outcome.IMPROVED, "trạng thái đã tốt lên"),
        (Outcome.NOT_IMPROVED, "đã qua ngày hẹn, trạng thái chưa tốt lên"),
        (Outcome.UNKNOWN, "đã qua ngày hẹn, chưa có số liệu sau ngày đó"),
    ],
)
def test_what_was_said_stands_with_what_came_of_it(outcome: Outcome, expected: str) -> None:
    given = GivenJustification(said=replace(SAID, revision=2), target=FIRST, status=LATE, outcome=outcome)
    html = given_html(told(given=(given,)), names(), link)
    assert words(html) == (
        "Giải trình đã có Chỉ tiêu Trạng thái Nguyên nhân Cách khắc phục Hẹn xong"
        " 80% hồ sơ được xử lý hoàn toàn trực tuyến Xã Phú Bình cho tháng 9/2025, lần viết thứ 2 Chậm tiến độ"
        f" Hệ thống <ngừng> 10 ngày Thêm hai người 30/11/2025 {expected}"
    )
    assert "Hệ thống &lt;ngừng&gt;\n10 ngày" in html


def test_the_list_to_copy_goes_by_unit_in_the_order_of_protocol() -> None:
    moment = datetime(2025, 11, 3, 9, 5, tzinfo=ZONE)
    missing = (asked(), asked(UNLED), asked(COMMUNES, RISK, due=date(2025, 11, 30)))
    assert to_copy(told(missing), TODAY, moment, names()) == (
        "Chưa giải trình cho tháng 9/2025, tính đến 09:05 ngày 03/11/2025:\n"
        "1. Xã Tân Khánh:\n"
        "- Hồ sơ <công việc> (Cấp xã) (Có nguy cơ, hạn 30/11/2025)\n"
        "2. Xã Phú Bình:\n"
        "- 80% hồ sơ được xử lý hoàn toàn trực tuyến (Chậm tiến độ, hạn 31/10/2025, quá 3 ngày)\n"
        "3. chưa có đơn vị chủ trì:\n"
        "- Chỉ tiêu chưa giao (Chậm tiến độ, hạn 31/10/2025, quá 3 ngày)"
    )


@pytest.mark.parametrize(
    ("status", "said", "lead", "today", "expected"),
    [
        (LATE, SAID, "05908", TODAY, "Chậm tiến độ Xã Phú Bình đã giải trình cho tháng 9/2025."),
        (
            LATE,
            None,
            "05908",
            date(2025, 10, 31),
            "Chậm tiến độ Xã Phú Bình chưa viết giải trình cho tháng 9/2025, hạn 31/10/2025.",
        ),
        (
            RISK,
            None,
            "05908",
            TODAY,
            "Có nguy cơ Xã Phú Bình chưa viết giải trình cho tháng 9/2025: hạn 31/10/2025, đã quá 3 ngày.",
        ),
        (
            RISK,
            None,
            None,
            TODAY,
            "Có nguy cơ Chỉ tiêu chưa có đơn vị chủ trì nên không ai viết giải trình cho tháng 9/2025.",
        ),
        (Status.MET, None, "05908", TODAY, "Đạt Trạng thái tháng 9/2025 không cần giải trình."),
        (None, None, "05908", TODAY, "Trạng thái tháng 9/2025 không cần giải trình."),
        (Status.MET, SAID, "05908", TODAY, "Đạt Xã Phú Bình đã giải trình cho tháng 9/2025."),
    ],
)
def test_beside_the_status_stands_whether_it_was_justified(
    status: Status | None, said: Justification | None, lead: str | None, today: date, expected: str
) -> None:
    unit = names().province.units.find(lead, today) if lead else None
    assert words(standing_html(status, said, unit, SEPTEMBER, today, names())) == expected


def test_what_was_said_is_shown_with_who_and_when() -> None:
    html = said_html(SAID, TODAY, names())
    assert words(html) == (
        "Nguyên nhân Hệ thống <ngừng> 10 ngày Cách khắc phục Thêm hai người"
        " Khắc phục xong ngày 30/11/2025, còn 27 ngày Người viết Chủ tịch xã, 03/10/2025 09:12"
    )
    assert "<ngừng>" not in html
    again = said_html(replace(SAID, revision=3), TODAY, names())
    assert words(again).endswith("Chủ tịch xã, 03/10/2025 09:12, lần viết thứ 3")


def test_earlier_revisions_stand_under_their_months() -> None:
    earlier = (replace(SAID, remedy="Một"), replace(SAID, month=AUGUST, remedy="Hai"))
    told_of = words(earlier_html(earlier, TODAY, names()))
    assert [
        told_of.index(each) for each in ("Cho tháng 9/2025", "Một", "Cho tháng 8/2025", "Hai")
    ] == sorted(told_of.index(each) for each in ("Cho tháng 9/2025", "Một", "Cho tháng 8/2025", "Hai"))  # fmt: skip


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 11, 4), "04/11/2025, còn 1 ngày"),
        (TODAY, "03/11/2025, là hôm nay"),
        (date(2025, 11, 2), "02/11/2025, đã qua 1 ngày"),
    ],
)
def test_a_promised_day_is_told_with_how_far_it_is(day: date, expected: str) -> None:
    assert day_text(day, TODAY, names().formats) == expected


def fault(place: str, code: str, **parameters: object) -> Finding:
    return Finding(key=place, code=code, severity=Severity.HARD, parameters=parameters)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("finding", "misread", "subject", "text"),
    [
        (fault("cause", "too_short", shortest=10), "", "Nguyên nhân", "Viết từ 10 ký tự trở lên."),
        (
            fault("remedy", "too_long", longest=1000, length=1234),
            "",
            "Cách khắc phục",
            "Viết gọn trong 1.000 ký tự, hiện có 1.234.",
        ),
        (fault("by_when", "day_missing"), "empty", "Khắc phục xong ngày", "Gõ ngày, ví dụ 05/3/2025."),
        (
            fault("by_when", "day_missing"),
            "not_a_whole_day",
            "Khắc phục xong ngày",
            "Gõ đủ ngày, tháng, năm: 05/3/2025.",
        ),
        (
            fault("by_when", "day_passed", day=date(2025, 10, 2)),
            "",
            "Khắc phục xong ngày",
            "Ngày 02/10/2025 đã qua, ghi ngày từ hôm nay trở đi.",
        ),
        (fault("", "not_owed"), "", "", "Trạng thái của tháng này không cần giải trình."),
        (
            fault("", "not_yet_asked", opens=date(2025, 10, 31)),
            "",
            "",
            "Tháng này chưa hết, viết được từ ngày 31/10/2025.",
        ),
        (fault("", "nothing_changed"), "", "", "Chưa có gì khác với lần viết trước."),
    ],
)
def test_every_refusal_says_where_and_what_to_do(finding: Finding, misread: str, subject: str, text: str) -> None:
    (refusal,) = refusals([finding], misread, names().formats)
    assert (refusal.place, refusal.subject, refusal.text) == (finding.key, subject, text)


def test_a_hint_tells_the_limits() -> None:
    assert place_hint("cause", names().formats) == "Vì sao chưa đạt như kế hoạch: từ 10 đến 1.000 ký tự."
    assert place_hint("by_when", names().formats) == "Gõ ngày, tháng, năm, ví dụ 31/12/2025."


def test_english_readers_get_english_words() -> None:
    english = names(Language.ENGLISH)
    assert sentence(told((asked(),)), TODAY, english).startswith("1/1 targets late or at risk")
    assert words(said_html(SAID, TODAY, english)).startswith("Cause Hệ thống")

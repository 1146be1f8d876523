import csv
import io
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from scorecard.domain.figure import Figure, FigureState, RecordedFigure
from scorecard.domain.period import Period
from scorecard.presentation.audit import (
    event_html,
    figures_html,
    kind_name,
    place,
    reason,
    sentence,
    trail_csv,
    trail_html,
)
from scorecard.presentation.formats import Formats
from scorecard.presentation.recorded import Names
from scorecard.presentation.texts import Language, load_texts
from scorecard.store import EventKind, TrailEvent, WrittenFigure
from tests.builders import a_province

VI, EN = (load_texts(language) for language in (Language.VIETNAMESE, Language.ENGLISH))
COMMUNE = "05908@2025-07-01"
SEPTEMBER = Period.parse("2025-09")
PEOPLE = {"head": "Chủ tịch UBND xã"}


def names(language: Language = Language.VIETNAMESE) -> Names:
    zone = timezone(timedelta(hours=7))
    formats = Formats(load_texts(language))
    return Names(province=a_province(), formats=formats, zone=zone, person=lambda who: PEOPLE.get(who, who))


def an_event(**changes: object) -> TrailEvent:
    content: dict[str, object] = {
        "id": 12,
        "kind": "return_submitted",
        "recorded_at": datetime(2025, 10, 2, 17, 5, tzinfo=UTC),
        "recorded_by": "head",
        "details": {"form": "online-services", "unit": COMMUNE, "period": "2025-09", "reason": ""},
        "previous_hash": "cd" * 32,
        "hash": "ab" * 32,
        "figures": 2,
        "revised": 0,
        "units": 1,
        "unit_id": COMMUNE,
        "form_id": "online-services",
        "period": SEPTEMBER,
    } | changes
    return TrailEvent(**content)  # type: ignore[arg-type]


def of_no_unit(**changes: object) -> TrailEvent:
    content: dict[str, object] = {"figures": 0, "units": 0, "unit_id": None, "form_id": None, "period": None}
    return an_event(**content | {"details": {}} | changes)


@pytest.mark.parametrize("texts", [VI, EN], ids=["vi", "en"])
def test_every_kind_of_event_has_a_name_and_a_sentence_of_its_own(texts: object) -> None:
    for start in ("kind", "did"):
        keys = [f"audit.{start}_{kind}" for kind in EventKind]
        assert [key for key in keys if not texts.has(key)] == []
        assert len({texts.entries[key] for key in keys}) == len(EventKind)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (an_event(), "Nộp phiếu báo cáo."),
        (an_event(revised=1), "Nộp lại phiếu báo cáo, có sửa số đã nộp."),
        (of_no_unit(kind="figures_imported", details={"rows": "12617"}), "Nạp số liệu từ tệp có 12.617 dòng."),
        (
            of_no_unit(
                kind="justification_written",
                details={"target": "kh-222-2024/full-online-dossiers", "by_when": "2025-11-30"},
            ),
            "Giải trình chỉ tiêu “80% hồ sơ được xử lý hoàn toàn trực tuyến”, hẹn khắc phục xong ngày 30/11/2025.",
        ),
        (
            of_no_unit(kind="justification_written", details={"target": "kh-1/gone", "by_when": "2025-11-30"}),
            "Giải trình chỉ tiêu “kh-1/gone”, hẹn khắc phục xong ngày 30/11/2025.",
        ),
        (
            of_no_unit(kind="figures_imported", revised=3, details={"rows": "5"}),
            "Nạp số liệu từ tệp có 5 dòng, có sửa số đã ghi trước.",
        ),
        (
            of_no_unit(kind="demo_prepared", details={"rows": "1000"}),
            "Nạp số liệu minh họa cho bản trình diễn, 1.000 dòng.",
        ),
        (of_no_unit(kind="trail_exported", details={"events": "60"}), "Tải nhật ký về máy, 60 việc."),
        (of_no_unit(kind="trail_exported"), "Tải nhật ký về máy, (không ghi) việc."),
        (of_no_unit(kind="page_printed"), "Đã làm một việc loại “page printed”."),
    ],
)
def test_what_was_done_is_a_sentence(event: TrailEvent, expected: str) -> None:
    assert sentence(event, names()) == expected


def test_a_kind_without_a_name_is_shown_as_it_was_recorded() -> None:
    assert kind_name("return_submitted", VI) == "Nộp phiếu báo cáo"
    assert kind_name("page_printed", VI) == "Việc khác: page printed"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (an_event(), ("Xã Phú Bình", "Dịch vụ công trực tuyến hằng tháng", "tháng 9/2025")),
        (
            of_no_unit(details={"unit": COMMUNE, "form": "online-services", "period": "2025-Q3"}),
            ("Xã Phú Bình", "Dịch vụ công trực tuyến hằng tháng", "quý III/2025"),
        ),
        (
            of_no_unit(units=1200, period=Period(Period.parse("2024-03").first, SEPTEMBER.last)),
            ("1.200 đơn vị", "từ tháng 3/2024 đến tháng 9/2025"),
        ),
        (
            of_no_unit(details={"unit": "gone@", "form": "gone", "period": "sometime"}),
            ("gone@", "gone", "sometime"),
        ),
        (of_no_unit(), ()),
    ],
)
def test_an_event_says_which_unit_form_and_period_it_is_about(event: TrailEvent, expected: tuple[str, ...]) -> None:
    assert place(event, names()) == expected


def test_the_reason_is_followed_by_the_answers_to_what_was_unusual_each_once() -> None:
    details = {"reason": "Cộng thiếu", "reason:risen-a": "Đã kiểm tra", "reason:risen-b": "Đã kiểm tra", "rows": "1"}
    assert reason(an_event(details=details)) == "Cộng thiếu; Đã kiểm tra"
    assert reason(an_event(details={})) == ""


def test_the_table_tells_vietnamese_time_and_leads_to_the_event() -> None:
    html = trail_html([an_event()], names(), lambda number: f"?a=1&su-kien={number}")
    assert '<th role="rowheader" scope="row"><span>03/10/2025 00:05</span></th>' in html
    assert '<a href="?a=1&amp;su-kien=12" target="_self">Xem 000012-ABABABAB</a>' in html
    assert "<small>Xã Phú Bình · Dịch vụ công trực tuyến hằng tháng · tháng 9/2025</small>" in html
    assert "Chủ tịch UBND xã" in html
    assert "2 số mới" in html
    assert "không nêu lý do" in html


def test_what_people_wrote_is_never_markup() -> None:
    html = trail_html([an_event(details={"reason": "<b>x</b>"}, recorded_by="<i>y</i>")], names(), str)
    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "&lt;i&gt;y&lt;/i&gt;" in html


def test_an_event_shows_its_account_code_and_both_hashes() -> None:
    html = event_html(an_event(figures=3, revised=1), names())
    for fact in (
        "000012-ABABABAB",
        "Chủ tịch UBND xã (tài khoản head)",
        "2 số mới, 1 số sửa",
        "ab" * 32,
        "cd" * 32,
        "không nêu lý do",
    ):
        assert f"<dd>{fact}</dd>" in html


def test_the_first_event_says_that_none_came_before_it() -> None:
    assert "đây là việc đầu tiên, không có việc nào trước" in event_html(an_event(previous_hash=""), names())


def test_details_of_a_copy_are_told_by_name_and_unknown_ones_as_they_are() -> None:
    details = {
        "events": "1000",
        "since": "2025-10-02T17:00:00+00:00",
        "of_person": "head",
        "of_unit": COMMUNE,
        "of_kind": "return_submitted",
        "colour": "2025",
    }
    html = event_html(of_no_unit(kind="trail_exported", details=details), names())
    for name, value in (
        ("Số việc trong bản tải về", "1.000"),
        ("Lọc từ lúc", "03/10/2025 00:00"),
        ("Lọc theo người", "Chủ tịch UBND xã"),
        ("Lọc theo đơn vị", "Xã Phú Bình"),
        ("Lọc theo loại việc", "Nộp phiếu báo cáo"),
        ("colour", "2025"),
        ("Đơn vị, biểu, kỳ", "không riêng đơn vị nào"),
        ("Số liệu", "không ghi số liệu"),
    ):
        assert f"<dt>{name}</dt><dd>{value}</dd>" in html


def recorded(value: str | None, revision: int, **changes: object) -> RecordedFigure:
    state = FigureState.NUMBER if value is not None else FigureState.NOT_AVAILABLE
    amount = None if value is None else Decimal(value)
    content = {"unit_id": COMMUNE, "element_id": "dossiers_received", "period": SEPTEMBER} | changes
    figure = Figure(value=amount, state=state, **content)
    return RecordedFigure(
        figure=figure,
        revision=revision,
        recorded_at=datetime(2025, 10, 3, tzinfo=UTC),
        recorded_by="head",
        reason="Vì cộng thiếu",
        event=12,
    )


def test_each_figure_stands_beside_the_one_it_replaced() -> None:
    html = figures_html(
        [
            WrittenFigure(after=recorded("1234", 2, note="Theo sổ"), before=recorded(None, 1)),
            WrittenFigure(after=recorded("0", 1, element_id="dossiers_full_online"), before=None),
        ],
        names(),
    )
    first, second = html.split("<tr")[2:]
    for text in (
        "Số liệu dossiers_received",
        "Xã Phú Bình · tháng 9/2025 · lần ghi thứ 2",
        "chưa có số liệu",
        "Theo sổ",
    ):
        assert text in first
    assert "1.234\N{NO-BREAK SPACE}hồ sơ" in first
    assert "Vì cộng thiếu" in first
    for text in ("<span>chưa có</span>", "0\N{NO-BREAK SPACE}hồ sơ", "không có ghi chú"):
        assert text in second


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_copy_opens_in_a_vietnamese_spreadsheet() -> None:
    content = trail_csv([an_event(details={"reason": 'Cộng thiếu; sửa "2" số\nđã rà'})], names())
    assert content.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in content
    assert lines(content) == [
        [
            *(
                "Mã phiếu",
                "Thời điểm (giờ Việt Nam)",
                "Người",
                "Tài khoản",
                "Việc đã làm",
                "Loại việc",
                "Đơn vị",
                "Biểu",
            ),
            *("Kỳ", "Số mới", "Số sửa", "Lý do", "Mã băm", "Mã băm của việc ngay trước"),
        ],
        [
            *("000012-ABABABAB", "03/10/2025 00:05", "Chủ tịch UBND xã", "head", "Nộp phiếu báo cáo."),
            *("return_submitted", "Xã Phú Bình", "Dịch vụ công trực tuyến hằng tháng", "tháng 9/2025", "2", "0"),
            *('Cộng thiếu; sửa "2" số\nđã rà', "ab" * 32, "cd" * 32),
        ],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_disarmed(start: str) -> None:
    told = f"{start}HYPERLINK(1)"
    event = an_event(recorded_by=told, kind=told, unit_id=told, form_id=told, details={"reason": told})
    (_, row) = lines(trail_csv([event], names()))
    assert [cell for cell in row if cell.startswith(start)] == []
    assert [row[column] for column in (2, 3, 5, 6, 7, 11)] == [f"'{told}"] * 6


def test_an_empty_copy_has_its_headings() -> None:
    assert len(lines(trail_csv([], names()))) == 1
    assert lines(trail_csv([], names(Language.ENGLISH)))[0][0] == "Receipt code"

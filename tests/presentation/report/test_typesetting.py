"""The report on paper: one page of A4 with its letters in it, the same on every machine, or a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scorecard.calculation.scoreboard import scoreboard
from scorecard.domain.period import Month
from scorecard.presentation.formats import NO_BREAK_SPACE, Formats
from scorecard.presentation.overview import Circumstances, build_overview
from scorecard.presentation.report.content import Report, build_report, refusal_of
from scorecard.presentation.report.typesetting import OverfullReportError, typeset
from scorecard.presentation.texts import Language, load_texts
from tests.presentation.report.printed import (
    A4,
    colours,
    described,
    families,
    glyphs,
    letter_sizes,
    said,
    sheet_of,
    size_of,
    without_letters,
)
from tests.presentation.report.reports import LEAD, an_occasion, report_with
from tests.presentation.scoreboards import VI
from tests.presentation.shipped_cases import FILES, shipped

MOST_BYTES = 200 * 1024
SMALLEST = 11.0
TONES = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
HOSTILE = (
    '#eval("1")',
    '#panic("x")',
    "#sys.inputs",
    "*đậm* _nghiêng_ `mã`",
    "$x^2$ <nhãn> @nguồn",
    "\\ \\u{41} \\#",
    "= Mục // chú thích /* hết */",
    "\"ngoặc\" 'đơn' -- --- ~ ...",
    "[nội dung] {mã} (1)",
    "https://example.org #link",
    "<script>alert(1)</script> &amp;",
)


def words(text: str) -> str:
    return " ".join(text.replace(NO_BREAK_SPACE, " ").split())


def test_check_19_fifteen_targets_of_long_names_are_one_page_of_a4_with_its_letters_in_it() -> None:
    report = report_with(15)
    content = typeset(report)
    sheet = sheet_of(content)
    assert size_of(sheet) == A4
    assert without_letters(sheet) == []
    assert len(content) <= MOST_BYTES
    printed = said(sheet)
    assert "Chậm tiến độ" in printed
    assert "Có nguy cơ" in printed
    for row in (row for group in report.groups for row in group.rows):
        assert words(row.name) in printed
        assert words(row.value) in printed
        assert words(row.ahead) in printed
    assert words(report.sentence) in printed
    assert all(words(line) in printed for line in (*report.proposals, *report.foot[:-1]))
    assert min(letter_sizes(sheet)) >= SMALLEST


def test_check_19_grey_print_keeps_each_status_as_a_black_word_and_a_shape_of_its_own() -> None:
    report = report_with(5)
    sheet = sheet_of(typeset(report))
    assert {len(colour) for colour in colours(sheet)} == {1}
    assert (0.0,) in colours(sheet)
    rows = [row for group in report.groups for row in group.rows]
    assert len({row.mark for row in rows}) == len({row.status for row in rows}) == 5
    drawn = described(sheet)
    for row in rows:
        assert row.status in drawn
        assert row.status in said(sheet)
        assert row.way_spoken in drawn


def test_each_status_is_drawn_with_the_shape_of_its_own_row() -> None:
    report = report_with(2)
    first, second = (group.rows[0] for group in report.groups)
    other = replace(report.groups[1], rows=(replace(second, mark=first.mark),))
    assert typeset(replace(report, groups=(report.groups[0], other))) != typeset(report)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("province_id", FILES)
def test_every_plan_that_is_shipped_fits_on_a_page_in_its_last_month(province_id: str, language: Language) -> None:
    province, figures = shipped(province_id)
    formats = Formats(load_texts(language))
    for plan in province.plans:
        month = Month.containing(plan.ends)
        board = scoreboard(province, figures, month, plan_ids=(plan.id,))
        seen = Circumstances(month=month, today=date(2025, 10, 3))
        overview = build_overview(board, province, plan, seen, formats)
        report = build_report(overview, province, plan, an_occasion(month=month), formats)
        sheet = sheet_of(typeset(report))
        assert words(report.sentence) in said(sheet)
        assert 0 not in glyphs(sheet)


def with_names(*names: str) -> Report:
    return report_with(len(names), names=names)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_looks_like_markup_in_a_name_is_printed_as_it_is(name: str) -> None:
    report = replace(with_names(name), sentence=name, proposals=(name,), notices=(name,), foot=(name,), legend=name)
    printed = said(sheet_of(typeset(report)))
    assert printed.count(words(name)) == 6


def test_every_vietnamese_letter_is_drawn_in_the_one_font() -> None:
    report = replace(with_names(TONES[:40], TONES[40:]), sentence=TONES.upper(), legend=f"{TONES} {TONES.upper()}")
    sheet = sheet_of(typeset(report))
    assert 0 not in glyphs(sheet)
    assert families(sheet) == {"LibertinusSerif"}
    assert TONES.upper() in said(sheet)


def test_a_letter_that_no_font_has_would_be_seen() -> None:
    assert 0 in glyphs(sheet_of(typeset(with_names("漢"))))


def test_the_same_report_is_the_same_file_whatever_the_machine_has(monkeypatch: pytest.MonkeyPatch) -> None:
    first = typeset(report_with(3))
    monkeypatch.setenv("TZ", "America/New_York")
    monkeypatch.setenv("TYPST_FONT_PATHS", "/usr/share/fonts")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert typeset(report_with(3)) == first
    assert sheet_of(first).pdf.metadata.creation_date == datetime(2025, 10, 3, tzinfo=UTC)


@pytest.mark.parametrize(("count", "sizes"), [(3, {12.0, 13.0, 14.0}), (15, {11.0, 12.0, 13.0, 14.0})])
def test_letters_are_as_large_as_the_page_allows(count: int, sizes: set[float]) -> None:
    assert letter_sizes(sheet_of(typeset(replace(report_with(count), legend="", foot=())))) == sizes


def test_reasons_stand_beside_the_forecast_while_there_is_room() -> None:
    reason = "mới đi 55,8%, nay phải 75,0%"
    assert reason in said(sheet_of(typeset(report_with(10))))
    assert reason not in said(sheet_of(typeset(report_with(15))))


@pytest.mark.parametrize(
    "report",
    [
        report_with(40),
        with_names("Mã" * 60),
        report_with(15, names=("Chỉ tiêu có tên rất dài " * 8,)),
    ],
    ids=["rows", "one long word", "long names"],
)
def test_what_does_not_fit_is_refused_and_the_refusal_is_a_page(report: Report) -> None:
    with pytest.raises(OverfullReportError):
        typeset(report)
    sheet = sheet_of(typeset(refusal_of(report, VI)))
    assert "Không lập được báo cáo một trang" in said(sheet)
    assert LEAD not in said(sheet)
    assert size_of(sheet) == A4


def test_a_long_foot_takes_room_from_the_table_and_stays_on_the_page() -> None:
    report = replace(report_with(3), foot=tuple(f"Dòng {number} " + "chữ " * 25 for number in range(12)))
    assert "Dòng 11" in said(sheet_of(typeset(report)))

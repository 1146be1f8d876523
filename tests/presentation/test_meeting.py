"""Slides and commitments in words: exact, escaped, and the same after a round through JSON."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from html import unescape
from itertools import pairwise

import polars as pl
import pytest

from scorecard.domain.meeting import Commitment, EditionMark, Result, Statement
from scorecard.domain.period import Month
from scorecard.presentation.meeting_chart import chart_html
from scorecard.presentation.meeting_commitments import CommitmentWriter, commitments_html, still_told
from scorecard.presentation.meeting_content import (
    FrozenBoard,
    FrozenPoint,
    asdict_of,
    freeze_board,
    read_board,
    tell,
)
from scorecard.presentation.meeting_slides import Show, changed_values, slides_html
from scorecard.presentation.texts import Language
from tests.builders import a_target
from tests.presentation.scoreboards import SEPTEMBER, VI, a_late_row, a_row, a_scoreboard, province_of

AT = datetime(2025, 10, 3, 1, tzinfo=UTC)
OCTOBER = Month.parse("2025-10")
PROVINCE = province_of(
    a_target(name="80% hồ sơ <b>toàn trình</b>", lead="05908"),
    a_target("second", name="Chỉ tiêu thứ hai", lead="05908"),
)
PLAN = PROVINCE.plans[0]
KEY = ("full-online-dossiers", "19")


def history() -> pl.DataFrame:
    months = [Month(SEPTEMBER.index - back) for back in (2, 1, 0)]
    values = (0.70, None, 0.716)
    rows = [
        a_late_row(month=month.index, value=value, expected=0.7 + place / 100)
        for place, (month, value) in enumerate(zip(months, values, strict=True))
    ]
    return a_scoreboard(*rows)


def board(**changes: object) -> FrozenBoard:
    rows = (a_late_row(**changes), a_row("second"))
    return freeze_board(a_scoreboard(*rows), history(), PROVINCE, PLAN, SEPTEMBER, Language.VIETNAMESE)


def a_mark(number: int, month: Month = SEPTEMBER) -> EditionMark:
    return EditionMark(
        number=number,
        plan_id=PLAN.id,
        month=month,
        name="Họp",
        figures_hash="f",
        definitions_hash="d",
        program="p",
        seal="s",
        frozen_at=AT.replace(day=number),
        frozen_by="chair",
        event=number,
    )


def a_commitment(**changes: object) -> Commitment:
    content = {
        "id": "2",
        "edition": 1,
        "plan_id": PLAN.id,
        "month": SEPTEMBER,
        "target_id": KEY[0],
        "of_unit": KEY[1],
        "unit_id": "05908@2025-07-01",
        "what": "Hướng dẫn <i>người dân</i>",
        "due": date(2025, 10, 31),
        "promised": Decimal("75.5"),
        "given_at": AT,
        "given_by": "chair",
    } | changes
    return Commitment(**content)


def show(**changes: object) -> Show:
    content = {
        "heading": "Trình chiếu: Họp",
        "about": "Họp",
        "board": board(),
        "changed": {},
        "before": (),
        "given": (),
        "foot": ("tháng 9/2025", "bản chốt 08:00 03/10"),
        "formats": VI,
    } | changes
    return Show(**content)


def slides(shown: Show, *, last: bool = True) -> list[str]:
    html = slides_html(shown, last=last)
    parts = re.findall(r"<section.*?</section>", html)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", part))).strip() for part in parts]


def test_a_frozen_row_holds_its_words_and_exact_value() -> None:
    row = board().rows[0]
    assert (row.target, row.of_unit, row.value, row.goal, row.due) == (
        *KEY,
        "71,6%",
        "≥\N{NO-BREAK SPACE}80%",
        "31/12/2025",
    )
    assert (row.exact, row.measured, row.counted_in, row.decimals) == ("358/5", Decimal("71.6"), "%", 1)
    assert row.lead == "Xã Phú Bình"
    assert row.points == (
        FrozenPoint(month=SEPTEMBER.index - 2, value=0.70, expected=0.70),
        FrozenPoint(month=SEPTEMBER.index - 1, value=None, expected=0.71),
        FrozenPoint(month=SEPTEMBER.index, value=0.716, expected=0.72),
    )
    assert row.proposal == "bù 84\N{NO-BREAK SPACE}hồ sơ trước 31/12/2025"


def test_what_is_frozen_is_read_back_unchanged_in_both_languages() -> None:
    content = tell(a_scoreboard(a_late_row(), a_row("second")), history(), PROVINCE, PLAN, SEPTEMBER)
    read = json.loads(json.dumps({"shown": content}))
    assert read_board(read, Language.VIETNAMESE) == board()
    assert asdict_of(read_board(read, Language.ENGLISH)) == content["en"]
    assert read_board(read, Language.ENGLISH).rows[0].proposal == "make up 84\N{NO-BREAK SPACE}hồ sơ by 31/12/2025"


def test_a_row_without_a_value_is_exactly_nothing() -> None:
    row = board().rows[1]
    assert (row.value, row.has_value, row.exact, row.measured) == ("Chưa có số liệu", False, "", None)


def test_the_slides_are_in_the_order_of_the_meeting() -> None:
    first, late, missing, last = slides(show())
    assert first == (
        "Họp 0/2 chỉ tiêu đã đạt hoặc đúng tiến độ. 1 Chậm tiến độ 1 Chưa có số liệu"
        " Dịch vụ công trực tuyến 2024–2025 tháng 9/2025 bản chốt 08:00 03/10 1/4"
    )
    assert late.startswith("Chậm tiến độ 80% hồ sơ <b>toàn trình</b>: đích ≥ 80%, hạn 31/12/2025. 71,6% đích ≥ 80%")
    assert "Chủ trì: Xã Phú Bình Đề nghị kết luận: bù 84 hồ sơ trước 31/12/2025." in late
    assert missing.startswith("Chưa có số liệu 1 chỉ tiêu chưa có số liệu. Xã Phú Bình: Chỉ tiêu thứ hai")
    assert last.startswith("Kết luận, việc được giao Chưa ghi việc nào trong cuộc họp này.")
    assert len(slides(show(), last=False)) == 3


def test_nothing_that_people_typed_is_html() -> None:
    given = words([a_mark(1)]).all([a_commitment()])
    html = slides_html(show(before=given, given=given), last=True) + commitments_html(given, "<u>", VI.texts)
    assert not re.search(r"<[biu]>", html)


def test_a_value_that_differs_now_is_told_beside_what_it_was() -> None:
    frozen = board()
    assert changed_values(frozen, {KEY: "71,6%", ("second", "19"): "Chưa có số liệu"}) == {}
    changed = changed_values(frozen, {KEY: "69,8%"})
    assert changed == {KEY: "69,8%", ("second", "19"): ""}
    first, late, *_ = slides(show(changed=changed))
    assert "Từ lúc chốt, 2 chỉ tiêu đã có số khác." in first
    assert "đã là 71,6% nay 69,8%" in late
    assert "nay không còn chỉ tiêu này" in slides(show(changed={KEY: ""}))[1]


def test_the_chart_has_the_values_the_plan_and_the_goal_and_none_without_two_months() -> None:
    row = board().rows[0]
    svg = chart_html(row, VI)
    assert re.findall(r"<text[^>]*>([^<]+)", svg) == [
        "đích ≥\N{NO-BREAK SPACE}80%",
        "lộ trình",
        "71,6%",
        "T7/2025",
        "T9/2025",
    ]
    assert svg.count("<polyline") == 2
    labels = [float(y) for y in re.findall(r'<text class="(?:goal|plan|value)"[^>]* y="([\d.]+)"', svg)]
    assert all(lower - upper >= 42 for upper, lower in pairwise(labels))
    assert 'aria-label="80% hồ sơ &lt;b&gt;' in svg
    assert chart_html(replace(row, points=row.points[-1:]), VI) == ""


def words(marks: list[EditionMark], later: FrozenBoard | None = None) -> CommitmentWriter:
    boards = {mark.number: board() if mark.month == SEPTEMBER else later for mark in marks}
    return CommitmentWriter(province=PROVINCE, formats=VI, marks=marks, board=lambda number: boards[number])


def in_october(**changes: object) -> FrozenBoard:
    return replace(board(**changes), month=OCTOBER)


@pytest.mark.parametrize(
    ("numerator", "result", "now"),
    [(755, Result.KEPT, "75,5%"), (754, Result.NOT_KEPT, "75,4%")],
)
def test_the_next_edition_tells_whether_a_promise_was_kept(numerator: int, result: Result, now: str) -> None:
    marks = [a_mark(2, OCTOBER), a_mark(1)]
    later = in_october(numerator=numerator, value=numerator / 1000)
    (shown,) = words(marks, later).all([a_commitment()])
    assert (shown.result, shown.told_by, shown.promised, shown.then, shown.now) == (result, 2, "75,5%", "71,6%", now)
    assert still_told([shown], marks, marks[0]) == (shown,)
    (before,) = words(marks, later).all([a_commitment()], up_to=1)
    assert (before.result, before.now) == (Result.OPEN, "")


def test_a_meeting_opens_with_what_is_open_or_was_settled_since_the_last_one() -> None:
    marks = [a_mark(3, Month.parse("2025-11")), a_mark(2, OCTOBER), a_mark(1)]
    writer = CommitmentWriter(province=PROVINCE, formats=VI, marks=marks, board=lambda _: board())

    def stated(day: int) -> Commitment:
        said = Statement(result=Result.KEPT, reason="", stated_at=AT.replace(day=day, hour=2), stated_by="chair")
        return a_commitment(promised=None, statements=(said,))

    still_open, settled_since, settled_before = writer.all([a_commitment(promised=None), stated(2), stated(1)])
    told = still_told([still_open, settled_since, settled_before], marks, marks[0])
    assert told == (still_open, settled_since)

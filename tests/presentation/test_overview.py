import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from html import unescape

import pytest

from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Document, Scope, Step
from scorecard.domain.province import Level
from scorecard.domain.status import Status
from scorecard.presentation.formats import NO_BREAK_SPACE
from scorecard.presentation.overview import Overview
from scorecard.presentation.overview_rows import Held, PathBar
from tests.builders import a_plan, a_target, a_unit
from tests.presentation.scoreboards import (
    EN,
    PLAIN,
    VI,
    a_late_row,
    a_row,
    of_one_element,
    overview_of,
    province_of,
    ranked_element,
)

TEXTS = VI.texts
REASONS = {
    "met": "met",
    "missed": "missed",
    "no_data": "no_figures",
    "not_due": "not_published",
    "not_applicable": "no_units",
    "too_early": "path_just_begun",
}
FOUR = province_of(*(a_target(name, name=f"Chỉ tiêu {name}") for name in ("a", "b", "c", "d")))


def visible(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html)).replace(NO_BREAK_SPACE, " ")


def row(target: str, status: str, **changes: object) -> dict[str, object]:
    return a_late_row(target, status=status, reason=REASONS.get(status, "behind_path"), **changes)


def table(overview: Overview, status: Status | None = None) -> str:
    return overview.table_html("/chi-tieu?muc=", TEXTS, status)


def names(overview_groups: tuple[object, ...]) -> list[str]:
    return [each.target_id for group in overview_groups for each in group.rows]


def test_rows_stand_by_severity_then_by_how_far_the_goal_is() -> None:
    overview = overview_of(
        row("a", "met"),
        row("b", "off_track", path_done=0.5),
        row("c", "off_track", path_done=0.2),
        row("d", "missed", path_done=0.9),
        province=FOUR,
    )
    assert names(overview.groups) == ["d", "c", "b", "a"]


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        (("on_track", *("not_applicable",) * 3), "Chỉ tiêu của văn bản này đã đạt hoặc đúng tiến độ (1/1)."),
        (("met", "on_track", "met", "on_track"), "Cả 4 chỉ tiêu đều đạt hoặc đúng tiến độ."),
        (("no_data",) * 4, "Chưa có số liệu cho 4/4 chỉ tiêu."),
        (("too_early", "not_due", "too_early", "too_early"), "Chưa chỉ tiêu nào đến kỳ đánh giá."),
        (("not_applicable",) * 4, "Trong kỳ này không có chỉ tiêu nào còn áp dụng."),
        (("met", "not_applicable", "not_applicable", "on_track"), "Cả 2 chỉ tiêu đều đạt hoặc đúng tiến độ."),
        (
            ("met", "at_risk", "no_data", "on_track"),
            "2/4 chỉ tiêu đạt hoặc đúng tiến độ; 1 có nguy cơ; 1 chưa có số liệu.",
        ),
        (
            ("met", "off_track", "at_risk", "on_track"),
            "2/4 chỉ tiêu đạt hoặc đúng tiến độ; 1 chậm, xa đích nhất “Chỉ tiêu b” (71,6%, đích ≥ 80%).",
        ),
        (
            ("missed", "off_track", "no_data", "no_data"),
            "0/4 chỉ tiêu đạt hoặc đúng tiến độ; 1 không đạt; 1 chậm, xa đích nhất “Chỉ tiêu a” "
            "và 1 chỉ tiêu khác; 2 chưa có số liệu.",
        ),
    ],
)
def test_one_sentence_says_how_the_plan_stands(statuses: tuple[str, ...], expected: str) -> None:
    overview = overview_of(*(row(name, status) for name, status in zip("abcd", statuses, strict=True)), province=FOUR)
    assert overview.sentence.replace(NO_BREAK_SPACE, " ") == expected


@pytest.mark.parametrize(
    ("words", "told"),
    [(8, "xa đích nhất “{name}” (71,6%, đích ≥ 80%)"), (12, "xa đích nhất “{name}”"), (14, "1 chậm; 1 chưa")],
)
def test_the_sentence_says_less_of_the_farthest_target_rather_than_more_than_thirty_words(
    words: int, told: str
) -> None:
    name = " ".join(["chữ"] * words)
    province = province_of(*(a_target(each, name=name) for each in "abcd"))
    said = overview_of(
        row("a", "off_track"), row("b", "no_data"), row("c", "met"), row("d", "met"), province=province
    ).sentence.replace(NO_BREAK_SPACE, " ")
    assert told.format(name=name) in said
    assert "1 chưa có số liệu" in said
    assert len(said.split()) <= 30


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ((date(2025, 10, 1), date(2025, 10, 6)), "1 đơn vị chủ trì cần nộp chậm nhất ngày 06/10/2025."),
        ((date(2025, 10, 1),), "1 đơn vị chủ trì đã quá hạn nộp ngày 01/10/2025."),
    ],
)
def test_with_no_figures_at_all_it_says_how_many_must_submit_by_when(days: tuple[date, ...], expected: str) -> None:
    led = province_of(*(a_target(name, lead="05908") for name in "abc"), a_target("d", lead=None))
    overview = overview_of(*(row(name, "no_data") for name in "abcd"), province=led, due_days=days)
    assert overview.sentence == f"Chưa có số liệu cho 4/4 chỉ tiêu; {expected}"


def test_a_milestone_farthest_from_its_goal_is_told_by_its_steps() -> None:
    steps = tuple(Step(name=name, name_en=None, by=date(2025, 6, 30)) for name in ("Một", "Hai"))
    province = province_of(a_target("kho", "done", name="Kho dữ liệu", indicator_id=None, steps=steps))
    late = a_row("kho", status="off_track", reason="step_late", steps_done=1, step_late_days=92)
    assert overview_of(late, province=province).sentence == (
        "0/1 chỉ tiêu đạt hoặc đúng tiến độ; 1 chậm, xa đích nhất “Kho dữ liệu” (1/2 bước)."
    )


@pytest.mark.parametrize("status", list(Status))
def test_check_14_every_figure_of_the_sentence_stands_on_the_page(status: Status) -> None:
    overview = overview_of(row("a", status), row("b", "off_track"), row("c", "met"), row("d", "no_data"), province=FOUR)
    page = visible(table(overview)) + " ".join(str(count) for count in overview.counts.values())
    total = sum(overview.counts.values()) - overview.counts[Status.NOT_APPLICABLE]
    good = overview.counts[Status.MET] + overview.counts[Status.ON_TRACK]
    figures = Counter(re.findall(r"\d+(?:,\d+)?%?", overview.sentence)) - Counter([str(total), str(good)])
    assert all(figure in page for figure in figures)


def test_all_nine_statuses_are_counted_zero_included() -> None:
    counts = overview_of(row("a", "met"), row("b", "met"), row("c", "missed"), province=FOUR).counts
    assert list(counts) == list(Status)
    assert {status: count for status, count in counts.items() if count} == {Status.MET: 2, Status.MISSED: 1}


def test_one_status_can_be_looked_at_alone() -> None:
    overview = overview_of(row("a", "met"), row("b", "off_track"), province=FOUR)
    late = visible(table(overview, Status.OFF_TRACK))
    assert "Chỉ tiêu b" in late
    assert "Chỉ tiêu a" not in late


def test_the_facts_name_the_month_the_cut_off_the_document_and_who_has_reported() -> None:
    overview = overview_of(a_late_row(), province=PLAIN, cut_off=datetime(2025, 10, 10, 8, 0))
    assert overview.facts == (
        "Số liệu đến hết tháng 9/2025",
        "chốt 08:00 ngày 10/10/2025",
        "Văn bản số 222 ngày 27/11/2024 của UBND tỉnh",
        "95/107 đơn vị đã nộp, ứng với 93,0% khối lượng",
    )


def test_without_a_cut_off_or_a_volume_the_facts_do_not_make_them_up() -> None:
    overview = overview_of(a_late_row(coverage=None), province=PLAIN)
    assert overview.facts[1:] == ("Văn bản số 222 ngày 27/11/2024 của UBND tỉnh", "95/107 đơn vị đã nộp")


def test_the_latest_figures_of_a_plan_in_force_need_no_notice() -> None:
    assert overview_of(a_late_row(), province=PLAIN).notices == ()


def test_a_month_with_nothing_approved_yet_is_named_beside_the_one_that_is_shown() -> None:
    overview = overview_of(a_late_row(), province=PLAIN, awaited=Month.parse("2025-10"))
    assert overview.notices == ("Chưa có số liệu duyệt của tháng 10/2025; đang xem tháng 9/2025.",)
    assert "Chưa có số liệu duyệt của tháng 10/2025" in visible(overview.opening_html())


def test_figures_as_known_on_an_earlier_day_are_marked_as_such() -> None:
    overview = overview_of(a_late_row(), province=PLAIN, known_on=date(2025, 9, 30))
    assert overview.notices == ("Đang xem như đã biết đến hết ngày 30/09/2025, không phải số liệu mới nhất.",)


@pytest.mark.parametrize(
    ("follower", "expected"),
    [
        ("Kế hoạch 2026", "Kế hoạch này được thay thế từ ngày 01/07/2025 bằng «Kế hoạch 2026»."),
        (None, "Kế hoạch này hết hiệu lực từ ngày 01/07/2025."),
    ],
)
def test_a_superseded_plan_says_since_when_and_by_which(follower: str | None, expected: str) -> None:
    old = a_plan(a_target(), superseded_from=date(2025, 7, 1))
    new = a_plan(id="new", name=follower or "", supersedes=(old.id,) if follower else ())
    overview = overview_of(a_late_row(), province=replace(PLAIN, plans=(old, new)))
    assert overview.notices == (expected,)


def test_a_plan_superseded_later_is_shown_as_it_was() -> None:
    old = a_plan(a_target(), superseded_from=date(2025, 10, 1))
    assert overview_of(a_late_row(), province=replace(PLAIN, plans=(old,))).notices == ()


def test_a_document_without_a_number_is_named_by_its_issuer() -> None:
    unnumbered = Document(number=None, dated=None, issuer="HĐND tỉnh")
    province = replace(PLAIN, plans=(a_plan(document=unnumbered),))
    assert "Văn bản của HĐND tỉnh" in overview_of(a_late_row(), province=province).facts


def test_the_value_carries_its_parts_its_month_and_its_coverage() -> None:
    older = a_late_row(value_month=Month.parse("2025-08").index)
    (group,) = overview_of(older, province=PLAIN).groups
    shown = group.rows[0]
    assert (shown.value, shown.coverage, shown.value_notes) == ("71,6%", "95/107 đơn vị nộp", ("tháng 8/2025",))
    assert (shown.parts or "").replace(NO_BREAK_SPACE, " ") == "716/1.000 hồ sơ"
    text = visible(table(overview_of(older, province=PLAIN)))
    assert re.sub(r"\s+", " ", text).find("71,6% 95/107 đơn vị nộp 716/1.000 hồ sơ · tháng 8/2025") > 0


def test_missing_is_said_in_words_and_never_shown_as_a_number() -> None:
    overview = overview_of(a_row(), province=PLAIN)
    (group,) = overview.groups
    assert (group.rows[0].value, group.rows[0].has_value) == ("Chưa có số liệu", False)
    html = table(overview)
    assert "track empty" in html
    assert not re.search(r"NaN|None|null|\b0(,0)?%", html)


def test_an_older_value_is_mentioned_but_neither_stands_for_the_period_nor_is_drawn() -> None:
    august = Month.parse("2025-08").index
    older = a_late_row(status="no_data", reason="not_reported", value_month=august, reported_units=0)
    overview = overview_of(older, province=PLAIN)
    shown = overview.groups[0].rows[0]
    assert (shown.value, shown.value_notes, shown.parts, shown.coverage) == (
        "Chưa có số liệu",
        ("gần nhất: 71,6% (tháng 8/2025)",),
        None,
        "0/107 đơn vị nộp",
    )
    assert "track empty" in table(overview)


def test_no_cases_is_neither_missing_nor_zero() -> None:
    no_cases = a_row(reason="no_cases", numerator=0, denominator=0)
    (group,) = overview_of(no_cases, province=PLAIN).groups
    assert group.rows[0].value == "Không phát sinh"


@pytest.mark.parametrize(
    ("status", "reason", "value"),
    [("not_due", "not_published", "Chưa công bố"), ("not_applicable", "no_units", "Không áp dụng")],
)
def test_what_is_not_due_or_no_longer_applies_is_not_called_missing(status: str, reason: str, value: str) -> None:
    (group,) = overview_of(a_row(status=status, reason=reason), province=PLAIN).groups
    assert (group.rows[0].value, group.rows[0].has_value) == (value, False)


def test_a_baseline_that_the_plan_does_not_state_is_marked_as_taken() -> None:
    taken = a_late_row(baseline=0.4521, baseline_month=Month.parse("2024-12").index, baseline_taken=True)
    (group,) = overview_of(taken, province=PLAIN).groups
    assert group.rows[0].path_notes == ("mốc tự lấy: 45,2% (tháng 12/2024)",)


def test_rows_of_one_goal_stay_together_under_its_name_in_the_order_of_the_plan() -> None:
    levels = {"province": "Cấp tỉnh", "commune": "Cấp xã"}
    targets = [
        a_target(f"work-files.{level}", name="Hồ sơ công việc trên mạng", scope=Scope(level=level)) for level in levels
    ]
    province = province_of(
        *targets,
        a_target("b", name="Chỉ tiêu b"),
        levels=tuple(
            Level(id=level, name=name, name_en=None, valid_from=None, valid_to=None) for level, name in levels.items()
        ),
    )
    overview = overview_of(
        row("work-files.province", "met"), row("work-files.commune", "missed"), row("b", "off_track"), province=province
    )
    assert names(overview.groups) == ["work-files.province", "work-files.commune", "b"]
    assert [each.part for each in overview.groups[0].rows] == ["Cấp tỉnh", "Cấp xã"]
    text = visible(table(overview))
    assert text.count("Hồ sơ công việc trên mạng") == 1
    assert "xa đích nhất “Hồ sơ công việc trên mạng – Cấp xã”" in overview.sentence


def test_a_target_for_each_unit_has_a_row_with_the_name_of_each() -> None:
    province = province_of(a_target(scope=Scope(each="commune")))
    by_unit = row("full-online-dossiers", "met", unit=a_unit().id)
    (group,) = overview_of(by_unit, province=province).groups
    assert group.rows[0].part == "Xã Phú Bình"


def test_a_place_in_a_ranking_is_told_not_drawn() -> None:
    rank = of_one_element(IndicatorKind.RANK, "score", counted_in="hạng", decimals=0)
    target = a_target("rank", "rank <= 3", indicator_id=rank.id)
    province = province_of(target, indicators=(rank,), score=ranked_element(63))
    sixth = row("rank", "at_risk", numerator=6, denominator=None, value=6.0, goal=3.0)
    html = visible(table(overview_of(sixth, province=province)))
    assert "hạng 6/63 → đích hạng 3 trở lên" in html


def test_what_changed_is_listed_worst_first_and_at_most_three() -> None:
    overview = overview_of(
        row("a", "met", previous_status="on_track"),
        row("b", "off_track", previous_status="at_risk"),
        row("c", "at_risk", previous_status="off_track"),
        row("d", "met", previous_status="met"),
        province=FOUR,
    )
    assert overview.changes.lines == (
        "Chỉ tiêu b: Có nguy cơ → Chậm tiến độ.",
        "Chỉ tiêu c: Chậm tiến độ → Có nguy cơ.",
        "Chỉ tiêu a: Đúng tiến độ → Đạt.",
    )
    assert overview.changes.more == 0
    all_changed = overview_of(*(row(name, "met", previous_status="missed") for name in "abcd"), province=FOUR)
    assert (len(all_changed.changes.lines), all_changed.changes.more) == (3, 1)
    assert "và 1 chỉ tiêu khác." in visible(all_changed.closing_html(TEXTS))


def test_the_first_period_has_changed_nothing() -> None:
    closing = overview_of(row("a", "met", previous_status=None), province=FOUR).closing_html(TEXTS)
    assert "Không chỉ tiêu nào đổi trạng thái so với kỳ trước." in visible(closing)


def test_sums_across_a_merger_are_marked() -> None:
    assert overview_of(a_late_row(), province=PLAIN).footnotes == ()
    across = overview_of(a_late_row(crosses_boundaries=True), province=PLAIN)
    assert across.footnotes == ("Số cộng dồn gồm cả số liệu của các đơn vị trước khi sáp nhập.",)


def test_names_cannot_put_markup_into_the_page() -> None:
    province = province_of(a_target(name="<script>alert(1)</script>", lead=None))
    html = table(overview_of(a_late_row(), province=province))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_lead_unit_is_named_as_it_is_called_in_the_month_or_at_the_deadline() -> None:
    now = province_of(a_target(lead="05908"))
    assert overview_of(a_late_row(), province=now).groups[0].rows[0].lead == "Xã Phú Bình"
    none = province_of(a_target(lead=None))
    assert overview_of(a_late_row(), province=none).groups[0].rows[0].lead == "Chưa giao đơn vị chủ trì"


def test_english_readers_get_english_words_and_numbers() -> None:
    overview = overview_of(a_late_row(), province=PLAIN, formats=EN)
    text = visible(overview.table_html("", EN.texts))
    assert "Off track" in text
    assert "71.6%" in text


def test_each_name_opens_the_page_of_its_target() -> None:
    assert '<a href="/chi-tieu?vai=chair&amp;muc=full-online-dossiers" target="_self">' in overview_of(
        a_late_row(), province=PLAIN
    ).table_html("/chi-tieu?vai=chair&muc=", TEXTS)


def test_a_row_says_in_a_few_words_what_the_whole_sentence_tells_below_the_table() -> None:
    overview = overview_of(a_late_row(forecast=0.763, forecast_path=0.805), province=PLAIN)
    text = visible(table(overview))
    assert "Dự báo 76,3%: thiếu 3,7 điểm %" in text
    assert "mới đi 55,8%, nay phải 75,0%" in text
    whole = "Chậm vì mới đi 55,8% quãng đường, đến nay phải đi 75,0%. Còn thiếu 84 hồ sơ."
    assert f'title="{whole}"' in table(overview).replace(NO_BREAK_SPACE, " ")
    assert whole in visible(overview.reasons_html())


def test_a_goal_reached_before_the_plan_is_a_dot_to_be_kept_on_the_goal() -> None:
    held = row("full-online-dossiers", "met", baseline=0.85, value=0.86, numerator=860, path_done=None)
    kept = overview_of(held | {"path_expected": None}, province=PLAIN)
    assert kept.groups[0].rows[0].path == Held(kept=True, spoken="Đầu kỳ đã qua đích và đến nay vẫn giữ được.")
    assert kept.groups[0].rows[0].path_notes == ("duy trì",)
    fallen = overview_of(held | {"status": "off_track", "reason": "not_held", "path_expected": None}, province=PLAIN)
    assert fallen.groups[0].rows[0].path == Held(kept=False, spoken="Đầu kỳ đã qua đích, nay lùi lại.")
    assert "lùi khỏi mức đã đạt đầu kỳ" in visible(table(fallen))


def test_where_less_is_better_it_is_said_in_words() -> None:
    late = of_one_element(IndicatorKind.COUNT, "cases", counted_in="hồ sơ", rising_is_good=False, decimals=0)
    target = a_target("late", "<= 5", indicator_id=late.id)
    eight = row("late", "off_track", numerator=8, denominator=None, value=8.0, goal=5.0, short_by=None)
    overview = overview_of(
        eight | {"forecast": 7.0, "forecast_path": 0.4}, province=province_of(target, indicators=(late,))
    )
    assert overview.groups[0].rows[0].path_notes == ("càng thấp càng tốt",)
    assert overview.groups[0].rows[0].prospects[0].replace(NO_BREAK_SPACE, " ") == "Dự báo 7: vượt 2 hồ sơ"


def test_the_way_is_read_out_with_what_must_be_and_what_is_forecast() -> None:
    (group,) = overview_of(a_late_row(forecast=0.763, forecast_path=0.805), province=PLAIN).groups
    assert group.rows[0].path == PathBar(
        done=Fraction("0.558"),
        expected=Fraction("0.75"),
        forecast=Fraction("0.805"),
        spoken="Đã đi 55,8% quãng đường từ mốc đầu kỳ đến đích. Đến nay phải đi 75,0%. Dự báo đến hạn đi được 80,5%.",
    )


@pytest.mark.parametrize("status", ["met", "missed"])
def test_nothing_is_forecast_of_what_is_met_or_over(status: str) -> None:
    (group,) = overview_of(row("a", status, forecast=0.9, forecast_path=1.2), province=FOUR).groups
    assert isinstance(group.rows[0].path, PathBar)
    assert group.rows[0].path.forecast is None

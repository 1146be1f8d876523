"""What the page of a unit says: the sentence, its numbers, the lines, who is last, a unit that is not there."""

import re
from dataclasses import replace
from datetime import date

import pytest

from scorecard.domain.period import Month
from scorecard.domain.unit import Succession, Units
from scorecard.presentation.own_lines import line_html
from scorecard.presentation.tasks import Task, TaskKind, tasks_html
from scorecard.presentation.unit import UnitView
from scorecard.presentation.unit_absence import absence_lines
from scorecard.presentation.unit_sentence import MOST_WORDS
from tests.calculation.provinces import figures, target, unit
from tests.presentation.units import JUNE, VI, of_units, view_of

Rows = list[tuple[str, str, str, int | None]]
TODAY = date(2025, 7, 3)
TASKS = tuple(
    Task(kind=TaskKind.TO_SUBMIT, what="Dịch vụ công, tháng 6/2025", due=date(2025, 7, day), closes=date(2025, 7, 25))
    for day in (7, 5)
)


def month_of(month: str, **rates: tuple[int | None, int | None]) -> Rows:
    return [
        (month, code, name, value)
        for code, pair in rates.items()
        for name, value in zip(("online", "received"), pair, strict=True)
    ]


MAY = month_of("2025-05", a=(50, 100), b=(60, 100), c=(70, 100))
LATER = month_of("2025-06", a=(95, 100), b=(60, 100), c=(60, 100))
PLAIN = of_units()
LED = of_units(
    target(name="first", lead="so-tu-phap"),
    target(">= 60%", name="second", lead="so-tu-phap"),
    target(name="third", indicator_id="paid_rate", lead="so-tu-phap"),
)
NAMED = of_units(target(name="full-online"), target(name="paid", indicator_id="paid_rate"))

CASES = {
    "climbed": (PLAIN, "a", [*MAY, *LATER], (), "Xã A: 72,5%, hạng 1/3 (tăng 2 bậc), còn 15 hồ sơ nữa thì đạt 80%."),
    "fell": (PLAIN, "c", [*MAY, *LATER], (), "Xã C: 65,0%, hạng 2/3 (giảm 1 bậc), còn 30 hồ sơ nữa thì đạt 80%."),
    "with tasks": (
        PLAIN,
        "a",
        [*MAY, *LATER],
        TASKS,
        "Xã A: 72,5%, hạng 1/3 (tăng 2 bậc), còn 15 hồ sơ nữa thì đạt 80%; "
        "tháng này còn 2 việc, hạn gần nhất 05/07/2025.",
    ),
    "kept": (
        PLAIN,
        "b",
        [*MAY, *month_of("2025-06", a=(50, 100), b=(60, 100), c=(70, 100))],
        (),
        "Xã B: 60,0%, hạng 2/3 (giữ hạng tháng trước), còn 40 hồ sơ nữa thì đạt 80%.",
    ),
    "first month": (PLAIN, "c", LATER, (), "Xã C: 60,0%, hạng 2/3, còn 20 hồ sơ nữa thì đạt 80%."),
    "met": (
        PLAIN,
        "a",
        month_of("2025-06", a=(90, 100), b=(60, 100), c=(60, 100)),
        (),
        "Xã A: 90,0%, đã đạt, hạng 1/3.",
    ),
    "not reported": (
        PLAIN,
        "c",
        [*MAY, *LATER[:4]],
        (),
        "Xã C chưa có số liệu tháng 6/2025 nên chưa xếp hạng; gần nhất: 70,0% (tháng 5/2025).",
    ),
    "never reported": (PLAIN, "c", LATER[:4], (), "Xã C chưa có số liệu tháng 6/2025 nên chưa xếp hạng."),
    "nothing anywhere": (PLAIN, "a", [], TASKS, None),
    "too small": (
        PLAIN,
        "a",
        month_of("2025-06", a=(10, 20), b=(60, 100), c=(60, 100)),
        (),
        "Xã A: 50,0%, chưa xếp hạng vì mẫu số dưới 30 hồ sơ, còn 6 hồ sơ nữa thì đạt 80%.",
    ),
    "no cases": (
        PLAIN,
        "a",
        month_of("2025-06", a=(0, 0), b=(60, 100), c=(60, 100)),
        (),
        "Xã A không phát sinh trong kỳ đến tháng 6/2025 nên chưa xếp hạng.",
    ),
    "a true zero": (
        PLAIN,
        "a",
        month_of("2025-06", a=(0, 100), b=(60, 100), c=(60, 100)),
        (),
        "Xã A: 0,0%, hạng 3/3, còn 80 hồ sơ nữa thì đạt 80%.",
    ),
    "several targets": (
        NAMED,
        "a",
        [*LATER, *[("2025-06", code, "paid", 90) for code in "abc"]],
        (),
        "Xã A: 95,0% (“full-online”), đã đạt, hạng 1/3.",
    ),
    "lead": (LED, "so-tu-phap", [*MAY, *LATER], TASKS, None),
    "neither": (
        PLAIN,
        "so-y-te",
        LATER,
        TASKS,
        "Sở Y tế không chủ trì và không góp số vào chỉ tiêu nào của văn bản này; "
        "tháng này còn 2 việc, hạn gần nhất 05/07/2025.",
    ),
}


def seen(case: str) -> UnitView:
    place, code, rows, tasks, _ = CASES[case]
    return view_of(code, place, figures(*rows), tasks)


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d[\d.,/]*(?<![.,/])", text))


@pytest.mark.parametrize("case", CASES)
def test_check_14_the_sentence_is_short_and_every_number_in_it_stands_on_the_page(case: str) -> None:
    view, tasks = seen(case), CASES[case][3]
    assert CASES[case][4] in (None, view.sentence.replace("\N{NO-BREAK SPACE}", " "))
    assert len(view.sentence.split()) <= MOST_WORDS
    parts = [tasks_html(tasks, TODAY, VI), f"({len(tasks)})", f"({len(view.led_rows)})", *view.facts]
    parts += [line_html(line, VI.texts) for line in view.own] + (
        [view.led_html("/chi-tieu?muc=", VI.texts)] if view.led else []
    )
    page = re.sub(r"<[^>]+>", " ", " ".join(parts))
    assert numbers(view.sentence) <= numbers(page)
    assert seen(case).sentence == view.sentence


def test_a_lead_unit_is_told_of_what_it_leads_worst_first() -> None:
    view = seen("lead")
    assert view.sentence == (
        "Sở Tư pháp chủ trì 3 chỉ tiêu: 1 chưa có số liệu, 1 đúng tiến độ, 1 đạt; "
        "tháng này còn 2 việc, hạn gần nhất 05/07/2025."
    )
    assert [row.target_id for row in view.led_rows] == ["third", "first", "second"]
    assert view.own == ()


def test_check_17_without_any_figures_nothing_is_zero_and_nobody_is_ranked() -> None:
    view = seen("nothing anywhere")
    (line,) = view.own
    assert (line.value, line.latest, line.short) == (None, "", "")
    assert "hạng 1" not in view.sentence
    assert not re.search(r"\b0(,0)?%", line_html(line, VI.texts))
    assert view.last == ()


def test_who_did_not_report_is_never_among_the_last_and_the_others_are_worst_first() -> None:
    rows = month_of("2025-06", a=(95, 100), b=(60, 100))
    (last,) = view_of("so-tu-phap", of_units(target(name="first", lead="so-tu-phap")), figures(*rows)).last
    assert [row[:3] for row in last.rows] == [("Xã B", "2/2", "60,0%"), ("Xã A", "1/2", "95,0%")]
    assert last.rows[0][4].replace("\N{NO-BREAK SPACE}", " ") == "20 hồ sơ"
    assert last.rows[1][4] == "không thiếu"
    assert last.caption == (
        "first. Nhóm xã: 2 đơn vị hạng cuối trong 2 đơn vị được xếp hạng; 1 đơn vị chưa xếp hạng, không kể ở đây."
    )


def test_who_leads_nothing_is_not_told_who_is_last() -> None:
    assert seen("neither").last == seen("climbed").last == ()


def test_a_line_tells_value_cases_rank_and_goal() -> None:
    (line,) = seen("climbed").own
    words = re.sub(r"<[^>]+>", " ", line_html(line, VI.texts)).replace("\N{NO-BREAK SPACE}", " ")
    told = re.sub(r"\s+", " ", words)
    assert "72,5% 145/200 hồ sơ Còn 15 hồ sơ nữa thì đạt 80% Hạng 1/3 (tăng 2 bậc)" in told
    assert told.endswith("Đích ≥ 80%, hạn 31/12/2025 ")
    assert "thiếu" not in told


def test_the_only_unit_of_a_target_is_not_told_to_be_first_of_one() -> None:
    (line,) = view_of("a", PLAIN, figures(*month_of("2025-06", a=(50, 100)))).own
    assert line.place == "chưa xếp hạng vì chưa đơn vị nào khác cùng nhóm được xếp hạng"


OLD = replace(unit("h", "district", died="2025-06-30"), name="Huyện Phú Bình")
NEW = [replace(unit(code, born="2025-07-01"), name=f"Xã {code.upper()}") for code in "xy"]
MERGED = Units(
    (OLD, *NEW),
    tuple(Succession(from_id=OLD.id, to_id=each.id, effective=date(2025, 7, 1), share=None, basis="") for each in NEW),
)


def test_a_unit_that_is_no_more_names_what_came_after_it() -> None:
    assert absence_lines(OLD, Month.parse("2025-09"), MERGED, VI) == (
        "Huyện Phú Bình có đến hết ngày 30/06/2025; tháng 9/2025 không còn đơn vị này.",
        "Sau đó là: Xã X, Xã Y.",
    )


def test_a_unit_that_was_not_there_yet_names_what_was_before_it() -> None:
    assert absence_lines(NEW[0], JUNE, MERGED, VI) == (
        "Xã X có từ ngày 01/07/2025; tháng 6/2025 chưa có đơn vị này.",
        "Trước đó là: Huyện Phú Bình.",
    )


def test_a_unit_that_is_there_is_not_absent() -> None:
    assert absence_lines(OLD, JUNE, MERGED, VI) == ()


def lead_called(name: str) -> str:
    renamed = [replace(each, name=name) if each.code == "so-tu-phap" else each for each in LED.units.members]
    return view_of("so-tu-phap", replace(LED, units=Units(tuple(renamed))), figures(*MAY, *LATER), TASKS).sentence


def test_what_does_not_fit_is_left_to_the_page() -> None:
    stands = "chủ trì 3 chỉ tiêu: 1 chưa có số liệu, 1 đúng tiến độ, 1 đạt"
    longer = "Văn phòng Ủy ban nhân dân tỉnh mới"
    assert lead_called(longer) == f"{longer} {stands}; tháng này còn 2 việc."
    longest = "Văn phòng Ủy ban nhân dân tỉnh và cơ quan giúp việc"
    assert lead_called(longest) == f"{longest} {stands}."

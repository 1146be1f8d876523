"""What a unit has to do, in order and as it is read."""

import re
from datetime import date

from scorecard.presentation.formats import Formats
from scorecard.presentation.tasks import Task, TaskKind, in_order, tasks_html
from scorecard.presentation.texts import Language, load_texts

VI = Formats(load_texts(Language.VIETNAMESE))
TODAY = date(2025, 10, 3)


def task(kind: TaskKind = TaskKind.TO_SUBMIT, due: int = 6, **changes: object) -> Task:
    content = {"what": f"Biểu {kind}", "closes": date(2025, 10, 25)} | changes
    return Task(kind=kind, due=date(2025, 10, due), **content)


def test_the_first_due_comes_first_and_of_one_day_what_was_sent_back() -> None:
    late, begun, back, new = (
        task(due=2),
        task(TaskKind.BEGUN),
        task(TaskKind.SENT_BACK),
        task(TaskKind.TO_SUBMIT),
    )
    assert in_order([new, begun, back, late]) == (late, back, begun, new)


def test_each_task_tells_its_kind_its_day_and_one_way_to_do_it() -> None:
    html = tasks_html((task(link="/nhap-so-lieu?phieu=a&vai=b"),), TODAY, VI)
    words = re.sub(r"<[^>]+>", " ", html)
    assert re.sub(r"\s+", " ", words).strip() == "Chưa làm Biểu to_submit Hạn 06/10/2025 (còn 3 ngày) Nhập số liệu"
    assert html.count("<a ") == 1
    assert 'href="/nhap-so-lieu?phieu=a&amp;vai=b"' in html
    assert 'aria-label="Nhập số liệu: Biểu to_submit"' in html
    assert 'class="late"' not in html


def test_a_task_that_is_late_says_how_late_and_until_when_it_is_taken() -> None:
    html = tasks_html((task(due=1),), TODAY, VI)
    assert '<p class="late">Quá hạn 2 ngày (hạn 01/10/2025), vẫn nộp được đến hết ngày 25/10/2025</p>' in html


def test_the_due_day_itself_is_in_time() -> None:
    assert "<p>Hạn là hôm nay, 03/10/2025</p>" in tasks_html((task(due=3),), TODAY, VI)


def test_what_people_wrote_is_escaped_and_who_may_only_look_gets_no_link() -> None:
    html = tasks_html((task(TaskKind.SENT_BACK, what="<b>Biểu</b>", note="Sai <i>số</i>"),), TODAY, VI)
    assert "&lt;b&gt;Biểu&lt;/b&gt;" in html
    assert '<p class="task-note">Sai &lt;i&gt;số&lt;/i&gt;</p>' in html
    assert "<a " not in html


def test_without_a_task_that_is_said() -> None:
    assert "Không còn việc nào trong tháng này." in tasks_html((), TODAY, VI)

"""Parts as they are asked for and read back."""

from datetime import date
from decimal import Decimal

import pytest

from scorecard.domain.figure import Figure
from scorecard.domain.form import Element
from scorecard.domain.part import Part
from scorecard.domain.period import Period
from scorecard.domain.plan import Step
from scorecard.presentation.entry import answer_text
from scorecard.presentation.entry_parts import part_question, part_text, steps_answer
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from tests.builders import an_element

TEXTS = load_texts(Language.VIETNAMESE)
FORMATS = Formats(TEXTS)
SERVICES = an_element("online", members="services", counted_in="dịch vụ")
STEPS = tuple(Step(name=name, name_en=None, by=date(2025, 6, 30)) for name in ("Phương án", "Vận hành", "Bàn giao"))
HOTLINE = an_element("hotline", steps=STEPS, counted_in="")
PARTS = tuple(
    Part(element_id="hotline", number=number, name=step.name, by=step.by) for number, step in enumerate(STEPS, start=1)
)


def said(part: Part, value: int, note: str = "") -> Figure:
    return Figure(unit_id="05908@", element_id=part.id, period=Period.parse("2025-08"), value=Decimal(value), note=note)


@pytest.mark.parametrize(
    ("element", "there", "note", "text"),
    [
        (SERVICES, True, "2025-03-05", "đã cung cấp từ 05/03/2025"),
        (SERVICES, True, "2022", "đã cung cấp từ 2022"),
        (SERVICES, True, "", "đã cung cấp"),
        (SERVICES, False, "", "chưa cung cấp"),
        (SERVICES, None, "", "chưa rõ"),
        (HOTLINE, True, "2025-03-05 12/QĐ-UBND", "đã xong ngày 05/03/2025, 12/QĐ-UBND"),
        (HOTLINE, False, "", "chưa xong"),
    ],
)
def test_a_part_is_read_back_with_its_date_and_evidence(
    element: Element, there: bool | None, note: str, text: str
) -> None:
    assert part_text(element, there, note, TEXTS) == text


def test_a_question_tells_what_was_last_said_and_for_which_month() -> None:
    named = Part(element_id="online", number=7, name="Đăng ký thường trú")
    nameless = Part(element_id="online", number=26, name=None)
    assert part_question(SERVICES, named, said(named, 1, "2025-03"), FORMATS) == (
        "7. Đăng ký thường trú. Đã báo tháng 8/2025: đã cung cấp từ 03/2025"
    )
    assert part_question(SERVICES, nameless, None, FORMATS) == "Dịch vụ số 26: chưa báo riêng mục này"
    assert part_question(HOTLINE, PARTS[0], said(PARTS[0], 0), FORMATS) == (
        "1. Phương án (hạn 30/06/2025). Đã báo tháng 8/2025: chưa xong"
    )


def test_the_steps_done_are_counted_and_each_told_in_the_note() -> None:
    answer = steps_answer(HOTLINE, PARTS, {"hotline#1": "2025-03-05 12/QĐ-UBND", "hotline#3": "2025 a"})
    assert (answer.value, answer.note) == (Decimal(2), "1: 2025-03-05 12/QĐ-UBND; 3: 2025 a")
    assert answer_text(HOTLINE, answer.value, answer.state, answer.note, TEXTS) == "2/3 bước"
    none = steps_answer(HOTLINE, PARTS, {})
    assert (none.value, none.note) == (Decimal(0), "")
    only = steps_answer(HOTLINE, PARTS[:1], {"hotline#1": "2025-03-05 12/QĐ-UBND"})
    assert only.note == "2025-03-05 12/QĐ-UBND"

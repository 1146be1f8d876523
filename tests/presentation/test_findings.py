from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from scorecard.domain.finding import Finding, Parameter
from scorecard.domain.form import Check, Severity
from scorecard.domain.period import Period
from scorecard.presentation.findings import finding_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language, load_texts
from tests.builders import a_check, a_form, an_element

_FORM = a_form(elements=[an_element("x", label="Hồ sơ tiếp nhận", label_en=None, decimals=1)])


def _text(
    code: str, language: Language = Language.VIETNAMESE, check: Check | None = None, **parameters: Parameter
) -> str:
    elements = () if code.startswith("period") else ("x",)
    finding = Finding(
        key=code, code=code, severity=Severity.SOFT, element_ids=elements, parameters=parameters, check=check
    )
    return finding_text(finding, _FORM, Formats(load_texts(language)))


def test_numbers_days_and_periods_are_printed_as_in_vietnam() -> None:
    assert (
        _text("risen_much", change=Fraction(31, 100), previous=Decimal("1234.5"))
        == "Hồ sơ tiếp nhận: tăng 31% so với kỳ trước (1.234,5)."
    )
    assert _text("period_closed", period=Period.parse("2025-Q3"), closes=date(2025, 10, 25)).startswith(
        "Đã khóa: quý III/2025 chỉ nhập được đến hết ngày 25/10/2025."
    )
    assert _text("many_times_more", factor=1000, previous=Decimal(5)).startswith(
        "Hồ sơ tiếp nhận: gấp khoảng 1.000 lần kỳ trước (5,0)"
    )


def test_an_element_without_an_english_label_keeps_its_vietnamese_one() -> None:
    assert _text("negative", Language.ENGLISH) == "Hồ sơ tiếp nhận: a number cannot be negative."


@pytest.mark.parametrize(
    ("language", "message_en", "text"),
    [
        (Language.VIETNAMESE, "Part above whole.", "Phần lớn hơn toàn bộ."),
        (Language.ENGLISH, "Part above whole.", "Part above whole."),
        (Language.ENGLISH, None, "Phần lớn hơn toàn bộ."),
    ],
)
def test_a_check_of_the_form_speaks_with_its_own_words(language: Language, message_en: str | None, text: str) -> None:
    assert _text("form_check", language, a_check(message_en=message_en)) == text

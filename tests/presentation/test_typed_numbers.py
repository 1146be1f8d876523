"""Numbers typed the Vietnamese way: read exactly, or refused with advice; never read differently from what is meant."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.domain.form import Element, Measure
from scorecard.domain.typed_number import TypedNumberError, parse_typed, print_typed
from scorecard.presentation.texts import Language, load_texts
from scorecard.presentation.typed_numbers import advice, read_back

NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def element(decimals: int = 0, counted_in: str = "hồ sơ") -> Element:
    return Element(
        id="dossiers",
        form_id="form",
        label="Hồ sơ",
        label_en=None,
        help="",
        found_in="",
        measure=Measure.FLOW,
        decimals=decimals,
        counted_in=counted_in,
        out_of=None,
    )


@pytest.mark.parametrize(
    ("typed", "decimals", "value"),
    [
        ("0", 0, "0"),
        ("05", 0, "5"),
        ("1234", 0, "1234"),
        ("1.234", 0, "1234"),
        ("1.234", 2, "1234"),
        ("12.345.678", 0, "12345678"),
        (" 1 234 ", 0, "1234"),
        (f"1{NBSP}234{NBSP}567", 0, "1234567"),
        (f"1{NNBSP}234", 0, "1234"),
        ("\t1234\n", 0, "1234"),
        ("80,5", 1, "80.5"),
        ("1.234,5", 1, "1234.5"),
        ("1 234,5", 1, "1234.5"),
        ("0,345", 3, "0.345"),
        ("12,345", 3, "12.345"),
        ("999999999999999", 0, "999999999999999"),
        ("999.999.999.999.999,99", 2, "999999999999999.99"),
    ],
)
def test_check_15_what_a_vietnamese_reader_reads_is_what_is_stored(typed: str, decimals: int, value: str) -> None:
    assert parse_typed(typed, decimals) == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "decimals", "code", "hint"),
    [
        ("", 0, "empty", "Gõ số vào ô này"),
        ("  ", 0, "empty", "Gõ số vào ô này"),
        ("1.23", 1, "decimal_point", "gõ 1,23"),
        ("1.23", 0, "dot_in_whole_number", "Số hồ sơ là số nguyên"),
        ("80.5", 1, "decimal_point", "gõ 80,5"),
        ("80.5", 0, "dot_in_whole_number", "dấu chấm chỉ để tách hàng nghìn"),
        ("0.123", 0, "dot_in_whole_number", "Số hồ sơ là số nguyên"),
        ("0.123", 3, "decimal_point", "gõ 0,123"),
        ("1,234.5", 1, "english", "Gõ 1.234,5"),
        ("1,234,567", 0, "english", "Gõ 1.234.567"),
        ("12,345", 0, "comma_in_whole_number", "gõ 12.345. Số hồ sơ là số nguyên"),
        ("12,345", 1, "comma_or_dot", "gõ 12.345. Nếu là phần lẻ, ô này nhận nhiều nhất 1 chữ số"),
        ("12,5", 0, "whole_number", "Số hồ sơ là số nguyên"),
        ("12,0", 0, "whole_number", "Số hồ sơ là số nguyên"),
        ("80,55", 1, "too_many_decimals", "nhiều nhất 1 chữ số"),
        ("1.234,567", 2, "too_many_decimals", "nhiều nhất 2 chữ số"),
        ("12.34.567", 0, "misplaced", "gõ liền không dấu"),
        ("1.234 567", 0, "misplaced", "gõ liền không dấu"),
        ("1 23", 0, "misplaced", "gõ liền không dấu"),
        ("1..234", 0, "misplaced", "gõ liền không dấu"),
        ("1,", 1, "misplaced", "gõ liền không dấu"),
        (",5", 1, "misplaced", "gõ liền không dấu"),
        ("-5", 0, "negative", "bỏ dấu trừ"),
        ("−5", 0, "negative", "bỏ dấu trừ"),
        ("abc", 0, "not_a_number", "Chỉ gõ số"),
        ("-", 0, "not_a_number", "Chỉ gõ số"),
        ("+5", 0, "not_a_number", "Chỉ gõ số"),
        ("80,5%", 1, "not_a_number", "không gõ kèm đơn vị tính"),
        ("NaN", 0, "not_a_number", "Chỉ gõ số"),
        ("1e5", 0, "not_a_number", "Chỉ gõ số"),
        ("1'234", 0, "not_a_number", "Chỉ gõ số"),
        ("\u0663", 0, "other_digits", "phím số"),
        ("\uff11\uff12\uff13", 0, "other_digits", "phím số"),
        ("\u200f1234", 0, "hidden_character", "ký tự ẩn"),
        ("1\u200b234", 0, "hidden_character", "ký tự ẩn"),
        ("1\t234", 0, "hidden_character", "ký tự ẩn"),
        ("1000000000000000", 0, "too_large", "quá lớn"),
        ("9" * 500, 0, "too_large", "quá lớn"),
    ],
)
def test_what_could_be_meant_otherwise_is_refused_with_advice(typed: str, decimals: int, code: str, hint: str) -> None:
    with pytest.raises(TypedNumberError) as refused:
        parse_typed(typed, decimals)
    assert refused.value.code == code
    assert hint in advice(refused.value, element(decimals), load_texts(Language.VIETNAMESE))
    assert advice(refused.value, element(decimals), load_texts(Language.ENGLISH))


def test_advice_quotes_what_was_typed_but_never_a_page_of_it() -> None:
    with pytest.raises(TypedNumberError) as refused:
        parse_typed("x" * 1000, 0)
    assert refused.value.parameters["typed"] == "x" * 30 + "…"


def test_read_back_names_what_is_counted() -> None:
    assert read_back(Decimal(1234), element()) == f"1.234{NBSP}hồ sơ"
    assert read_back(Decimal("80.50"), element(2, "%")) == "80,5%"
    assert read_back(Decimal(0), element()) == f"0{NBSP}hồ sơ"


@given(decimals=st.integers(0, 6), amount=st.integers(0, 10**15 - 1))
def test_every_printed_number_is_read_back_unchanged(decimals: int, amount: int) -> None:
    value = Decimal(amount).scaleb(-decimals)
    assert parse_typed(print_typed(value, decimals), decimals) == value


@given(
    typed=st.text(alphabet=f"0123456789.,{NBSP}{NNBSP} -+e%\u0663\u200f", max_size=14)
    | st.from_regex(r"[\d., ]{1,14}"),
    decimals=st.integers(0, 4),
)
def test_whatever_is_accepted_is_what_a_vietnamese_reader_means(typed: str, decimals: int) -> None:
    refusal: TypedNumberError | None = None
    try:
        value = parse_typed(typed, decimals)
    except TypedNumberError as error:
        refusal = error
    if refusal is not None:
        assert advice(refusal, element(decimals), load_texts(Language.VIETNAMESE))
        return
    digits = re.sub(rf"[\s.{NBSP}{NNBSP}]", "", typed).replace(",", ".")
    assert value == Decimal(digits)
    meant = print_typed(value, decimals).replace(".", "").split(",")
    whole, _, fraction = digits.partition(".")
    assert meant == [whole.lstrip("0") or "0", *([fraction.rstrip("0")] if fraction.rstrip("0") else [])]

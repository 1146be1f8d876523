"""Vietnamese names in the order of the alphabet, and found without their accents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorecard.domain.collation import sort_key, without_accents

IN_ORDER = (
    "1. Tổ",
    "a",
    "à",
    "ả",
    "ã",
    "á",
    "ạ",
    "an",
    "ă",
    "ằ",
    "ặ",
    "â",
    "ấ",
    "Ba Bể",
    "Bà Bể",
    "Ban",
    "Bắc Kạn",
    "Bằng Thành",
    "Cốc Đán",
    "Côn Minh",
    "Dân Tiến",
    "Duyên",
    "Đại Từ",
    "Đức Xuân",
    "Em",
    "Ên",
    "Lam Vỹ",
    "Lâm",
    "Nghĩa",
    "Ơn",
    "Tân Khánh",
    "Tân Kỳ",
    "Uông",
    "Ưng",
)


def test_letters_come_first_and_tones_only_tell_equals_apart() -> None:
    assert tuple(sorted(set(IN_ORDER), key=sort_key)) == IN_ORDER


def test_o_with_hook_comes_after_o_with_hat() -> None:
    assert sorted(["Ơ", "ô", "O", "Ô", "o", "ơ"], key=sort_key) == ["o", "O", "ô", "Ô", "ơ", "Ơ"]


def test_the_way_a_letter_is_composed_makes_no_difference() -> None:
    for name in IN_ORDER:
        assert sort_key(unicodedata.normalize("NFD", name)) == sort_key(unicodedata.normalize("NFC", name))


@given(st.text("aăâbdđeêoôơuưAĐƠ ̣́̀̉̃1", max_size=8).filter(lambda text: not unicodedata.combining(text[:1] or "a")))
def test_only_equal_names_stand_at_the_same_place(name: str) -> None:
    assert (sort_key(name) == sort_key(name.swapcase())) == (name == name.swapcase())


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("phu binh", "Xã Phú Bình"),
        ("PHÚ  BÌNH", "Xã Phú Bình"),
        ("dinh hoa", "Định Hóa"),
        ("uong", "Ường"),
    ],
)
def test_a_name_is_found_without_accents(typed: str, name: str) -> None:
    assert without_accents(typed) in without_accents(name)


def test_other_letters_are_not_mixed_up() -> None:
    assert without_accents("Phú Bình") not in without_accents("Phú Thịnh")

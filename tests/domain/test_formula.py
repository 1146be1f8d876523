from decimal import Decimal
from fractions import Fraction

import pytest

from scorecard.domain.formula import Formula, FormulaError, Term, parse_formula


def test_a_sum_of_elements_is_read_with_its_signs_and_factors() -> None:
    assert parse_formula("received + 2 * carried_over - withdrawn") == Formula(
        (Term(1, "received"), Term(2, "carried_over"), Term(-1, "withdrawn"))
    )


def test_the_size_of_a_list_and_a_constant_are_terms() -> None:
    assert parse_formula("size(essential-services) + 3") == Formula((Term(1, list_id="essential-services"), Term(3)))


@pytest.mark.parametrize("text", ["0", "a - a", "2 * a - a - a"])
def test_terms_that_cancel_out_disappear(text: str) -> None:
    assert parse_formula(text) == Formula(())


def test_an_element_named_twice_is_added_up() -> None:
    assert parse_formula("a + a") == Formula((Term(2, "a"),))


@pytest.mark.parametrize("text", ["", " ", "a b", "a +", "a * b", "a / b", "A", "size()", "1.5 * a", "a; b"])
def test_what_is_not_a_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse_formula(text)


def test_a_formula_adds_up_exactly() -> None:
    formula = parse_formula("a - 2 * b + size(services) + 1")
    values = {"a": Decimal("0.3"), "b": Decimal("0.1")}
    assert formula.total(values, {"services": 76}.__getitem__) == Fraction(771, 10)
    with pytest.raises(KeyError):
        formula.total({"a": Decimal(1)}, {"services": 76}.__getitem__)

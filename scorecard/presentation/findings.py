"""Findings of a return as sentences."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from scorecard.domain.finding import Finding, Parameter
from scorecard.domain.form import Form
from scorecard.domain.period import Period
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Language


def finding_text(finding: Finding, form: Form, formats: Formats) -> str:
    """Say in one sentence what was found, with the labels and numbers as the reader writes them."""
    texts = formats.texts
    english = texts.language is Language.ENGLISH
    elements = {element.id: element for element in form.elements}
    labels = {e.id: (e.label_en if english else None) or e.label for e in form.elements}
    own = finding.element_ids[0] if finding.element_ids else ""
    decimals = elements[own].decimals if own in elements else 0
    printed = printed_parameters(finding, decimals, formats)
    if finding.check is not None:
        printed["message"] = (finding.check.message_en if english else None) or finding.check.message
    return texts(f"returns.{finding.code}", element=labels.get(own, own), **printed)


def printed_parameters(finding: Finding, decimals: int, formats: Formats) -> dict[str, str]:
    """Return the parameters of a finding as the reader writes them; Decimals have so many decimals."""
    return {name: _printed(value, decimals, formats) for name, value in finding.parameters.items()}


def _printed(value: Parameter, decimals: int, formats: Formats) -> str:
    match value:
        case Period():
            return formats.period(value)
        case date():
            return formats.day(value)
        case Decimal():
            return formats.decimal(Fraction(value), decimals)
        case Fraction():
            return formats.share(value, 0)
        case int():
            return formats.count(value)
        case str():
            return value

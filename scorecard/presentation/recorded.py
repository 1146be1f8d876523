"""How what is on record is named: moments, people, units, forms, figures. Nothing recorded is ever without a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from fractions import Fraction

from scorecard.domain.figure import Figure
from scorecard.domain.period import Frequency, Period
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.entry import answer_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language

_MILESTONE = "milestone:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Names of one province's records in one language; what the definitions no longer hold keeps its id.

    `person` names who recorded something by its id; moments are told in `zone`.
    """

    province: Province
    formats: Formats
    zone: tzinfo
    person: Callable[[str], str]

    def moment(self, at: datetime) -> str:
        """Print a moment for a column: 03/10/2025 09:12."""
        return self.formats.moment(at.astimezone(self.zone))

    def unit(self, unit_id: str) -> str:
        """Name a unit; one that is no more with the day until which it was."""
        return unit_name(unit_id, self.province, self.formats)

    def form(self, form_id: str) -> str:
        """Name a form, or the milestone whose steps were reported."""
        form = next((form for form in self.province.forms if form.id == form_id), None)
        if form is not None:
            return in_language(self.formats.texts, form.name, form.name_en)
        return self.element(form_id.removeprefix(_MILESTONE))

    def element(self, element_id: str) -> str:
        """Name an element, or the milestone whose steps it counts."""
        texts = self.formats.texts
        if element := self.province.elements.get(element_id):
            return in_language(texts, element.label, element.label_en)
        if target := self.province.milestones.get(element_id):
            return in_language(texts, target.name, target.name_en)
        return element_id

    def target(self, name: str) -> str:
        """Name a target by its plan and its own id, `plan/target`."""
        known = next((each for each in self.province.targets if f"{each.plan_id}/{each.id}" == name), None)
        return self.target_title(known) if known else name

    def target_title(self, target: Target) -> str:
        """Name a target, with its level where one goal has several."""
        texts = self.formats.texts
        title = in_language(texts, target.name, target.name_en)
        level = next((each for each in self.province.levels if each.id == target.scope.level), None)
        if level is None or "." not in target.id:
            return title
        return texts("recorded.target_of_level", target=title, level=in_language(texts, level.name, level.name_en))

    def figure(self, figure: Figure) -> str:
        """Print a figure with what it counts, or say why there is none."""
        texts = self.formats.texts
        if element := self.province.elements.get(figure.element_id):
            return answer_text(element, figure.value, figure.state, "", texts)
        if figure.value is None:
            return texts(f"entry.{figure.state}")
        if target := self.province.milestones.get(figure.element_id):
            return texts("overview.steps", done=figure.value, total=len(target.steps))
        return self.formats.decimal(Fraction(figure.value), _decimals(figure.value))

    def difference(self, element_id: str, difference: Decimal) -> str:
        """Print how much a figure changed, with its sign: +10 hồ sơ, −0,5 điểm %, 0."""
        element = self.province.elements.get(element_id)
        number = self.formats.decimal(Fraction(difference), element.decimals if element else _decimals(difference))
        signed = f"+{number}" if difference > 0 else number
        if element is None or difference == 0:
            return signed
        if element.counted_in == "%":
            return self.formats.texts("format.points", number=signed)
        return f"{signed}\N{NO-BREAK SPACE}{element.counted_in}"

    def span(self, span: Period) -> str:
        """Print a reporting period by its name, any other run of months by its ends."""
        for frequency in Frequency:
            if Period.containing(span.last, frequency) == span:
                return self.formats.period(span)
        first, last = self.formats.month(span.first), self.formats.month(span.last)
        return self.formats.texts("recorded.span", first=first, last=last)


def unit_name(unit_id: str, province: Province, formats: Formats) -> str:
    """Name a unit; one that is no more with the day until which it was, one that is not defined by its id."""
    unit = province.units.by_id.get(unit_id)
    if unit is None:
        return unit_id
    if unit.valid_to is None:
        return unit.name
    return formats.texts("recorded.unit_until", unit=unit.name, day=formats.day(unit.valid_to))


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

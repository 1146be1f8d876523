"""What a target, its part and its lead unit are called."""

from __future__ import annotations

from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.presentation.standing import Standing
from scorecard.presentation.texts import Texts, in_language


def target_name(target: Target, province: Province, texts: Texts) -> str:
    """Return the name of a target; one of several levels is told apart by its level."""
    name, level = in_language(texts, target.name, target.name_en), level_name(target, province, texts)
    return f"{name} – {level}" if level else name


def level_name(target: Target, province: Province, texts: Texts) -> str | None:
    """Return the level of one of several rows of a goal (ids `name.level`); None for any other target."""
    if "." not in target.id:
        return None
    level = next((level for level in province.levels if level.id == target.scope.level), None)
    return in_language(texts, level.name, level.name_en) if level else None


def lead_name(standing: Standing, province: Province) -> str | None:
    """Return what the lead unit is called in the month, or at the deadline; None where nobody leads."""
    code = standing.target.lead
    if code is None:
        return None
    unit = province.units.find(code, standing.month.last_day) or province.units.find(code, standing.due)
    return unit.name if unit else None

"""A scope as the store keeps to it: rows of other units are not read, and asking for one is refused."""

from __future__ import annotations

from scorecard.domain.access import AccessRefusedError, Scope


def condition_of(scope: Scope) -> tuple[str, list[str]]:
    """Return the condition that a unit lies in a scope, and its parameters; no code means no unit."""
    if scope.unit_codes is None:
        return "1 = 1", []
    any_of = " OR ".join(["1 = 0", *("unit LIKE ? ESCAPE '!'" for _ in scope.unit_codes)])
    return f"({any_of})", [f"{_literally(code)}@%" for code in sorted(scope.unit_codes)]


def require_inside(scope: Scope, unit_id: str) -> None:
    """Raise AccessRefusedError for a unit outside a scope."""
    if not scope.covers(unit_id):
        raise AccessRefusedError("access.other_unit", unit=unit_id.partition("@")[0])


def _literally(text: str) -> str:
    return "".join(f"!{letter}" if letter in "!%_" else letter for letter in text)

"""All rules that definitions must keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scorecard.definitions.draft import Draft
from scorecard.definitions.form_rules import form_problems, level_problems, list_problems
from scorecard.definitions.index_rules import index_problems
from scorecard.definitions.indicator_rules import indicator_problems
from scorecard.definitions.limit_rules import limit_problems
from scorecard.definitions.lineage_rules import lineage_problems
from scorecard.definitions.plan_rules import plan_problems
from scorecard.definitions.problem import Problem
from scorecard.definitions.rule import findings
from scorecard.definitions.unit_rules import unit_problems


def problems_of(draft: Draft, today: date | None) -> Iterator[Problem]:
    """Yield everything that does not fit together."""
    yield from findings(level_problems(draft), unit_problems(draft), lineage_problems(draft))
    yield from findings(form_problems(draft), list_problems(draft), indicator_problems(draft))
    yield from findings(plan_problems(draft, today), limit_problems(draft), index_problems(draft))

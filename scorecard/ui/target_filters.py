"""Which target is looked at, in which month, of which unit; all of it stands in the address."""

from __future__ import annotations

from scorecard.domain.plan import Plan, Target
from scorecard.presentation.texts import in_language
from scorecard.ui import address
from scorecard.ui.guard import PageContext

TARGET = "muc"


def choose_target(page: PageContext, plan: Plan) -> Target:
    """Ask which target of a plan is looked at."""
    targets = {target.id: target for target in plan.targets}
    first = next(iter(targets))
    chosen = address.choose(
        TARGET,
        tuple(targets),
        label=page.texts("target.target"),
        show=lambda target_id: in_language(page.texts, targets[target_id].name, targets[target_id].name_en),
        default=first,
        width=640,
    )
    return targets[chosen or first]

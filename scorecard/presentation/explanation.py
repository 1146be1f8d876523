"""How a status came about, line by line: all numbers and rules, to be redone with a calculator."""

from __future__ import annotations

from collections.abc import Iterator

from scorecard.domain.plan import NationalReference, Plan
from scorecard.domain.status import Status
from scorecard.presentation.amounts import Amounts, plain_number, plain_share
from scorecard.presentation.explanation_case import Case
from scorecard.presentation.explanation_change import change_lines
from scorecard.presentation.explanation_forecast import forecast_lines
from scorecard.presentation.explanation_gap import gap_lines
from scorecard.presentation.explanation_goal import goal_lines
from scorecard.presentation.explanation_path import path_lines
from scorecard.presentation.explanation_rules import rule_lines
from scorecard.presentation.explanation_value import value_lines
from scorecard.presentation.reasons import Reasons
from scorecard.presentation.texts import in_language

_INDENT = "   "


def explanation(case: Case, amounts: Amounts) -> str:
    """Return the whole explanation of one line of the scoreboard, one statement a line, ending with a line break."""
    texts, standing = amounts.formats.texts, case.standing
    name = in_language(texts, standing.target.name, standing.target.name_en)
    title = texts("explain.title", name=name, id=standing.target.id, period=amounts.formats.month(standing.month))
    sections = {
        "target": _target_lines(case, amounts),
        "value": value_lines(case, amounts),
        "comparison": goal_lines(case, amounts) if case.judged else iter(()),
        "path": path_lines(case, amounts) if case.judged else iter(()),
        "forecast": forecast_lines(case, amounts) if case.judged else iter(()),
        "gap": gap_lines(case, amounts) if case.judged else iter(()),
        "change": change_lines(standing, case.change, amounts) if case.judged and case.change else iter(()),
        "limits": limit_lines(case, amounts),
        "rules": rule_lines(case, amounts),
        "result": _result_lines(case, amounts),
    }
    lines = [title]
    for key, content in sections.items():
        told = [f"{_INDENT}{line}" for line in content]
        if told:
            lines += ["", texts(f"explain.{key}"), *told]
    return "\n".join(lines) + "\n"


def _target_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    texts, formats, standing = amounts.formats.texts, amounts.formats, case.standing
    yield document_text(case.plan, amounts)
    yield texts("explain.plan", name=in_language(texts, case.plan.name, case.plan.name_en))
    yield texts("explain.speaks_of", scope=case.speaks_of(texts))
    yield texts("explain.goal", goal=amounts.goal(standing), due=formats.day(standing.due))
    if standing.target.national:
        yield national_text(standing.target.national, amounts)


def national_text(line: NationalReference, amounts: Amounts) -> str:
    """Name the national line under a target, and by how much the target is above."""
    return amounts.formats.texts(
        "explain.national",
        document=line.document,
        value=plain_share(line.value, amounts.formats),
        points=plain_number(line.above_by * 100, amounts.formats),
    )


def document_text(plan: Plan, amounts: Amounts) -> str:
    """Name the document of a plan by number, day and issuer."""
    texts, document = amounts.formats.texts, plan.document
    if document.number is None or document.dated is None:
        return texts("overview.document_unnumbered", issuer=document.issuer)
    dated = amounts.formats.day(document.dated)
    return texts("overview.document", number=document.number, dated=dated, issuer=document.issuer)


def limit_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    """Say where one status of the target ends and the next begins; nothing for what no longer applies."""
    formats, limits = amounts.formats, case.standing.target.limits
    texts = formats.texts
    if case.standing.status is Status.NOT_APPLICABLE:
        return
    if case.standing.target.steps:
        yield texts("explain.limit_steps", days=formats.count(limits.late_step_days))
    else:
        if not case.now["single"]:
            yield texts("explain.limit_coverage", coverage=plain_share(limits.minimum_coverage, formats))
        yield texts(
            "explain.limit_ratios",
            on_track=plain_share(limits.on_track_ratio, formats),
            off_track=plain_share(limits.off_track_ratio, formats),
            off_forecast=plain_share(limits.off_track_forecast, formats),
            too_early=plain_share(limits.too_early_expected, formats),
            margin=plain_number(limits.improving_margin * 100, formats),
        )
    yield texts("explain.limits_own" if limits != case.province.limits else "explain.limits_shared")


def _result_lines(case: Case, amounts: Amounts) -> Iterator[str]:
    texts, standing = amounts.formats.texts, case.standing
    yield texts("explain.verdict", status=texts(f"status.{standing.status}"))
    yield Reasons(amounts).sentence(standing)
    if standing.previous_status is not None:
        yield texts("explain.month_before", status=texts(f"status.{standing.previous_status}"))

"""Small provinces built in a line or two, for tests of the calculation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import polars as pl

from scorecard import frames
from scorecard.domain.form import Element, Form, Measure, Reporters
from scorecard.domain.formula import parse_formula
from scorecard.domain.goal import AllOf, parse_goal
from scorecard.domain.indicator import FormulaVersion, Indicator, IndicatorKind, SeriesBreak, Window
from scorecard.domain.period import Frequency, Month, Period
from scorecard.domain.plan import DatedValue, Document, Limits, Plan, Scope, Step, Target
from scorecard.domain.province import ListMember, NamedList, Province
from scorecard.domain.unit import Succession, Unit, Units
from tests.builders import a_province

ROOT = "19"


def unit(
    code: str, level: str = "commune", *, born: str | None = None, died: str | None = None, parent: str | None = ROOT
) -> Unit:
    return Unit(
        code=code,
        name=code,
        kind=level,
        level=level,
        parent=None if code == ROOT else parent,
        peer_group=None,
        protocol_order=1,
        valid_from=date.fromisoformat(born) if born else None,
        valid_to=date.fromisoformat(died) if died else None,
    )


def merged(old: Unit, new: Unit, share: Fraction | None = Fraction(1)) -> Succession:
    assert new.valid_from is not None
    return Succession(from_id=old.id, to_id=new.id, effective=new.valid_from, share=share, basis="")


def element(
    name: str, measure: Measure = Measure.FLOW, *, decimals: int = 0, counted_in: str = "", form: str = "monthly"
) -> Element:
    return Element(
        id=name,
        form_id=form,
        label=name,
        label_en=None,
        help="",
        found_in="",
        measure=measure,
        decimals=decimals,
        counted_in=counted_in,
        out_of=None,
    )


def reporters(
    *, levels: Sequence[str] = ("commune",), codes: Sequence[str] = (), every: Frequency = Frequency.MONTH
) -> Reporters:
    return Reporters(
        kinds=frozenset(),
        levels=frozenset(levels),
        codes=frozenset(codes),
        every=every,
        due_day=5,
        since=None,
        until=None,
    )


def form(elements: Sequence[Element], *rules: Reporters) -> Form:
    return Form(
        id=elements[0].form_id,
        name="",
        name_en=None,
        elements=tuple(elements),
        reporters=rules or (reporters(),),
        checks=(),
    )


def indicator(
    numerator: str = "online",
    denominator: str | None = "received",
    *,
    name: str = "online_rate",
    kind: IndicatorKind | None = None,
    window: Window = Window.YEAR,
    rising_is_good: bool = True,
    later: Mapping[str, str] | None = None,
    breaks: Sequence[str] = (),
    lag: int | None = None,
) -> Indicator:
    lower = parse_formula(denominator) if denominator else None
    changed = {None: numerator} | {Month.parse(since): text for since, text in (later or {}).items()}
    return Indicator(
        id=name,
        name=name,
        name_en=None,
        kind=kind or (IndicatorKind.RATIO if denominator else IndicatorKind.COUNT),
        versions=tuple(
            FormulaVersion(since=since, numerator=parse_formula(text), denominator=lower)
            for since, text in changed.items()
        ),
        rising_is_good=rising_is_good,
        window=window,
        decimals=1,
        counted_in="%",
        source_system="",
        publication_lag_months=lag,
        breaks=tuple(SeriesBreak(at=Month.parse(at), reason="") for at in breaks),
    )


def target(
    goal: str | Sequence[str] = ">= 80%",
    *,
    name: str = "target",
    indicator_id: str | None = "online_rate",
    starts: str = "2025-01-01",
    due: str = "2025-12-31",
    scope: Scope | None = None,
    path: Mapping[str, str] | None = None,
    stepped: Mapping[str, str] | None = None,
    steps: Sequence[str] = (),
    baseline: tuple[str, str] | None = None,
    cumulative: bool = False,
    lead: str | None = None,
    first_review: str | None = None,
    limits: Limits | None = None,
) -> Target:
    parts = [goal] if isinstance(goal, str) else list(goal)
    read = parse_goal(parts[0]) if len(parts) == 1 else AllOf(tuple(parse_goal(part) for part in parts))
    return Target(
        id=name,
        plan_id="plan",
        name=name,
        name_en=None,
        indicator_id=None if steps else indicator_id,
        goal=read,
        starts=date.fromisoformat(starts),
        due=date.fromisoformat(due),
        scope=scope or Scope(),
        path=_dated(path),
        stepped=_dated(stepped),
        steps=tuple(Step(name="", name_en=None, by=date.fromisoformat(by)) for by in steps),
        cumulative=cumulative,
        baseline=_dated(dict([baseline]))[0] if baseline else None,
        lead=lead,
        limits=limits or Limits(),
        first_review=date.fromisoformat(first_review) if first_review else None,
    )


def _dated(values: Mapping[str, str] | None) -> tuple[DatedValue, ...]:
    return tuple(DatedValue(date.fromisoformat(by), Fraction(value)) for by, value in (values or {}).items())


def province(
    targets: Sequence[Target],
    *,
    units: Sequence[Unit] | None = None,
    successions: Sequence[Succession] = (),
    forms: Sequence[Form] | None = None,
    indicators: Sequence[Indicator] | None = None,
    list_size: int = 76,
    superseded_from: str | None = None,
) -> Province:
    members = tuple(ListMember(number=n, name=None, owner=None, state="", source="") for n in range(list_size))
    plan = Plan(
        id="plan",
        name="",
        name_en=None,
        document=Document(number=None, dated=None, issuer=""),
        starts=min(each.starts for each in targets),
        ends=max(each.due for each in targets),
        supersedes=(),
        superseded_from=date.fromisoformat(superseded_from) if superseded_from else None,
        targets=tuple(targets),
    )
    return a_province(
        id="test",
        name="",
        levels=(),
        kinds={},
        units=Units((unit(ROOT, "province"), *(units or (unit("a"), unit("b")))), tuple(successions)),
        forms=tuple(forms or (form([element("online"), element("received")]),)),
        indicators={each.id: each for each in indicators or (indicator(),)},
        lists={"services": (NamedList(id="services", since=None, members=members),)},
        plans=(plan,),
        digest="",
    )


def figures(
    *rows: tuple[str, str, str, int | str | None] | tuple[str, str, str, int | str | None, str],
) -> pl.DataFrame:
    """Rows of (period, unit, element, value[, state]); a unit without @ stands for the one older than the records."""
    return pl.DataFrame([_figure(*row) for row in rows], frames.FIGURES, orient="row")


def _figure(
    period: str, unit_id: str, element_id: str, value: int | str | None, state: str | None = None
) -> tuple[object, ...]:
    span = Period.parse(period)
    number = Decimal(value) if value is not None else None
    decimals = max(0, -int(number.as_tuple().exponent)) if number is not None else 0
    return (
        unit_id if "@" in unit_id else f"{unit_id}@",
        element_id,
        span.first.index,
        span.last.index,
        int(number.scaleb(decimals)) if number is not None else None,
        decimals,
        state or ("number" if number is not None else "not_reported"),
    )

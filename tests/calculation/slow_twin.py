"""The scoreboard once more, slow and obvious: plain Python, exact fractions, one target and one month at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import polars as pl

from scorecard.domain.form import Measure
from scorecard.domain.goal import AllOf, Band, Comparator, Done, Relative, Threshold, WholeList
from scorecard.domain.indicator import IndicatorKind, Window
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.unit import Unit
from tests.calculation.slow_outlook import forecast_of, needs_of

PATH_STATUSES = ("on_track", "at_risk", "off_track")


@dataclass(frozen=True)
class Report:
    """All elements of an indicator, for one unit and period; amounts None where an element does not apply."""

    unit: str
    first: int
    last: int
    numerator: Fraction | None
    denominator: Fraction
    approximate: bool


@dataclass(frozen=True)
class Value:
    numerator: Fraction
    denominator: Fraction | None
    month: int
    approximate: bool
    outside: bool
    percent: bool

    @property
    def exact(self) -> Fraction | None:
        if self.denominator is None:
            return self.numerator / (100 if self.percent else 1)
        return self.numerator / self.denominator if self.denominator else None


class Twin:
    """One province, its figures, and the questions the scoreboard answers."""

    def __init__(self, province: Province, figures: pl.DataFrame, *, by_unit: bool = False) -> None:
        self.province, self.units, self.by_unit = province, province.units, by_unit
        self.read: dict[str, list[Report]] = {}
        self.kept: dict[tuple[str, str, int], Report | None] = {}
        self.series: dict[str, list[int]] = {}
        self.lines_of: dict[frozenset[str], set[str]] = {}
        self.facts = {
            (f["unit"], f["element"], f["first_month"], f["last_month"]): f for f in figures.iter_rows(named=True)
        }

    def rows(self, as_of: int) -> list[dict[str, Any]]:
        self.as_of = as_of
        self.lines_of.clear()
        self.links = [link for link in self.units.successions if link.effective <= Month(as_of).last_day]
        return [self.row(t, u, as_of) for t in self.province.targets for u in self.lines(t, as_of)]

    def lines(self, target: Target, as_of: int) -> Iterable[Unit | None]:
        found = [u for u in self.under_root(as_of) if self.belongs(target, u)]
        if target.scope.each is None and (target.steps or not self.by_unit):
            return [None]
        if target.scope.each is None:
            found = [u for u in found if self.owes(target, u, as_of) or self.ever_gave(target, u, as_of)]
        return sorted(found, key=lambda u: (u.protocol_order, u.code)) or [None]

    def owes(self, target: Target, unit: Unit, month: int) -> bool:
        forms = {self.province.elements[e].form_id for _, e, _ in self.formulas(target, month)}
        return all(self.province.form(form).reporters_of(unit, Month(month)) for form in forms)

    def ever_gave(self, target: Target, unit: Unit, month: int) -> bool:
        versions = self.province.indicators[target.indicator_id or ""].versions
        sides = [side for v in versions for side in (v.numerator, v.denominator) if side]
        elements = {e for side in sides for e in side.elements}
        line = self.lineage([unit.id])
        return any(
            u in line and e in elements and last <= month and fact["amount"] is not None
            for (u, e, _, last), fact in self.facts.items()
        )

    def shown_unit(self, target: Target, unit: Unit | None) -> str:
        if unit is None and self.by_unit and target.steps:
            alive = {u.code: u for u in self.under_root(self.as_of)}
            able = [alive[code] for code in (target.lead, self.province.root_code) if code in alive]
            told = [
                u
                for u in able
                for (who, e, _, last), fact in self.facts.items()
                if (who, e) == (u.id, target.id) and last <= self.as_of and fact["amount"] is not None
            ]
            unit = next(iter([*told, *able]), None)
        return unit.id if unit else self.province.root_code

    # Units

    def under_root(self, month: int) -> tuple[Unit, ...]:
        return self.units.within(self.province.root_code, Month(month).last_day)

    def belongs(self, target: Target, unit: Unit) -> bool:
        scope = target.scope
        if target.steps:
            return unit.code in (target.lead, self.province.root_code)
        if scope.level or scope.each:
            return unit.level in (scope.level, scope.each)
        return not scope.codes or unit.code in scope.codes

    def members(self, target: Target, unit: Unit | None, month: int) -> set[str]:
        if unit is not None:
            return {unit.id} if unit.alive_on(Month(month).last_day) else set()
        return {u.id for u in self.under_root(month) if self.belongs(target, u)}

    def lineage(self, members: Iterable[str]) -> set[str]:
        asked = frozenset(members)
        if asked not in self.lines_of:
            self.lines_of[asked] = self.grown(asked)
        return self.lines_of[asked]

    def grown(self, members: Iterable[str]) -> set[str]:
        found = set(members)
        for _ in self.units.members:
            for old in self.units.members:
                links = [link for link in self.links if link.from_id == old.id]
                if links and all(link.to_id in found for link in links) and (len(links) > 1 or links[0].whole):
                    found.add(old.id)
        return found

    def heirs(self, unit_id: str) -> set[str]:
        found: set[str] = set()
        for link in self.links:
            if link.from_id == unit_id:
                found |= {link.to_id} | self.heirs(link.to_id)
        return found

    def line(self, target: Target, unit: Unit | None, month: int) -> set[str]:
        return self.lineage([unit.id] if unit else self.members(target, unit, month))

    def departed(self, target: Target, unit: Unit | None, month: int) -> set[str]:
        if unit is not None or not self.members(target, unit, month):
            return set()
        day = Month(month).last_day
        root = self.units.find(self.province.root_code, day)
        codes = {self.units.by_id[u].code for u in self.units.with_ancestors([root.id])} if root else set()
        return {
            u.id
            for u in self.units.members
            if u.valid_to and u.valid_to < day and self.units.root_code(u, u.valid_to) in codes
            if self.belongs(target, u)
        }

    # Reports

    def segment(self, target: Target, month: int) -> int:
        if target.indicator_id is None:
            return 0
        if target.id not in self.series:
            self.series[target.id] = [at.index for at in self.province.indicators[target.indicator_id].break_months]
        return max((begins for begins in self.series[target.id] if begins <= month), default=0)

    def reports(self, target: Target) -> list[Report]:
        if target.id not in self.read:
            periods = sorted({(u, first, last) for u, _, first, last in self.facts})
            found = (self.report(target, *period) for period in periods)
            self.read[target.id] = [report for report in found if report]
        return self.read[target.id]

    def report(self, target: Target, unit: str, first: int, last: int) -> Report | None:
        sides = self.formulas(target, last)
        found = [self.facts.get((unit, e, first, last)) for _, e, _ in sides]
        states = {f["state"] for f in found if f}
        if not any(found):
            return None
        if any(f is None or f["amount"] is None for f in found):
            return Report(unit, first, last, None, Fraction(0), False) if "not_applicable" in states else None
        totals = [Fraction(0), Fraction(0)]
        for (upper, _, factor), fact in zip(sides, found, strict=True):
            assert fact is not None
            totals[0 if upper else 1] += factor * Fraction(fact["amount"], 10 ** fact["decimals"])
        return Report(unit, first, last, totals[0], totals[1], "approximate" in states)

    def formulas(self, target: Target, month: int) -> list[tuple[bool, str, int]]:
        if target.indicator_id is None:
            return [(True, target.id, 1)]
        version = self.province.indicators[target.indicator_id].version_at(Month(month))
        return [
            (upper, term.element, term.factor)
            for upper, formula in ((True, version.numerator), (False, version.denominator))
            for term in (formula.terms if formula else ())
            if term.element
        ]

    def is_flow(self, target: Target) -> bool:
        if target.indicator_id is None:
            return False
        elements = [self.province.elements[e] for _, e, _ in self.formulas(target, 0)]
        return elements[0].measure is Measure.FLOW

    def held(self, target: Target, unit: str, month: int) -> Report | None:
        asked = target.id, unit, month
        if asked not in self.kept:
            self.kept[asked] = self.latest(target, unit, month)
        return self.kept[asked]

    def latest(self, target: Target, unit: str, month: int) -> Report | None:
        mine = [r for r in self.reports(target) if r.unit == unit and r.last <= month]
        mine = [r for r in mine if self.segment(target, r.last) == self.segment(target, month)]
        return max(mine, key=lambda r: (r.last, r.first), default=None)

    # Values

    def window_start(self, target: Target, unit: Unit | None, month: int) -> int:
        assert target.indicator_id
        window = Window.PLAN if target.cumulative else self.province.indicators[target.indicator_id].window
        start = {
            Window.MONTH: month,
            Window.YEAR: month - month % 12,
            Window.ROLLING_3: month - 2,
            Window.ROLLING_12: month - 11,
            Window.PLAN: Month.containing(target.starts).index,
        }[window]
        return max(start, self.segment(target, month), self.not_before(target, unit))

    def not_before(self, target: Target, unit: Unit | None) -> int:
        line = self.lineage([unit.id] if unit else self.members(target, unit, self.as_of))
        taken = [link.effective for link in self.links if link.to_id in line and link.from_id not in line]
        return max((Month.containing(day).index for day in taken), default=0)

    def value(self, target: Target, unit: Unit | None, month: int) -> Value | None:
        if self.is_single(target):
            counted = self.picked(target, unit, month)
        elif self.is_flow(target):
            counted = self.in_window(target, unit, month)
        else:
            counted = self.in_stock(target, unit, month)
        if max((r.last for r in counted), default=0) < self.not_before(target, unit):
            return None
        return self.total(target, counted, self.members(target, unit, month), month) if counted else None

    def is_single(self, target: Target) -> bool:
        single = (IndicatorKind.SCORE, IndicatorKind.RANK)
        return target.indicator_id is None or self.province.indicators[target.indicator_id].kind in single

    def in_window(self, target: Target, unit: Unit | None, month: int) -> list[Report]:
        start = self.window_start(target, unit, month)
        who = self.line(target, unit, month) | self.departed(target, unit, month)
        reports = [r for r in self.reports(target) if r.unit in who and r.numerator is not None]
        inside = [r for r in reports if r.first >= start and r.last <= month]
        return [r for r in inside if not any(_covers(longer, r) for longer in inside)]

    def in_stock(self, target: Target, unit: Unit | None, month: int) -> list[Report]:
        return self.held_by(target, self.line(target, unit, month), month)

    def held_by(self, target: Target, units: Iterable[str], month: int) -> list[Report]:
        found = []
        for each in units:
            ended, heirs = self.units.by_id[each].valid_to, self.heirs(each)
            later = [r for r in self.reports(target) if ended and Month(r.last).last_day > ended]
            replaced = any(r.last <= month and r.unit in heirs for r in later)
            report = self.held(target, each, month)
            if report and report.numerator is not None and not replaced:
                found.append(report)
        return found

    def picked(self, target: Target, unit: Unit | None, month: int) -> list[Report]:
        found = self.in_stock(target, unit, month)
        if unit is None and not target.steps:
            own = [r for r in found if self.units.by_id[r.unit].code == self.province.root_code]
            found = own or (found if len(found) == 1 else [])
        lead = target.lead
        return sorted(found, key=lambda r: (-r.last, self.units.by_id[r.unit].code != lead))[:1]

    def total(self, target: Target, counted: list[Report], members: set[str], month: int) -> Value:
        upper = sum((r.numerator or Fraction(0) for r in counted), Fraction(0))
        lower: Fraction | None = sum((r.denominator for r in counted), Fraction(0))
        if target.indicator_id is None:
            lower = Fraction(len(target.steps))
        else:
            version = self.province.indicators[target.indicator_id].version_at(Month(month))
            upper += self.constant(version.numerator.terms, month)
            lower = lower + self.constant(version.denominator.terms, month) if version.denominator else None
        return Value(
            upper,
            lower,
            max(r.last for r in counted),
            any(r.approximate for r in counted),
            any(r.unit not in members for r in counted),
            self.is_single(target) and self.province.elements[self.formulas(target, month)[0][1]].counted_in == "%"
            if target.indicator_id
            else False,
        )

    def constant(self, terms: Iterable[Any], month: int) -> int:
        sizes = [
            (t.factor, self.province.list_size(t.list_id, Month(month)) if t.list_id else 1)
            for t in terms
            if not t.element
        ]
        return sum(factor * size for factor, size in sizes)

    # Who reported

    def coverage(self, target: Target, unit: Unit | None, month: int) -> tuple[int, int, Fraction | None]:
        expected = self.expected(target, unit, month)
        if not expected:
            return 0, 0, None
        flow = self.is_flow(target)
        reported, represented = 0, []
        for each, required, fell_due in expected:
            report = self.held(target, each, month)
            there = report is not None and report.numerator is not None
            reported += bool(there and report and report.last >= (required if flow else min(required, fell_due)))
            represented.append(bool(there and report and (not flow or report.last >= required)))
        if all(represented):
            return reported, len(expected), Fraction(1)
        weights = self.weights(target, expected, month)
        got = sum((w for w, yes in zip(weights, represented, strict=True) if yes), Fraction(0))
        return reported, len(expected), got / sum(weights)

    def expected(self, target: Target, unit: Unit | None, month: int) -> list[tuple[str, int, int]]:
        return [(who, required, due) for who, required, due, excused in self.owing(target, unit, month) if not excused]

    def excused(self, target: Target, unit: Unit | None, month: int) -> bool:
        owing = self.owing(target, unit, month) if target.indicator_id else []
        return bool(owing) and all(excused for *_, excused in owing)

    def owing(self, target: Target, unit: Unit | None, month: int) -> list[tuple[str, int, int, bool]]:
        needed = {self.province.elements[e].form_id for _, e, _ in self.formulas(target, month)}
        found = []
        for each in self.units.members:
            ends = []
            for form_id in needed:
                form = self.province.form(form_id)
                for rule in form.reporters:
                    length = rule.every.months
                    required = month - (month + 1) % length
                    if rule.include(each) and rule.cover(Month(required)):
                        ends.append((required, month - 1 - month % length))
                        break
            if len(ends) < len(needed):
                continue
            required, fell_due = min(r for r, _ in ends), min(d for _, d in ends)
            report = self.held(target, each.id, month)
            excused = report is not None and report.numerator is None and report.last >= required
            if each.id in self.members(target, unit, required):
                found.append((each.id, required, fell_due, excused))
        return found

    def weights(self, target: Target, expected: list[tuple[str, int, int]], month: int) -> list[Fraction]:
        weights: list[Fraction | None] = []
        for each, required, _ in expected:
            line = self.lineage([each])
            past: dict[int, Fraction] = {}
            for r in self.reports(target):
                if r.unit in line and r.numerator is not None:
                    past[r.last] = past.get(r.last, Fraction(0)) + r.denominator
            recent = [past[m] for m in range(month - 12, month) if m in past]
            mean = sum(recent) / len(recent) if recent else None
            weights.append(past.get(required - 12, mean))
        known = [w for w in weights if w is not None]
        filled = [w if w is not None else (sum(known) / len(known) if known else Fraction(1)) for w in weights]
        return filled if sum(filled) > 0 else [Fraction(1)] * len(filled)

    # Goals

    def conditions(
        self, target: Target, month: int, previous: Fraction | None
    ) -> list[tuple[Comparator, Fraction | None, bool]]:
        goal = target.goal_at(Month(month))[0]
        parts = goal.parts if isinstance(goal, AllOf) else (goal,)
        leading = next((p for p in parts if not isinstance(p, Relative)), parts[0])
        found: list[tuple[Comparator, Fraction | None, bool]] = []
        for part in parts:
            leads = part is leading
            match part:
                case Threshold():
                    found.append((part.comparator, part.value, leads))
                case Relative():
                    number = previous + part.offset if previous is not None else None
                    found.append((part.comparator, number, leads))
                case Band():
                    found += [(Comparator.AT_LEAST, part.low, leads), (Comparator.AT_MOST, part.high, leads)]
                case WholeList() | Done():
                    found.append((Comparator.AT_LEAST, Fraction(1), leads))
        return found

    def previous(self, target: Target, unit: Unit | None, month: int) -> Fraction | None:
        if self.segment(target, month - 12) != self.segment(target, month):
            return None
        value = self.value(target, unit, month - 12)
        return value.exact if value else None

    # Judgement

    def row(self, target: Target, unit: Unit | None, as_of: int) -> dict[str, Any]:
        starts = min(Month.containing(target.starts).index, as_of)
        months = [self.month(target, unit, m) for m in range(starts - 12, as_of + 1)]
        status = before = None
        judged: list[dict[str, Any]] = []
        ever_met = False
        for at in months[12:]:
            ever_met |= bool(at["met"])
            self.follow(target, at, months)
            self.look_ahead(target, unit, at)
            judged.append(at)
            before, status = status, None
            status, at["reason"] = self.status(target, at, judged, before, ever_met)
            at["status"], at["previous_status"] = status, before
            at["since"] = judged[-2]["since"] if status == before else at["month"]
        return self.columns(target, unit, judged[-1])

    def month(self, target: Target, unit: Unit | None, month: int) -> dict[str, Any]:
        value = self.value(target, unit, month)
        reported, expected, share = self.coverage(target, unit, month) if not self.is_single(target) else (0, 1, None)
        if self.is_single(target):
            reported, share = int(value is not None), Fraction(int(value is not None))
        current = not self.is_flow(target) or reported > 0 or expected == 0 or bool(value and value.month == month)
        minimum = 0 if self.is_single(target) else target.limits.minimum_coverage
        low = share is not None and share < minimum
        exact = value.exact if value else None
        conditions = self.conditions(target, month, self.previous(target, unit, month))
        held = [c.holds(exact, g) if exact is not None and g is not None else None for c, g, _ in conditions]
        return {
            "month": month,
            "value": value,
            "exact": exact,
            "reported": reported,
            "expected_units": expected,
            "coverage": share,
            "current": current,
            "low": low,
            "usable": exact if value and current and not low else None,
            "conditions": conditions,
            "met": False if False in held else None if None in held else True,
            "alive": bool(self.members(target, unit, month)),
            "excused": value is None and self.excused(target, unit, month),
            "ever": self.ever(target, unit, month),
            "segment": self.segment(target, month),
        }

    def ever(self, target: Target, unit: Unit | None, month: int) -> bool:
        who = self.line(target, unit, month) | self.departed(target, unit, month)
        return any(r.unit in who and r.numerator is not None and r.last <= month for r in self.reports(target))

    def follow(self, target: Target, at: dict[str, Any], months: list[dict[str, Any]]) -> None:
        base, base_month, taken = self.baseline(target, at, months)
        at |= {"baseline": base, "baseline_month": base_month, "taken": taken}
        low = next((g for c, g, lead in at["conditions"] if lead and c.value in (">=", ">", "=")), None)
        high = next((g for c, g, lead in at["conditions"] if lead and c.value in ("<=", "<", "=")), None)
        goal = low if low is not None else high
        if base is not None and high is not None and base > high:
            goal = high
        elif base is not None and low is not None and base < low:
            goal = low
        known = base is not None and goal is not None
        hold = known and (low is None or base >= low) and (high is None or base <= high)
        due = Month.containing(target.goal_at(Month(at["month"]))[1]).index
        at |= {"goal": goal, "hold": hold, "due": due, "P": None, "E": None, "R": None, "expected": None}
        if target.steps:
            return
        if goal is not None and (hold or at["month"] >= due):
            at["expected"] = goal
        elif goal is not None:
            at["expected"] = self.on_line(target, at, goal)
        if known and not hold:
            whole = goal - base
            at["E"] = round(float((at["expected"] - base) / whole), 9)
            if at["exact"] is not None:
                at["P"] = round(float((at["exact"] - base) / whole), 9)
                at["R"] = round(at["P"] / at["E"], 9) if at["E"] > 0 else None

    def look_ahead(self, target: Target, unit: Unit | None, at: dict[str, Any]) -> None:
        at |= {"forecast": forecast_of(self, target, unit, at["month"]), "F": None, "farthest": None}
        known = at["forecast"].get("forecast")
        if target.steps or at["hold"] or at["baseline"] is None or at["goal"] is None:
            return
        base, whole = float(at["baseline"]), float(at["goal"] - at["baseline"])
        if known is not None:
            at["F"] = round((known - base) / whole, 9)
        assert target.indicator_id
        if self.province.indicators[target.indicator_id].versions[0].denominator is not None:
            at["farthest"] = round(((1 if whole > 0 else 0) - base) / whole, 9)

    def on_line(self, target: Target, at: dict[str, Any], goal: Fraction) -> Fraction | None:
        base, origin, month = at["baseline"], at["baseline_month"], at["month"]
        if base is not None and month <= origin:
            return Fraction(base)
        points = [(Month.containing(p.by).index, p.value) for p in target.path or target.stepped] + [(at["due"], goal)]
        if base is not None:
            points = [(origin, base), *(point for point in points if point[0] > origin)]
        below = max((p for p in points if p[0] <= month), key=lambda p: p[0], default=None)
        above = min((p for p in points if p[0] > month), key=lambda p: p[0])
        if below is None:
            return None
        line = below[1] + (above[1] - below[1]) * Fraction(month - below[0], above[0] - below[0])
        if base is None:
            return line
        return Fraction(max(line, base) if goal >= base else min(line, base))

    def baseline(
        self, target: Target, at: dict[str, Any], months: list[dict[str, Any]]
    ) -> tuple[Fraction | None, int | None, bool]:
        starts = Month.containing(target.starts).index
        if target.baseline:
            return target.baseline.value, Month.containing(target.baseline.by).index, False
        if target.cumulative:
            return Fraction(0), starts - 1, True
        usable = [m for m in months if m["usable"] is not None and m["segment"] == at["segment"]]
        before = [m for m in usable if m["month"] < min(starts, months[-1]["month"])]
        if before:
            return before[-1]["usable"], starts - 1, True
        if usable:
            return usable[0]["usable"], usable[0]["month"], True
        return None, None, False

    def status(
        self, target: Target, at: dict[str, Any], judged: list[dict[str, Any]], before: str | None, ever_met: bool
    ) -> tuple[str, str]:
        if closed := self.without_value(at) or self.at_the_goal(target, at, ever_met):
            return closed
        if target.first_review and Month(at["month"]).last_day < target.first_review:
            return "too_early", "before_review"
        if target.steps:
            return self.milestone(target, at)
        if at["hold"]:
            return "off_track", "not_held"
        if not at["E"] or at["E"] < target.limits.too_early_expected:
            return "too_early", "path_just_begun"
        return self.on_path(target, at, judged, before)

    def without_value(self, at: dict[str, Any]) -> tuple[str, str] | None:
        plan = self.province.plans[0]
        if plan.superseded_from and plan.superseded_from <= Month(at["month"]).last_day:
            return "not_applicable", "superseded"
        if not at["alive"]:
            return "not_applicable", "no_units"
        if at["excused"]:
            return "not_applicable", "not_concerned"
        if not at["ever"]:
            return "no_data", "no_figures"
        if at["value"] is None or not at["current"]:
            return "no_data", "not_reported"
        if at["low"]:
            return "no_data", "low_coverage"
        return ("no_data", "no_cases") if at["exact"] is None else None

    def at_the_goal(self, target: Target, at: dict[str, Any], ever_met: bool) -> tuple[str, str] | None:
        if at["met"] is None:
            return "no_data", "no_previous"
        if at["met"] or (target.cumulative and ever_met):
            return "met", "met"
        return ("missed", "missed") if at["month"] >= at["due"] else None

    def milestone(self, target: Target, at: dict[str, Any]) -> tuple[str, str]:
        late = self.late_days(target, at)
        if late <= 0:
            return "on_track", "steps_in_time"
        return ("at_risk", "step_just_late") if late <= target.limits.late_step_days else ("off_track", "step_late")

    def late_days(self, target: Target, at: dict[str, Any]) -> int:
        undone = target.steps[max(0, int(at["value"].numerator)) :]
        return max([0, *((Month(at["month"]).last_day - step.by).days for step in undone)])

    def on_path(
        self, target: Target, at: dict[str, Any], judged: list[dict[str, Any]], before: str | None
    ) -> tuple[str, str]:
        limits, ratio, forecast = target.limits, at["R"], at["F"]
        margin = float(limits.improving_margin)
        good, enough = float(limits.on_track_ratio), float(limits.off_track_ratio)
        was_worse, was_bad = before in ("at_risk", "off_track"), before == "off_track"
        highest = max(1.0, at["farthest"]) if at["farthest"] is not None else 1 + margin

        def raised(limit: float, after: bool) -> float:
            return round(limit + (margin if after else 0), 9)

        def arrives(after: bool) -> bool:
            return bool(forecast >= min(raised(1, after), highest))

        if ratio >= raised(good, was_worse) and (forecast is None or arrives(was_worse)):
            return "on_track", "on_path"
        if ratio < raised(enough, was_bad) and (forecast is None or not arrives(was_bad)):
            return "off_track", "far_behind_path"
        far_short = forecast is not None and forecast < raised(float(limits.off_track_forecast), was_bad)
        if far_short and ratio < raised(good, was_bad):
            return "off_track", "forecast_far_short"
        if ratio < good and self.fell_twice(judged):
            return "off_track", "falling_twice"
        if ratio < good:
            return "at_risk", "behind_path"
        return "at_risk", "forecast_short" if forecast is not None and forecast < 1 else "margin_not_reached"

    def fell_twice(self, judged: list[dict[str, Any]]) -> bool:
        news = [at for n, at in enumerate(judged) if n == 0 or at["usable"] is None or _moved(judged[n - 1], at)]
        return len(news) > 2 and self.fell(news[-2], news[-1]) and self.fell(news[-3], news[-2])

    def fell(self, last: dict[str, Any], now: dict[str, Any]) -> bool:
        if now["usable"] is None or last["usable"] is None or now["segment"] != last["segment"]:
            return False
        if now["R"] is None or now["R"] >= 1:
            return False
        change = round(float(now["usable"]), 9) - round(float(last["usable"]), 9)
        return bool(change * (now["goal"] - now["baseline"]) < 0)

    # Columns

    def columns(self, target: Target, unit: Unit | None, at: dict[str, Any]) -> dict[str, Any]:
        value: Value | None = at["value"]
        flow = self.is_flow(target)
        ahead = at["forecast"]
        needed_rate, needed_count, out_of_reach = needs_of(self, target, at)
        return {
            "forecast": ahead.get("forecast"),
            "forecast_low": ahead.get("low"),
            "forecast_high": ahead.get("high"),
            "forecast_path": at["F"],
            "forecast_method": ahead.get("method"),
            "known_numerator": ahead.get("known_upper"),
            "known_denominator": ahead.get("known_lower"),
            "expected_volume": ahead.get("expected_volume"),
            "needed_rate": needed_rate,
            "needed_count": needed_count,
            "out_of_reach": out_of_reach,
            "target": target.id,
            "unit": self.shown_unit(target, unit),
            "status": at["status"],
            "reason": at["reason"],
            "numerator": value.numerator if value else None,
            "denominator": value.denominator if value else None,
            "value": _float(at["exact"]),
            "value_month": value.month if value else None,
            "approximate": bool(value and value.approximate),
            "goal": None if target.steps else _float(at["goal"]),
            "due_month": at["due"],
            "baseline": _float(at["baseline"]),
            "baseline_month": at["baseline_month"],
            "baseline_taken": at["taken"],
            "expected": _float(at["expected"]),
            "short_by": self.short_by(target, at),
            "reported_units": at["reported"],
            "expected_units": at["expected_units"],
            "coverage": _float(at["coverage"]),
            "window_start": self.window_start(target, unit, at["month"]) if flow else None,
            "crosses_boundaries": bool(value and value.outside),
            "previous_status": at["previous_status"],
            "status_since": at["since"],
        }

    def short_by(self, target: Target, at: dict[str, Any]) -> int | None:
        value: Value | None = at["value"]
        closed = at["status"] in ("not_applicable", "no_data", "met")
        if closed or target.steps or value is None or self.is_single(target):
            return None
        assert target.indicator_id
        good = self.province.indicators[target.indicator_id].rising_is_good
        wanted = []
        for comparator, goal, _ in at["conditions"]:
            if goal is None or comparator.holds(at["exact"], goal):
                continue
            missing = goal * (value.denominator if value.denominator is not None else 1) - value.numerator
            if not good or comparator.value in ("<", "<=") or missing < 0:
                return None
            wanted.append(floor(missing) + 1 if comparator is Comparator.ABOVE else ceil(missing))
        return max(wanted, default=None)


def _moved(last: dict[str, Any], now: dict[str, Any]) -> bool:
    return last["value"] is None or now["value"] is None or last["value"].month != now["value"].month


def _covers(longer: Report, shorter: Report) -> bool:
    if longer.unit != shorter.unit or longer.last - longer.first <= shorter.last - shorter.first:
        return False
    return longer.first <= shorter.first and longer.last >= shorter.last


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)

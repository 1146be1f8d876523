"""Suspicion and effect once more, slow and obvious: plain Python, exact fractions, one figure at a time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from statistics import median
from typing import Any

import polars as pl

from scorecard.domain.formula import Formula
from scorecard.domain.indicator import IndicatorKind
from scorecard.domain.period import Month
from scorecard.domain.plan import Target
from scorecard.domain.province import Province
from scorecard.domain.surprise import surprise
from scorecard.domain.suspicion import SuspicionLimits
from tests.calculation.slow_twin import Twin

Key = tuple[str, str, int, int]
NORMAL = Fraction("1.4826")


class SlowReview:
    def __init__(
        self, province: Province, approved: pl.DataFrame, candidates: pl.DataFrame, limits: SuspicionLimits
    ) -> None:
        self.province, self.limits = province, limits
        self.approved, self.candidates = _values(approved), _values(candidates)
        self.now = self.approved | self.candidates
        self.twin = Twin(province, approved)
        last = max((key[3] for key in self.candidates), default=0)
        self.twin.links = [e for e in province.units.successions if e.effective <= Month(last).last_day]

    def earlier(self, key: Key) -> dict[int, Fraction]:
        """Return by last month what the unit had before, in periods as long."""
        unit, element, first, last = key
        found = {}
        for begin, end in {each[2:] for each in self.approved}:
            if end - begin == last - first and end < first:
                alive = [
                    o for o in self.twin.lineage([unit]) if self.province.units.by_id[o].alive_on(Month(end).last_day)
                ]
                told = [self.approved.get((o, element, begin, end)) for o in alive]
                if told and None not in told:
                    found[end] = sum(each for each in told if each is not None)
        return found

    def previous(self, key: Key) -> Fraction | None:
        return self.earlier(key).get(key[2] - 1)

    def last_year(self, key: Key) -> Fraction | None:
        return self.earlier(key).get(key[3] - 12)

    def row(self, key: Key) -> dict[str, Any]:
        value, past = self.candidates[key], self.earlier(key)
        own = [past[end] for end in sorted(past)][-self.limits.most :]
        basis, expected, spread = self.own(key, own) if len(own) >= self.limits.fewest else self.peers(key)
        score = abs(value - expected) / spread if expected is not None and spread else None
        return {
            "own": own,
            "previous": self.previous(key),
            "last_year": self.last_year(key),
            "basis": basis,
            "expected": expected,
            "score": score,
            "flags": self.flags(key, basis, score, own),
        }

    def own(self, key: Key, own: list[Fraction]) -> tuple[str, Fraction, Fraction]:
        value, middle = self.candidates[key], Fraction(median(own))
        ways = [("own", middle), ("season", self.last_year(key)), ("previous", self.previous(key))]
        known = [(abs(value - each), order, name, each) for order, (name, each) in enumerate(ways) if each is not None]
        _, _, basis, expected = min(known)
        spread = NORMAL * Fraction(median([abs(each - middle) for each in own]))
        return basis, expected, max(spread, self.floor(middle))

    def floor(self, usual: Fraction) -> Fraction:
        return max(abs(usual) * self.limits.floor_share, Fraction(self.limits.floor_count))

    def peers(self, key: Key) -> tuple[str | None, Fraction | None, Fraction | None]:
        unit = self.province.units.by_id[key[0]]
        for basis in ("peers_change", "peers_year", "peers_share"):
            own = self.base(key, basis)
            ratios = []
            for other in self.now:
                peer = self.province.units.by_id[other[0]]
                if unit.peer_group and peer.peer_group == unit.peer_group and other[1:] == key[1:] and other != key:
                    base = self.base(other, basis)
                    ratios += [self.now[other] / base] if base and base > 0 else []
            if own and own > 0 and len(ratios) >= self.limits.fewest:
                middle = Fraction(median(ratios))
                spread = NORMAL * Fraction(median([abs(each - middle) for each in ratios])) * own
                return basis, middle * own, max(spread, self.floor(middle * own))
        return None, None, None

    def base(self, key: Key, basis: str) -> Fraction | None:
        if basis == "peers_change":
            return self.previous(key)
        if basis == "peers_year":
            return self.last_year(key)
        for indicator in self.province.indicators.values():
            version = indicator.version_at(Month(key[3]))
            lower = version.denominator
            upper = version.numerator
            simple = lower is not None and len(upper.terms) == len(lower.terms) == len(lower.elements) == 1
            if indicator.kind is IndicatorKind.RATIO and lower and simple and upper.elements == (key[1],):
                return self.now.get((key[0], lower.elements[0], *key[2:]))
        return None

    def flags(self, key: Key, basis: str | None, score: Fraction | None, own: list[Fraction]) -> list[str]:
        value, before, limits = self.candidates[key], self.previous(key), self.limits
        element = self.province.elements[key[1]]
        odd = surprise(value, before, flow=element.measure.value == "flow") if before is not None else None
        found, far = [], score is not None and score > limits.score
        telling = odd is not None and odd.kind.value in ("many_times_more", "many_times_less", "dropped_to_zero")
        if (
            odd
            and before is not None
            and telling
            and (far or score is None)
            and abs(value - before) > limits.fewest_cases
        ):
            found.append(odd.kind.value)
        elif far:
            found.append("far_from_peers" if basis and basis.startswith("peers") else "far_from_own")
        found += self.jumps(key)
        if odd and odd.kind.value == "same_as_previous" and value >= limits.same_from:
            found.append("same_as_previous")
        if own and element.measure.value == "stock" and own[-1] - value > own[-1] * limits.fall_share:
            found.append("stock_fell")
        return found

    def jumps(self, key: Key) -> list[str]:
        for indicator in self.province.indicators.values():
            version = indicator.version_at(Month(key[3]))
            upper, lower = version.numerator, version.denominator
            if indicator.kind is not IndicatorKind.RATIO or lower is None or upper.elements[0] != key[1]:
                continue
            if any(term.element is None for term in (*upper.terms, *lower.terms)):
                continue
            places = [(key[0], each, *key[2:]) for each in (*upper.elements, *lower.elements)]
            if any(p not in self.now or self.previous(p) is None for p in places):
                continue
            before = {place: self.previous(place) or Fraction(0) for place in places}
            now, then = ([_side(side, key, held) for side in (upper, lower)] for held in (self.now, before))
            if min(now[1], then[1]) < self.province.limits.minimum_denominator:
                continue
            share, moved = now[0] / now[1], abs(now[0] / now[1] - then[0] / then[1])
            if share in (0, 1) and 2 * moved > self.limits.moved_points:
                return ["jumped_to_all" if share else "jumped_to_none"]
            if moved > self.limits.moved_points:
                return ["share_moved"]
        return []


def _side(formula: Formula, key: Key, held: Mapping[Key, Fraction]) -> Fraction:
    terms = [(term.factor, (key[0], term.element or "", *key[2:])) for term in formula.terms]
    return sum((factor * held[place] for factor, place in terms), Fraction(0))


def slow_effect(with_it: Twin, without: Twin, target: Target, month: int) -> Fraction | None:
    """Return the change of a target's total by the figures that only the first twin has; None where there is none."""
    now, then = (each.value(target, None, month) for each in (with_it, without))
    if now is None or now.exact is None:
        return None
    return now.exact - then.exact if then is not None and then.exact is not None else now.exact


def _values(figures: pl.DataFrame) -> dict[Key, Fraction]:
    return {
        (f["unit"], f["element"], f["first_month"], f["last_month"]): Fraction(f["amount"], 10 ** f["decimals"])
        for f in figures.iter_rows(named=True)
        if f["amount"] is not None
    }

"""The forecast once more, slow and obvious: one series, one month, plain Python and exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import floor, sqrt

Number = Fraction | None
WAYS = ("last", "recent", "pace", "last_year")


@dataclass(frozen=True)
class SlowForecast:
    """A series as (upper, lower) by month, seen from its last month; `cap` is None where there is no maximum.

    `grain` parts make a whole of what stands below: 10 where it has one decimal.
    """

    points: Mapping[int, tuple[Fraction, Fraction]]
    levels: bool
    ratio: bool
    cap: Fraction | None
    due: int
    start: int
    grain: int = 1

    def answer(self) -> dict[str, float | int | str | None]:
        """Return what the window holds, the volume to come, and the forecast where there is one."""
        here = max(self.points)
        first, last = self.asked(here)
        known = self.over(self.start, here)
        volume = self.volume(here, first, last)
        answer: dict[str, float | int | str | None] = {
            "known_upper": float(known[0]),
            "known_lower": float(known[1]),
            "expected_volume": float(volume),
        }
        if len(self.points) < 4 or self.due <= here:
            return answer
        trial, errors = self.trials(here, self.due - here)
        way = self.best(errors, here, first, last)
        rate = self.say(way, here, first, last)
        assert rate is not None
        answer |= {"method": way, "forecast": self.value(rate, known, volume), "rate": float(rate)}
        if errors:
            mine = errors[way]
            margin = 1.2815515655446004 * (1 + 1 / len(mine)) * sqrt(sum(float(e) ** 2 for e in mine) / len(mine))
            margin *= max((self.due - here) / trial, 1) ** 0.25
            answer |= {
                "low": self.value(self.within(float(rate) - margin), known, volume),
                "high": self.value(self.within(float(rate) + margin), known, volume),
                "error": float(sum(mine) / len(mine)),
                "trial": trial,
                "trials": len(mine),
            }
        return answer

    def asked(self, here: int) -> tuple[int, int]:
        if self.levels or self.start == self.due:
            return self.due, self.due
        return max(here + 1, self.start), self.due

    def value(self, rate: Fraction | float, known: tuple[Fraction, Fraction], volume: Fraction) -> float | None:
        if self.levels:
            return float(rate)
        total = float(known[0]) + float(rate) * float(volume)
        if not self.ratio:
            return total
        return total / float(known[1] + volume) if known[1] + volume > 0 else None

    def within(self, rate: float) -> float:
        return max(0.0, rate if self.cap is None else min(rate, float(self.cap)))

    # What the months say

    def over(self, first: int, last: int) -> tuple[Fraction, Fraction]:
        inside = [point for month, point in self.points.items() if first <= month <= last]
        return sum((p[0] for p in inside), Fraction(0)), sum((p[1] for p in inside), Fraction(0))

    def rate(self, first: int, last: int) -> Number:
        upper, lower = self.over(first, last)
        return upper / lower if lower > 0 else None

    def held(self, month: int) -> Number:
        before = [m for m in self.points if m <= month]
        return self.rate(max(before), max(before)) if before else None

    def actual(self, first: int, last: int) -> Number:
        return self.held(last) if self.levels else self.rate(first, last)

    def volume(self, here: int, first: int, last: int) -> Fraction:
        reports = [lower for month, (_, lower) in self.points.items() if here - 12 < month <= here]
        gaps = [b - a for a, b in zip(sorted(self.points), sorted(self.points)[1:], strict=False)]
        step = min(gaps, default=1)
        coming = max(floor(Fraction(last - first + 1, step) + Fraction(1, 2)), 1)
        return Fraction(round(sum(reports) / len(reports) * coming * self.grain), self.grain)

    # Ways

    def say(self, way: str, here: int, first: int, last: int) -> Number:
        said = self.unlimited(way, here, first, last)
        if said is None:
            return None
        return max(Fraction(0), said if self.cap is None else min(said, self.cap))

    def unlimited(self, way: str, here: int, first: int, last: int) -> Number:
        months = here - min(self.points) + 1
        pool = max(1, min(3, months // 2))
        now = self.rate(here, here)
        recent = now if self.levels else self.rate(here - pool + 1, here)
        if way == "last":
            return now
        if way == "recent":
            return recent
        if way == "last_year":
            known = min(self.points) <= first - 12 and last - 12 <= here
            return self.actual(first - 12, last - 12) if known else None
        back = max(1, min(6, months - 1)) if self.levels else pool
        earlier = self.held(here - back) if self.levels else self.rate(here - 2 * pool + 1, here - pool)
        if recent is None or earlier is None:
            return None
        centre = Fraction(0) if self.levels else Fraction(pool - 1, 2)
        return recent + (recent - earlier) / back * (Fraction(first + last, 2) - here + centre)

    # Trials

    def best(self, errors: Mapping[str, list[Fraction]], here: int, first: int, last: int) -> str:
        able = [way for way in errors if self.say(way, here, first, last) is not None]

        def weighed(way: str) -> tuple[float, int]:
            doubted = 10 if len(errors[way]) < 5 and way != "last" else 1
            return round(float(sum(errors[way]) / len(errors[way])) * doubted, 9), WAYS.index(way)

        return min(able, key=weighed, default="last")

    def trials(self, here: int, ahead: int) -> tuple[int, dict[str, list[Fraction]]]:
        for months in range(min(3, ahead), 0, -1):
            errors = self.errors(here, months)
            if len(errors["last"]) >= 2:
                return months, errors
        return 0, {}

    def errors(self, here: int, months: int) -> dict[str, list[Fraction]]:
        """Return by way how far it was off from each month in which it could be tried; the same months for all."""
        tried: list[dict[str, Number]] = []
        for origin in sorted(self.points)[1:]:
            if origin + months > here or not any(origin < month <= origin + months for month in self.points):
                continue
            seen = self.until(origin)
            first = origin + (months if self.levels or self.start == self.due else 1)
            actual = self.until(origin + months).actual(first, origin + months)
            said = {way: seen.say(way, origin, first, origin + months) for way in WAYS}
            missed = {w: abs(s - actual) if s is not None and actual is not None else None for w, s in said.items()}
            if all(missed[way] is not None for way in WAYS[:3]):
                tried.append(missed)
        seasonal = [missed for missed in tried if missed["last_year"] is not None]
        used, ways = (seasonal, WAYS) if len(seasonal) >= 3 else (tried, WAYS[:3])
        return {way: [error for missed in used if (error := missed[way]) is not None] for way in ways}

    def until(self, month: int) -> SlowForecast:
        kept = {m: point for m, point in self.points.items() if m <= month}
        return replace(self, points=kept)

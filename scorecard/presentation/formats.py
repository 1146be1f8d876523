"""Numbers, days and periods as a reader of the language writes them; every printed figure passes here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from scorecard.domain.goal import Comparator
from scorecard.domain.period import Month, Period
from scorecard.presentation.texts import Texts

MINUS = "−"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_MOST_DECIMALS = 12
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Line:
    """A limit that a printed value must not seem to cross: `comparator` holds it against `value`."""

    comparator: Comparator
    value: Fraction


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats of one language; separators and period words come from its text file."""

    texts: Texts

    def count(self, value: int) -> str:
        """Print a whole number: 1.234."""
        return self.decimal(Fraction(value), 0)

    def decimal(self, value: Fraction, decimals: int) -> str:
        """Print a number rounded half up: 1.234,5."""
        scaled = _round_half_up(abs(value) * 10**decimals)
        whole, rest = divmod(scaled, 10**decimals)
        grouped = f"{whole:,}".replace(",", self.texts("format.thousands"))
        digits = f"{self.texts('format.decimal')}{rest:0{decimals}d}" if decimals else ""
        return f"{MINUS if value < 0 and scaled else ''}{grouped}{digits}"

    def number(self, value: Fraction, decimals: int, line: Line | None = None) -> str:
        """Print a number with as many decimals as keep it on its true side of the line."""
        return self.decimal(value, _truthful_decimals(value, decimals, line))

    def as_printed(self, value: Fraction, decimals: int, line: Line | None = None) -> Fraction:
        """Return what `number` prints, as a number."""
        shown = 10 ** _truthful_decimals(value, decimals, line)
        return Fraction(_round_half_up(abs(value) * shown), shown) * (-1 if value < 0 else 1)

    def share(self, share: Fraction, decimals: int = 1, line: Line | None = None) -> str:
        """Print a share as a percentage, 80,5%, never across the line, never a rounded-off 0% or 100%.

        More decimals than asked are used where fewer would lie: 0,9996 against `= 100%` prints 99,96%.
        """
        percent = Line(line.comparator, line.value * 100) if line else None
        return f"{self.decimal(share * 100, _truthful_decimals(share * 100, decimals, percent))}%"

    def points(self, difference: Fraction, decimals: int = 1) -> str:
        """Print a difference of two shares in percentage points with its sign: +1,2 điểm %."""
        sign = "+" if difference > 0 else ""
        return self.texts("format.points", number=sign + self.decimal(difference * 100, decimals))

    def counted(self, value: int, counted_in: str) -> str:
        """Print a count with its unit of measure, kept on one line: 1.234 hồ sơ."""
        return f"{self.count(value)}{NO_BREAK_SPACE}{counted_in}".strip()

    def day(self, day: date) -> str:
        """Print a day: 10/10/2026."""
        return f"{day:%d/%m/%Y}"

    def moment(self, moment: datetime) -> str:
        """Print a moment of the time zone it carries, the day first so that a column can be read: 03/10/2025 09:12."""
        return f"{self.day(moment.date())} {moment:%H:%M}"

    def month(self, month: Month) -> str:
        """Print a month: tháng 9/2026."""
        return self.texts("format.month", number=month.number, year=month.year)

    def period(self, period: Period) -> str:
        """Print a period: tháng 9/2026, quý III/2026, 6 tháng đầu năm 2026, năm 2026."""
        year, number = period.first.year, period.first.number
        match period.months:
            case 1:
                return self.month(period.first)
            case 3:
                return self.texts("format.quarter", number=_ROMAN[(number - 1) // 3], year=year)
            case 6:
                return self.texts("format.first_half" if number == 1 else "format.second_half", year=year)
            case _:
                return self.texts("format.year", year=year)


def _round_half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def _truthful_decimals(value: Fraction, decimals: int, line: Line | None) -> int:
    for candidate in range(decimals, _MOST_DECIMALS):
        printed = Fraction(_round_half_up(abs(value) * 10**candidate), 10**candidate) * (-1 if value < 0 else 1)
        crosses = line is not None and line.comparator.holds(printed, line.value) != line.comparator.holds(
            value, line.value
        )
        vanishes = (printed == 0) != (value == 0)
        completes = (printed == 100) and value != 100
        if not (crosses or vanishes or completes):
            return candidate
    return _MOST_DECIMALS

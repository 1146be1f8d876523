"""From when a submitted figure is to be looked at before it is approved, and by what it stands out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspicionLimits:
    """The limits of review; «Cách tính» shows them.

    `score`: 3.5 spreads from the usual value, the limit of Iglewicz and Hoaglin (1993) for scores made of medians.
    `floor_share`, `floor_count`: the spread is never less than 10% of the usual value, nor than 3 cases; that is how
    much a count of 100, and one of 9, varies by chance alone (its square root). So a series that never moved is
    flagged from 35% away, and nothing at all within 10 cases.
    `fewest`: with fewer own earlier values (or fewer peers) a median and its spread say too little.
    `most`: so many last own values are looked at.
    `same_from`: two months of 100 cases are exactly alike by chance in fewer than 3 of 100 cases.
    `fall_share`: what exists (services, accounts, households) rarely falls by more than 1 in 100.
    `moved_points`: between shares of the province's smallest denominator or more, 20 points are more than twice what
    chance does; half of that is enough where the new share is exactly 0% or 100%.
    `most_suspicion`: beyond three times the limit a score says no more.
    """

    score: Fraction = Fraction(35, 10)
    floor_share: Fraction = Fraction(10, 100)
    floor_count: int = 3
    fewest: int = 6
    most: int = 12
    same_from: int = 100
    fall_share: Fraction = Fraction(1, 100)
    moved_points: Fraction = Fraction(20, 100)
    most_suspicion: int = 3

    @property
    def fewest_cases(self) -> Fraction:
        """Closer than this to what was expected, in cases, nothing is flagged."""
        return self.score * self.floor_count


class Basis(StrEnum):
    """What a figure was scored against."""

    OWN = "own"
    SEASON = "season"
    PREVIOUS = "previous"
    PEERS_CHANGE = "peers_change"
    PEERS_YEAR = "peers_year"
    PEERS_SHARE = "peers_share"


class Flag(StrEnum):
    """Why a figure is to be looked at; each is a key `flag_…` of the review texts."""

    FAR_FROM_OWN = "far_from_own"
    FAR_FROM_PEERS = "far_from_peers"
    MANY_TIMES_MORE = "many_times_more"
    MANY_TIMES_LESS = "many_times_less"
    DROPPED_TO_ZERO = "dropped_to_zero"
    SAME_AS_PREVIOUS = "same_as_previous"
    STOCK_FELL = "stock_fell"
    JUMPED_TO_ALL = "jumped_to_all"
    JUMPED_TO_NONE = "jumped_to_none"
    SHARE_MOVED = "share_moved"

"""What is odd about a submitted figure, as sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from scorecard.domain.province import Province
from scorecard.domain.surprise import SurpriseKind
from scorecard.domain.suspicion import SuspicionLimits
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import in_language

Row = Mapping[str, Any]
"""One row of calculation.suspicion.SUSPICIONS."""

_JUMP = ("jumped_to_all", "jumped_to_none", "share_moved")


def flag_texts(row: Row, province: Province, formats: Formats) -> Iterator[str]:
    """Say each flag of a figure in one sentence, the most telling first."""
    element = province.elements[row["element"]]
    label = in_language(formats.texts, element.label, element.label_en)
    for flag in row["flags"]:
        if flag in set(SurpriseKind):
            previous, factor = number_text(row, row["previous"], formats), formats.count(row["factor"] or 0)
            yield formats.texts(f"returns.{flag}", element=label, previous=previous, factor=factor)
        elif flag in _JUMP:
            yield _jump_text(flag, row, province, formats)
        else:
            numbers = {name: number_text(row, row[name], formats) for name in ("median", "expected", "latest")}
            told = {"value": number_text(row, row["amount"], formats), "count": formats.count(len(row["own"]))}
            yield formats.texts(f"review.flag_{flag}", element=label, **numbers, **told)


def number_text(row: Row, amount: float | None, formats: Formats) -> str:
    """Print a number that stands at the decimals of its row; a median between two numbers with one decimal more."""
    if amount is None:
        return formats.texts("review.nothing")
    exact = Fraction(amount).limit_denominator(2)
    decimals = row["decimals"] + (exact.denominator != 1 and row["basis"] in ("own", "season", "previous", None))
    return formats.decimal(exact / 10 ** row["decimals"], decimals)


def limit_texts(limits: SuspicionLimits, province: Province, formats: Formats) -> Iterator[str]:
    """State the rules of the queue with their limits."""
    texts, count = formats.texts, formats.count
    yield texts("review.rule_score", score=formats.decimal(limits.score, 1), most=count(limits.most))
    floor = {"share": formats.share(limits.floor_share, 0), "count": count(limits.floor_count)}
    yield texts("review.rule_floor", cases=count(int(limits.fewest_cases)), **floor)
    yield texts("review.rule_peers", fewest=count(limits.fewest))
    yield texts(
        "review.rule_others",
        same=count(limits.same_from),
        fall=formats.share(limits.fall_share, 0),
        points=_points(limits.moved_points, formats),
        half=_points(limits.moved_points / 2, formats),
        denominator=count(province.limits.minimum_denominator),
    )
    yield texts("review.rule_order", top=count(limits.most_suspicion))


def _points(share: Fraction, formats: Formats) -> str:
    return formats.texts("review.points", number=formats.decimal(share * 100, 0))


def _jump_text(flag: str, row: Row, province: Province, formats: Formats) -> str:
    indicator = province.indicators[row["share_of"]]
    now, before = Fraction(*row["share_now"]), Fraction(*row["share_before"])
    return formats.texts(
        f"review.flag_{flag}",
        indicator=in_language(formats.texts, indicator.name, indicator.name_en),
        now=formats.share(now, indicator.decimals),
        before=formats.share(before, indicator.decimals),
        now_parts=_parts(row["share_now"], formats),
        before_parts=_parts(row["share_before"], formats),
        moved=formats.points(now - before, indicator.decimals),
    )


def _parts(parts: list[int], formats: Formats) -> str:
    return "/".join(formats.count(part) for part in parts)

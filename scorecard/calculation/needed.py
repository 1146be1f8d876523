"""What the months to the deadline must bring, exactly: product rule 6.9."""

from __future__ import annotations

import polars as pl

_OPEN = ("too_early", "on_track", "at_risk", "off_track")


def with_needs(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Add `needed_rate`, `needed_count` and `out_of_reach` to judged rows; null where the target is not open.

    `needed_rate` is the share (0-1) that all months left must reach together at the expected volume, for a goal that
    must not be passed the share they may reach; null for what is no ratio of flows. `needed_count` are the further
    cases that this means: the smallest whole number that meets the goal. `out_of_reach` is true where even 100% of
    the rest falls short, or, for a goal that must not be passed, where what is known has passed it already.
    """
    open_now = pl.col("status").is_in(_OPEN) & pl.col("steps_total").is_null()
    flows, ratio = ~pl.col("has_stock"), pl.col("is_ratio")
    volume = pl.col("expected_volume").cast(pl.Int128)
    at_deadline = pl.when(ratio).then(pl.col("known_denominator") + volume).otherwise(1) * pl.col("denominator_scale")
    known = pl.col("known_numerator").cast(pl.Int128) * pl.col("numerator_scale")
    room = volume * pl.col("denominator_scale") * pl.col("lead_lower")
    strict, rising = pl.col("lead_strict"), pl.col("rising_is_good")
    missing = pl.col("missing")
    beyond = pl.when(strict).then(missing >= room).otherwise(missing > room)
    passed = pl.when(strict).then(missing <= 0).otherwise(missing < 0)
    return (
        rows.with_columns(missing=pl.col("lead_upper") * at_deadline - known * pl.col("lead_lower"))
        .with_columns(
            needed_rate=pl.when(open_now & flows & ratio & (room > 0)).then(
                (missing.cast(pl.Float64) / room.cast(pl.Float64)).clip(0)
            ),
            needed_count=pl.when(open_now & rising).then(
                pl.when(flows).then(_cases(missing, strict)).otherwise("short_by")
            ),
            out_of_reach=pl.when(open_now & flows & ratio & (room > 0)).then(
                pl.when(rising).then(beyond).otherwise(passed)
            ),
        )
        .drop("missing")
    )


def _cases(missing: pl.Expr, strict: pl.Expr) -> pl.Expr:
    case = pl.col("case") * pl.col("lead_lower")
    enough = pl.when(strict).then(missing // case + 1).otherwise((missing + case - 1) // case)
    return enough.clip(0)

"""How good the forecast is: on simulated series whose truth is known, and on held-back months of the sample province.

python -m benchmarks.forecast
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scorecard.calculation.forecast import LINES, QUESTIONS, REPORTED, forecasts
from scorecard.calculation.projection import FEWEST_POINTS
from scorecard.definitions import read_province
from scorecard.domain.period import Month
from scorecard.workflow.exchange import read_exchange

Counts = NDArray[np.int64]
Matrix = NDArray[np.float64]

ROOT = Path(__file__).resolve().parent.parent
SERIES = 5000
HISTORIES = ((5, 7), (6, 6), (8, 4), (9, 3), (9, 6), (12, 6), (12, 12), (18, 6), (24, 4), (24, 12), (36, 6), (36, 12))
SAMPLE_MONTHS = [Month.parse(text) for text in ("2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08")]
HELD_BACK = (1, 2, 3)
ELEMENTS = ("dossiers_full_online", "dossiers_received")


@dataclass(frozen=True, slots=True)
class Score:
    """Forecasts beside the naive ones and what happened; the range where one was stated."""

    forecast: pl.Series
    naive: pl.Series
    truth: pl.Series
    low: pl.Series
    high: pl.Series

    def errors(self) -> tuple[float, float]:
        """Return the mean absolute error of the forecast and of the naive one."""
        mine, simple = ((said - self.truth).abs().mean() for said in (self.forecast, self.naive))
        return float(mine or 0), float(simple or 0)  # type: ignore[arg-type]

    def inside(self) -> tuple[float, int]:
        """Return the share of outcomes inside the stated range, and how many had one."""
        held = pl.DataFrame({"low": self.low, "high": self.high, "truth": self.truth}).drop_nulls()
        share = held.select(pl.col("truth").is_between(pl.col("low") - 1e-12, pl.col("high") + 1e-12).mean()).item()
        return float(share or 0), held.height


def main() -> None:
    """Print both comparisons."""
    print(f"Simulated series, {SERIES} for each row: mean absolute error in points, outcomes inside the 80% range")
    print(f"{'months known':>13}{'months ahead':>14}{'forecast':>10}{'naive':>8}{'ratio':>7}{'inside':>8}")
    scores = [(known, ahead, simulated(known, ahead)) for known, ahead in HISTORIES]
    for known, ahead, score in scores:
        print(f"{known:>13}{ahead:>14}{_row(score)}")
    print(f"{'all':>13}{'':>14}{_row(_together([score for *_, score in scores]))}")
    print("\nSample province: the months held back, told from the months before, totals and units")
    print(f"{'months ahead':>13}{'series':>14}{'forecast':>10}{'naive':>8}{'ratio':>7}{'inside':>8}")
    series = sample_series()
    held = [(ahead, _together([held_back(series, month, ahead) for month in SAMPLE_MONTHS])) for ahead in HELD_BACK]
    for ahead, score in held:
        print(f"{ahead:>13}{len(score.truth):>14}{_row(score)}")
    everything = _together([score for _, score in held])
    print(f"{'all':>13}{len(everything.truth):>14}{_row(everything)}")
    for name, score in (("simulated", _together([score for *_, score in scores])), ("sample", everything)):
        forecast, naive = score.errors()
        print(f"{name}: the forecast {'beats' if forecast < naive else 'does not beat'} the naive one")


def _row(score: Score) -> str:
    forecast, naive = score.errors()
    inside, _ = score.inside()
    return f"{100 * forecast:>10.2f}{100 * naive:>8.2f}{forecast / naive:>7.2f}{inside:>8.1%}"


def _together(scores: list[Score]) -> Score:
    return Score(*(pl.concat([getattr(score, name) for score in scores]) for name in Score.__slots__))


def simulated(known: int, ahead: int) -> Score:
    """Draw rates of many kinds (level, slope, noise, random walk, season) with binomial counts, and forecast them."""
    rng = np.random.default_rng(known * 100 + ahead)
    months, shape = np.arange(known + ahead)[None, :], (SERIES, known + ahead)
    start = rng.uniform(0.2, 0.8, (SERIES, 1))
    slope = rng.choice([0, 0, 0.005, 0.01, 0.02, -0.005], (SERIES, 1)) * months
    walk = np.cumsum(rng.normal(0, 1, shape) * rng.choice([0, 0, 0.01, 0.03], (SERIES, 1)), axis=1)
    phase = rng.uniform(0, 12, (SERIES, 1))
    season = rng.choice([0, 0, 0.05], (SERIES, 1)) * np.sin(2 * np.pi * (months + phase) / 12)
    noise = rng.normal(0, 1, shape) * rng.choice([0.005, 0.02, 0.05], (SERIES, 1))
    rate = np.clip(start + slope + walk + season + noise, 0, 1)
    usual = rng.choice([50, 500, 5000], (SERIES, 1)) * (1 + 0.2 * np.sin(2 * np.pi * months / 12))
    lower = np.maximum(rng.poisson(usual), 1)
    upper = rng.binomial(lower, rate)
    truth = upper[:, known:].sum(axis=1) / lower[:, known:].sum(axis=1)
    return _asked(upper[:, :known], lower[:, :known], truth, known, ahead)


def _asked(upper: Counts, lower: Counts, truth: Matrix, known: int, ahead: int) -> Score:
    line = np.arange(len(upper), dtype=np.int32)
    told = pl.DataFrame(
        {
            "line": np.repeat(line, known),
            "month": np.tile(np.arange(known, dtype=np.int32), len(upper)),
            "upper": upper.ravel().astype(np.float64),
            "lower": lower.ravel().astype(np.float64),
        },
        schema=REPORTED,
    )
    lines = pl.DataFrame({"line": line}).with_columns(levels=False, is_ratio=True, cap=1.0).select(LINES.names())
    asked = pl.DataFrame({"line": line}).with_columns(
        month=pl.lit(known - 1, pl.Int32),
        due_month=pl.lit(known - 1 + ahead, pl.Int32),
        from_month=pl.lit(known, pl.Int32),
    )
    found = forecasts(lines, told, asked.select(QUESTIONS.names())).sort("line")
    return Score(
        forecast=found["forecast"],
        naive=pl.Series(upper[:, -1] / lower[:, -1]),
        truth=pl.Series(truth),
        low=found["forecast_low"],
        high=found["forecast_high"],
    )


def held_back(figures: pl.DataFrame, last: Month, ahead: int) -> Score:
    """Forecast the rate of the months after `last` of every series that reported them all, and four months before."""
    until = last.index + ahead
    after = pl.col("month").is_between(last.index + 1, until)
    truth = figures.filter(after).group_by("line").agg(pl.col("upper").sum(), pl.col("lower").sum(), months=pl.len())
    known = figures.filter(pl.col("month") <= last.index)
    told = known.group_by("line").agg(points=pl.len(), latest=pl.col("month").max())
    asked = (
        truth.filter((pl.col("months") == ahead) & (pl.col("lower") > 0))
        .join(told, on="line")
        .filter((pl.col("points") >= FEWEST_POINTS) & (pl.col("latest") == last.index))
        .sort("line")
        .with_columns(
            month=pl.lit(last.index, pl.Int32),
            due_month=pl.lit(until, pl.Int32),
            from_month=pl.lit(last.index + 1, pl.Int32),
        )
    )
    lines = figures.select("line").unique().sort("line").with_columns(levels=False, is_ratio=True, cap=1.0)
    found = forecasts(lines.select(LINES.names()), known, asked.select(QUESTIONS.names()))
    now = known.filter(pl.col("month") == last.index).select("line", naive=pl.col("upper") / pl.col("lower"))
    both = asked.join(found.drop("month"), on="line").join(now, on="line").sort("line")
    both = both.filter(pl.col("naive").is_finite())
    happened = both["upper"] / both["lower"]
    return Score(both["forecast"], both["naive"], happened, both["forecast_low"], both["forecast_high"])


def sample_series() -> pl.DataFrame:
    """Return REPORTED of the sample's share of dossiers processed fully online: each unit a line, and their total."""
    province = read_province(ROOT / "targets" / "thai-nguyen").province
    if province is None:
        raise SystemExit("targets/thai-nguyen does not pass: python -m scorecard check")
    figures = read_exchange(ROOT / "data" / "sample" / "thai-nguyen.csv", province).frame()
    wide = (
        figures.filter(pl.col("element").is_in(ELEMENTS) & pl.col("amount").is_not_null())
        .pivot("element", index=["unit", "last_month"], values="amount")
        .drop_nulls()
        .filter(pl.col(ELEMENTS[1]) > 0)
    )
    total = wide.group_by("last_month").agg(pl.col(*ELEMENTS).sum()).with_columns(unit=pl.lit("total"))
    return (
        pl.concat([wide, total.select(wide.columns)])
        .with_columns(line=(pl.col("unit").rank("dense") - 1).cast(pl.Int32))
        .select(
            "line",
            month="last_month",
            upper=pl.col(ELEMENTS[0]).cast(pl.Float64),
            lower=pl.col(ELEMENTS[1]).cast(pl.Float64),
        )
    )


if __name__ == "__main__":
    main()

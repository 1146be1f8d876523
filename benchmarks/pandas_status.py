"""The status of every target as a pandas program would compute it: what ours is held against.

It does what the synthetic province needs and no more, which favours it: one figure a month, two whole counts a ratio,
every commune owes every form, units never change, no break of definition, goals that are plain thresholds. Left out are
forecast and needs, the range of a total, the numbers of cases short, reasons in words, milestones, scores, dated paths,
stated baselines, relative goals and decimals. Figures are read with categories for names, frames are month × (target,
unit): the layout in which pandas is quickest here.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.pandas_path import Flags, StraightPath
from benchmarks.pandas_values import DECIMALS, Held, Matrix, Sides, read
from scorecard.domain.period import Month
from scorecard.domain.province import Province

STATUSES = ("no_data", "met", "missed", "off_track", "at_risk", "on_track", "too_early")
_NO_DATA, _MET, _MISSED, _OFF_TRACK, _AT_RISK, _ON_TRACK, _TOO_EARLY = range(len(STATUSES))
_UNDECIDED = -1

Codes = NDArray[np.int64]


def status(
    province: Province, file: Path, as_of: Month, *, by_unit: bool = False, forecasts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Judge all targets as of a month; one row per target and unit, the root's code for totals.

    `forecasts` is month × (target, unit) from the plan's start: the forecast on the scale of the path; without it the
    pace alone decides. Columns: status, numerator, denominator, value, reported_units, expected_units, coverage,
    baseline, expected, path_done, path_expected; NaN where there is none.
    """
    sides = Sides.of(province, read(file, as_of), as_of)
    held = Held.by_unit(sides) if by_unit else Held.total(sides)
    path = StraightPath(held, province.targets)
    statuses = _statuses(path, forecasts)
    last = held.latest | path.latest | {"status": np.array(STATUSES)[statuses[-1]]}
    return pd.DataFrame(last, index=held.numerator.columns).reset_index().astype({"unit": "str"})


def _statuses(path: StraightPath, forecasts: pd.DataFrame | None) -> Codes:
    """Return the status of each month of the plan as its place in STATUSES: rule 6.7, with the margin for improving."""
    columns = path.held.numerator.columns
    expected = np.full_like(path.ratio, np.nan) if forecasts is None else forecasts[columns].to_numpy()
    statuses = _first_verdicts(path)
    before = np.full(len(columns), _UNDECIDED)
    for month, undecided in enumerate(statuses == _UNDECIDED):
        judged = _on_path(path, month, expected[month], before)
        before = statuses[month] = np.where(undecided, judged, statuses[month])
    return statuses


def _first_verdicts(path: StraightPath) -> Codes:
    held = path.held
    least = path.of_targets(lambda target: float(target.limits.minimum_coverage))
    early = path.of_targets(lambda target: float(target.limits.too_early_expected))
    denominator = path.in_plan(held.denominator)
    there = path.in_plan(held.ever) & path.in_plan(held.current) & (path.in_plan(held.coverage) >= least)
    no_data = ~there | np.isnan(denominator) | (denominator == 0)
    return np.select(
        [no_data, path.met, path.months >= path.due, path.hold, np.isnan(path.ratio) | (path.wanted < early)],
        [_NO_DATA, _MET, _MISSED, _OFF_TRACK, _TOO_EARLY],
        default=_UNDECIDED,
    )


def _on_path(path: StraightPath, month: int, forecast: Matrix, before: Codes) -> Codes:
    """Judge one month by pace and forecast; after a worse status the limits stand higher by the margin."""
    bad = before == _OFF_TRACK
    worse = bad | (before == _AT_RISK)
    ratio, good = path.ratio[month], path.of_targets(lambda target: float(target.limits.on_track_ratio))
    enough = path.of_targets(lambda target: float(target.limits.off_track_ratio))
    short = path.of_targets(lambda target: float(target.limits.off_track_forecast))
    arrives = (forecast >= np.minimum(_raised(path, 1.0, worse), path.farthest)) | np.isnan(forecast)
    will_lag = ~(ratio >= _raised(path, enough, bad)) & ~(
        forecast >= np.minimum(_raised(path, 1.0, bad), path.farthest)
    )
    far_short = (forecast < _raised(path, short, bad)) & ~(ratio >= _raised(path, good, bad))
    falling = path.falling[month] & (ratio < good)
    return np.select(
        [(ratio >= _raised(path, good, worse)) & arrives, will_lag | far_short | falling],
        [_ON_TRACK, _OFF_TRACK],
        default=_AT_RISK,
    )


def _raised(path: StraightPath, limit: Matrix | float, after_worse: Flags) -> Matrix:
    margin = path.of_targets(lambda target: float(target.limits.improving_margin))
    return (limit + margin * after_worse).round(DECIMALS)

"""«Cách tính»: the rules by which a status is given, with the limits that are in force."""

from __future__ import annotations

from html import escape

from scorecard.domain.plan import Limits
from scorecard.domain.status import SEVERITY
from scorecard.presentation.amounts import plain_number, plain_share
from scorecard.presentation.formats import Formats
from scorecard.presentation.status_marks import chip


def method_html(limits: Limits, formats: Formats) -> str:
    """Return the rules as HTML: how the path is measured, then one row per status, worst first."""
    texts = formats.texts
    figures = {
        "on_track": plain_share(limits.on_track_ratio, formats),
        "off_track": plain_share(limits.off_track_ratio, formats),
        "off_forecast": plain_share(limits.off_track_forecast, formats),
        "smallest": formats.count(limits.minimum_denominator),
        "too_early": plain_share(limits.too_early_expected, formats),
        "coverage": plain_share(limits.minimum_coverage, formats),
        "margin": plain_number(limits.improving_margin * 100, formats),
        "days": formats.count(limits.late_step_days),
    }
    rows = "".join(
        f"<tr><td>{chip(status, texts)}</td><td>{escape(texts(f'method.{status}', **figures))}</td></tr>"
        for status in SEVERITY
    )
    notes = "".join(
        f"<p>{escape(texts(f'method.{key}', **figures))}</p>"
        for key in (
            "path",
            "forecast",
            "needed",
            "change",
            "totals",
            "missing",
            "gap",
            "moved",
            "units",
            "rank",
            "own_limits",
        )
    )
    return f'<div class="method">{notes}<table><tbody>{rows}</tbody></table></div>'

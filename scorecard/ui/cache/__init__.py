"""What is made once and shared by all sessions; a frame is never an argument, a version is.

What is made of figures in force alone goes by `figures_version`, so that a return handed in does not make it anew; what
tells of returns, justifications or accounts goes by `data_version`.
"""

from scorecard.ui.cache.boards import by_unit, last_month, overview, scoreboard, unit_history
from scorecard.ui.cache.comparisons import compared_units, comparison, comparison_picture
from scorecard.ui.cache.justifications import justification_list, owed_justifications, target_statuses
from scorecard.ui.cache.meetings import edition_board, live_board
from scorecard.ui.cache.process import BrokenDefinitionsError, account_names, province, settings, store
from scorecard.ui.cache.reporting import completeness, desk, ledger_units, reporting_year, submissions
from scorecard.ui.cache.targets import corrected_months, gaps_on_map, origins, target_cases, trajectory, unit_strip
from scorecard.ui.cache.units import unit_charts, unit_frames, unit_returns

__all__ = [
    "BrokenDefinitionsError",
    "account_names",
    "by_unit",
    "compared_units",
    "comparison",
    "comparison_picture",
    "completeness",
    "corrected_months",
    "desk",
    "edition_board",
    "gaps_on_map",
    "justification_list",
    "last_month",
    "ledger_units",
    "live_board",
    "origins",
    "overview",
    "owed_justifications",
    "province",
    "reporting_year",
    "scoreboard",
    "settings",
    "store",
    "submissions",
    "target_cases",
    "target_statuses",
    "trajectory",
    "unit_charts",
    "unit_frames",
    "unit_history",
    "unit_returns",
    "unit_strip",
]

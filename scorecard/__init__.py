"""Scorecard: whether a province will reach its digital-transformation targets."""

__version__ = "0.1.0"

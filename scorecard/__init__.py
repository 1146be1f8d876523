"""Scorecard: whether a province will reach its digital-transformation targets."""

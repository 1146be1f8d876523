"""Scores of targets from figures: Polars frames in, Polars frames out, no clock and no files."""

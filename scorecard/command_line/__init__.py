"""The commands of `python -m scorecard`."""

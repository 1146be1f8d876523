"""The one-page report: an A4 PDF that says what the overview says."""

"""Workbooks and pasted tables, read without trusting them, and the workbook that a unit fills in."""

"""Definition files read once into the frozen types of the domain, with every problem and its place."""

from scorecard.definitions.draft import definition_files
from scorecard.definitions.problem import Problem, ProblemSeverity
from scorecard.definitions.reading import Reading, read_all, read_province

__all__ = ["Problem", "ProblemSeverity", "Reading", "definition_files", "read_all", "read_province"]

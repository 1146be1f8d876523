"""Definition files read once into the frozen types of the domain, with every problem and its place."""

from scorecard.definitions.problem import Problem, ProblemSeverity
from scorecard.definitions.reading import Reading, read_all, read_province

__all__ = ["Problem", "ProblemSeverity", "Reading", "read_all", "read_province"]

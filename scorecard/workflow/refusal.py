"""Why a return, or a decision on one, is not accepted."""

from __future__ import annotations

from scorecard.domain.finding import Finding, Parameter
from scorecard.domain.form import Severity


class RefusedReturnError(Exception):
    """A return was not accepted; nothing was written. `findings` say why, each of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.key for finding in findings))
        self.findings = findings


def refusal(code: str, element_ids: tuple[str, ...] = (), **parameters: Parameter) -> Finding:
    """Make the finding of something that cannot be done at all."""
    return Finding(key=code, code=code, severity=Severity.HARD, element_ids=element_ids, parameters=parameters)

"""What the buttons of the entry page do: check, go back, submit, settle a conflict, ask for reopening."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from scorecard.domain.finding import SHORTEST_REASON, Finding
from scorecard.domain.form import Element, Severity
from scorecard.presentation.entry import Answer, Refusal, read_answers, with_figures
from scorecard.presentation.entry_parts import PartAnswer, steps_answer
from scorecard.presentation.findings import finding_text
from scorecard.presentation.texts import in_language
from scorecard.store import ConflictError
from scorecard.ui import entry_draft, entry_keeping
from scorecard.ui.entry_draft import CORRECTION, REOPENING, Box, Draft, Step
from scorecard.ui.entry_parts import known_of, part_entries, read_parts
from scorecard.ui.guard import PageContext
from scorecard.workflow.checks import Entry
from scorecard.workflow.parts import KnownPart
from scorecard.workflow.refusal import RefusedReturnError
from scorecard.workflow.returns import check_entries, submit_return
from scorecard.workflow.review import ask_reopening, seen


def check(page: PageContext, draft: Draft) -> None:
    """Understand every answer; go on to the review, or stay with everything to correct named."""
    answers, parts, refusals = _read(page, draft)
    if refusals:
        draft.advance(refusals=refusals, table=None)
        return
    findings = check_entries(page.store, page.province, draft.owed, _entries(answers, parts))
    hard = _refusals([each for each in findings if each.severity is Severity.HARD], answers, draft, page)
    soft = tuple(each for each in findings if each.severity is Severity.SOFT)
    step = Step.FORM if hard else Step.REVIEW
    draft.advance(step=step, refusals=hard, answers=answers, parts=parts, findings=soft, table=None)


def edit(draft: Draft) -> None:
    """Go back to the form with everything as it was typed."""
    draft.advance(step=Step.FORM, refusals=())


def submit(page: PageContext, draft: Draft, *, correction: bool) -> None:
    """Submit what was reviewed, a correction with its reason; when it is refused, everything stays as it is."""
    progress = draft.progress
    missing = missing_reasons(page, draft, correction)
    if missing:
        draft.advance(refusals=missing)
        return
    try:
        receipt = submit_return(
            page.store,
            page.province,
            page.person,
            draft.owed.unit.code,
            draft.owed.form,
            draft.owed.period,
            _entries(progress.answers, progress.parts),
            today=page.today,
            now=page.settings.now(datetime.now(UTC)),
            expected_revision=progress.base_revision,
            reason=draft.text(CORRECTION, Box.REASON),
            reasons={finding.key: draft.text(finding.key, Box.REASON) for finding in progress.findings},
        )
    except ConflictError as conflict:
        draft.advance(conflict=conflict, refusals=())
    except RefusedReturnError as refused:
        draft.advance(refusals=_refusals(refused.findings, progress.answers, draft, page))
    else:
        entry_keeping.drop(page, draft)
        draft.advance(receipt=receipt, answers=progress.answers, parts=progress.parts)


def missing_reasons(
    page: PageContext, draft: Draft, correction: bool, soft: str = "entry.soft_reason_needed"
) -> tuple[Refusal, ...]:
    """Return the reasons that are owed before a return can be submitted and are not given yet.

    `soft` is the key of the words for an unusual figure, which say how to correct it.
    """
    texts = page.texts
    labels = {e.id: in_language(texts, e.label, e.label_en) for e in draft.owed.form.elements}
    owed = [
        Refusal(each.key, texts(soft, shortest=SHORTEST_REASON), labels[each.element_ids[0]])
        for each in draft.progress.findings
    ]
    if correction:
        owed.append(Refusal(CORRECTION, texts("entry.correction_reason_needed", shortest=SHORTEST_REASON)))
    return tuple(each for each in owed if len(draft.text(each.place, Box.REASON).strip()) < SHORTEST_REASON)


def keep_theirs(page: PageContext, draft: Draft) -> None:
    """Leave what somebody else submitted as it is, and drop the draft."""
    entry_keeping.drop(page, draft)
    entry_draft.close()


def replace_theirs(draft: Draft, conflict: ConflictError) -> None:
    """Go on with one's own figures, as a correction of what somebody else submitted."""
    draft.advance(conflict=None, base_revision=conflict.revision)


def finish(draft: Draft) -> None:
    """Leave the receipt for the list."""
    draft.forget()
    entry_draft.close()


def ask(page: PageContext, draft: Draft) -> None:
    """Ask for a closed return to be reopened, with the reason that was typed."""
    reason, now = draft.text(REOPENING, Box.REASON), page.settings.now(datetime.now(UTC))
    try:
        ask_reopening(page.store, page.province, page.person, seen(draft.owed), reason, now=now, today=page.today)
    except RefusedReturnError as refused:
        texts = [finding_text(each, draft.owed.form, page.formats) for each in refused.findings]
        draft.advance(refusals=tuple(Refusal(REOPENING, text) for text in texts))
    except ConflictError:
        draft.advance(refusals=(Refusal("", page.texts("entry.changed_meanwhile")),))
    else:
        draft.forget()


def _read(page: PageContext, draft: Draft) -> tuple[tuple[Answer, ...], tuple[PartAnswer, ...], tuple[Refusal, ...]]:
    """Understand a whole form, in its order: its elements, then what is said of their parts."""
    elements = [element for element in draft.owed.form.elements if not element.steps]
    answers, refusals = read_answers(elements, {e.id: draft.typed(e) for e in elements}, page.texts)
    parts: tuple[PartAnswer, ...] = ()
    for element in draft.owed.form.elements:
        known = known_of(page, draft, element)
        said, refused = read_parts(page, draft, element, known)
        parts, refusals = parts + said, refusals + refused
        if element.steps:
            answers += (_steps(element, known, said),)
    return answers, parts, refusals


def _steps(element: Element, known: Sequence[KnownPart], said: Sequence[PartAnswer]) -> Answer:
    notes = {each.part.id: each.said.figure.note for each in known if each.said and each.there}
    notes |= {each.part.id: each.note for each in said if each.there}
    undone = {each.part.id for each in said if not each.there}
    done = {part_id: note for part_id, note in notes.items() if part_id not in undone}
    return steps_answer(element, [each.part for each in known], done)


def _entries(answers: Sequence[Answer], parts: Sequence[PartAnswer]) -> list[Entry]:
    own = [Entry(element_id=a.element.id, value=a.value, state=a.state, note=a.note) for a in answers]
    return own + part_entries(parts)


def _refusals(
    findings: Sequence[Finding], answers: Sequence[Answer], draft: Draft, page: PageContext
) -> tuple[Refusal, ...]:
    """Turn findings into places to correct: that of the first element a finding speaks of."""
    return tuple(
        Refusal(
            next(iter(finding.element_ids), ""),
            with_figures(
                finding_text(finding, draft.owed.form, page.formats), finding.element_ids, answers, page.texts
            ),
        )
        for finding in findings
    )

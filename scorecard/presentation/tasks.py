"""What a unit still has to do: each task with its last day and the one link that leads to doing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import escape

from scorecard.presentation.entry_dues import due_text
from scorecard.presentation.formats import Formats
from scorecard.presentation.texts import Texts


class TaskKind(StrEnum):
    """Why there is something to do; of two tasks due on one day the kind named first comes first."""

    SENT_BACK = "sent_back"
    REOPENED = "reopened"
    BEGUN = "begun"
    TO_SUBMIT = "to_submit"
    TO_JUSTIFY = "to_justify"
    GIVEN = "given"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do.

    `due` is its last day, that day included; `closes` the day until which it can still be done late, None where nothing
    closes. `note` says what one must know first, such as why a return was sent back; empty for nothing. `link` leads to
    doing it, None for a reader who may only look.
    """

    kind: TaskKind
    what: str
    due: date
    closes: date | None = None
    note: str = ""
    link: str | None = None


def in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return the tasks as they are to be done: the first due first."""
    kinds = list(TaskKind)
    return tuple(sorted(tasks, key=lambda each: (each.due, kinds.index(each.kind))))


def tasks_html(tasks: Sequence[Task], today: date, formats: Formats) -> str:
    """List the tasks, or say that there are none; every text is escaped."""
    if not tasks:
        return f'<p class="tasks-none">{escape(formats.texts("task.none"))}</p>'
    return f'<ul class="tasks">{"".join(_item(task, today, formats) for task in tasks)}</ul>'


def _item(task: Task, today: date, formats: Formats) -> str:
    texts = formats.texts
    late = ' class="late"' if task.due < today else ""
    note = f'<p class="task-note">{escape(task.note)}</p>' if task.note else ""
    kind = f'<span class="task-kind {task.kind}">{escape(texts(f"task.{task.kind}"))}</span>'
    said = f"{kind}<strong>{escape(task.what)}</strong><p{late}>{escape(_due(task, today, formats))}</p>{note}"
    return f"<li><div>{said}</div>{_link(task, texts)}</li>"


def _link(task: Task, texts: Texts) -> str:
    if task.link is None:
        return ""
    action = texts(f"task.do_{task.kind}")
    label = escape(texts("task.link", action=action, what=task.what))
    return f'<a class="task-link" href="{escape(task.link)}" target="_self" aria-label="{label}">{escape(action)}</a>'


def _due(task: Task, today: date, formats: Formats) -> str:
    days = (today - task.due).days
    if days > 0 and task.closes is None:
        text = formats.texts("task.overdue", days=formats.count(days), due=formats.day(task.due))
    else:
        text = due_text(task.due, task.closes or task.due, today, formats)
    return f"{text[:1].upper()}{text[1:]}"

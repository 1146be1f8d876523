"""The slides of a meeting as finished HTML: all of them at once, so that showing the next one needs no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from scorecard.domain.meeting import Result
from scorecard.domain.status import SEVERITY, Status
from scorecard.presentation.formats import Formats
from scorecard.presentation.meeting_chart import chart_html
from scorecard.presentation.meeting_commitments import ShownCommitment, moved_text, result_mark
from scorecard.presentation.meeting_content import FrozenBoard, FrozenRow
from scorecard.presentation.status_marks import chip, mark
from scorecard.presentation.texts import Texts

_GOOD = (Status.MET, Status.ON_TRACK)
_SHOWN = (Status.MISSED, Status.OFF_TRACK, Status.AT_RISK)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """What is shown: an edition or the figures of now (`changed` is then empty).

    `changed` holds what a value is now, by target and unit of its row, where it differs from what was frozen; an empty
    text where there is no such target any more. `before` are commitments of earlier meetings, `given` those of this
    one. `about` stands above the first sentence, `foot` under every slide; the plan under the first one.
    """

    heading: str
    about: str
    board: FrozenBoard
    changed: Mapping[tuple[str, str], str]
    before: Sequence[ShownCommitment]
    given: Sequence[ShownCommitment]
    foot: tuple[str, ...]
    formats: Formats


def changed_values(board: FrozenBoard, now: Mapping[tuple[str, str], str]) -> Mapping[tuple[str, str], str]:
    """Return what differs now from what was frozen, as printed; an empty text for a row that is no more."""
    found = {(row.target, row.of_unit): (row.value, now.get((row.target, row.of_unit), "")) for row in board.rows}
    return {key: current for key, (frozen, current) in found.items() if frozen != current}


def slides_html(show: Show, *, last: bool) -> str:
    """Return all slides; with `last` the conclusions end them."""
    slides = list(_slides(show))
    if last:
        slides.append(_conclusions(show))
    count = len(slides)
    sections = "".join(_framed(content, number, count, show) for number, content in enumerate(slides, start=1))
    return f'<h1 class="unseen">{escape(show.heading)}</h1><div class="slides">{sections}</div>'


def _framed(content: tuple[str, str], number: int, count: int, show: Show) -> str:
    kind, inside = content
    place = show.formats.texts("meeting.slide_of", number=number, count=count)
    plan = (show.board.plan,) if kind == "all" else ()
    foot = "".join(f"<span>{escape(part)}</span>" for part in (*plan, *show.foot, place))
    return f'<section class="slide {kind}" aria-label="{escape(place)}">{inside}<footer>{foot}</footer></section>'


def _slides(show: Show) -> Iterator[tuple[str, str]]:
    yield "all", _overall(show)
    for each in show.before:
        yield "commitment", _commitment(each, show.formats.texts)
    for status in _SHOWN:
        for row in show.board.rows:
            if row.status == status:
                yield row.status, _target(row, show)
    missing = [row for row in show.board.rows if row.status == Status.NO_DATA]
    if missing:
        yield "no_data", _no_data(missing, show.formats.texts)


def _overall(show: Show) -> str:
    texts, board = show.formats.texts, show.board
    total = len(board.rows) - board.count(Status.NOT_APPLICABLE)
    good = sum(board.count(status) for status in _GOOD)
    chips = "".join(
        f'<span class="chip {status}">{mark(status)}'
        f"{escape(texts('overview.count', count=board.count(status), status=texts(f'status.{status}')))}</span>"
        for status in SEVERITY
        if board.count(status)
    )
    newer = ""
    if show.changed:
        newer = f'<p class="newer">{escape(texts("meeting.newer", count=len(show.changed)))}</p>'
    say = texts("meeting.sentence", good=good, total=total)
    return f'<p class="about">{escape(show.about)}</p>{_say(say)}<div class="chips">{chips}</div>{newer}'


def _say(sentence: str) -> str:
    """Return the sentence of a slide; the framework would put a link of its own beside a real heading."""
    return f'<p class="say" role="heading" aria-level="2">{escape(sentence)}</p>'


def _target(row: FrozenRow, show: Show) -> str:
    texts = show.formats.texts
    say = texts("meeting.say", name=row.name, outlook=row.outlook)
    owner, proposal = texts("meeting.lead", lead=row.lead), texts("meeting.proposal", proposal=row.proposal)
    return (
        f'<div class="top">{chip(Status(row.status), texts)}</div>{_say(say)}'
        f'<div class="facts-and-chart">{_key(row, show)}{chart_html(row, show.formats)}</div>'
        f'<p class="lead">{escape(owner)}</p><p class="proposal">{escape(proposal)}</p>'
    )


def _key(row: FrozenRow, show: Show) -> str:
    texts, key = show.formats.texts, (row.target, row.of_unit)
    number, _, counted = row.value.replace("\N{NO-BREAK SPACE}", " ").partition(" ")
    after = f"<small>{escape(counted)}</small>" if counted else ""
    big = f'<strong class="key">{escape(number)}{after}</strong>'
    if key not in show.changed:
        return f"<div>{big}</div>"
    now = show.changed[key]
    told = texts("meeting.now", value=now) if now else texts("meeting.no_longer_defined")
    return f'<div><small class="was">{escape(texts("meeting.was"))}</small>{big}<p class="now">{escape(told)}</p></div>'


def _no_data(rows: Sequence[FrozenRow], texts: Texts) -> str:
    say = texts("meeting.sentence_no_data", count=len(rows))
    lines = "".join(f"<li>{escape(line)}</li>" for line in _who(rows, texts))
    return f'<div class="top">{chip(Status.NO_DATA, texts)}</div>{_say(say)}<ul class="who">{lines}</ul>'


def _who(rows: Sequence[FrozenRow], texts: Texts) -> Iterator[str]:
    """Yield who owes figures: for what while it is one target only, of how many otherwise."""
    if len(rows) == 1:
        yield texts("meeting.lead_missing_one", lead=rows[0].lead, name=rows[0].name)
        return
    leads = Counter(row.lead for row in rows).most_common()
    for lead, count in leads[:_MOST_NAMED]:
        yield texts("meeting.lead_missing", lead=lead, count=count)
    if len(leads) > _MOST_NAMED:
        yield texts("meeting.more_leads", count=len(leads) - _MOST_NAMED)


def _commitment(shown: ShownCommitment, texts: Texts) -> str:
    say = texts("meeting.commitment", unit=shown.unit, what=shown.commitment.what)
    lines = [moved_text(shown, texts)] if shown.then else []
    lines.append(texts("meeting.promised", number=shown.promised) if shown.promised else "")
    lines.append(texts("meeting.due", due=shown.due) if shown.result is Result.OPEN else shown.reason)
    told = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return f'<div class="top">{result_mark(shown, texts)}</div>{_say(say)}<div class="told">{told}</div>'


def _conclusions(show: Show) -> tuple[str, str]:
    texts = show.formats.texts
    lines = "".join(
        f"<li>{escape(texts('meeting.given_line', unit=each.unit, what=each.commitment.what, due=each.due))}</li>"
        for each in show.given
    )
    listed = f'<ul class="who">{lines}</ul>' if lines else f'<p class="none">{escape(texts("meeting.none_given"))}</p>'
    return "conclusions", f"{_say(texts('meeting.conclusions'))}{listed}"

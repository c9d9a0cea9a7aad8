"""Read what became of letters, for one case or for many in a fixed number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from arrears.core.case_values import LetterStepKind, PostedHow
from cases import queries as case_queries
from cases.core.facts import Nation
from correspondence.core.letters.registry import asks_reply, kind_of, title_of
from correspondence.core.sending import (
    NOT_SENT,
    AwaitedReply,
    Sending,
    StepSeen,
    Whereabouts,
    in_order,
    most_late_first,
    reader_of,
    reply_due,
)
from correspondence.models import Letter, LetterStep

_WAITING = frozenset({Whereabouts.SENT, Whereabouts.ARRIVED})


def sendings_of(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Sending]:
    """What became of each letter of these cases, by the letter; one that nothing is noted of is left out."""
    struck = case_queries.strike_outs(case_ids)
    steps: dict[uuid.UUID, list[StepSeen]] = defaultdict(list)
    for row in LetterStep.objects.filter(case_id__in=case_ids).order_by("entered_at", "id"):
        seen = StepSeen(
            id=row.id,
            letter_id=row.letter_id,
            kind=LetterStepKind(row.kind),
            on=row.on,
            how=PostedHow(row.how) if row.how else None,
            number=row.number,
            contact_id=row.contact_id,
            note=row.note,
            struck_out=struck.get((row.case_id, row.id)),
        )
        steps[row.letter_id].append(seen)
    return {letter_id: in_order(found) for letter_id, found in steps.items()}


def sending_of(case_id: uuid.UUID, letter_id: uuid.UUID) -> Sending:
    """What became of one letter of this case."""
    return sendings_of([case_id]).get(letter_id, NOT_SENT)


def letter_step_of(case_id: uuid.UUID, step_id: uuid.UUID) -> StepSeen | None:
    """One step of a letter of this case, or None where the case has no such step."""
    every = (step for sending in sendings_of([case_id]).values() for step in sending.steps)
    return next((step for step in every if step.id == step_id), None)


def awaited_replies(case_id: uuid.UUID, *, nation: Nation, on: dt.date) -> Sequence[AwaitedReply]:
    """The letters sent by the day ``on`` that ask for a reply and have none, the one due first at the front.

    One whose correction has been sent waits no more: the answer will be to that.
    """
    sent = {key: one for key, one in sendings_of([case_id]).items() if one.sent_on and one.sent_on <= on}
    waiting = {key: one for key, one in sent.items() if one.whereabouts in _WAITING}
    if not waiting:
        return []
    letters = Letter.objects.filter(case_id=case_id)
    corrected = letters.filter(pk__in=sent, replaces__isnull=False).values("replaces")
    rows = letters.filter(pk__in=waiting).exclude(pk__in=corrected).defer("html", "typed")
    return most_late_first(
        one for row in rows if (one := awaited_reply(row, waiting[row.pk], nation=nation)) is not None
    )


def awaited_reply(letter: Letter, sending: Sending, *, nation: Nation) -> AwaitedReply | None:
    """The reply that is awaited to a letter; None where it is not with them, is answered, or asks for nothing."""
    posting = sending.posting
    if posting is None or sending.whereabouts not in _WAITING or not asks_reply(letter.kind):
        return None
    kind = kind_of(letter.kind)
    return AwaitedReply(
        letter_id=letter.pk,
        title=title_of(letter.kind),
        dated_on=letter.dated_on,
        posting=posting,
        due=reply_due(posting.on, kind=kind, asked_by=_day(letter.facts.get("reply_by")), nation=nation),
        heading=str(letter.facts.get("heading") or ""),
        party=reader_of(kind, [str(line) for line in letter.facts.get("addressee") or ()]),
    )


def latest_sent(
    case_ids: Collection[uuid.UUID], struck: case_queries.Struck
) -> Mapping[uuid.UUID, tuple[dt.date, uuid.UUID]]:
    """The day and the key of the letter of each case that was posted last."""
    rows = LetterStep.objects.filter(case_id__in=case_ids, kind=LetterStepKind.POSTED)
    cells = rows.order_by("on", "entered_at", "id").values_list("id", "case_id", "letter_id", "on")
    return {case_id: (on, letter_id) for key, case_id, letter_id, on in cells if (case_id, key) not in struck}


def _day(text: object) -> dt.date | None:
    """The day a letter names; None where it names none, or came from elsewhere."""
    try:
        return dt.date.fromisoformat(str(text))
    except ValueError:
        return None

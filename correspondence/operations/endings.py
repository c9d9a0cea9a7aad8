"""Keep a notice with its days, and what a receiving parent asked: one transaction each, with audit rows."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.event_values import Event, EventKind
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries
from correspondence.core.write_off_notice import NoticeFinding, kept_words
from correspondence.models import CaseEvent
from correspondence.operations.clocks import start_clock
from correspondence.operations.events import add_event

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def keep_notice(*, actor: "User", case: "Case", found: NoticeFinding, entry_id: uuid.UUID | None = None) -> CaseEvent:
    """Record a notice of write-off, and start to count its days unless the record counts them already.

    Raises Refusal where it came before the day it is dated.
    """
    notice = found.notice
    if notice.reached_on < notice.dated_on:
        raise Refusal(say("That is before the day on the notice. Check both dates."), field="reached_on")
    event = Event(kind=EventKind.WRITE_OFF_NOTICE, on=notice.dated_on, amount=notice.amount, note=kept_words(found))
    kept = add_event(actor=actor, case=case, event=event, entry_id=entry_id)
    counted = any(
        one.kind is notice.clock and one.reached_on == notice.reached_on and one.struck_out is None
        for one in queries.clocks_of(case.pk)
    )
    if not counted:
        start_clock(actor=actor, case=case, kind=notice.clock, dated_on=notice.dated_on, reached_on=notice.reached_on)
    return kept


@transaction.atomic
def record_not_wanted(
    *,
    actor: "User",
    case: "Case",
    on: dt.date,
    owed_when_read: int,
    today: dt.date,
    words: str = "",
    entry_id: uuid.UUID | None = None,
) -> CaseEvent:
    """Record that the receiving parent asked CMS to stop, by somebody who has read what that may give up.

    ``owed_when_read`` is the figure, in pence, that the page showed. Raises Refusal on the file of a
    paying parent, and where the record shows another figure today: then it was not read.
    """
    if case.perspective != Perspective.RECEIVING:
        raise Refusal(say("Only the receiving parent’s own record can say this."))
    owed = queries.ending_facts_of(case, on=today).owed
    if owed != owed_when_read:
        raise Refusal(say("The figures have changed since you read this page. Read it again, then press."))
    event = Event(kind=EventKind.ARREARS_NOT_WANTED, on=on, amount=owed or None, note=words)
    return add_event(actor=actor, case=case, event=event, entry_id=entry_id)

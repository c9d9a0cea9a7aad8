"""Put something that can be done next on the list of days to keep: one transaction with its audit row."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction

from arrears.core.case_values import ClockKind
from cms_tracker.audit import operations as audit
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence import queries
from correspondence.core.next_steps import Action, answer
from correspondence.models import ClockStart

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User


@transaction.atomic
def begin_step(*, actor: "User", case: "Case", number: int, on: dt.date) -> Action:
    """Note on the day ``on`` that the person means to do the action of this number, and return it.

    A second press finds the first. Where a time limit for it runs already, that is the day to keep,
    and nothing is added; nor for what needs no day of its own. Raises Refusal where the action is not
    open in this case any more.
    """
    found = answer(queries.snapshot_of(case, on=on)).actions
    action = next((one for one in found if one.rule.number == number), None)
    if action is None:
        raise Refusal(say("This has changed. Look at what is open now."))
    if not action.rule.is_task:
        return action
    days = queries.deadlines_of(case, on=on)
    kept = {(one.kind, one.note) for one in days.open}
    runs = action.rule.clock is not None and any(kind is action.rule.clock for kind, _ in kept)
    if not runs and (ClockKind.OWN_STEP, action.title) not in kept:
        audit.add_fact(
            ClockStart, actor=actor, case_id=case.pk, kind=ClockKind.OWN_STEP, dated_on=on, note=action.title
        )  # fmt: skip
    return action

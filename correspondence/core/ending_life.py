"""Endings by what happens: a death, a child who leaves, a case that closes, a private arrangement that breaks."""

from arrears.core.event_values import EventKind
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core import contact_data
from correspondence.core.ending_facts import (
    EndingFacts,
    EndingStanding,
    EndingState,
    begun,
    done,
    left_words,
    not_here,
    possible,
)
from correspondence.core.endings import EndingCode


def died(facts: EndingFacts) -> EndingStanding:
    """The other parent died: of the parent who owed, a claim on what they left (SI 2009/3151, Part 4)."""
    code, death = EndingCode.DIED, facts.death
    if death is None:
        return not_here(code, say("Your record does not say that the other parent has died."))
    if facts.perspective is Perspective.PAYING:
        why = say("The receiving parent died on {on}. Tell CMS. It decides about the arrears.", on=day(death.on))
        return begun(code, why, death)
    first = contact_data.estates_from()
    if death.on < first:
        why = say(
            "They died on {on}. CMS can claim only where the death was on or after {first}.",
            on=day(death.on),
            first=day(first),
        )
        return not_here(code, why)
    if not facts.owed_at_death:
        return not_here(code, say("Your record shows no arrears on {on}, the day they died.", on=day(death.on)))
    owed = pounds(facts.owed_at_death)
    said = facts.last(EventKind.ESTATE_CLAIM_ASKED, EventKind.ESTATE_CLAIM_REFUSED)
    if said is None:
        why = say(
            "They died on {on}. {owed} was owed that day. CMS can be asked to claim it.", on=day(death.on), owed=owed
        )
        return possible(code, why, on=death.on)
    if said.kind is EventKind.ESTATE_CLAIM_REFUSED:
        why = say("CMS said no on {on}. It does not have to claim. You can complain.", on=day(said.on))
        return possible(code, why, on=said.on)
    why = say("CMS was asked on {on} to claim {owed}. No answer is in your record.", on=day(said.on), owed=owed)
    return begun(code, why, said)


def child_left(facts: EndingFacts) -> EndingStanding:
    """A child left: done once a decision counts from that day or later, or the calculation ended."""
    code, left = EndingCode.CHILD_LEFT, facts.last(EventKind.CHILD_LEFT)
    if left is None:
        return possible(code, say("Your record does not say that a child left. If one has, tell CMS the day."))
    ended = facts.last(EventKind.CALCULATION_ENDED, EventKind.CASE_CLOSED)
    is_decided = any(left.on <= one.effective_on <= facts.on for one in facts.seen.decisions)
    if is_decided or (ended is not None and ended.on >= left.on):
        why = say("A child left on {on}, and CMS has decided since. What was due before stays due.", on=day(left.on))
        return done(code, why, on=left.on)
    why = say(
        "A child left on {on}. Tell CMS. The change counts from that day. No decision about it is in your record.",
        on=day(left.on),
    )
    return begun(code, why, left)


def case_closed(facts: EndingFacts) -> EndingStanding:
    """The case closed, or its calculation ended: the arrears stay."""
    code, ended = EndingCode.CASE_CLOSED, facts.last(EventKind.CASE_CLOSED, EventKind.CALCULATION_ENDED)
    if ended is None:
        return not_here(code, say("Your record does not say that the case has closed."))
    closed = say("It ended on {on}.", on=day(ended.on))
    if not facts.owed:
        return done(code, closed + " " + say("Your record shows no arrears."), on=ended.on)
    return begun(code, left_words(facts, closed), ended)


def private_arrangement(facts: EndingFacts) -> EndingStanding:
    """What the parents agreed without CMS: it collects nothing of that, and only from its own first day."""
    code = EndingCode.PRIVATE_ARRANGEMENT
    said = facts.last(EventKind.PRIVATE_ARRANGEMENT_MADE, EventKind.PRIVATE_ARRANGEMENT_BROKE)
    since = [one.effective_on for one in facts.seen.decisions if said is None or one.effective_on >= said.on]
    first = min(since, default=None)
    if said is None:
        if first is not None:
            return not_here(code, say("Your record has a CMS decision from {on}, and nothing private.", on=day(first)))
        return possible(code, say("Your record has no CMS decision. If you had an arrangement of your own, read on."))
    if first is not None:
        why = say(
            "CMS’s decision counts from {first}. CMS collects nothing that was agreed for days before that.",
            first=day(first),
        )
        return done(code, why, on=first)
    if said.kind is EventKind.PRIVATE_ARRANGEMENT_BROKE:
        why = say("It broke down on {on}. CMS can act only for days after somebody applies.", on=day(said.on))
        return possible(code, why, on=said.on)
    why = say("It was made on {on}. While you both keep it, CMS has no part in it.", on=day(said.on))
    return EndingStanding(code=code, state=EndingState.UNDER_WAY, why=why, on=said.on, amount=said.amount)

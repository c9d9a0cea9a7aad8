"""Endings by CMS's letting go: a write-off, an old debt, and a receiving parent who asks CMS to stop."""

from arrears.core import rates
from arrears.core.case_values import ClockKind
from arrears.core.event_values import EventKind
from arrears.core.facts import AdjustmentKind
from cases.core.facts import Perspective, Scheme
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.clocks import ClockSeen, days_of
from correspondence.core.ending_facts import (
    EndingFacts,
    EndingStanding,
    EndingState,
    begun,
    done,
    left_words,
    not_here,
    nothing_owed,
    owed_words,
    possible,
)
from correspondence.core.endings import EndingCode
from correspondence.core.old_debt import OldDebt, old_debt, thresholds


def write_off(facts: EndingFacts) -> EndingStanding:
    """A write-off (SI 2009/3151, Part 4B): the notice, its time, what was answered and what CMS decided."""
    code = EndingCode.WRITE_OFF
    found = _after_a_notice(facts, code, ClockKind.WRITE_OFF)
    if found is not None:
        return found
    if not facts.owed:
        return not_here(code, nothing_owed(facts))
    ended = facts.last(EventKind.CALCULATION_ENDED)
    if ended is not None and is_small(facts):
        why = say(
            "{owed} is left, and the calculation ended on {on}. CMS may write off so little without a notice. "
            "There are more conditions.",
            owed=pounds(facts.owed),
            on=day(ended.on),
        )
        return possible(code, why, on=ended.on)
    dropped = facts.last(EventKind.WRITE_OFF_DROPPED)
    if dropped is not None:
        why = say("CMS said on {on} that it does not write the arrears off.", on=day(dropped.on))
        return possible(code, left_words(facts, why), on=dropped.on)
    return possible(code, owed_words(facts, say("No notice is in your record. Nothing has to be answered.")))


def is_small(facts: EndingFacts) -> bool:
    """Whether what is owed is less than CMS may write off without a notice (SI 2024/87): the 2012 scheme only."""
    limit = rates.on(facts.on).small_debt_below
    from_on = limit.from_on
    in_force = from_on is None or from_on <= facts.on
    return in_force and facts.scheme is Scheme.CMS_2012 and 0 < facts.owed < limit.value * 100


def not_wanted(facts: EndingFacts) -> EndingStanding:
    """The receiving parent asks CMS to stop. Only they can, and nothing here ever suggests it."""
    code = EndingCode.NOT_WANTED
    said, taken = facts.last(EventKind.ARREARS_NOT_WANTED), facts.adjusted(AdjustmentKind.WRITE_OFF)
    if said is not None and taken is not None and taken.on >= said.on:
        why = say(
            "The receiving parent asked on {on}. CMS wrote off {amount} on {day}.",
            on=day(said.on),
            amount=pounds(taken.amount),
            day=day(taken.on),
        )
        return done(code, left_words(facts, why), on=taken.on, amount=taken.amount)
    if said is not None:
        why = say("The receiving parent asked on {on}. No write-off is in your record.", on=day(said.on))
        return begun(code, why, said)
    if facts.perspective is Perspective.PAYING:
        return not_here(code, say("Only the receiving parent can ask for this. Nobody may press them to."))
    if not facts.owed:
        return not_here(code, nothing_owed(facts))
    return possible(code, owed_words(facts, say("You do not have to decide anything. Nobody may press you.")))


def old_scheme(facts: EndingFacts) -> EndingStanding:
    """An old debt of the Child Support Agency, by its notice, or by its size. Its age is not in the record."""
    code = EndingCode.OLD_DEBT
    if facts.running(ClockKind.CSA_WRITE_OFF) is not None or facts.scheme is not Scheme.CMS_2012:
        found = _after_a_notice(facts, code, ClockKind.CSA_WRITE_OFF)
        if found is not None:
            return found
    if facts.scheme is Scheme.CMS_2012:
        if facts.seen.openings and facts.owed:
            why = say(
                "A balance was brought into this record. If it comes from the Child Support Agency, read on. "
                "If not, this is not about you."
            )
            return possible(code, why)
        return not_here(code, say("This record is of the 2012 scheme, and no older balance was brought into it."))
    if not facts.owed:
        return not_here(code, nothing_owed(facts))
    return possible(code, owed_words(facts, _by_size(facts)))


def _by_size(facts: EndingFacts) -> str:
    under, over = (pounds(one) for one in thresholds(facts.on))
    match old_debt(facts.owed, began_on=None, on=facts.on):
        case OldDebt.ASKED_FIRST:
            return say("That is over {over}. CMS’s guidance was to ask before such a debt was written off.", over=over)
        case OldDebt.WITHOUT_ASKING:
            return say("That is not over {under}. CMS’s guidance was that it need not ask first.", under=under)
        case _:
            return say("CMS’s guidance was to ask first only if the case was under 10 years old.")


def _after_a_notice(facts: EndingFacts, code: EndingCode, kind: ClockKind) -> EndingStanding | None:
    """A notice that waits, an answer to it, or what CMS decided; None where the record has nothing of these."""
    clock = facts.running(kind)
    if clock is not None:
        return _waiting(facts, code, clock)
    said = facts.last(EventKind.WRITE_OFF_NOTICE, EventKind.WRITE_OFF_ANSWERED, EventKind.WRITE_OFF_DROPPED,
                      EventKind.WRITTEN_OFF)  # fmt: skip
    taken = facts.adjusted(AdjustmentKind.WRITE_OFF)
    is_newer = said is not None and (taken is None or taken.on < said.on)
    if said is not None and is_newer and said.kind is not EventKind.WRITE_OFF_DROPPED:
        match said.kind:
            case EventKind.WRITE_OFF_NOTICE if facts.was_closed(kind, since=said.on):
                why = say(
                    "A notice of {on} is in your record, and its time is closed. No decision is in your record.",
                    on=day(said.on),
                )
            case EventKind.WRITE_OFF_NOTICE:
                why = say("A notice of {on} is in your record. Check it, and count the days.", on=day(said.on))
            case EventKind.WRITE_OFF_ANSWERED:
                why = say("The notice was answered on {on}. No decision is in your record.", on=day(said.on))
            case _:
                why = say(
                    "CMS said on {on} that it wrote arrears off. Your figures do not have it yet. "
                    "Record what CMS wrote off.",
                    on=day(said.on),
                )
        return begun(code, why, said)
    if taken is not None and not is_newer:
        why = say("CMS wrote off {amount} on {on}.", amount=pounds(taken.amount), on=day(taken.on))
        return done(code, left_words(facts, why), on=taken.on, amount=taken.amount)
    return None


def _waiting(facts: EndingFacts, code: EndingCode, clock: ClockSeen) -> EndingStanding:
    """A notice whose time nobody has closed: by when to answer, or that the safe day is past."""
    days = days_of(clock.rule, dated_on=clock.dated_on, reached_on=clock.reached_on, nation=facts.nation)
    safe = day(days.safe_on)
    if days.safe_on < facts.on:
        why = say("A notice came. The last safe day was {safe}. Write all the same, and say why it is late.", safe=safe)
    else:
        why = say("A notice came. Answer it by {safe}, to be safe.", safe=safe)
    return EndingStanding(code=code, state=EndingState.UNDER_WAY, why=why, on=days.safe_on, act_by=days)

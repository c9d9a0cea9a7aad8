"""What a person can do now: the first three things of the engine's answer, in the words of Today.

What is open, and in which order, is the engine's (``correspondence.core.next_steps``) and nobody
else's. Here stand only words that name the very payment, promise or letter. No clock, no database.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from arrears.core.other_facts import Settlement
from arrears.core.reporting import report_from
from arrears.core.results import Instalment, Position, Status
from arrears.presenters.words import due_name, listed
from cases.core.facts import Perspective
from cms_tracker import language
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from correspondence.core.contacts import PromiseSeen, PromiseState
from correspondence.core.next_steps import Action, answer
from correspondence.core.sending import AwaitedReply
from correspondence.core.steps.snapshot import Figure, Snapshot

MOST = 3
NAMED = 3  # payments named one by one; more are counted


class Step(NamedTuple):
    """One thing to do: its title and a sentence, and the page it leads to with its arguments."""

    title: str
    text: str
    page: str
    args: tuple[object, ...] = ()
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What decides what to suggest (``asked``), and the rows that the words on Today name.

    ``unlogged`` are the instalments due by now of which the record says nothing; ``to_report``
    those that came short, as the letter to CMS begins with them; ``told`` the due dates that CMS
    has been told of already. ``unpaid_settlements`` are those whose last day has passed,
    ``settlements_to_pay`` those that CMS confirmed and whose day is still to come. ``late_replies``
    are the letters whose reply is overdue.
    """

    asked: Snapshot
    at: Position
    unlogged: Sequence[Instalment]
    to_report: Sequence[Instalment]
    told: Collection[dt.date]
    promises: Sequence[PromiseSeen]
    unpaid_settlements: Sequence[Settlement] = ()
    settlements_to_pay: Sequence[Settlement] = ()
    late_replies: Sequence[AwaitedReply] = ()

    @property
    def perspective(self) -> Perspective:
        """Whose record it is."""
        return self.asked.ground.side


def choose(found: Situation) -> tuple[Step, ...]:
    """The first three of what the engine says can be done, in its order, in the words of Today.

    What is not logged counts as not paid. So nothing is asked of CMS about arrears until it is. The
    page speaks Welsh where the engine's own words do not yet: there, only what has words of Today.
    """
    actions = [
        one
        for one in answer(found.asked).actions
        if one.rule.is_for_today
        and not (found.unlogged and one.rule.band == "ask")
        and (language.is_english() or one.rule.code in _WORDS)
    ]
    return tuple(_step(found, one) for one in actions[:MOST])


def _step(found: Situation, action: Action) -> Step:
    """An action in the words of Today where it has any, else in its own, with the page that does it."""
    words = _WORDS.get(action.rule.code)
    return next(words(found), None) or _usual(action) if words else _usual(action)


def _usual(action: Action) -> Step:
    return Step(action.title, action.why, "correspondence:next", query=f"#step-{action.rule.number}")


def _decision(found: Situation) -> Iterator[Step]:
    yield Step(
        say("Add your CMS decision"),
        say("The letter with the weekly amount and the payment dates. Then this page can say what is owed."),
        "arrears:first-decision",
    )


def _dates(found: Situation) -> Iterator[Step]:
    yield Step(
        say("Add the payment dates"),
        say("How often, and from which day. They are on the decision letter."),
        "cases:new-dates",
    )


def _plan(found: Situation) -> Iterator[Step]:
    """Check a plan: in a record that knows nothing yet, or as somebody who owes."""
    starts = found.asked.start
    if starts.has_decision and starts.has_dates and found.perspective is Perspective.PAYING:
        yield Step(
            say("Check a repayment plan"),
            say(
                "You owe {outstanding}. See what a plan would come to before you agree to it.",
                outstanding=pounds(found.at.outstanding),
            ),
            "arrears:compare",
        )
        return
    answers = say("agree to it") if found.perspective is Perspective.PAYING else say("answer CMS")
    yield Step(
        say("Check a repayment plan"),
        say("See how long a plan would take, before you {answer}.", answer=answers),
        "arrears:compare",
    )


def _changes(found: Situation) -> Iterator[Step]:
    yield Step(
        say("See why it changed"), say("Pick two days, and see each thing that moved the figure."), "arrears:changes"
    )


def _log(found: Situation) -> Iterator[Step]:
    yield _log_payments(found) if found.unlogged and found.asked.start.has_dates else _log_something(found)


def _log_payments(found: Situation) -> Step:
    latest = found.unlogged[-1]
    if len(found.unlogged) == 1:
        verb = say("Record") if found.perspective is Perspective.PAYING else say("Log")
        return Step(
            say("{verb} the payment of {due_name}", verb=verb, due_name=due_name(latest.due_on, latest.frequency)),
            say(
                "{amount} was due on {due_on}. Nothing is logged for it yet.",
                amount=pounds(latest.amount),
                due_on=day(latest.due_on),
            ),
            "arrears:log-payment",
            query=f"?due={latest.due_on.isoformat()}",
        )
    return Step(
        say("Record what you paid, or did not")
        if found.perspective is Perspective.PAYING
        else say("Log what came, or did not"),
        say(
            "Nothing is logged for {unlogged} payments, the latest due on {due_on}. Start with the latest.",
            unlogged=len(found.unlogged),
            due_on=day(latest.due_on),
        ),
        "arrears:log-payment",
        query=f"?due={latest.due_on.isoformat()}",
    )


def _unpaid(found: Situation) -> Iterator[Step]:
    """The settlement that CMS confirmed: the arrears come back unless it is paid, so little stands before it."""
    for one in found.unpaid_settlements[:1]:
        yield Step(
            say("See the settlement that was not paid in time"),
            say("{amount} was to be paid by now. If it is not paid, CMS may cancel it.", amount=pounds(one.amount)),
            "arrears:settlement",
            (one.id,),
        )


def _to_pay(found: Situation) -> Iterator[Step]:
    for one in found.settlements_to_pay[:1]:
        by = say(" by {pay_by}", pay_by=day(one.pay_by)) if one.pay_by else ""
        is_paying = found.perspective is Perspective.PAYING
        yield Step(
            say("Pay the {amount} of the settlement{by}", amount=pounds(one.amount), by=by)
            if is_paying
            else say("See whether the {amount} of the settlement comes{by}", amount=pounds(one.amount), by=by),
            say(
                "If it is not paid{by}, CMS may cancel the settlement. Then the arrears that were given up come back.",
                by=by,
            ),
            "arrears:settlement",
            (one.id,),
        )


def _log_something(found: Situation) -> Step:
    if found.perspective is Perspective.PAYING:
        return Step(
            say("Record a payment"), say("What you paid, with the proof if you have it."), "arrears:log-payment"
        )
    return Step(
        say("Log a payment"),
        say("Something came, or a day passed and nothing did. It takes about a minute."),
        "arrears:log-payment",
    )


def _promises(found: Situation) -> Iterator[Step]:
    """What was promised and is overdue."""
    overdue = [one for one in found.promises if one.standing(on=found.at.on).state is PromiseState.OVERDUE]
    if len(overdue) > 1:
        first = overdue[0]
        by = say(" It was to be done by {due_on}.", due_on=day(first.due_on)) if first.due_on else ""
        yield Step(
            say("Chase {overdue} promises that are overdue", overdue=len(overdue)),
            say("The first: {text_of}.{by}", text_of=first.text, by=by),
            "correspondence:promises",
        )
    else:
        yield from _one_promise(found)


def _reply(found: Situation) -> Iterator[Step]:
    for reply in found.late_replies[:1]:
        yield Step(
            say("Ask for the reply to the letter of {dated_on}", dated_on=day(reply.dated_on)),
            say(
                "{title}. A reply was due by {late_after}, and none is noted.",
                title=reply.title,
                late_after=day(reply.due.late_after),
            ),
            "correspondence:chase-reply",
            (reply.letter_id,),
        )


def _one_promise(found: Situation) -> Iterator[Step]:
    """The first promise whose day has come, of those nobody has said an outcome for."""
    for promise in found.promises:
        standing = promise.standing(on=found.at.on)
        if standing.state not in {PromiseState.OVERDUE, PromiseState.DUE_TODAY} or promise.due_on is None:
            continue
        when = (
            say("today") if standing.state is PromiseState.DUE_TODAY else say("by {due_on}", due_on=day(promise.due_on))
        )
        yield Step(
            say("See whether {party} kept its word", party=promise.party),
            say("It was to be done {when}: {text_of}", when=when, text_of=promise.text),
            "correspondence:contact",
            (promise.contact_id,),
        )
        return


def _report(found: Situation) -> Iterator[Step]:
    """Missed Direct Pay payments of which the record speaks: CMS does not see them."""
    missed = [one for one in found.to_report if one.due_on not in found.told]
    kind = say("missed") if all(one.status is Status.MISSED for one in missed) else say("missed or short")
    if len(missed) == 1:
        one = missed[0]
        what = say(
            "the {part} payment of {due_name}",
            part=say("missed") if one.status is Status.MISSED else say("short"),
            due_name=due_name(one.due_on, one.frequency),
        )
        text = say(
            "{amount} was due on {due_on} and {came}.",
            amount=pounds(one.amount),
            due_on=day(one.due_on),
            came=_came(one),
        )
    elif len(missed) <= NAMED:
        what = say("{missed} {kind} payments", missed=len(missed), kind=kind)
        text = say("Those of {listed}.", listed=listed([due_name(one.due_on, one.frequency) for one in missed]))
    else:
        what = say(
            "{missed} payments {kind} since {report_from}",
            missed=len(missed),
            kind=kind,
            report_from=language.month_of_year(report_from(found.at.on)),
        )
        text = say("The latest was due on {due_on}.", due_on=day(missed[-1].due_on))
    yield Step(
        say("Tell CMS about {what}", what=what),
        say("{text_of} On Direct Pay, CMS only knows if you say so. Do this only if it is safe for you.", text_of=text),
        "correspondence:new-letter",
        ("missed-payments",),
    )


def _came(one: Instalment) -> str:
    if one.status is Status.PART_PAID:
        return say("{amount} of it has come", amount=pounds(one.amount - one.outstanding))
    return say("nothing has come")


def _figure(found: Situation) -> Iterator[Step]:
    if found.asked.money.figure is not Figure.NONE:
        yield Step(
            say("Compare CMS’s figure with yours"),
            say("You have added a figure that CMS gave. See what would explain any difference."),
            "arrears:figures",
        )
        return
    yield Step(
        say("Check CMS’s figure against yours"),
        say("Have a letter with an amount on it? Add it, and see what would explain any difference."),
        "arrears:figures",
    )


#: The actions that Today says in words of its own, naming the rows of the record.
_WORDS: Mapping[str, Callable[[Situation], Iterator[Step]]] = {
    "chase-part-payment": _unpaid,
    "pay-part-payment-late": _unpaid,
    "pay-part-payment": _to_pay,
    "watch-part-payment": _to_pay,
    "add-decision": _decision,
    "add-dates": _dates,
    "log-payments": _log,
    "chase-promises": _promises,
    "check-promise": _one_promise,
    "chase-reply": _reply,
    "report-missed": _report,
    "check-plan": _plan,
    "compare-figure": _figure,
    "see-changes": _changes,
}

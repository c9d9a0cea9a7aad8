"""What a person is told after logging: what the entry did, in the words of the ledger."""

import datetime as dt

from arrears.core.facts import CaseFacts
from arrears.core.position import payment_uses, position
from arrears.core.results import Instalment, Use
from arrears.presenters import words
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds

UNUSUAL = 10  # times the expected amount: worth a second look


def payment(facts: CaseFacts, payment_id: str, *, amount: int, on: dt.date, expected: int | None) -> str:
    """Say where a payment (pence, as typed) went, and what is still owed for that date."""
    said = [say("{amount} logged.", amount=pounds(amount))]
    use = next((one for one in payment_uses(facts, on=on, known_on=on) if one.payment_id == payment_id), None)
    if use is not None:
        at = position(facts, on=on, known_on=on)
        every = {one.due_on: one for one in (*at.instalments, *at.upcoming_covered)}
        said += [sentence for part in use.uses if (sentence := _went(part, every))]
    if expected and amount >= UNUSUAL * expected:
        said.append(say("That is more than ten times what was expected. Is it right?"))
    return " ".join(said)


def nothing(due_on: dt.date, left: int) -> str:
    """Say that it is noted that nothing came."""
    return say("Noted: nothing came for {due_on}. {left} of it is still owed.", due_on=day(due_on), left=pounds(left))


def _went(use: Use, every: dict[dt.date, Instalment]) -> str:
    if use.what == "credit" or use.due_on is None:
        return say(
            "{amount} is more than has fallen due, and counts towards the next payment.", amount=pounds(use.amount)
        )
    if use.what == "fee":
        return say("{amount} of it went to the collection fee.", amount=pounds(use.amount))
    one = every.get(use.due_on)
    if use.what != "instalment" or one is None:
        return say("{amount} of it went to older amounts.", amount=pounds(use.amount))
    name = words.due_name(use.due_on, one.frequency)
    if one.outstanding:
        return say("{outstanding} of {name} is still owed.", outstanding=pounds(one.outstanding), name=name)
    return say("The payment of {name} is covered.", name=name)

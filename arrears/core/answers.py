"""The answers of the commands: JSON-ready values and short texts (rules section 7).

In JSON, amounts are strings of pounds; in texts, they are written as people read money.
"""

import datetime as dt
from fractions import Fraction

from arrears.core.results import Change, Classification, PlanVerdict, Position
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import plain, pounds

_LABELS = Words(
    {
        Classification.AGREEMENT: mark("An agreement: it is paid off within two years."),
        Classification.ARRANGEMENT: mark("An arrangement: it takes longer than two years."),
        Classification.INSUFFICIENT: mark("Insufficient: nothing is left for the arrears."),
        Classification.NOTHING_OWED: mark("Nothing is owed."),
    }
)
_SHARE_PLACES = 10_000


def position_json(answer: Position) -> dict[str, object]:
    """The position with the keys of the worked cases' ``*.expected.json``."""
    return {
        "on": answer.on.isoformat(),
        "known_on": answer.known_on.isoformat(),
        "due": plain(answer.due),
        "fees_due": plain(answer.fees_due),
        "paid": plain(answer.paid),
        "outstanding": plain(answer.outstanding),
        "overdue": plain(answer.overdue),
        "fees_outstanding": plain(answer.fees_outstanding),
        "credit": plain(answer.credit),
        "restated_due": plain(answer.restated_due),
        "by_cause": {kind: plain(amount) for kind, amount in answer.by_cause.items()},
        "ageing": {age: plain(amount) for age, amount in answer.ageing.items()},
        "instalments": [
            {
                "due_on": one.due_on.isoformat(),
                "amount": plain(one.amount),
                "outstanding": plain(one.outstanding),
                "status": one.status.value,
                "days_late": one.days_late,
            }
            for one in answer.instalments
        ],
        "recalculations": [
            {"notified_on": entry.notified_on.isoformat() if entry.notified_on else None, "amount": plain(entry.amount)}
            for entry in answer.recalculations
        ],
    }


def explain_json(change: Change) -> dict[str, object]:
    """The causes of a change, adding up to it."""
    return {
        "change": plain(change.change),
        "causes": [
            {"kind": cause.kind.value, "on": cause.on.isoformat(), "amount": plain(cause.amount), "text": cause.text}
            for cause in change.causes
        ],
    }


def plan_json(verdict: PlanVerdict) -> dict[str, object]:
    """What a plan comes to; ``share_of_net_income`` is a decimal fraction (0.2500 is a quarter)."""
    answer: dict[str, object] = {
        "classification": verdict.classification.value,
        "payments": verdict.payments,
        "last_payment_on": verdict.last_payment_on.isoformat() if verdict.last_payment_on else None,
        "last_payment": _plain(verdict.last_payment),
        "needed_for_two_years": plain(verdict.needed_for_two_years),
        "left_at_two_years": plain(verdict.left_at_two_years),
    }
    if verdict.short_by is not None:
        answer["short_by"] = plain(verdict.short_by)
    if verdict.review_on is not None:
        answer["needed_by_review"] = _plain(verdict.needed_by_review)
    if verdict.share_of_net_income is not None:
        answer["share_of_net_income"] = _share(verdict.share_of_net_income)
    return answer


def position_text(answer: Position) -> str:
    """The position in a few lines."""
    lines = [
        say("On {on}, by what was known on {known_on}:", on=day(answer.on), known_on=day(answer.known_on)),
        say(
            "  {outstanding} is owed, of which {overdue} is overdue.",
            outstanding=pounds(answer.outstanding),
            overdue=pounds(answer.overdue),
        ),
        say("  {due} fell due and {paid} was paid.", due=pounds(answer.due), paid=pounds(answer.paid)),
    ]
    if answer.credit:
        lines.append(say("  {credit} is credit.", credit=pounds(answer.credit)))
    if answer.fees_due:
        lines.append(
            say(
                "  Fees apart: {fees_due} was charged, {fees_outstanding} is unpaid.",
                fees_due=pounds(answer.fees_due),
                fees_outstanding=pounds(answer.fees_outstanding),
            )
        )
    return "\n".join(lines)


def explain_text(change: Change) -> str:
    """The causes of a change, one a line."""
    lines = [
        say(
            "The balance went from {before} to {after}: {change}.",
            before=pounds(change.before),
            after=pounds(change.after),
            change=pounds(change.change),
        )
    ]
    lines += [f"  {pounds(cause.amount)}  {cause.text}" for cause in change.causes]
    return "\n".join(lines)


def plan_text(verdict: PlanVerdict) -> str:
    """What a plan comes to, in a few lines."""
    lines = [_LABELS[verdict.classification]]
    if verdict.short_by is not None:
        lines.append(say("  Each payment would have to be {short_by} more.", short_by=pounds(verdict.short_by)))
    if verdict.payments and verdict.last_payment is not None:
        end = _when(verdict.last_payment_on)
        lines.append(
            say(
                "  Payments: {payments}. The last is {last_payment}{end}.",
                payments=f"{verdict.payments:,}",
                last_payment=pounds(verdict.last_payment),
                end=end,
            )
        )
    if verdict.arrears:
        needed, left = pounds(verdict.needed_for_two_years), pounds(verdict.left_at_two_years)
        lines.append(
            say(
                "  To pay it off within two years: {needed} each time. Owed at two years: {left}.",
                needed=needed,
                left=left,
            )
        )
    if verdict.needed_by_review is not None and verdict.review_on is not None:
        lines.append(
            say(
                "  To pay it off by {review_on}: {needed_by_review} each time.",
                review_on=day(verdict.review_on),
                needed_by_review=pounds(verdict.needed_by_review),
            )
        )
    if verdict.share_of_net_income is not None:
        lines.append(say("  Share of net income: {share}.", share=_share(verdict.share_of_net_income)))
    return "\n".join(lines)


def _when(on: dt.date | None) -> str:
    return say(", on {on}", on=day(on)) if on else say(", after the year 9999")


def _plain(pence: int | None) -> str | None:
    return None if pence is None else plain(pence)


def _share(share: Fraction) -> str:
    """A share to four decimals, half away from zero."""
    whole = (2 * share.numerator * _SHARE_PLACES + share.denominator) // (2 * share.denominator)
    return f"{whole // _SHARE_PLACES}.{whole % _SHARE_PLACES:04d}"

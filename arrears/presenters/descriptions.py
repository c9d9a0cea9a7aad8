"""One recorded fact in words: what it is called, and what it says, line by line."""

from arrears.core import facts
from arrears.core import words as money_words
from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.walk import AnyFact, Subject
from arrears.presenters import other_descriptions
from arrears.presenters.other_descriptions import Description
from cases.core import words
from cases.core.facts import Decision, Schedule, ServicePeriod
from cms_tracker.days import day
from cms_tracker.money import pounds


def describe(fact: AnyFact, subject: Subject | None = None) -> Description:
    """The fact as a person recorded it; ``subject`` is what a step was said of (ValueError: a step without it)."""
    match fact:
        case Decision():
            return _decision(fact)
        case Schedule():
            lines = [("How often", words.FREQUENCIES[fact.frequency]), ("First payment date", day(fact.first_due_on))]
            return Description(what="these payment dates", lines=lines, page="arrears:details")
        case ServicePeriod():
            lines = [("Service", words.SERVICES[fact.type]), ("From", day(fact.from_on))]
            return Description(what="this change of service", lines=lines, page="arrears:details")
        case facts.OpeningBalance():
            lines = [("Amount", pounds(fact.amount)), ("Owed on", day(fact.on)), ("Comes from", fact.source)]
            return Description(what="this amount carried over", lines=lines, page="arrears:details")
        case facts.Adjustment():
            kind = money_words.ADJUSTMENTS[fact.kind]
            lines = [("Kind", kind), ("Amount", pounds(fact.amount)), ("Counts from", day(fact.on))]
            return Description(what="this entry", lines=[*lines, ("Reason", fact.reason)], page="arrears:details")
        case facts.Payment():
            return _payment(fact)
        case facts.Observation():
            lines = [("Payment due on", day(fact.due_on)), ("Noted on", day(fact.noted_on)), ("Note", fact.note)]
            return Description(what="this note that nothing came", lines=lines, page="arrears:payments")
        case facts.Statement():
            said = ("CMS said", pounds(fact.amount))
            lines = [said, ("For the day", day(fact.as_at)), ("Said on", day(fact.stated_on))]
            return Description(what="this figure", lines=[*lines, ("Comes from", fact.source)], page="arrears:figures")
        case facts.Plan():
            return _plan(fact)
        case Claim() | Settlement() | LiabilityOrder() | OtherMoney() | Budget():
            return other_descriptions.describe(fact)
        case Step():
            if subject is None:
                raise ValueError("a step is always the step of something")
            return other_descriptions.describe_step(fact, subject)


def _decision(fact: Decision) -> Description:
    lines = [
        ("A week", pounds(fact.weekly)),
        ("Counts from", day(fact.effective_on)),
        ("Date on the letter", day(fact.decided_on)),
        ("You got it on", day(fact.notified_on)),
        ("Why", words.reason(fact.reason)),
    ]
    if fact.instalment is not None:
        lines.insert(1, ("Each payment", f"{pounds(fact.instalment)}, as the letter states"))
    return Description(what="this decision", lines=lines, page="arrears:details")


def _payment(fact: facts.Payment) -> Description:
    lines = [("Amount", pounds(fact.amount)), ("Day", day(fact.paid_on)), ("How", money_words.ROUTES[fact.route])]
    if fact.paid_to_cms_on:
        lines.append(("CMS had it on", day(fact.paid_to_cms_on)))
    return Description(what="this payment", lines=[*lines, ("Note", fact.note)], page="arrears:payments")


def _plan(fact: facts.Plan) -> Description:
    lines = [
        ("Each payment", f"{pounds(fact.total)} {words.RATES[fact.frequency]}"),
        ("Of that to the arrears", pounds(fact.arrears_part)),
        ("First payment", day(fact.first_payment_on)),
        ("Agreed on", day(fact.agreed_on)),
    ]
    return Description(
        what="this plan",
        lines=lines,
        page="arrears:plans",
        instead="If the plan was changed or has ended, record what CMS said on its own page instead.",
        besides="Whether it was kept is no longer shown.",
    )

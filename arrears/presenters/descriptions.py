"""One recorded fact in words: what it is called, and what it says, line by line."""

from arrears.core import facts
from arrears.core import words as money_words
from arrears.core.other_facts import Budget, Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.core.transit_facts import Leg
from arrears.core.walk import AnyFact, Subject
from arrears.presenters import other_descriptions
from arrears.presenters.other_descriptions import Description
from cases.core import words
from cases.core.facts import Decision, Schedule, ServicePeriod
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds


def describe(fact: AnyFact, subject: Subject | None = None) -> Description:
    """The fact as a person recorded it; ``subject`` is what a step was said of (ValueError: a step without it)."""
    match fact:
        case Decision():
            return _decision(fact)
        case Schedule():
            lines = [(say("How often"), words.FREQUENCIES[fact.frequency])]
            lines.append((say("First payment date"), day(fact.first_due_on)))
            return Description(what=say("these payment dates"), lines=lines, page="arrears:details")
        case ServicePeriod():
            lines = [(say("Service"), words.SERVICES[fact.type]), (say("From"), day(fact.from_on))]
            return Description(what=say("this change of service"), lines=lines, page="arrears:details")
        case facts.OpeningBalance():
            lines = [(say("Amount"), pounds(fact.amount)), (say("Owed on"), day(fact.on))]
            lines.append((say("Comes from"), fact.source))
            return Description(what=say("this amount carried over"), lines=lines, page="arrears:details")
        case facts.Adjustment():
            kind = money_words.ADJUSTMENTS[fact.kind]
            lines = [(say("Kind"), kind), (say("Amount"), pounds(fact.amount)), (say("Counts from"), day(fact.on))]
            lines.append((say("Reason"), fact.reason))
            return Description(what=say("this entry"), lines=lines, page="arrears:details")
        case facts.Payment():
            return _payment(fact)
        case facts.Observation():
            lines = [(say("Payment due on"), day(fact.due_on)), (say("Noted on"), day(fact.noted_on))]
            lines.append((say("Note"), fact.note))
            return Description(what=say("this note that nothing came"), lines=lines, page="arrears:payments")
        case facts.Statement():
            lines = [(say("CMS said"), pounds(fact.amount)), (say("For the day"), day(fact.as_at))]
            lines += [(say("Said on"), day(fact.stated_on)), (say("Comes from"), fact.source)]
            return Description(what=say("this figure"), lines=lines, page="arrears:figures")
        case facts.Plan():
            return _plan(fact)
        case Claim() | Settlement() | LiabilityOrder() | OtherMoney() | Budget() | Leg():
            return other_descriptions.describe(fact)
        case Step():
            if subject is None:
                raise ValueError("a step is always the step of something")
            return other_descriptions.describe_step(fact, subject)


def _decision(fact: Decision) -> Description:
    lines = [
        (say("A week"), pounds(fact.weekly)),
        (say("Counts from"), day(fact.effective_on)),
        (say("Date on the letter"), day(fact.decided_on)),
        (say("You got it on"), day(fact.notified_on)),
        (say("Why"), words.reason(fact.reason)),
    ]
    if fact.instalment is not None:
        lines.insert(
            1, (say("Each payment"), say("{instalment}, as the letter states", instalment=pounds(fact.instalment)))
        )
    return Description(what=say("this decision"), lines=lines, page="arrears:details")


def _payment(fact: facts.Payment) -> Description:
    lines = [
        (say("Amount"), pounds(fact.amount)),
        (say("Day"), day(fact.paid_on)),
        (say("How"), money_words.ROUTES[fact.route]),
    ]
    if fact.paid_to_cms_on:
        lines.append((say("CMS had it on"), day(fact.paid_to_cms_on)))
    return Description(what=say("this payment"), lines=[*lines, (say("Note"), fact.note)], page="arrears:payments")


def _plan(fact: facts.Plan) -> Description:
    lines = [
        (say("Each payment"), f"{pounds(fact.total)} {words.RATES[fact.frequency]}"),
        (say("Of that to the arrears"), pounds(fact.arrears_part)),
        (say("First payment"), day(fact.first_payment_on)),
        (say("Agreed on"), day(fact.agreed_on)),
    ]
    return Description(
        what=say("this plan"),
        lines=lines,
        page="arrears:plans",
        instead=say("If the plan was changed or has ended, record what CMS said on its own page instead."),
        besides=say("Whether it was kept is no longer shown."),
    )

"""The letter about delay in collecting arrears: what is owed, what was asked, and what has not happened.

CMS chooses what to do, and neither parent can direct it; so the letter asks for what was done, what
comes next, and by when. What follows on a liability order has other names in each nation (rules of
the courts: domain sources CPAG, Citizens Advice Scotland, nidirect).
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core.results import Kind as EntryKind
from arrears.core.results import PlanState
from cases.core.facts import Nation, Perspective, ServiceType
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters import earlier, plan_length
from correspondence.core.letters.asks import Answers, Ask, Day, Option, PickMany, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.words import on_one_line, printable

_COURTS = {
    Nation.ENGLAND: "the magistrates’ court",
    Nation.WALES: "the magistrates’ court",
    Nation.SCOTLAND: "the sheriff court",
    Nation.NORTHERN_IRELAND: "the magistrates’ court",
}
_AFTER_AN_ORDER = {
    Nation.ENGLAND: "enforcement agents, a third-party debt order or a charging order",
    Nation.WALES: "enforcement agents, a third-party debt order or a charging order",
    Nation.SCOTLAND: "a charge for payment, arrestment, attachment or inhibition",
    Nation.NORTHERN_IRELAND: "the Enforcement of Judgments Office",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A liability order on the record: for ``amount`` pence that fell due from ``from_on`` to ``to_on``."""

    granted_on: dt.date
    from_on: dt.date
    to_on: dt.date
    amount: int
    court: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnforcementDelay:
    """What the letter states: ``owed`` pence on the day, the oldest of it from ``oldest_on``.

    ``is_from_before``: it was owed when the record begins, so it is older than that day.
    """

    owed: int
    oldest_on: dt.date | None
    last_paid_on: dt.date | None
    last_paid: int
    waiting_since: dt.date | None
    orders: tuple[Order, ...]
    asked: tuple[earlier.Earlier, ...]
    not_done: str
    hardship: str
    after_an_order: str
    is_from_before: bool = False

    @property
    def heading(self) -> str:
        """The subject of the letter."""
        return "Delay in collecting the arrears"


def _orders_to_name(record: Record) -> list[Ask]:
    """The question which liability orders the letter names; none where the record holds none."""
    orders = sorted(record.known.orders, key=lambda one: one.granted_on, reverse=True)
    options = tuple(
        Option(value=one.id, label=f"{pounds(one.amount)}, granted on {day(one.granted_on)}", is_ticked=True)
        for one in orders
    )
    return [PickMany(name="orders", label="Liability orders to name", options=options)] if options else []


def _asks(record: Record) -> list[Ask]:
    asked = earlier.pick(record, label="When did you ask CMS about it?")
    return [
        *_orders_to_name(record),
        *([asked] if asked else []),
        Day(
            name="waiting_since",
            label="Since when have you waited?",
            help="For example the day on which CMS said that it would act.",
            what="the day since which you wait",
        ),
        Words(
            name="not_done",
            label="What has not happened?",
            help="For example: no deduction from earnings has begun, and nobody has told me why.",
            needed="Say what has not happened.",
            most=2000,
            rows=4,
        ),
        Words(
            name="hardship",
            label="What the delay means for your household and children",
            help="In your own words. Leave out what the other parent should not learn.",
            most=2000,
            rows=4,
        ),
    ]


def _draft(record: Record, answers: Answers) -> EnforcementDelay:
    not_done = printable(answers.text("not_done")).strip()
    if not not_done:
        raise Refusal(say("Say what has not happened."), field="not_done")
    paid = [one for one in record.known.payments if one.paid_on <= record.on]
    last = max(paid, key=lambda one: (one.paid_on, one.amount), default=None)
    keys = frozenset(answers.many("orders"))
    still_owed = [one for one in record.position.entries if one.outstanding]
    return EnforcementDelay(
        owed=record.position.outstanding,
        oldest_on=min((one.on for one in still_owed), default=None),
        last_paid_on=last.paid_on if last else None,
        last_paid=last.amount if last else 0,
        waiting_since=answers.day("waiting_since"),
        orders=tuple(
            Order(
                granted_on=one.granted_on,
                from_on=one.from_on,
                to_on=one.to_on,
                amount=one.amount,
                court=on_one_line(one.court) or _COURTS[record.nation],
                reference=on_one_line(one.reference),
            )
            for one in sorted(record.known.orders, key=lambda one: one.granted_on)
            if one.id in keys
        ),
        asked=earlier.chosen(record, answers),
        not_done=not_done,
        hardship=printable(answers.text("hardship")).strip(),
        after_an_order=_AFTER_AN_ORDER[record.nation],
        is_from_before=any(one.kind is EntryKind.OPENING for one in still_owed),
    )


def _why_not(record: Record) -> str:
    if not record.position.outstanding:
        return "Your record shows nothing owed."
    if record.service is ServiceType.DIRECT_PAY and not record.known.orders:
        return "On Direct Pay CMS takes no action to collect. Ask to move to Collect and Pay first."
    running = [one for one in plan_length.reviews(record) if plan_length.is_running(one)]
    if any(one.standing.state is PlanState.KEPT for one in running):
        return (
            "A repayment plan is being kept, and CMS rarely does more while it is. You can ask it to look at the plan."
        )
    return ""


KIND = Kind(
    code="enforcement-delay",
    number=15,
    group=Group.COLLECTION,
    title="Ask why arrears are not being collected",
    purpose="Tell CMS what is owed and what you asked for, and ask what was done, what comes next, and by when.",
    needs="Arrears in your record. Calls and letters in your log, and a liability order, make it stronger.",
    never="It does not say where you live. Ask CMS on the phone if you know where the other parent works or banks.",
    before="Do this only if it is safe for you. Steps that CMS takes reach the other parent, at times without notice.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=EnforcementDelay,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: str(about.heading),
)

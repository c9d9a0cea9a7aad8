"""The report of missed Direct Pay payments: which instalments did not come in full, and what is asked for.

On Direct Pay CMS does not see payments, so the receiving parent reports them (domain: GOV.UK, Unpaid
child maintenance; Citizens Advice).
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from arrears.core import rates
from arrears.core.facts import CaseFacts
from arrears.core.in_force import service_on, services_in_order
from arrears.core.ledger import known
from arrears.core.reporting import report_from
from arrears.core.results import CoverKind, Instalment, Position
from cases.core.facts import Perspective, ServiceType
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.letters.asks import Answers, Ask, Option, Pick, PickMany
from correspondence.core.letters.kind import Group, Kind, Record, To


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """Money that came towards an instalment: ``amount`` pence on a day."""

    on: dt.date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An instalment that did not come in full. Amounts in pence; due = came + credited + short."""

    due_on: dt.date
    due: int
    came: tuple[Came, ...]
    credited: int
    short: int
    days_late: int

    @property
    def paid(self) -> int:
        """What came in all, in pence."""
        return sum(one.amount for one in self.came)


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedPayments:
    """What the report of missed payments states. ``told_on``: the days of earlier reports of any of them."""

    direct_pay_since: dt.date
    rows: tuple[Reported, ...]
    ask_collect: bool
    told_on: tuple[dt.date, ...] = ()

    @property
    def due(self) -> int:
        """What was due in all, in pence."""
        return sum(row.due for row in self.rows)

    @property
    def paid(self) -> int:
        """What came in all, in pence."""
        return sum(row.paid for row in self.rows)

    @property
    def credited(self) -> int:
        """What was credited in all without money coming, in pence."""
        return sum(row.credited for row in self.rows)

    @property
    def short(self) -> int:
        """What is short in all, in pence."""
        return sum(row.short for row in self.rows)

    @property
    def heading(self) -> str:
        """The subject of the letter, right for one and for many, for missed and for short."""
        missed = any(row.short == row.due for row in self.rows)
        short = any(row.short != row.due for row in self.rows)
        what = "missed and short" if missed and short else "missed" if missed else "short"
        return f"Report of a {what} payment" if len(self.rows) == 1 else f"Report of {what} payments"


class Rows(Protocol):
    """A letter that states instalments."""

    @property
    def rows(self) -> tuple[Reported, ...]:
        """The instalments, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reportable:
    """An instalment that could be reported.

    ``logged``: the record already says what came. ``is_news``: it falls into the window of
    ``arrears.core.reporting``, so a letter begins with it.
    """

    row: Reported
    logged: bool
    is_news: bool


def reportable(facts: CaseFacts, position: Position) -> list[Reportable]:
    """The Direct Pay instalments due before the day of ``position`` that did not come in full, oldest first."""
    seen = known(facts, position.known_on)
    paid_on = {payment.id: payment.paid_on for payment in seen.payments}
    since = report_from(position.on)
    noted = {observation.due_on for observation in seen.observations}
    found = []
    for one in position.instalments:
        service = service_on(seen, one.due_on)
        if not one.is_short:
            continue
        if service is None or service.type is not ServiceType.DIRECT_PAY:
            continue
        row = _reported(one, paid_on, on=position.on)
        logged = bool(row.came) or one.due_on in noted
        found.append(Reportable(row=row, logged=logged, is_news=one.due_on >= since))
    return found


def direct_pay_since(facts: CaseFacts, *, on: dt.date, known_on: dt.date) -> dt.date | None:
    """The day Direct Pay began for good, or None where the service on that day is another."""
    since = None
    for service in services_in_order(known(facts, known_on).services):
        if service.from_on > on:
            break
        if service.type is not ServiceType.DIRECT_PAY:
            since = None
        elif since is None:
            since = service.from_on
    return since


def told(record: Record) -> frozenset[dt.date]:
    """The due dates of which CMS was told in a report that was sent."""
    sent = (one.due_days for one in record.letters if one.kind == KIND.code and one.posted_on)
    return frozenset().union(*sent)


def fees_hint(on: dt.date) -> str:
    """What Collect and Pay would cost both parents, at the rates of the day ``on``."""
    now = rates.on(on)
    theirs, yours = now.collection_fee_paying_parent, now.collection_fee_receiving_parent
    said = f"You would lose {yours.percent} of each payment. The other parent would pay {theirs.percent} on top."
    return f"{said} We checked these fees on {day(yours.checked)}."


def _why_not(record: Record) -> str:
    if record.service is None:
        return "First say in your case details whether you use Direct Pay."
    if record.service is not ServiceType.DIRECT_PAY:
        return "You are on Collect and Pay, so CMS can see for itself what was missed."
    if not reportable(record.facts, record.position):
        return "Your record shows no missed or short payment on Direct Pay."
    return ""


def _asks(record: Record) -> list[Ask]:
    rows, known_to_cms = reportable(record.facts, record.position), told(record)
    logged = tuple(_option(one, known_to_cms) for one in reversed(rows) if one.logged)
    unlogged = tuple(_option(one, known_to_cms) for one in reversed(rows) if not one.logged)
    asks: list[Ask] = []
    if logged:
        asks.append(
            PickMany(
                name="reported",
                label="Payments your record shows as missed or short",
                help=_hint(sum(one.is_ticked for one in logged), report_from(record.on)),
                options=logged,
                older="older payment,older payments",
                back_to=_oldest(one for one in rows if one.logged),
            )
        )
    if unlogged:
        asks.append(
            PickMany(
                name="nothing_came",
                label="Payments you have not logged yet",
                help="Tick each one for which nothing came. It goes into the letter and into your record.",
                options=unlogged,
                older="older payment,older payments",
                back_to=_oldest(one for one in rows if not one.logged),
            )
        )
    asks.append(
        Pick(
            name="ask_collect",
            label="If it is still not paid",
            help=f"On Collect and Pay, CMS collects the money. {fees_hint(record.on)}",
            needed="Choose one. Either way, your report goes to CMS.",
            options=(
                Option(value="yes", label="Ask CMS to consider moving us to Collect and Pay"),
                Option(value="no", label="Only report it for now"),
            ),
        )
    )
    return asks


def _oldest(rows: Iterable[Reportable]) -> dt.date | None:
    return min((one.row.due_on for one in rows), default=None)


def _hint(count: int, since: dt.date) -> str:
    if not count:
        return f"None since {since:%B %Y} that you have not reported already."
    if count == 1:
        return f"1 missed or short since {since:%B %Y}. It is in the letter unless you take the tick away."
    return f"{count} missed or short since {since:%B %Y}. They are in the letter unless you take the tick away."


def _option(one: Reportable, known_to_cms: Collection[dt.date]) -> Option:
    row = one.row
    what = f"{pounds(row.due)} was due" if row.short == row.due else f"{pounds(row.short)} short of {pounds(row.due)}"
    before = ". Reported already" if row.due_on in known_to_cms else ""
    return Option(
        value=row.due_on.isoformat(),
        label=f"{day(row.due_on)}: {what}{before}",
        is_ticked=one.logged and one.is_news and row.due_on not in known_to_cms,
        is_older=not one.is_news,
    )


def _draft(record: Record, answers: Answers) -> MissedPayments:
    since = direct_pay_since(record.facts, on=record.on, known_on=record.on)
    if since is None:
        raise Refusal(say("This letter is for Direct Pay, and your record shows another service today."))
    reported = chosen_rows(record, answers)
    return MissedPayments(
        direct_pay_since=since,
        rows=reported,
        ask_collect=answers.is_yes("ask_collect"),
        told_on=_told_on(record, frozenset(row.due_on for row in reported)),
    )


def chosen_rows(record: Record, answers: Answers) -> tuple[Reported, ...]:
    """The instalments that were chosen, oldest first. Raises Refusal where none was."""
    found = reportable(record.facts, record.position)
    nothing = frozenset(map(dt.date.fromisoformat, answers.many("nothing_came")))
    chosen = nothing | frozenset(map(dt.date.fromisoformat, answers.many("reported")))
    rows = [one for one in found if one.row.due_on in chosen and (one.logged or one.row.due_on in nothing)]
    if not rows:
        has_logged = any(one.logged for one in found)
        raise Refusal(say("Choose at least one payment."), field="reported" if has_logged else "nothing_came")
    return tuple(one.row for one in rows)


def confirmed(record: Record, about: Rows, answers: Answers) -> list[dt.date]:
    """The days of a letter for which the person said that nothing came, and which are not in the record yet."""
    unlogged = {one.row.due_on for one in reportable(record.facts, record.position) if not one.logged}
    said = {dt.date.fromisoformat(one) for one in answers.many("nothing_came")}
    return [row.due_on for row in about.rows if row.due_on in unlogged & said]


def _told_on(record: Record, due_days: frozenset[dt.date]) -> tuple[dt.date, ...]:
    """The days on which reports of any of these were sent, oldest first."""
    sent = {one.posted_on for one in record.letters if one.kind == KIND.code and one.due_days & due_days}
    return tuple(sorted(one for one in sent if one is not None))


def _reported(one: Instalment, paid_on: dict[str, dt.date], *, on: dt.date) -> Reported:
    money = [cover for cover in one.covers if cover.kind is CoverKind.PAYMENT]
    return Reported(
        due_on=one.due_on,
        due=one.amount,
        came=tuple(Came(on=paid_on.get(cover.payment_id, cover.on), amount=cover.amount) for cover in money),
        credited=one.amount - one.outstanding - sum(cover.amount for cover in money),
        short=one.outstanding,
        days_late=(on - one.due_on).days,
    )


KIND = Kind(
    code="missed-payments",
    number=1,
    group=Group.PAYMENTS,
    title="Report missed Direct Pay payments",
    purpose="Tell CMS which payments did not come, or came short, with every date and amount.",
    needs="The payments that your record shows as missed or short on Direct Pay.",
    never="It does not say where you live unless you write it, and holds no phone number.",
    before="Do this only if it is safe for you. CMS will ask the other parent about these payments.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=MissedPayments,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda missed: str(missed.heading),
    notes=confirmed,
    rule=contact_data.direct_pay_rule(),
)

"""The request to move from Direct Pay to Collect and Pay, with the payments that show why.

Collection may be arranged where the paying parent agrees, or where maintenance is otherwise unlikely
to be paid in accordance with the calculation: Child Support Act 1991 section 4(2A). Before CMS
collects after a failure on Direct Pay, the paying parent needs a notice within the last 12 months:
SI 2009/3151 regulation 3A (inserted by SI 2014/1386 regulation 6), for England, Wales and Scotland.
"""

import datetime as dt
from dataclasses import dataclass

from arrears.core import rates
from arrears.core.results import Instalment
from cases.core.facts import Nation, Perspective, ServiceType
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.letters import earlier, missed_payments
from correspondence.core.letters.asks import Answers, Ask, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.letters.missed_payments import Reported
from correspondence.core.words import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveToCollect:
    """What the request states.

    ``due_since`` counts the payments due since the first of ``rows``. ``owed`` is all that is
    outstanding on the day, in pence. The fees are written as percentages.
    """

    direct_pay_since: dt.date
    rows: tuple[Reported, ...]
    due_since: int
    owed: int
    my_fee: str
    their_fee: str
    is_great_britain: bool
    said: str
    reported: tuple[earlier.Earlier, ...] = ()

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


def _why_not(record: Record) -> str:
    if record.service is None:
        return "First say in your case details whether you use Direct Pay."
    if record.service is not ServiceType.DIRECT_PAY:
        return "Your record shows Collect and Pay already."
    if not missed_payments.reportable(record.facts, record.position):
        return "Your record shows no missed or short payment on Direct Pay."
    return ""


def _asks(record: Record) -> list[Ask]:
    rows = [one for one in missed_payments.KIND.asks(record) if one.name in {"reported", "nothing_came"}]
    asked = earlier.pick(record, label="Times you told CMS about missed payments", kinds=(missed_payments.KIND.code,))
    return [
        *rows,
        *([asked] if asked else []),
        Words(
            name="said",
            label="What else shows that it will not be paid without collection?",
            help="Only what you know. For example what the other parent said about paying, and when. "
            "They may be told what you write.",
            most=2000,
            rows=4,
        ),
    ]


def _draft(record: Record, answers: Answers) -> MoveToCollect:
    since = missed_payments.direct_pay_since(record.facts, on=record.on, known_on=record.on)
    if since is None:
        raise Refusal(say("This letter is for Direct Pay, and your record shows another service today."))
    rows = missed_payments.chosen_rows(record, answers)
    fees = rates.on(record.on)
    mine, theirs = fees.collection_fee_receiving_parent, fees.collection_fee_paying_parent
    return MoveToCollect(
        direct_pay_since=since,
        rows=rows,
        due_since=sum(1 for one in record.position.instalments if _counts(one, rows[0].due_on, record.on)),
        owed=record.position.outstanding,
        my_fee=mine.percent,
        their_fee=theirs.percent,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        said=printable(answers.text("said")).strip(),
        reported=earlier.chosen(record, answers),
    )


def _counts(one: Instalment, first: dt.date, on: dt.date) -> bool:
    return first <= one.due_on < on


KIND = Kind(
    code="move-to-collect",
    number=11,
    group=Group.PAYMENTS,
    title="Ask to move to Collect and Pay",
    purpose="Ask CMS to collect the maintenance, with the missed payments that show it will not be paid otherwise.",
    needs="The payments that your record shows as missed or short on Direct Pay.",
    never="It does not say where you live, and holds no bank details and no phone number.",
    before="Do this only if it is safe for you. CMS will tell the other parent, who then pays a fee as well.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=MoveToCollect,
    why_not=_why_not,
    asks=_asks,
    draft=_draft,
    heading=lambda about: "Request to move to Collect and Pay",
    notes=missed_payments.confirmed,
    rule=contact_data.direct_pay_rule(),
)

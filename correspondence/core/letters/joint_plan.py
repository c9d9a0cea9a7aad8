"""A notice to CMS of a plan that both parents have agreed: it shows nothing but the names and the plan."""

import datetime as dt
from dataclasses import dataclass

from correspondence.core.letters.asks import Answers, Ask, Day, Line
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To
from correspondence.core.letters.plan_terms import Terms, asks_of, terms_of
from correspondence.core.words import on_one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPlan:
    """What the notice states. ``other`` is the other parent's name as they sign, ``agreed_on`` the day."""

    other: str
    agreed_on: dt.date
    terms: Terms


def _asks(record: Record) -> list[Ask]:
    return [
        Line(
            name="other",
            label="The other parent’s name",
            help="As they will sign.",
            needed="Enter the name that the other parent signs with.",
            most=80,
        ),
        Day(
            name="agreed_on",
            label="When did you both agree?",
            what="the day you agreed",
            initial=record.on,
            needed="Enter the day you agreed.",
        ),
        *asks_of(record, arrears=record.position.outstanding),
    ]


def _draft(record: Record, answers: Answers) -> JointPlan:
    return JointPlan(
        other=on_one_line(answers.text("other")),
        agreed_on=answers.day("agreed_on") or record.on,
        terms=terms_of(record, answers),
    )


KIND = Kind(
    code="joint-plan",
    number=31,
    group=Group.PLANS,
    title="Tell CMS of a plan you both agreed",
    purpose="One page that both parents sign, with the plan you agreed, so that CMS can put it in place.",
    needs="A plan that you both agree to, and both signatures.",
    never="It shows your two names, the reference and the plan. No address, nothing else of your record.",
    before=(
        "Both of you sign the same page, so the other parent reads all of it. "
        "Do this only if it is safe for you, and never because somebody makes you."
    ),
    to=To.CMS,
    senders=EVERYONE,
    about=JointPlan,
    asks=_asks,
    draft=_draft,
    heading=lambda plan: "A repayment plan that both parents have agreed",
    hides_address=True,
    by_parent_only=True,
)

"""The receiving parent's reply to a notice that arrears may be written off (SI 2009/3151, regulation 13H)."""

import datetime as dt
from dataclasses import dataclass

from arrears.core.pots import answer_write_off_by
from cases.core.facts import Nation, Perspective, Scheme
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Day, Money, Option, Pick, Words
from correspondence.core.letters.kind import Group, Kind, Record, To
from correspondence.core.words import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffReply:
    """What the reply states: the notice, the answer, and the last day for it.

    ``amount`` in pence. ``days`` is how many days the notice leaves, counted from its receipt.
    """

    notice_on: dt.date
    received_on: dt.date
    amount: int
    from_on: dt.date | None
    to_on: dt.date | None
    notice_reason: str
    is_old_scheme: bool
    answer_by: dt.date
    days: int
    is_in_time: bool
    objects: bool
    words: str
    welfare: str
    is_great_britain: bool = True


def _asks(record: Record) -> list[Ask]:
    return [
        Day(
            name="notice_on",
            label="The date on the notice",
            what="the date on the notice",
            needed="Enter the date on the notice.",
        ),
        Day(
            name="received_on",
            label="When did it reach you?",
            what="the day it reached you",
            needed="Enter the day it reached you.",
        ),
        Money(name="amount", label="The amount in the notice", needed="Enter the amount that the notice names."),
        Day(name="from_on", label="The arrears began on", what="the first day", optional="if the notice says"),
        Day(name="to_on", label="and ended on", what="the last day", optional="if the notice says"),
        Words(name="notice_reason", label="The reason in the notice", rows=2, most=500, optional="if it gives one"),
        Pick(
            name="scheme",
            label="Which debt is it?",
            help="A debt of the Child Support Agency says so in the notice.",
            needed="Choose one.",
            options=(
                Option(value=Scheme.CMS_2012, label="Child Maintenance Service", is_ticked=True),
                Option(value=Scheme.CSA_2003, label="Child Support Agency, the old schemes"),
            ),
        ),
        Pick(
            name="answer",
            label="Your answer",
            needed="Choose your answer.",
            options=(
                Option(value="object", label="I want the arrears to be collected", is_ticked=True),
                Option(value="accept", label="They may be written off"),
            ),
        ),
        Words(name="words", label="Why", help="For example: the paying parent works, or paid until last year."),
        Words(name="welfare", label="What it means for the child", help="What the money would pay for.", rows=3),
    ]


def _draft(record: Record, answers: Answers) -> WriteOffReply:
    notice_on, received_on = answers.day("notice_on"), answers.day("received_on")
    from_on, to_on = answers.day("from_on"), answers.day("to_on")
    if notice_on is None or received_on is None or received_on < notice_on:
        raise Refusal(say("It cannot have reached you before the date on it."), field="received_on")
    if from_on and to_on and to_on < from_on:
        raise Refusal(say("The last day is before the first."), field="to_on")
    scheme = Scheme(answers.text("scheme"))
    answer_by, rule = answer_write_off_by(received_on, scheme=scheme)
    return WriteOffReply(
        notice_on=notice_on,
        received_on=received_on,
        amount=answers.number("amount") or 0,
        from_on=from_on,
        to_on=to_on,
        notice_reason=printable(answers.text("notice_reason")).strip(),
        is_old_scheme=scheme is not Scheme.CMS_2012,
        answer_by=answer_by,
        days=int(rule.value),
        is_in_time=record.on <= answer_by,
        objects=answers.text("answer") == "object",
        words=printable(answers.text("words")).strip(),
        welfare=printable(answers.text("welfare")).strip(),
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
    )


KIND = Kind(
    code="write-off-reply",
    number=35,
    group=Group.SETTLING,
    title="Answer a notice of write-off",
    purpose="Tell CMS why arrears should be collected and not written off, within the time of the notice.",
    needs="The notice: its date, the day it reached you, the amount and the reason.",
    never="It does not say where you live, and nothing about your own money unless you write it.",
    before="There is no appeal against a write-off, so this answer matters. Send it in time, with proof of posting.",
    to=To.CMS,
    senders=frozenset({Perspective.RECEIVING}),
    about=WriteOffReply,
    asks=_asks,
    draft=_draft,
    gives_up=lambda reply: not reply.objects,
    heading=lambda reply: "My answer to your notice that arrears may be written off",
)

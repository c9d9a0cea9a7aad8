"""The next stage of a complaint: no answer came, or one that does not deal with it."""

import datetime as dt
from dataclasses import dataclass

from cases.core.facts import Nation
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from correspondence.core.letters import complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Day, Option, Pick, Words
from correspondence.core.letters.complaining import Remedy
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, SentLetter, To
from correspondence.core.words import on_one_line

_OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """What the letter states. ``heading`` is empty for a complaint that is not in this record.

    ``replied_on`` None: no answer came; ``days`` is the time since the complaint was sent.
    """

    heading: str
    dated_on: dt.date
    sent_on: dt.date
    asked_by: dt.date | None
    replied_on: dt.date | None
    days: int
    is_great_britain: bool
    unanswered: str
    events: tuple[Event, ...]
    remedies: tuple[Remedy, ...]
    put_right: str


def _asks(record: Record) -> list[Ask]:
    sent = complaining.sent_complaints(record)
    return [
        *_which(sent),
        Pick(
            name="answer",
            label="What came back?",
            needed="Choose one.",
            options=(
                Option(value="none", label="Nothing", is_ticked=not (sent and sent[0].answered_on)),
                Option(
                    value="came",
                    label="A reply that does not deal with my complaint",
                    is_ticked=bool(sent and sent[0].answered_on),
                ),
            ),
        ),
        Day(
            name="replied_on",
            label="When did the reply reach you?",
            needed="Enter the day on which the reply reached you.",
            what="the day of the reply",
            initial=sent[0].answered_on if sent else None,
            opened_by=("answer", "came"),
        ),
        Words(
            name="unanswered",
            label="What is still not dealt with?",
            help="Point by point. What does the reply leave out, or get wrong? What has happened since?",
            needed="Say what is still not dealt with.",
            most=4000,
            rows=7,
        ),
        *happened.ask(record, label="What happened since, from your log"),
        *complaining.ask_remedies(Remedy.ACT, Remedy.EXPLAIN),
    ]


def _which(sent: list[SentLetter]) -> list[Ask]:
    if not sent:
        return [_when(opened_by=None)]
    options = [
        Option(value=str(one.id), label=complaining.label_of(one), is_ticked=place == 0)
        for place, one in enumerate(sent)
    ]
    other = Option(value=_OTHER, label="Another one, which is not in this record")
    label = "Which complaint do you take further?"
    return [
        Pick(name="complaint", label=label, needed="Choose one.", options=(*options, other)),
        _when(opened_by=("complaint", _OTHER)),
    ]


def _when(*, opened_by: tuple[str, str] | None) -> Day:
    return Day(
        name="complained_on",
        label="When did you complain?",
        needed="Enter the day of your complaint.",
        what="the day of your complaint",
        opened_by=opened_by,
    )


def _draft(record: Record, answers: Answers) -> Escalation:
    complaint = _complaint(record, answers)
    dated_on = complaint.dated_on if complaint else _complained_on(answers)
    sent_on = (complaint.posted_on if complaint else None) or dated_on
    asked_by = complaint.reply_by if complaint else None
    replied_on = answers.day("replied_on") if answers.text("answer") == "came" else None
    if replied_on is not None and replied_on < sent_on:
        raise Refusal(say("That is before your complaint of {sent_on}.", sent_on=day(sent_on)), field="replied_on")
    if replied_on is None and asked_by is not None and record.on <= asked_by:
        raise Refusal(
            say(
                "Your complaint asks for a reply by {asked_by}. Wait until then, or say what came.",
                asked_by=day(asked_by),
            ),
            field="answer",
        )
    return Escalation(
        heading=on_one_line(complaint.heading) if complaint else "",
        dated_on=dated_on,
        sent_on=sent_on,
        asked_by=asked_by,
        replied_on=replied_on,
        days=(record.on - sent_on).days,
        is_great_britain=record.nation is not Nation.NORTHERN_IRELAND,
        unanswered=complaining.text(answers, "unanswered"),
        events=happened.chosen(record, answers, to=To.COMPLAINTS),
        remedies=complaining.remedies(answers),
        put_right=complaining.text(answers, "put_right"),
    )


def _complaint(record: Record, answers: Answers) -> SentLetter | None:
    chosen = answers.text("complaint")
    return next((one for one in complaining.sent_complaints(record) if str(one.id) == chosen), None)


def _complained_on(answers: Answers) -> dt.date:
    found = answers.day("complained_on")
    if found is None:
        raise Refusal(say("Enter the day of your complaint."), field="complained_on")
    return found


KIND = Kind(
    code="complaint-escalation",
    number=23,
    group=Group.CHALLENGE,
    title="Take a complaint further within CMS",
    purpose="The next stage: no reply came, or one that does not deal with it. It asks for a final response.",
    needs="The day of your complaint, and of the reply if one came.",
    never="It holds only the entries you choose. No phone number, and nothing about where you live.",
    to=To.COMPLAINTS,
    senders=EVERYONE,
    about=Escalation,
    asks=_asks,
    draft=_draft,
    heading=lambda about: f"My complaint of {day(about.dated_on)}: please take it to the next stage",
)

"""The first complaint about CMS's service, which may also hold a request to reconsider a decision."""

from dataclasses import dataclass

from correspondence.core.letters import challenged, complaining, happened
from correspondence.core.letters.asks import Answers, Ask, Words, yes_no
from correspondence.core.letters.challenged import Challenged
from correspondence.core.letters.complaining import About, Owed, Remedy, Stated
from correspondence.core.letters.happened import Event
from correspondence.core.letters.kind import EVERYONE, Group, Kind, Record, To


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What a complaint states. ``challenged`` is a decision that the same letter asks to be reconsidered."""

    grounds: About
    story: str
    events: tuple[Event, ...]
    owed: Owed | None
    figure: Stated | None
    effect: str
    remedies: tuple[Remedy, ...]
    put_right: str
    challenged: Challenged | None


def _asks(record: Record) -> list[Ask]:
    asks: list[Ask] = [
        *complaining.ask_grounds(),
        Words(
            name="story",
            label="What went wrong?",
            help="In the order in which it happened. Short is good. Leave out what you would not want CMS to know.",
            needed="Say in a few sentences what went wrong.",
            most=4000,
            rows=7,
        ),
        *happened.ask(record),
        *complaining.ask_figure(record),
        *complaining.ask_owed(record),
        Words(
            name="effect",
            label="What has it meant for you and your child?",
            help="Like bills you could not pay, time spent, worry.",
            rows=4,
        ),
        *complaining.ask_remedies(Remedy.ACT, Remedy.EXPLAIN),
    ]
    if record.known.decisions:
        asks.append(
            yes_no(
                "also_decision",
                "Do you also want a decision looked at again?",
                help="A complaint is about service. A wrong amount needs a mandatory reconsideration, which has a "
                "time limit. This letter can be both.",
                yes="Yes, it is also a request for mandatory reconsideration",
                no="No, it is only a complaint",
            )
        )
        asks += challenged.asks(record, opened_by=("also_decision", "yes"))
    return asks


def _draft(record: Record, answers: Answers) -> Complaint:
    return Complaint(
        grounds=complaining.grounds(answers),
        story=complaining.text(answers, "story"),
        events=happened.chosen(record, answers, to=To.COMPLAINTS),
        owed=complaining.owed(record, answers),
        figure=complaining.figure(record, answers),
        effect=complaining.text(answers, "effect"),
        remedies=complaining.remedies(answers),
        put_right=complaining.text(answers, "put_right"),
        challenged=challenged.challenged(record, answers) if answers.is_yes("also_decision") else None,
    )


def _heading(about: Complaint) -> str:
    return "Complaint, and request for mandatory reconsideration" if about.challenged else "Complaint"


KIND = Kind(
    code="complaint",
    number=21,
    group=Group.CHALLENGE,
    title="Complain to CMS",
    purpose="The first stage: delay, a figure that nobody explains, a promise not kept, calls not returned.",
    needs="What went wrong. Entries of your log give it dates.",
    never="It holds only the entries you choose. No phone number, and nothing about where you live.",
    to=To.COMPLAINTS,
    senders=EVERYONE,
    about=Complaint,
    asks=_asks,
    draft=_draft,
    heading=_heading,
)

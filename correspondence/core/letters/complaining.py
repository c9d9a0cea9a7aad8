"""What letters about CMS's service share: what it is about, a figure in question, letters sent before, what is asked.

A complaint is about service: delay, a figure that nobody explains, promises, answers. Whether a
decision about the amount is right is another matter (``challenged``).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from arrears.core import statements
from arrears.core.activity import last_entry_on, spoken_until
from arrears.core.facts import Statement
from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import Answers, Ask, Line, Option, Pick, PickMany, Words, yes_no
from correspondence.core.letters.kind import Record, SentLetter
from correspondence.core.words import on_one_line, printable

#: Letters that complain about service, by their codes.
CODES = frozenset({"complaint", "complaint-escalation", "parallel-action", "compensation", "enforcement-delay"})
MOST_FIGURES = 12


class Ground(StrEnum):
    """What a complaint is about."""

    DELAY = "delay"
    FIGURE = "figure"
    PROMISE = "promise"
    NO_ANSWER = "no_answer"
    WRONG_INFORMATION = "wrong_information"
    CONTRADICTING = "contradicting"


_ABOUT = {
    Ground.DELAY: ("Delay", "delay in dealing with my case"),
    Ground.FIGURE: (
        "A figure for arrears that is wrong or not explained",
        "a figure for the arrears that is wrong or has not been explained",
    ),
    Ground.PROMISE: ("A promise that was not kept", "what I was promised and what was not done"),
    Ground.NO_ANSWER: ("Calls or letters not answered", "calls or letters that were not answered"),
    Ground.WRONG_INFORMATION: ("Wrong information", "wrong information that I was given"),
    Ground.CONTRADICTING: ("Letters that contradict each other", "letters that contradict each other"),
}  # fmt: skip


class Remedy(StrEnum):
    """What would put it right."""

    ACT = "act"
    EXPLAIN = "explain"
    CORRECT = "correct"
    APOLOGISE = "apologise"
    CONTACT = "contact"
    CONSOLATORY = "consolatory"


_REMEDY = {
    Remedy.ACT: "Do what is outstanding, and say when",
    Remedy.EXPLAIN: "Explain in writing what went wrong",
    Remedy.CORRECT: "Put my account right, and send me the new figures",
    Remedy.APOLOGISE: "Apologise",
    Remedy.CONTACT: "Name one person or team whom I can ask",
    Remedy.CONSOLATORY: "Consider a consolatory payment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a letter is about: our own words for it, and ``other`` in the person's, empty where there are none."""

    listed: tuple[str, ...]
    other: str

    @property
    def only(self) -> str:
        """Our words where there is one thing only, to be said inside a sentence."""
        return self.listed[0] if len(self.listed) == 1 and not self.other else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A figure that CMS gave beside the record's own for the same day. Pence; ``more`` = ours less theirs."""

    stated_on: dt.date
    as_at: dt.date
    theirs: int
    ours: int
    more: int

    @property
    def apart(self) -> int:
        """How far the two figures are apart, in pence, whichever is the larger."""
        return abs(self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is unpaid by the record on the day ``on``, in pence, without fees."""

    on: dt.date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A complaint that was sent before: its heading, its date, and the day of the reply if one came."""

    heading: str
    dated_on: dt.date
    answered_on: dt.date | None


def ask_grounds() -> list[Ask]:
    """What the complaint is about."""
    return [
        PickMany(
            name="grounds",
            label="What is it about?",
            options=tuple(Option(value=one.value, label=_ABOUT[one][0]) for one in Ground),
        ),
        Line(name="other_ground", label="Something else, in a few words", most=100),
    ]


def grounds(answers: Answers) -> About:
    """What the complaint is about. Raises Refusal where nothing is chosen."""
    found = tuple(_ABOUT[Ground(one)][1] for one in answers.many("grounds"))
    other = on_one_line(answers.text("other_ground")).rstrip(".")
    if not found and not other:
        raise Refusal(say("Choose at least one, or say what else it is about."), field="grounds")
    return About(listed=found, other=other)


def ask_remedies(*ticked: Remedy, own: str = "Anything else that would put it right") -> list[Ask]:
    """What would put it right."""
    return [
        PickMany(
            name="remedies",
            label="What would put it right?",
            options=tuple(Option(value=one.value, label=_REMEDY[one], is_ticked=one in ticked) for one in Remedy),
        ),
        Words(name="put_right", label=own, most=1000, rows=3),
    ]


def remedies(answers: Answers) -> tuple[Remedy, ...]:
    """The chosen ones, in their order."""
    return tuple(Remedy(one) for one in answers.many("remedies"))


def ask_owed(record: Record) -> list[Ask]:
    """Whether the letter says what is owed; not asked where nothing is.

    A record in which nothing was logged for long says more of that day than of today, so it says nothing at first.
    Nor does the paying parent's: to name a debt that CMS may not know of is a choice of their own.
    """
    if not record.position.outstanding:
        return []
    amount = f"{pounds(record.position.outstanding)} on {day(record.on)}"
    last = last_entry_on(record.known, on=record.on)
    is_old = spoken_until(record.known, on=record.on) != record.on
    since = f"Nothing is logged since {day(last)}." if last else "No payment is logged yet."
    return [
        yes_no(
            "says_owed",
            f"Say what your record shows as unpaid? It is {amount}.",
            help=f"{since} Log what came first, or leave it out." if is_old else "",
            is_yes=not is_old and record.perspective is Perspective.RECEIVING,
        )
    ]


def owed(record: Record, answers: Answers) -> Owed | None:
    """What is unpaid on the day of the letter, where the person wants that said."""
    amount = record.position.outstanding
    return Owed(on=record.on, amount=amount) if amount and answers.is_yes("says_owed") else None


def ask_figure(record: Record) -> list[Ask]:
    """Which figure of CMS is in question; not asked where the record holds none."""
    found = _figures(record)
    if not found:
        return []
    none = Option(value="none", label="No, it is about something else", is_ticked=True)
    given = (
        Option(value=one.id, label=f"{pounds(one.amount)} on {day(one.as_at)}, told on {day(one.stated_on)}")
        for one in found
    )
    label = "Is it about a figure that CMS gave you?"
    return [Pick(name="figure", label=label, needed="Choose one.", options=(none, *given))]


def figure(record: Record, answers: Answers) -> Stated | None:
    """The chosen figure beside the record's own, by the engine; None where there is none in question."""
    found = next((one for one in _figures(record) if one.id == answers.text("figure")), None)
    if found is None:
        return None
    beside = statements.beside(record.facts, found, known_on=record.on)
    return Stated(
        stated_on=found.stated_on, as_at=found.as_at, theirs=beside.theirs, ours=beside.ours, more=beside.difference
    )


def _figures(record: Record) -> Sequence[Statement]:
    found = sorted(record.known.statements, key=lambda one: (one.stated_on, one.as_at, one.id), reverse=True)
    return found[:MOST_FIGURES]


def sent_complaints(record: Record) -> list[SentLetter]:
    """The complaints of this record that were sent, latest first."""
    return [one for one in record.letters if one.kind in CODES and one.posted_on]


def label_of(one: SentLetter) -> str:
    """A letter in a list to choose from."""
    return f"{day(one.dated_on)}: {on_one_line(one.heading)}"


def ask_complaints(record: Record, *, label: str, help: str = "") -> list[Ask]:  # noqa: A002 - the field's own name
    """Which earlier complaints the letter names; all at first. Not asked where none was sent."""
    sent = sent_complaints(record)
    if not sent:
        return []
    options = tuple(Option(value=str(one.id), label=label_of(one), is_ticked=True) for one in sent)
    return [PickMany(name="complaints", label=label, help=help, options=options)]


def complaints(record: Record, answers: Answers) -> tuple[Earlier, ...]:
    """The chosen complaints, oldest first."""
    chosen = answers.many("complaints")
    return tuple(
        Earlier(heading=on_one_line(one.heading), dated_on=one.dated_on, answered_on=one.answered_on)
        for one in reversed(sent_complaints(record))
        if str(one.id) in chosen
    )


def text(answers: Answers, name: str) -> str:
    """A typed text, printable."""
    return printable(answers.text(name)).strip()

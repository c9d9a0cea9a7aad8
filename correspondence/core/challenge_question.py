"""Is it the amount, or how you were treated? The question that keeps the two routes apart, and its answers."""

from dataclasses import dataclass
from enum import StrEnum

from arrears.core.challenge_values import ChallengeAbout
from cms_tracker.language import mark, say


class Which(StrEnum):
    """What somebody is unhappy with. ``ANY``: how the money is collected, which nobody can appeal."""

    AMOUNT = "amount"
    TREATED = "treated"
    BOTH = "both"
    ANY = "how"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: what it means, examples of it, and the routes that it leads to. ``number`` stands in addresses."""

    which: Which
    number: int
    label: str
    title: str
    says: str
    examples: tuple[str, ...]
    routes: tuple[ChallengeAbout, ...]

    @property
    def shown(self) -> "Answer":
        """The same in the reader's language."""
        return Answer(
            which=self.which,
            number=self.number,
            label=say(self.label),
            title=say(self.title),
            says=say(self.says),
            examples=tuple(say(one) for one in self.examples),
            routes=self.routes,
        )


_ANSWERS = (
    Answer(
        which=Which.AMOUNT,
        number=1,
        label=mark("The amount that CMS decided"),
        title=mark("This is about a decision"),
        says=mark("Ask CMS to look at the decision again. It has a time limit, so do this first."),
        examples=(
            mark("CMS used the wrong income."),
            mark("The number of nights, or of children, is wrong."),
            mark("The amount starts on the wrong day."),
        ),
        routes=(ChallengeAbout.DECISION,),
    ),
    Answer(
        which=Which.TREATED,
        number=2,
        label=mark("How CMS treated you"),
        title=mark("This is about service"),
        says=mark("Complain. A complaint looks at how CMS did its work. It does not change the amount."),
        examples=(
            mark("Nobody answers, or it takes months."),
            mark("You were told something wrong."),
            mark("A promise was not kept."),
            mark("CMS gives a figure and does not explain it."),
        ),
        routes=(ChallengeAbout.SERVICE,),
    ),
    Answer(
        which=Which.BOTH,
        number=3,
        label=mark("Both"),
        title=mark("This is both: one letter can do both"),
        says=mark(
            "Say in the letter that it is a complaint and also a request for mandatory reconsideration. "
            "The two then go their own ways. The amount has the time limit."
        ),
        examples=(
            mark("The income is wrong, and nobody answered when you said so."),
            mark("A change was reported and left for months, and then the amount was wrong."),
        ),
        routes=(ChallengeAbout.DECISION, ChallengeAbout.SERVICE),
    ),
    Answer(
        which=Which.ANY,
        number=4,
        label=mark("How the money is collected, enforced or paid off"),
        title=mark("No appeal goes this way, but other ways are open"),
        says=mark(
            "We know that this is hard to hear. There is no appeal against these choices of CMS. "
            "You can still do this."
        ),
        examples=(
            mark("CMS does not enforce, or enforces too much."),
            mark("The repayment plan is too long, or too high."),
            mark("A payment was counted for the wrong debt."),
            mark("Arrears were written off."),
        ),
        routes=(),
    ),
)  # fmt: skip


def answers() -> tuple[Answer, ...]:
    """Every answer, in the order of the page, in the reader's language."""
    return tuple(one.shown for one in _ANSWERS)


def answer_to(which: Which) -> Answer:
    """What follows from an answer."""
    return next(one for one in answers() if one.which is which)


def answer_numbered(number: int) -> Answer | None:
    """The answer of this number that leads to a route, or None."""
    return next((one for one in answers() if one.number == number and one.routes), None)

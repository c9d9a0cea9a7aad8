"""What a page says of an ending: its state as a short word, its groups, and the pages that belong to it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cases.core.facts import Perspective
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from correspondence.core.ending_facts import EndingStanding, EndingState
from correspondence.core.endings import Ending, EndingCode, ending_of
from correspondence.core.old_debt import OldDebt, thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMark:
    """A short word with its shape and its colour."""

    word: str
    shape: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One ending with how it stands, as a page shows it."""

    ending: Ending
    standing: EndingStanding
    mark: StateMark


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page where something of an ending is read or recorded: its words, its name, and what follows its address."""

    words: str
    page: str
    query: str = ""


_WORDS = Words(
    {
        EndingState.UNDER_WAY: mark("Under way"),
        EndingState.OPEN: mark("Possible"),
        EndingState.DONE: mark("Happened"),
        EndingState.NOT_HERE: mark("Not in this case"),
    }
)
_HEADINGS = Words(
    {
        EndingState.UNDER_WAY: mark("Under way"),
        EndingState.OPEN: mark("What is possible"),
        EndingState.DONE: mark("What has happened"),
        EndingState.NOT_HERE: mark("Not in this case"),
    }
)
_SHAPES = {
    EndingState.UNDER_WAY: ("s-due", "warn"),
    EndingState.OPEN: ("s-due", ""),
    EndingState.DONE: ("s-paid", "good"),
    EndingState.NOT_HERE: ("s-part", "off"),
}


def shown(standing: EndingStanding) -> Shown:
    """One ending as a page shows it."""
    shape, tone = _SHAPES[standing.state]
    return Shown(
        ending=ending_of(standing.code),
        standing=standing,
        mark=StateMark(word=_WORDS[standing.state], shape=shape, tone=tone),
    )


def grouped(standings: Sequence[EndingStanding]) -> list[tuple[str, list[Shown]]]:
    """The endings under the heading of their state: first what is under way. A state that none has is left out."""
    groups = (
        (heading, [shown(one) for one in standings if one.state is state]) for state, heading in _HEADINGS.items()
    )
    return [(heading, found) for heading, found in groups if found]


def links_of(code: EndingCode, perspective: Perspective) -> list[PageLink]:
    """The pages of the record that belong to an ending, for one side."""
    match code:
        case EndingCode.PART_PAYMENT:
            return [
                PageLink(words=say("See the offers in your record"), page="arrears:other-money", query="#settlements"),
                PageLink(words=say("Add an offer"), page="arrears:new-settlement"),
            ]
        case EndingCode.OFFSET:
            return [
                PageLink(words=say("Record what CMS set off"), page="arrears:new-adjustment", query="?kind=offset"),
                PageLink(words=say("Payments that CMS is asked to count"), page="arrears:claims"),
            ]
        case EndingCode.COMPENSATION:
            return [PageLink(words=say("Record what CMS paid"), page="arrears:new-other-money")]
        case EndingCode.WRITE_OFF | EndingCode.OLD_DEBT:
            record = say("Record what CMS wrote off")
            return [PageLink(words=record, page="arrears:new-adjustment", query="?kind=write_off")]
        case EndingCode.CHILD_LEFT:
            return [PageLink(words=say("Add CMS’s new decision"), page="arrears:new-decision")]
        case EndingCode.CASE_CLOSED:
            return [PageLink(words=say("Compare CMS’s figure with yours"), page="arrears:new-figure")]
        case EndingCode.PRIVATE_ARRANGEMENT:
            asks = perspective is Perspective.PAYING
            words = say("Ask CMS to count what you paid") if asks else say("Payments that CMS is asked to count")
            return [PageLink(words=words, page="arrears:claims")]
        case _:
            return []


def old_debt_words(found: OldDebt, *, amount: int, on: dt.date) -> str:
    """What the guidance said of a debt of that size and age, in words. It says nothing of collecting it now."""
    under, over = (pounds(one) for one in thresholds(on))
    owed = pounds(amount)
    match found:
        case OldDebt.ASKED_FIRST:
            return say("For {owed}, CMS’s guidance was to ask you first, and to look at your answer.", owed=owed)
        case OldDebt.WITHOUT_ASKING:
            return say("For {owed}, CMS’s guidance was that it could be written off without asking.", owed=owed)
        case _:
            return say(
                "For {owed} it depends on the age of the case: under 10 years, over {under} was asked about; "
                "from 10 years, only over {over}.",
                owed=owed,
                under=under,
                over=over,
            )

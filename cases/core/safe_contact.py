"""How a person may be reached without being put in danger. Nothing is safe until somebody has said so."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from cms_tracker import language
from cms_tracker.language import Words, say

MOST_HOW = 200  # characters of "how and when"
MOST_ADDRESS = 300
MOST_TELEPHONE = 40
MOST_WAYS = 4_000  # of the one text that a row keeps: six times how and when, where a quotation mark takes two


class Channel(StrEnum):
    """A way to reach somebody. Its words stand in ``CHANNELS``, in the order of every page."""

    EMAIL = "email"
    CALL = "call"
    TEXT = "text"
    VOICEMAIL = "voicemail"
    POST = "post"
    SOMEBODY = "somebody"


CHANNELS: dict[Channel, str] = Words(
    {
        Channel.EMAIL: language.mark("E-mail"),
        Channel.CALL: language.mark("Telephone call"),
        Channel.TEXT: language.mark("Text message"),
        Channel.VOICEMAIL: language.mark("Voicemail message"),
        Channel.POST: language.mark("Letter by post"),
        Channel.SOMEBODY: language.mark("Through somebody else"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact:
    """What was said about reaching the person of a case.

    ``ways`` holds the safe channels alone, each with how and when ("weekdays after 6pm"), which may
    be empty. ``address`` and ``telephone`` are kept only where the person wants them here; no
    document prints them unless they are typed into it.
    """

    ways: Mapping[Channel, str]
    address: str = ""
    telephone: str = ""

    def changed_from(self, before: "SafeContact | None") -> list[str]:
        """The names of what differs, never what it holds. None before: nobody had answered."""
        old = before or SafeContact(ways={})
        names = [one.value for one in Channel if self.ways.get(one) != old.ways.get(one)]
        names += [name for name in ("address", "telephone") if getattr(self, name) != getattr(old, name)]
        return names or ([] if before else ["answered"])

    def secrets(self) -> list[str]:
        """The words that may stand in no document."""
        return [one for one in (self.address, self.telephone) if one]


class ContactMark(NamedTuple):
    """How a person may be reached, short (``title``) and whole (``words``), with the look of a status.

    It holds no address and no number: it stands on pages that are open while others walk past.

    ``may`` says whether any way is safe.
    """

    title: str
    words: str
    tone: str
    shape: str
    may: bool


NOBODY_ASKED = ContactMark(
    title=language.mark("Safe contact not known"),
    words=language.mark("Nobody has said which way of reaching this person is safe. Use none until you have asked."),
    tone="warn",
    shape="s-late",
    may=False,
)
NONE_IS_SAFE = ContactMark(
    title=language.mark("Do not contact"),
    words=language.mark("No way of reaching this person is safe. Wait until they come to you."),
    tone="off",
    shape="s-missed",
    may=False,
)


def mark(contact: SafeContact | None) -> ContactMark:
    """What an adviser must see before they reach for the telephone. None: nobody has answered yet."""
    if contact is None:
        return NOBODY_ASKED
    if not contact.ways:
        return NONE_IS_SAFE
    safe = [one for one in Channel if one in contact.ways]
    names = [CHANNELS[one] if place == 0 else CHANNELS[one].lower() for place, one in enumerate(safe)]
    said = [f"{CHANNELS[one]}: {contact.ways[one]}" if contact.ways[one] else CHANNELS[one] for one in safe]
    everything = len(safe) == len(Channel)
    return ContactMark(
        title=say("Contact: {listed}{part}", listed=_listed(names), part="" if everything else say(" only")),
        words=say(
            "{join}.{part}",
            join=". ".join(one.rstrip(".") for one in said),
            part="" if everything else say(" Nothing else is safe."),
        ),
        tone="good",
        shape="s-paid",
        may=True,
    )


def as_text(ways: Mapping[Channel, str]) -> str:
    """The safe channels as the one text that a row keeps."""
    return json.dumps({one.value: ways[one] for one in Channel if one in ways}, ensure_ascii=False)


def from_text(text: str) -> dict[Channel, str]:
    """What ``as_text`` wrote."""
    return {Channel(name): how for name, how in json.loads(text or "{}").items()}


def fingerprint(contact: SafeContact | None) -> str:
    """A short text that differs wherever the answers differ, so that a form can say what it was shown."""
    if contact is None:
        return ""
    kept = json.dumps([as_text(contact.ways), contact.address, contact.telephone])
    return hashlib.sha256(kept.encode()).hexdigest()


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else say("{join} or {names}", join=", ".join(names[:-1]), names=names[-1])

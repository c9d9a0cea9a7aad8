"""Ways of reaching CMS and others as the guide lists them, for each part of the country that is reached alike."""

from dataclasses import dataclass

from cases.core.facts import Nation
from cms_tracker.language import Words, mark, say
from correspondence.core import contact_data
from correspondence.core.contact_data import ForWhom, KnownAddress, KnownLine, Way

_WAYS = Words(
    {
        Way.TELEPHONE: mark("Telephone"),
        Way.WELSH: mark("Telephone, in Welsh"),
        Way.RELAY: mark("If you cannot hear or speak on the phone"),
        Way.SIGN_LANGUAGE: mark("British Sign Language (BSL)"),
        Way.HOURS: mark("Hours"),
        Way.ONLINE: mark("Online"),
        Way.POST: mark("Post"),
    }
)
_READERS = Words(
    {
        "cms": mark("Letters to CMS"),
        "data": mark("To ask for your own data"),
        "ice": mark("Independent Case Examiner, after CMS’s last answer"),
        "mp": mark("Your MP"),
    }
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One way of reaching somebody, under its words."""

    words: str
    known: KnownLine


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactGroup:
    """Everything for one part of the country."""

    heading: str
    lines: list[Listed]
    addresses: list[tuple[str, KnownAddress]]


def groups() -> list[ContactGroup]:
    """Great Britain, which is reached alike, and Northern Ireland."""
    return [
        _group(say("England, Wales and Scotland"), Nation.ENGLAND),
        _group(say("Northern Ireland"), Nation.NORTHERN_IRELAND),
    ]


def _group(heading: str, nation: Nation) -> ContactGroup:
    found = [(words, contact_data.address_of(nation, to)) for to, words in _READERS.items()]
    return ContactGroup(
        heading=heading,
        lines=[Listed(_words(one), one) for one in contact_data.lines_of(nation)],
        addresses=[(words, known) for words, known in found if known],
    )


def _words(line: KnownLine) -> str:
    return say("For employers") if line.who is ForWhom.EMPLOYERS else _WAYS[line.kind]

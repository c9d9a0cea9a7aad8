"""The documents of a bundle, in order: what each says, or where its file is read from."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cases.core.facts import AllocationRule, Perspective
from cases.core.words import ALLOCATION_RULES
from cms_tracker.days import day
from correspondence import rendering
from correspondence.core.bundles.choices import Choices
from correspondence.core.bundles.contents import Document
from correspondence.core.bundles.exhibits import Exhibit, Ground, LetterCopy, next_mark, picked, section_letters
from correspondence.core.bundles.purposes import SAYS, SECTIONS, Section, template_of
from correspondence.queries.bundles import Account
from correspondence.rendering.bundles import Piece

if TYPE_CHECKING:
    from cases.models import Case

_ROLES = {Perspective.RECEIVING: "Receiving parent", Perspective.PAYING: "Paying parent"}
PDF = "application/pdf"
Read = Callable[[Exhibit], tuple[bytes, str]]  # the copy of a file that may leave, and its media type


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A bundle as it is to be made: what was chosen, from which record, on which day, after which version."""

    case: "Case"
    choices: Choices
    on: dt.date
    version: int
    ground: Ground
    account: Account
    read: Read
    earlier: Sequence[Document] = ()


def cover_of(wanted: Wanted) -> dict[str, Any]:
    """What the cover says. The parties stand by their role, and by a name only where one was typed."""
    mine = Perspective(wanted.case.perspective)
    other = Perspective.PAYING if mine is Perspective.RECEIVING else Perspective.RECEIVING
    choices, template = wanted.choices, template_of(wanted.choices.purpose)
    return {
        "reader": template.reader,
        "title": template.title,
        "reference": wanted.case.reference,
        "own_role": _ROLES[mine],
        "other_role": _ROLES[other],
        "your_name": choices.your_name,
        "their_name": choices.their_name,
        "since": choices.since,
        "until": choices.until,
        "made_on": wanted.on,
        "version": wanted.version,
        "hides": choices.hides,
    }


def pieces_of(wanted: Wanted) -> list[Piece]:
    """Every document of the bundle but cover, index and hashes; of a later version only what is new."""
    taken = {one.section: one.mark[:1] for one in wanted.earlier if one.section and one.mark}
    letters = section_letters(wanted.choices.sections, taken)
    known = {one.key for one in wanted.earlier}
    pieces: list[Piece] = []
    for section, letter in letters.items():
        marks = [one.mark for one in wanted.earlier]
        new = [one for one in _of_section(wanted, section) if one["key"] not in known]
        if not new:
            continue
        if section.value not in taken:
            pieces.append(_sheet(wanted, section, letter))
        for one in new:
            marks.append(next_mark(letter, marks))
            pieces.append(_piece(wanted, section, mark=marks[-1], values=one))
    return pieces


def _piece(wanted: Wanted, section: Section, *, mark: str, values: dict[str, Any]) -> Piece:
    return Piece(section=section.value, mark=mark, added_on=wanted.on if wanted.earlier else None, **values)


def _sheet(wanted: Wanted, section: Section, letter: str) -> Piece:
    lines = []
    if section is Section.LETTERS and wanted.choices.hides:
        lines.append("Where something private was taken out of a copy, [removed] stands in its place.")
    if section is Section.EVIDENCE:
        lines.append("Each file is shown as it looks, fitted onto the page. The hash of the file is in the list.")
    return Piece(
        key=f"sheet:{section.value}@{wanted.version}",
        section=section.value,
        mark=letter,
        title=SECTIONS[section],
        template="sheet.html",
        context={"letter": letter, "title": SECTIONS[section], "says": SAYS[section], "lines": lines},
        added_on=wanted.on if wanted.earlier else None,
    )


def _of_section(wanted: Wanted, section: Section) -> Iterator[dict[str, Any]]:
    if section is Section.LETTERS:
        for letter in picked(wanted.ground.letters, wanted.choices.letters):
            assert isinstance(letter, LetterCopy)  # noqa: S101 - for the type checker
            yield _copy(letter)
    elif section is Section.EVIDENCE:
        for exhibit in picked(wanted.ground.exhibits, wanted.choices.exhibits):
            assert isinstance(exhibit, Exhibit)  # noqa: S101 - for the type checker
            yield _exhibit(wanted, exhibit)
    else:
        yield _generated(wanted, section)


def _copy(letter: LetterCopy) -> dict[str, Any]:
    said = {"words": rendering.words(letter.html), "on": day(letter.on), "posted": letter.posted}
    return {
        "key": letter.key, "title": letter.label, "on": letter.on, "template": "letter.html", "context": said,
        "sha256": letter.sha256,
    }  # fmt: skip


def _exhibit(wanted: Wanted, exhibit: Exhibit) -> dict[str, Any]:
    values = {"key": exhibit.key, "title": exhibit.label, "on": exhibit.on, "sha256": exhibit.sha256}
    if not exhibit.is_text:
        return values | {"read": lambda: wanted.read(exhibit)}
    content, _ = wanted.read(exhibit)
    said = {"title": exhibit.label, "words": content.decode("utf-8", "replace")}
    return values | {"template": "text.html", "context": said}


def _generated(wanted: Wanted, section: Section) -> dict[str, Any]:
    """A part that we write. In a later version it is added again, as the record now stands."""
    account, choices = wanted.account, wanted.choices
    left_out = len(choices.left_out)
    said: dict[str, Any] = {
        "period": f"{day(choices.since) if choices.since else 'From the beginning'} to {day(choices.until)}",
        "made_on": day(wanted.on),
        "rule": _rule(wanted),
        "left_out": f"{left_out} of the contacts in the record are left out." if left_out else "",
    }
    match section:
        case Section.CHRONOLOGY:
            said["rows"] = account.chronology
        case Section.SCHEDULE:
            said |= {"rows": account.dues, "others": account.others, "sums": account.sums}
        case Section.PLANS:
            said["rows"] = account.plans
        case _:
            said["rows"] = account.contacts
    title = SECTIONS[section]
    return {
        "key": f"{section.value}@{wanted.version}",
        "title": f"{title}, as of {day(wanted.on)}" if wanted.earlier else title,
        "on": wanted.on,
        "template": f"{section.value}.html",
        "context": said,
    }


def _rule(wanted: Wanted) -> str:
    rule = ALLOCATION_RULES[AllocationRule(wanted.case.allocation_rule)]
    return f"Where nobody said what a payment was for, it counts towards: {rule[0].lower()}{rule[1:]}."

"""One kind of letter for many records: what is asked once for all, and what each record answers by itself.

Each letter reads its own record and nothing else. What two records would be asked differently is never
asked in common: each then takes the answers that its own letter begins with.
"""

import datetime as dt
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cms_tracker.refusal import Refusal
from correspondence.core.letters import asks
from correspondence.core.letters.asks import Answer, Answers, Ask
from correspondence.core.letters.draft import NO_ADDRESS, Choices, draft
from correspondence.core.letters.envelope import Letter
from correspondence.core.letters.kind import Kind, Record
from correspondence.core.words import on_one_line

MOST = 1_000  # records at a time
MOST_NAME = 80

NO_NAME = "No letter of this record holds the parent’s name. Add it to the names, or write here first."
NO_CHECKED_ADDRESS = "We have no checked address for this nation. Write this one in the record itself."
OTHER_SIDE = "This side of a case does not send this letter."
_LINE = re.compile(r"\s*((?:[0-9][\s-]?){12})[\s,;:]+(.*\S)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What became of one record: the letter it would get, or in one sentence why it gets none."""

    case_id: uuid.UUID
    reference: str
    label: str
    name: str
    letter: Letter | None
    choices: Choices | None
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The parents' names that were typed, by CMS reference, and the lines that could not be read."""

    by_reference: Mapping[str, str]
    unread: tuple[str, ...]


def is_for_many(kind: Kind) -> bool:
    """Say whether a kind can be written to many at once: not where it is about one call, or takes files along."""
    return not kind.named_by and not kind.needs_files


def common(of_records: Sequence[Sequence[Ask]]) -> tuple[Ask, ...]:
    """The questions that are the same for every record, in their order; () where there is no record."""
    if not of_records:
        return ()
    first, rest = of_records[0], [{one.name: one for one in every} for every in of_records[1:]]
    return tuple(
        one for one in first if not isinstance(one, asks.PickMany) and all(other.get(one.name) == one for other in rest)
    )


def answered(questions: Sequence[Ask], given: Answers) -> Answers:
    """The answers for one record: those given for all, and its own first answers to what was not asked.

    Raises Refusal, naming the question, where one that is needed has no answer.
    """
    found: dict[str, Answer] = {}
    for one in questions:
        if one.opened_by and found.get(one.opened_by[0]) != one.opened_by[1]:
            continue
        answer = given.given[one.name] if one.name in given.given else _first(one)
        if answer not in (None, "", ()):
            found[one.name] = answer
        elif one.needed:
            raise Refusal(one.needed, field=one.name)
    return Answers(found)


def looked_at(
    kind: Kind, record: Record, given: Choices, *, case_id: uuid.UUID, label: str, name: str, asked: frozenset[str]
) -> Looked:
    """One record with the letter it would get.

    ``given`` are the answers for all, its sender whoever signs for the parents (empty: they sign
    themselves). ``name`` is the parent's. ``asked`` names the questions that were asked in common.
    """
    bare = Looked(
        case_id=case_id, reference=record.reference, label=label, name=name, letter=None, choices=None, why_not=""
    )
    if record.perspective not in kind.senders:
        return replace(bare, why_not=OTHER_SIDE)
    if why := kind.why_not(record):
        return replace(bare, why_not=why)
    if not name:
        return replace(bare, why_not=NO_NAME)
    signed_by = "" if kind.by_parent_only else given.sender
    choices = replace(given, sender=signed_by or name, for_whom=name if signed_by else "")
    try:
        own = [one if one.name not in asked else replace(one, needed="") for one in kind.asks(record)]
        choices = replace(choices, answers=answered(own, given.answers))
        letter = draft(kind, record, choices)
    except Refusal as refusal:
        why = NO_CHECKED_ADDRESS if refusal.message == NO_ADDRESS else refusal.message
        return replace(bare, why_not=why)
    return replace(bare, letter=letter, choices=choices)


def name_in(letters: Sequence[Letter]) -> str:
    """The parent's name as the latest letters of a record have it; empty where none has one."""
    return next((one.for_whom or one.sender for one in letters if one.for_whom or one.sender), "")


def names_in(text: str) -> Names:
    """Read lines of a CMS reference and a name, as typed or pasted from a table."""
    found: dict[str, str] = {}
    unread = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        name = on_one_line(match[2]) if match else ""
        if match and len(name) <= MOST_NAME:
            found["".join(char for char in match[1] if char.isdigit())] = name
        elif line.strip():
            unread.append(on_one_line(line)[:MOST_NAME])
    return Names(by_reference=found, unread=tuple(unread))


def unshared(names: Mapping[str, str], references: Sequence[str]) -> dict[str, str]:
    """The names whose reference only one of the records has: two may be the records of the two parents."""
    return {reference: name for reference, name in names.items() if references.count(reference) == 1}


def _first(ask: Ask) -> Answer:
    """What a question is answered with at first."""
    match ask:
        case asks.PickMany():
            return tuple(one.value for one in ask.options if one.is_ticked)
        case asks.Pick():
            return next((one.value for one in ask.options if one.is_ticked), "")
        case asks.Line() | asks.Words() | asks.Lines() | asks.Day() | asks.Money() | asks.Number():
            return ask.initial
    return None


def as_json(given: Choices, asked: frozenset[str]) -> dict[str, Any]:
    """What was chosen for all, as JSON: days as ``YYYY-MM-DD`` under the name of their kind."""
    return {
        "sender": given.sender,
        "reply_to": list(given.reply_to),
        "is_authority_enclosed": given.is_authority_enclosed,
        "asked": sorted(asked),
        "answers": {name: _plain(answer) for name, answer in given.answers.given.items()},
    }


def from_json(value: Mapping[str, Any]) -> tuple[Choices, frozenset[str]]:
    """Read what ``as_json`` wrote."""
    choices = Choices(
        sender=value["sender"],
        reply_to=tuple(value["reply_to"]),
        is_authority_enclosed=value["is_authority_enclosed"],
        answers=Answers({name: _read(answer) for name, answer in value["answers"].items()}),
    )
    return choices, frozenset(value["asked"])


def _plain(answer: Answer) -> Any:
    if isinstance(answer, dt.date):
        return {"day": answer.isoformat()}
    return list(answer) if isinstance(answer, tuple) else answer


def _read(answer: Any) -> Answer:
    if isinstance(answer, dict):
        return dt.date.fromisoformat(answer["day"])
    return tuple(answer) if isinstance(answer, list) else answer

"""What was said and sent in a case file: contacts with their promises, letters with their steps. Read and written."""

import datetime as dt
import json
import re

from arrears.core.case_files import read_file, write_file
from arrears.core.case_values import (
    CaseFile,
    CaseFileError,
    Contact,
    ContactKind,
    Direction,
    Letter,
    LetterStep,
    LetterStepKind,
    Outcome,
    PostedHow,
    Promise,
    PromiseResult,
)
from arrears.core.strict_json import (
    LONDON,
    MOST_ITEMS,
    NOT_TEXT,
    REASON,
    Fields,
    Json,
    day,
    filled,
    struck_out,
    tail,
)

# The longest texts, in characters, as the database holds them.
LABEL = 60
PARTY = 80
VERSION = 20
MOST_FACTS_CHARACTERS = 1_000_000
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


def refuse_impossible_versions(case: CaseFile) -> None:
    """Raise CaseFileError where a letter corrects one that is not there, itself, or one that was corrected before."""
    taken: set[int] = set()
    for place, letter in enumerate(case.letters):
        old = letter.replaces
        if old is None:
            continue
        if old >= place or case.letters[old].created_on > letter.created_on:
            raise CaseFileError(f"letters[{place}].replaces", "must be the place of an earlier letter")
        if old in taken:
            raise CaseFileError(f"letters[{place}].replaces", "is a letter that was corrected before")
        taken.add(old)


def refuse_unknown_contacts(case: CaseFile) -> None:
    """Raise CaseFileError where a letter names a place at which the file has no contact."""
    for place, letter in enumerate(case.letters):
        named = [(f"letters[{place}].contact", letter.contact)]
        named += [(f"letters[{place}].steps[{number}].contact", one.contact) for number, one in enumerate(letter.steps)]
        for path, contact in named:
            if contact is not None and contact >= len(case.contacts):
                raise CaseFileError(path, "is not the place of a contact in this file")


def read_contact(fields: Fields) -> Contact:
    """A contact with its promises."""
    return Contact(
        at=fields.date_or_instant("at"),
        kind=fields.choice("kind", ContactKind),
        direction=fields.choice("direction", Direction),
        with_whom=fields.text("with", default="", longest=PARTY),
        spoke_to=fields.text("spoke_to", default="", longest=PARTY),
        reference=fields.text("reference", default="", longest=LABEL),
        summary=fields.text("summary", default=""),
        recorded_on=fields.optional_date("recorded_on"),
        promises=fields.items("promises", _promise),
        files=fields.items("files", read_file),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def _promise(fields: Fields) -> Promise:
    return Promise(
        text=fields.text("text", longest=REASON),
        due_on=fields.optional_date("due_on"),
        outcomes=fields.items("outcomes", _outcome),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def _outcome(fields: Fields) -> Outcome:
    return Outcome(
        on=fields.date("on"),
        result=fields.choice("result", PromiseResult),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def write_contact(one: Contact) -> Json:
    """A contact with its promises."""
    return filled(
        {
            "at": _instant(one.at),
            "kind": one.kind.value,
            "direction": one.direction.value,
            "with": one.with_whom,
            "spoke_to": one.spoke_to,
            "reference": one.reference,
            "summary": one.summary,
            "recorded_on": day(one.recorded_on),
            "promises": [_written_promise(promise) for promise in one.promises],
            "files": [write_file(file) for file in one.files],
            **tail(one.note, one.struck_out),
        }
    )


def _instant(at: dt.date | dt.datetime) -> str:
    """A day, or London's time with its offset, without seconds that say nothing."""
    if not isinstance(at, dt.datetime):
        return at.isoformat()
    local = at.astimezone(LONDON)
    return local.isoformat(timespec="auto" if local.second or local.microsecond else "minutes")


def _written_promise(one: Promise) -> Json:
    rest = {"due_on": day(one.due_on), "outcomes": [_written_outcome(outcome) for outcome in one.outcomes]}
    return {"text": one.text, **filled({**rest, **tail(one.note, one.struck_out)})}


def _written_outcome(one: Outcome) -> Json:
    return filled({"on": day(one.on), "result": one.result.value, **tail(one.note, one.struck_out)})


def read_letter(fields: Fields) -> Letter:
    """A letter with what became of it. Files written before steps were known hold one posting in three fields."""
    return Letter(
        kind=_code(fields, "kind"),
        created_on=fields.date("created_on"),
        body=fields.text("body", default="", longest=200_000),
        facts_json=_frozen(fields, "facts"),
        template_version=fields.text("template_version", default="", longest=VERSION),
        rates_version=fields.text("rates_version", default="", longest=VERSION),
        contact=_place(fields),
        replaces=_place(fields, "replaces"),
        steps=(*_posting(fields), *fields.items("steps", _step)),
        files=fields.items("files", read_file),
    )


def _posting(fields: Fields) -> tuple[LetterStep, ...]:
    on = fields.optional_date("posted_on")
    how = fields.choice("posted_how", PostedHow) if fields.has("posted_how") else None
    number = fields.text("posting_number", default="", longest=LABEL)
    if on is None and (how is not None or number):
        fields.refuse("posted_on", "is missing")
    return () if on is None else (LetterStep(kind=LetterStepKind.POSTED, on=on, how=how, number=number),)


def _step(fields: Fields) -> LetterStep:
    step = LetterStep(
        kind=fields.choice("kind", LetterStepKind),
        on=fields.date("on"),
        how=fields.choice("how", PostedHow) if fields.has("how") else None,
        number=fields.text("number", default="", longest=LABEL),
        contact=_place(fields),
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )
    if step.kind is not LetterStepKind.POSTED and step.how is not None:
        fields.refuse("how", "belongs to a posting")
    if step.kind is not LetterStepKind.REPLY_RECEIVED and step.contact is not None:
        fields.refuse("contact", "belongs to a reply")
    return step


def _place(fields: Fields, name: str = "contact") -> int | None:
    return fields.number(name, default=0, most=MOST_ITEMS) if fields.has(name) else None


def _code(fields: Fields, name: str) -> str:
    code = fields.text(name, longest=40)
    if not _CODE.fullmatch(code):
        fields.refuse(name, "must be a word of small letters, digits and underscores")
    return code


def _frozen(fields: Fields, name: str) -> str:
    """Any JSON object, kept as canonical text: it is a record, and nothing reads it back into a rule."""
    value = fields.take(name) if fields.has(name) else {}
    if not isinstance(value, dict):
        fields.refuse(name, "must be an object")
    try:
        frozen = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
        sound = _is_sound(value)
    except RecursionError:
        fields.refuse(name, "is nested too deeply")
    if not sound:
        fields.refuse(name, "may hold only text, whole numbers, true, false and null")
    if len(frozen) > MOST_FACTS_CHARACTERS:
        fields.refuse(name, "is too long")
    return frozen


def _is_sound(value: object) -> bool:
    """Whether JSON holds nothing that a database would change or refuse: fractions, control characters."""
    if isinstance(value, dict):
        return all(_is_sound(name) and _is_sound(part) for name, part in value.items())
    if isinstance(value, list):
        return all(_is_sound(part) for part in value)
    return not NOT_TEXT.search(value) if isinstance(value, str) else value is None or isinstance(value, int)


def write_letter(one: Letter) -> Json:
    """A letter with what became of it."""
    facts = json.loads(one.facts_json)
    return filled(
        {
            "kind": one.kind,
            "created_on": day(one.created_on),
            "contact": one.contact,
            "replaces": one.replaces,
            "steps": [_written_step(step) for step in one.steps],
            "files": [write_file(file) for file in one.files],
            "template_version": one.template_version,
            "rates_version": one.rates_version,
            "facts": facts or None,
            "body": one.body,
        }
    )


def _written_step(one: LetterStep) -> Json:
    return filled(
        {
            "kind": one.kind.value,
            "on": day(one.on),
            "how": one.how.value if one.how else None,
            "number": one.number,
            "contact": one.contact,
            **tail(one.note, one.struck_out),
        }
    )

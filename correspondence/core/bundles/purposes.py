"""What a bundle is made for: who reads it, what they expect, and which sections it begins with."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any


class Purpose(StrEnum):
    """Who a bundle is for; also the purpose's name in an address."""

    RECONSIDERATION = "reconsideration"
    COMPLAINT = "complaint"
    EXAMINER = "examiner"
    OMBUDSMAN = "ombudsman"
    TRIBUNAL = "tribunal"
    ADVISER = "adviser"


class Section(StrEnum):
    """A part of a bundle that can be put in or left out, and moved."""

    CHRONOLOGY = "chronology"
    SCHEDULE = "schedule"
    PLANS = "plans"
    CALLS = "calls"
    LETTERS = "letters"
    EVIDENCE = "evidence"


SECTIONS = {
    Section.CHRONOLOGY: "Chronology",
    Section.SCHEDULE: "Schedule of due and paid",
    Section.PLANS: "Repayment plans",
    Section.CALLS: "Calls and promises",
    Section.LETTERS: "Letters",
    Section.EVIDENCE: "Evidence",
}
SAYS = {
    Section.CHRONOLOGY: "What happened, day by day: decisions, payments in short, contacts and letters.",
    Section.SCHEDULE: "Each payment that fell due, what came for it and when, and what is short.",
    Section.PLANS: "Each plan to repay arrears: what was agreed, and how it went.",
    Section.CALLS: "Each contact with what was said, and what became of each promise.",
    Section.LETTERS: "Copies of letters, in the order of their dates.",
    Section.EVIDENCE: "Copies of files that show what happened.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What one purpose starts from. ``source`` is empty where no body has said anything to cite."""

    purpose: Purpose
    title: str
    reader: str
    who_sees: str
    expects: str
    leaves_out: str
    sections: tuple[Section, ...]
    source: str
    url: str
    checked: dt.date


def template_of(purpose: Purpose) -> Template:
    """The template of one purpose."""
    found = _data()[purpose.value]
    return Template(purpose=purpose, **(found | {"sections": tuple(map(Section, found["sections"]))}))


def templates() -> list[Template]:
    """Every purpose, in the order in which they are offered."""
    return [template_of(one) for one in Purpose]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("purposes.toml").read_text(encoding="utf-8"))

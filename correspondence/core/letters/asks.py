"""What a letter asks the person who writes it, and the answers as values.

A kind of letter lists its questions; one form draws them all. A question never holds a rule: what
may be answered stands here, what follows from it in the kind's ``draft``.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = str | int | dt.date | tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose. ``is_ticked``: chosen at first. ``is_older``: folded away until asked for."""

    value: str
    label: str
    is_ticked: bool = False
    is_older: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question.

    ``needed`` is the sentence shown where an answer is missing; empty: it may be left empty, and
    ``optional`` stands beside its label. ``opened_by`` names a ``Pick`` and the value that opens
    this question; another choice leaves it unanswered. ``after`` is a line under it, with a link.
    """

    name: str
    label: str
    help: str = ""
    needed: str = ""
    optional: str = "if you want to"
    opened_by: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Ask):
    """A text on one line."""

    most: int = 120
    initial: str = ""
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Ask):
    """A text of one or more paragraphs, printed as it was typed."""

    most: int = 2000
    rows: int = 5
    initial: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(Ask):
    """An address, or a list with one thing on each line; read as a tuple."""

    most: int = 7
    rows: int = 4
    initial: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Ask):
    """A day. ``is_ahead``: it may lie up to a year ahead. ``what`` names it in messages: "the day of the decision"."""

    what: str = "the day"
    is_ahead: bool = False
    initial: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Money(Ask):
    """An amount, read as whole pence; at least ``at_least`` pence."""

    what: str = "an amount"
    at_least: int = 1
    initial: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Ask):
    """A whole number within bounds."""

    at_least: int = 0
    at_most: int = 100
    initial: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick(Ask):
    """One of several. The first ticked option is chosen at first; without one nothing is."""

    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PickMany(Ask):
    """Any of several, at most ``most``. ``older`` names the ones folded away, singular and
    plural with a comma; ``back_to`` is the day of the oldest of them."""

    options: tuple[Option, ...] = ()
    most: int = 2000
    too_many: str = ""
    older: str = "older one,older ones"
    back_to: dt.date | None = None


def yes_no(name: str, label: str, *, help: str = "", yes: str = "Yes", no: str = "No", is_yes: bool = False) -> Pick:  # noqa: A002 - the field's own name
    """A question answered by yes or no; no is chosen at first unless ``is_yes``."""
    return Pick(
        name=name,
        label=label,
        help=help,
        needed="Choose one.",
        options=(
            Option(value="yes", label=yes, is_ticked=is_yes),
            Option(value="no", label=no, is_ticked=not is_yes),
        ),
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a letter's questions, by name. Questions that were not opened are left out."""

    given: Mapping[str, Answer] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A line, a text or a choice; empty where there is none."""
        found = self.given.get(name)
        return found if isinstance(found, str) else ""

    def day(self, name: str) -> dt.date | None:
        """A day, or None."""
        found = self.given.get(name)
        return found if isinstance(found, dt.date) else None

    def number(self, name: str) -> int | None:
        """A number, or pence; None where there is none."""
        found = self.given.get(name)
        return found if isinstance(found, int) else None

    def many(self, name: str) -> tuple[str, ...]:
        """The chosen values, or the lines, in the order of the form."""
        found = self.given.get(name)
        return found if isinstance(found, tuple) else ()

    def is_yes(self, name: str) -> bool:
        """Say whether the answer is yes."""
        return self.given.get(name) == "yes"

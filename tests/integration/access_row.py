"""What happens at one URL for a person who may: the form of a line of ``access_rows``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.integration.access_world import OWNER, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What happens at one URL for a person who may.

    ``get`` and ``answer`` are the status of a GET and of a POST; None: that method is refused with
    405. ``post`` gives what is typed into the form; the rest is sent as the page has it.
    ``writes`` says whether the POST changes the database. ``record`` names the world's record that
    the URL is tried on. ``first`` are forms of other pages to send before. ``after`` is the page, and
    what is sent to it, whose answer holds the form of this one. ``audited``: a look leaves a row in
    the audit, and nothing else. ``works_out``: a look may keep figures that the facts give, and
    nothing else. ``forgiving``: a row that is not there is answered like one that
    this very press has taken away. ``who`` is the person that all this is about, ``theirs`` the status that
    somebody who was let in gets, by who they are, where the right alone does not decide.
    """

    get: int | None = 200
    post: Callable[[World], dict[str, Any]] | None = None
    answer: int = 302
    writes: bool = True
    kwargs: dict[str, str] = field(default_factory=dict)
    record: str = "case"
    first: tuple["Step", ...] = ()
    after: tuple[str, Callable[[], dict[str, Any]]] | None = None
    audited: bool = False
    works_out: bool = False
    forgiving: bool = False
    who: str = OWNER
    theirs: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A page that is filled in before the one in question: its name, its own arguments, what is typed.

    An argument that names a row is given by the name under which the world keeps its id.
    """

    name: str
    kwargs: dict[str, str]
    answers: dict[str, Any]


def nothing(_: World) -> dict[str, Any]:
    """A form with nothing to type: its button says it all."""
    return {}


def typed(**values: Any) -> Callable[[World], dict[str, Any]]:
    """A form with these answers."""
    return lambda _: dict(values)


def day(name: str, d: int, m: int, y: int) -> dict[str, int]:
    """The three boxes of a date."""
    return {f"{name}_d": d, f"{name}_m": m, f"{name}_y": y}

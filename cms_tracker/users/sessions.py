"""How long a person stays signed in: the rule alone, without clock or request."""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

#: Where a session keeps its ``Visit``.
KEPT = "visit"
#: What lies further ahead than this was written before the clock was set back; two machines may differ by less.
SET_BACK = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A session ends ``idle`` after the last press, and ``longest`` after it began whatever is pressed."""

    idle: dt.timedelta
    longest: dt.timedelta


class Kind(StrEnum):
    """What a browser says it runs on, as coarsely as a person needs to know their own again."""

    PHONE = "phone"
    TABLET = "tablet"
    COMPUTER = "computer"
    UNKNOWN = "device"


def kind_of(user_agent: str) -> Kind:
    """Read it from what the browser sends with each request; nothing else of that is kept."""
    if "iPad" in user_agent or ("Android" in user_agent and "Mobile" not in user_agent):
        return Kind.TABLET
    if "iPhone" in user_agent or "Mobile" in user_agent:
        return Kind.PHONE
    if any(word in user_agent for word in ("Windows", "Macintosh", "X11", "CrOS")):
        return Kind.COMPUTER
    return Kind.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One session of one person: when it began, when the person was last active, and on what.

    ``on_shared_device`` is what the person ticked on the sign-in form. ``confirmed_at`` is when they
    last showed that it is them, with a password or a second factor: None where that was at the
    beginning. All times are aware. ``name`` stands for the session on pages: its key stays secret.
    """

    began_at: dt.datetime
    last_seen_at: dt.datetime
    on_shared_device: bool = False
    confirmed_at: dt.datetime | None = None
    kind: Kind = Kind.UNKNOWN
    name: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def shown_at(self) -> dt.datetime:
        """When the person last showed that it is them. Signing in counts."""
        return self.confirmed_at or self.began_at

    def kept(self) -> dict[str, str | bool]:
        """Return it as the session keeps it."""
        confirmed = {"confirmed_at": self.confirmed_at.isoformat()} if self.confirmed_at else {}
        return {
            **confirmed,
            "began_at": self.began_at.isoformat(),
            "last_seen_at": self.last_seen_at.isoformat(),
            "on_shared_device": self.on_shared_device,
            "kind": str(self.kind),
            "name": self.name,
        }

    @classmethod
    def of(cls, kept: Mapping[str, str | bool]) -> "Visit":
        """Read back what ``kept()`` gave."""
        return cls(
            began_at=dt.datetime.fromisoformat(str(kept["began_at"])),
            last_seen_at=dt.datetime.fromisoformat(str(kept["last_seen_at"])),
            on_shared_device=bool(kept["on_shared_device"]),
            confirmed_at=dt.datetime.fromisoformat(str(kept["confirmed_at"])) if "confirmed_at" in kept else None,
            kind=Kind(str(kept["kind"])),
            name=str(kept["name"]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a page says about the end of its session.

    ``seconds`` are left if nothing is pressed, whole and rounded down. ``is_final``: pressing adds
    nothing, the session has reached its longest. ``warning`` is how many seconds before the end to say so.
    """

    seconds: int
    is_final: bool
    limits: Limits
    warning: int

    @property
    def idle_minutes(self) -> int:
        """The idle limit, in minutes."""
        return self.limits.idle // dt.timedelta(minutes=1)

    @property
    def longest_hours(self) -> int:
        """The absolute limit, in hours."""
        return self.limits.longest // dt.timedelta(hours=1)


def limits(*, is_adviser: bool, on_shared_device: bool) -> Limits:
    """Return the limits for a person: a shared device comes before everything else.

    The figures and their source stand in the settings.
    """
    idle = settings.SESSION_IDLE_ADVISER if is_adviser else settings.SESSION_IDLE
    return Limits(
        idle=settings.SESSION_IDLE_SHARED if on_shared_device else idle,
        longest=settings.SESSION_LONGEST,
    )


def has_ended(*, began_at: dt.datetime, last_seen_at: dt.datetime, limit: Limits, now: dt.datetime) -> bool:
    """Say whether a session is over: at the limit itself it is.

    So is one that was last seen in the future. Nobody can tell how long it has been left alone, and
    it would last for as long as the clock was set back.
    """
    return now >= min(last_seen_at + limit.idle, began_at + limit.longest) or last_seen_at > now + SET_BACK


def ending(visit: Visit, *, limit: Limits, now: dt.datetime) -> Ending:
    """Return what a page shown at ``now`` has to say about the end of its session."""
    idle, longest = visit.last_seen_at + limit.idle, visit.began_at + limit.longest
    return Ending(
        seconds=max(0, (min(idle, longest) - now) // dt.timedelta(seconds=1)),
        is_final=longest <= now + limit.idle,
        limits=limit,
        warning=settings.SESSION_WARNING // dt.timedelta(seconds=1),
    )

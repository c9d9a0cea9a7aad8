"""Moving between the services in words: where the case is, what the notices mean, and what each fee comes to."""

from typing import NamedTuple

from arrears.core.event_values import EventKind
from arrears.core.service_fees import Comparison, Line, Span
from cases.core.facts import Perspective, ServiceType
from cms_tracker.days import day
from cms_tracker.language import Words, mark, say
from cms_tracker.money import pounds
from correspondence.core.events import KINDS
from correspondence.core.moving import Moving, Part, Said, said_to
from correspondence.core.notices import Notice, NoticeState

_SERVICES = Words({ServiceType.DIRECT_PAY: mark("Direct Pay"), ServiceType.COLLECT_AND_PAY: mark("Collect and Pay")})
SPANS = Words(
    {
        Span.PAYMENT: mark("Each payment"),
        Span.WEEK: mark("A week"),
        Span.MONTH: mark("A month"),
        Span.YEAR: mark("A year"),
    }
)
_PARTS = Words(
    {
        Part.TEST: mark("When CMS may collect"),
        Part.CHANGES: mark("What changes"),
        Part.ASK: mark("How to ask"),
        Part.REFUSED: mark("If CMS says no"),
        Part.BACK: mark("Going back to Direct Pay"),
        Part.SAFETY: mark("If you do not feel safe"),
    }
)


class Topic(NamedTuple):
    """One part of the page: its code, its heading, and what is said there."""

    code: Part
    heading: str
    said: tuple[Said, ...]


class NoticeShown(NamedTuple):
    """One notice: its heading, and how it stands in sentences."""

    notice: Notice
    heading: str
    sentences: list[str]


def topics(perspective: Perspective) -> list[Topic]:
    """Everything that is said to one side, part by part."""
    return [Topic(part, _PARTS[part], said_to(perspective, part)) for part in Part]


def where(moving: Moving) -> str:
    """Which service the case uses, and since when."""
    if moving.service is None or moving.since is None:
        return say("Your record does not say which service you use.")
    return say("{service} since {since}.", service=_SERVICES[moving.service], since=day(moving.since))


def grounds(moving: Moving, *, perspective: Perspective) -> list[str]:
    """What of the record bears on moving, one sentence each."""
    found = []
    if moving.asked is not None:
        found.append(say("{on}: {what}.", on=day(moving.asked.on), what=KINDS[moving.asked.kind]))
    if moving.unlikely is not None:
        found.append(say("{on}: {what}.", on=day(moving.unlikely.on), what=KINDS[EventKind.FOUND_UNLIKELY_TO_PAY]))
    if moving.service is ServiceType.DIRECT_PAY:
        found.append(_short(moving, perspective))
    if moving.service is ServiceType.COLLECT_AND_PAY:
        found.append(_kept(moving))
    return found


def _short(moving: Moving, perspective: Perspective) -> str:
    if not moving.short:
        return say("No payment is missed, short or late on this record since then.")
    first, count = day(moving.short[0].due_on), len(moving.short)
    if perspective is Perspective.PAYING:
        return say(
            "Payments missed, short or late since then: {count}. The first was due on {first}. CMS may move you.",
            count=count,
            first=first,
        )
    return say(
        "Payments missed, short or late since then: {count}. The first was due on {first}. You can ask to move.",
        count=count,
        first=first,
    )


def _kept(moving: Moving) -> str:
    if moving.kept_since is None or moving.may_ask_from is None:
        return say("The last payment that was due is not on this record as paid on time.")
    return say(
        "Every payment since {since} was on time. Six months of that are over on {until}.",
        since=day(moving.kept_since),
        until=day(moving.may_ask_from),
    )


def notices(moving: Moving) -> list[NoticeShown]:
    """Both notices: until when the one holds, and what ended the other."""
    return [
        NoticeShown(moving.failure, say("The twelve-month notice"), _failure(moving.failure)),
        NoticeShown(moving.arrears, say("The arrears notice"), _arrears(moving.arrears)),
    ]


def _failure(notice: Notice) -> list[str]:
    if notice.on is None or notice.until is None:
        return [say("None on this record. Without one in the twelve months before, CMS may not start to collect.")]
    held = say("Given on {on}.", on=day(notice.on))
    if notice.state is NoticeState.HOLDS:
        return [held, say("CMS may act on a failed payment up to {until}.", until=day(notice.until))]
    return [
        held,
        say("It was good up to {until}. CMS needs a new one before it can start to collect.", until=day(notice.until)),
    ]


def _arrears(notice: Notice) -> list[str]:
    if notice.on is None:
        return [say("None on this record.")]
    held = say("Given on {on}.", on=day(notice.on))
    if notice.state is NoticeState.HOLDS or notice.kept_from is None or notice.until is None:
        return [held, say("New arrears need no further notice, as long as there are not twelve weeks on time.")]
    return [
        held,
        say(
            "Payments were on time for twelve weeks from {since} to {until}. New arrears after that need a new notice.",
            since=day(notice.kept_from),
            until=day(notice.until),
        ),
        say("The weeks are counted from due date to due date. That way of counting is ours."),
    ]


def change(fees: Comparison, *, perspective: Perspective, service: ServiceType | None) -> str:
    """What moving changes for this side, in one sentence, by the week."""
    week = next(one for one in fees.lines if one.span is Span.WEEK)
    amount = pounds(week.added if perspective is Perspective.PAYING else week.kept)
    if perspective is Perspective.PAYING:
        if service is ServiceType.COLLECT_AND_PAY:
            return say("On Direct Pay you would pay {amount} a week less.", amount=amount)
        return say("On Collect and Pay you would pay {amount} a week more.", amount=amount)
    if service is ServiceType.COLLECT_AND_PAY:
        return say("On Direct Pay {amount} a week more would reach you, if it is paid.", amount=amount)
    return say("On Collect and Pay {amount} a week less would reach you, of what is paid.", amount=amount)


def spans(lines: tuple[Line, ...]) -> list[tuple[str, Line]]:
    """Each line with the words of its span."""
    return [(SPANS[one.span], one) for one in lines]

"""What a page says of a deadline: which day, how long is left, who says so, what to do."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from arrears.core.case_values import ClockResult
from cms_tracker import language
from cms_tracker.days import day, days
from cms_tracker.language import mark, say
from correspondence.core.clock_rules import Side
from correspondence.core.clocks import Days, ReadingOn
from correspondence.core.deadlines import Deadline, Source, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A short word with its shape and its colour."""

    word: str
    shape: str
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one source says: the day, the rule in a few words, and how sure anybody is of it."""

    label: str
    on: dt.date
    says: str
    source: str
    url: str
    checked: dt.date
    is_firm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One deadline as its page shows it. ``letters`` are those that can help, by kind and title."""

    deadline: Deadline
    mark: Mark
    when: str
    left: str
    lines: tuple[str, ...]
    said: tuple[Said, ...]
    letters: tuple[tuple[str, str], ...]


_MARKS = {
    Standing.OVERDUE: Mark(word=mark("Past its day"), shape="s-missed", tone="warn"),
    Standing.SOON: Mark(word=mark("Soon"), shape="s-due", tone="warn"),
    Standing.LATER: Mark(word=mark("Later"), shape="s-due"),
    Standing.PASSED: Mark(word=mark("The time has passed"), shape="s-part"),
}
_ENDED = {
    ClockResult.DONE: Mark(word=mark("Done"), shape="s-paid", tone="good"),
    ClockResult.NOT_NEEDED: Mark(word=mark("Not needed"), shape="s-paid"),
}


def card(one: Deadline, *, sendable: Mapping[str, str]) -> Card:
    """How a deadline is shown. ``sendable`` are the letters that this person can make now, code and title."""
    rule = one.rule
    wanted = rule.letters if rule and one.standing is not Standing.ENDED else ()
    return Card(
        deadline=one,
        mark=_ENDED[one.ending.result] if one.ending else _MARKS[one.standing],
        when=_when(one),
        left="" if one.ending else left(one),
        lines=tuple(_lines(one)),
        said=tuple(_said(one)),
        letters=tuple((code, sendable[code]) for code in wanted if code in sendable),
    )


def left(one: Deadline) -> str:
    """How far off it is: ``in 3 working days``, ``today``, ``5 working days ago``."""
    if not one.left.days:
        return say("today")
    working = one.left.working_days
    if not working:  # far off, or no working day lies between
        count = days(abs(one.left.days))
    else:
        count = say(
            "{working} working {part}", working=abs(working), part=say("day") if abs(working) == 1 else say("days")
        )
    return say("in {count_of}", count_of=count) if one.left.days > 0 else say("{count_of} ago", count_of=count)


def _when(one: Deadline) -> str:
    written = f"{one.act_on:%A} {day(one.act_on)}"
    if one.ending:
        return say(
            "{part} on {on}",
            part=say("Done") if one.ending.result is ClockResult.DONE else say("Set aside"),
            on=day(one.ending.on),
        )
    if one.source is Source.PROMISE:
        return say("Promised for {written}", written=written)
    return (
        say("Act by {written}", written=written)
        if one.side is Side.YOURS
        else say("Ask where it is from {written}", written=written)
    )


def _lines(one: Deadline) -> list[str]:
    lines = [one.started]
    if one.ending:
        return [*lines, one.ending.note] if one.ending.note else lines
    counted, rule = one.counted, one.rule
    if counted and counted.act_on != counted.safe_on:
        what = say("is not a working day")
        if one.side is Side.YOURS:
            lines.append(
                say(
                    "{safe_on} {safe_on_2} {what}, so the last working day before it counts.",
                    safe_on=language.weekday(counted.safe_on),
                    safe_on_2=day(counted.safe_on),
                    what=what,
                )
            )
        else:
            lines.append(
                say(
                    "{safe_on} {safe_on_2} {what}, so give it until the next one.",
                    safe_on=language.weekday(counted.safe_on),
                    safe_on_2=day(counted.safe_on),
                    what=what,
                )
            )
    if counted and one.side is Side.YOURS:
        lines.append(_both_days(counted))
    if rule and one.standing in {Standing.OVERDUE, Standing.PASSED}:
        if one.is_too_late:
            lines.append(say("The last day of all, as reported, has passed too. Get advice before you rely on it."))
        lines.append(rule.late)
    if rule:
        lines.append(rule.next)
    return lines


def _both_days(counted: Days) -> str:
    """The earliest day that any source gives, beside the day by the rule. Neither is called certain."""
    safe = day(counted.safe_on)
    if counted.rule_on is None:
        return say("{safe} is not verified: we found no rule that gives this time.", safe=safe)
    if counted.rule_on == counted.safe_on:
        return say("By the rule, the last day is {safe}. No source gives an earlier one.", safe=safe)
    return say(
        "The earliest day that a source gives is {safe}. By the rule, the last day is {rule_on}.",
        safe=safe,
        rule_on=day(counted.rule_on),
    )


def _said(one: Deadline) -> list[Said]:
    counted = one.counted
    if counted is None:
        return []
    said = [
        _of(say("By the rule") if each.reading.law else say("Another reading"), each)
        for each in sorted(counted.readings, key=lambda each: not each.reading.law)
    ]
    said += [_of(say("On the way"), each) for each in counted.asides]
    if counted.latest:
        said.append(_of(say("At the latest"), counted.latest))
    return said


def _of(label: str, each: ReadingOn) -> Said:
    reading = each.reading
    return Said(
        label=label,
        on=each.on,
        says=reading.says,
        source=reading.source,
        url=reading.url,
        checked=reading.checked,
        is_firm=reading.firm,
    )

"""The real cases of ``tests/examples``: a case file, what a correct record must answer, and who says so.

Each name in ``QUESTIONS`` is a key of an expected file; its function asks the engine the same thing
and gives the answer in the same shape, so that a test only has to compare. Where an expected answer
names a few keys of a position, the others are not asked for.
"""

import datetime as dt
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from arrears.core import claims, orders, plan_review, plans, statements
from arrears.core.answers import plan_json, position_json
from arrears.core.case_file import parse
from arrears.core.case_values import CaseFile
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.position import position
from arrears.core.pots import pots
from cases.core.facts import Frequency, Nation
from cms_tracker.money import parse_plain, plain
from correspondence.core.clocks import ClockEnding, ClockSeen
from correspondence.core.deadlines import Deadline, DeadlineList, Facts, listed
from correspondence.core.next_steps import Answer, answer
from correspondence.core.steps import reading

EXAMPLES = Path(__file__).parent / "examples"
NAMES = sorted(path.name.removesuffix(".expected.json") for path in EXAMPLES.glob("rc-*.expected.json"))
NOBODY = uuid.UUID(int=0)

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Real:
    """One real case: the text of its file, what is in it, and the expected answers."""

    name: str
    text: str
    file: CaseFile
    expected: Mapping[str, Any]


def real(name: str) -> Real:
    """One of ``NAMES``."""
    text = (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")
    expected = json.loads((EXAMPLES / f"{name}.expected.json").read_text(encoding="utf-8"))
    return Real(name=name, text=text, file=parse(text), expected=expected)


def asked(key: str) -> list[tuple[str, Json]]:
    """Every expected answer under a key, with the name of its case."""
    found = [(name, real(name).expected.get(key, [])) for name in NAMES]
    return [(name, each) for name, answers in found for each in (answers if isinstance(answers, list) else [answers])]


def day(said: str) -> dt.date:
    """A day of an expected file."""
    return dt.date.fromisoformat(said)


def only(wanted: Any, given: Any) -> Any:
    """Of what was given, the keys that were asked for."""
    if isinstance(wanted, Mapping) and isinstance(given, Mapping):
        return {key: only(value, given.get(key)) for key, value in wanted.items()}
    return given


def a_position(facts: CaseFacts, wanted: Json) -> Json:
    """What the engine says of the day of an expected position."""
    on = day(wanted["on"])
    known_on = day(wanted.get("known_on", wanted["on"]))
    given: Json = only(wanted, position_json(position(facts, on=on, known_on=known_on)))
    return given


def figures(facts: CaseFacts) -> list[Json]:
    """Each figure that was given, beside the record's own of its day, as everything is known in the end."""
    found = []
    for one in facts.statements:
        beside = statements.beside(facts, one, known_on=max(one.stated_on, one.as_at))
        found.append(
            {
                "as_at": one.as_at.isoformat(),
                "theirs": plain(beside.theirs),
                "ours": plain(beside.ours),
                "difference": plain(beside.difference),
            }
        )
    return found


def order_checks(facts: CaseFacts) -> list[Json]:
    """The days and the sum of each liability order."""
    checks = [orders.check(facts, one, on=one.granted_on, known_on=one.granted_on) for one in facts.orders]
    return [{"days": one.days, "theirs": plain(one.theirs)} for one in checks]


def plans_on(facts: CaseFacts, nation: Nation, *, on: dt.date) -> list[Json]:
    """What each plan comes to and how it stands, beside CMS's own word for it."""
    return [_plan(one) for one in plan_review.review(facts, on=on, known_on=on, nation=nation)]


def _plan(one: plan_review.PlanReview) -> Json:
    held = one.standing.on_hold_since
    found = plan_json(one.verdict) | {
        "said": one.plan.cms_word,
        "origin": one.plan.origin.value,
        "state": one.standing.state.value,
        "on_hold_since": held.isoformat() if held else None,
        "ongoing": plain(one.plan.total - one.plan.arrears_part),
    }
    if one.followed is not None:
        found |= {"before_would_take": one.followed.verdict.payments, "longer_by": one.followed.longer_by}
    return found


def plan_check(wanted: Json) -> Json:
    """What a plan alone comes to, on the arrears given."""
    verdict = plans.check(
        arrears=parse_plain(wanted["arrears"]),
        instalment=parse_plain(wanted["instalment"]),
        frequency=Frequency(wanted.get("frequency", "monthly")),
        first_payment_on=day(wanted["first"]),
    )
    given: Json = only(wanted, wanted | plan_json(verdict))
    return given


def claims_window(facts: CaseFacts) -> Json:
    """The first and last day on which a voluntary payment counts."""
    found = claims.window(facts)
    return {"first": found.first.isoformat(), "last": found.last.isoformat()} if found else {}


def claimed_and_counted(facts: CaseFacts) -> tuple[str, str]:
    """The sum of what was claimed, and of what CMS or a tribunal counted."""
    counted = sum(claims.standing(one).counted for one in facts.claims)
    return plain(sum(one.amount for one in facts.claims)), plain(counted)


def consolatory(facts: CaseFacts, *, on: dt.date) -> str:
    """What CMS paid for its own mistakes by a day."""
    return plain(pots(known(facts, on), position(facts, on=on, known_on=on)).consolatory)


def deadlines_of(file: CaseFile, *, on: dt.date) -> DeadlineList:
    """The deadlines of a case file on a day: those of its clocks and of its decisions."""
    decisions = [replace(one, id=str(uuid.uuid5(NOBODY, one.id))) for one in file.facts.decisions]
    facts = Facts(
        nation=file.nation,
        clocks=[_clock(file, place) for place in range(len(file.clocks))],
        decisions=[(one, one.notified_on) for one in decisions],
    )
    return listed(facts, case_id=NOBODY, on=on)


def next_steps(file: CaseFile, *, on: dt.date) -> Answer:
    """What can be done next by a case file on a day, and what cannot. No letter of it was sent."""
    facts = file.facts
    seen, at = known(facts, on), position(facts, on=on, known_on=on)
    given = [one for one in seen.statements if one.as_at <= on]
    latest = max(given, key=lambda one: (one.as_at, one.stated_on), default=None)
    beside = statements.beside(facts, latest, known_on=on) if latest else None
    case = reading.Case(
        perspective=facts.perspective,
        nation=file.nation,
        scheme=file.scheme,
        facts=facts,
        seen=seen,
        at=at,
        plans=plan_review.review(facts, on=on, known_on=on, nation=file.nation) if seen.plans else (),
        deadlines=deadlines_of(file, on=on),
        events=[one for one in file.events if one.struck_out is None],
        figure=(beside.as_at, beside.theirs, beside.ours) if beside else None,
    )
    return answer(reading.read(case))


def differences(found: Answer, wanted: Json) -> list[str]:
    """What an answer lacks of what is expected, and what it should not offer."""
    lacks = [f"+{code}" for code in wanted["allowed"] if not found.has(code)]
    lacks += [f"-{code}" for code in wanted["refused"] if not found.refuses(code)]
    return lacks + [f"offers {code}" for code in wanted["not_allowed"] if found.has(code)]


def _clock(file: CaseFile, place: int) -> ClockSeen:
    clock = file.clocks[place]
    key = uuid.uuid5(NOBODY, f"clock {place}")
    last = clock.ends[-1] if clock.ends else None
    ending = ClockEnding(id=key, result=last.result, on=last.on) if last else None
    return ClockSeen(
        id=key, case_id=NOBODY, kind=clock.kind, dated_on=clock.dated_on, reached_on=clock.reached_on, ending=ending
    )


def every(found: DeadlineList) -> Sequence[Deadline]:
    """All deadlines of a list, open or not."""
    return (*found.open, *found.passed, *found.ended)


def same_deadline(wanted: Json, found: DeadlineList) -> Json | None:
    """The one deadline of this kind that has these days, in the shape of the expected one; None where none has.

    ``none`` asks that there be no deadline at all, ``is_over`` that a decision be past its last day of all.
    """
    if "none" in wanted:
        return wanted if not every(found) else None
    if "is_over" in wanted:
        return wanted if found.older and not every(found) else None
    shaped = [_deadline(one, wanted["on"]) for one in every(found) if one.kind is not None]
    return next((each for each in (only(wanted, one) for one in shaped) if each == wanted), None)


def _deadline(one: Deadline, on: str) -> Json:
    days = one.counted
    assert days is not None
    return {
        "on": on,
        "kind": str(one.kind),
        "standing": one.standing.value,
        "safe_on": days.safe_on.isoformat(),
        "rule_on": days.rule_on.isoformat() if days.rule_on else None,
        "act_on": one.act_on.isoformat(),
        "latest": days.latest.on.isoformat() if days.latest else None,
        "readings": sorted({each.on.isoformat() for each in days.readings}),
    }

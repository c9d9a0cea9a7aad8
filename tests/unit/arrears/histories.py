"""Random histories for property tests: every kind of fact, on dates and amounts that like to collide."""

import datetime as dt
import json

from hypothesis import strategies as st

from arrears.core.case_values import (
    CaseFile,
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
    Proposal,
)
from arrears.core.event_values import Event, EventKind, Power
from arrears.core.facts import (
    Adjustment,
    AdjustmentKind,
    AllocationPart,
    CaseFacts,
    Observation,
    OpeningBalance,
    Payment,
    Plan,
    Route,
    Statement,
)
from arrears.core.strict_json import LONDON
from cases.core.facts import (
    AllocationRule,
    Decision,
    Frequency,
    Nation,
    Perspective,
    Schedule,
    Scheme,
    ServicePeriod,
    ServiceType,
    StruckOut,
)
from tests.unit.arrears.oracle_values import counted, due_dates

FIRST = dt.date(2023, 11, 20)
LAST = dt.date(2025, 4, 10)

days = st.integers(0, (LAST - FIRST).days).map(lambda number: FIRST + dt.timedelta(days=number))
amounts = st.one_of(st.sampled_from([1, 700, 4235, 6000, 8500, 26000]), st.integers(1, 60_000))
weeklies = st.one_of(st.sampled_from([0, 700, 4235, 6000, 8500]), st.integers(0, 30_000))


@st.composite
def struck_outs(draw: st.DrawFn) -> StruckOut | None:
    """Mostly nothing; sometimes a strike-out."""
    return StruckOut(on=draw(days), reason="A slip") if draw(st.integers(0, 7)) == 0 else None


@st.composite
def decisions(draw: st.DrawFn, number: int) -> Decision:
    """A decision, often backdated, sometimes told long after it was made, sometimes with a stated instalment."""
    effective_on = draw(days)
    decided_on = draw(st.one_of(st.just(effective_on), days))
    return Decision(
        weekly=draw(weeklies),
        effective_on=effective_on,
        decided_on=decided_on,
        notified_on=draw(st.one_of(st.just(decided_on), days)),
        instalment=draw(st.one_of(st.none(), st.none(), amounts)),
        sequence=draw(st.integers(0, 1)),
        struck_out=draw(struck_outs()),
        id=f"decision-{number}",
    )


@st.composite
def schedules(draw: st.DrawFn) -> tuple[Schedule, ...]:
    """Up to three schedules that start on different days."""
    starts = draw(st.lists(days, max_size=3, unique=True))
    return tuple(
        Schedule(
            frequency=draw(st.sampled_from(Frequency)),
            first_due_on=start,
            struck_out=draw(struck_outs()),
            id=f"schedule-{number}",
        )
        for number, start in enumerate(starts)
    )


@st.composite
def services(draw: st.DrawFn) -> tuple[ServicePeriod, ...]:
    """Up to three service periods that start on different days."""
    starts = draw(st.lists(st.one_of(st.just(FIRST), days), max_size=3, unique=True))
    return tuple(
        ServicePeriod(
            type=draw(st.sampled_from(ServiceType)),
            from_on=start,
            struck_out=draw(struck_outs()),
            id=f"service-{number}",
        )
        for number, start in enumerate(starts)
    )


@st.composite
def payments(draw: st.DrawFn, number: int, likely: st.SearchStrategy[dt.date]) -> Payment:
    """A payment by any route, often on a due date, sometimes with an allocation."""
    paid_on = draw(st.one_of(likely, days))
    payment = Payment(
        paid_on=paid_on,
        amount=draw(amounts),
        route=draw(st.sampled_from(Route)),
        recorded_on=draw(st.one_of(st.just(paid_on), days)),
        paid_to_cms_on=draw(st.one_of(st.none(), st.none(), days)),
        struck_out=draw(struck_outs()),
        id=f"payment-{number}",
    )
    if draw(st.integers(0, 3)):
        return payment
    left, parts = counted(payment), []
    for _ in range(draw(st.integers(1, 3))):
        if left:
            part = draw(st.integers(1, left))
            left -= part
            parts.append(AllocationPart(due_on=draw(st.one_of(likely, days)), amount=part))
    return Payment(
        paid_on=payment.paid_on, amount=payment.amount, route=payment.route, recorded_on=payment.recorded_on,
        paid_to_cms_on=payment.paid_to_cms_on, struck_out=payment.struck_out, id=payment.id, allocation=tuple(parts),
    )  # fmt: skip


@st.composite
def adjustments(draw: st.DrawFn, number: int) -> Adjustment:
    """A correction, write-off or other credit."""
    on = draw(days)
    return Adjustment(
        kind=draw(st.sampled_from(AdjustmentKind)),
        on=on,
        amount=draw(amounts),
        recorded_on=draw(st.one_of(st.just(on), days)),
        struck_out=draw(struck_outs()),
        id=f"adjustment-{number}",
    )


@st.composite
def histories(draw: st.DrawFn) -> CaseFacts:
    """A whole random history, in any order."""
    dates = draw(schedules())
    decided = [draw(decisions(number)) for number in range(draw(st.integers(0, 4)))]
    likely_days = [due for one in dates for due in due_dates(one, LAST)[:-1]]
    likely_days += [one.notified_on for one in decided]
    likely = st.sampled_from(sorted(set(likely_days))) if likely_days else days
    openings = ()
    if draw(st.booleans()):
        opening = OpeningBalance(on=draw(days), amount=draw(amounts), struck_out=draw(struck_outs()), id="opening-0")
        openings = (opening,)
    return CaseFacts(
        perspective=draw(st.sampled_from(Perspective)),
        allocation_rule=draw(st.sampled_from(AllocationRule)),
        services=draw(services()),
        decisions=tuple(decided),
        schedules=dates,
        openings=openings,
        payments=tuple(draw(payments(number, likely)) for number in range(draw(st.integers(0, 10)))),
        observations=tuple(
            Observation(due_on=draw(likely), noted_on=draw(days), id=f"observation-{number}")
            for number in range(draw(st.integers(0, 2)))
        ),
        adjustments=tuple(draw(adjustments(number)) for number in range(draw(st.integers(0, 4)))),
        statements=tuple(
            Statement(stated_on=draw(days), as_at=draw(days), amount=draw(amounts), id=f"statement-{number}")
            for number in range(draw(st.integers(0, 1)))
        ),
        plans=tuple(
            Plan(
                agreed_on=draw(days), first_payment_on=draw(days), frequency=draw(st.sampled_from(Frequency)),
                total=60_000, arrears_part=draw(st.integers(1, 60_000)), id=f"plan-{number}",
            )
            for number in range(draw(st.integers(0, 2)))
        ),
    )  # fmt: skip


views = st.one_of(days.map(lambda day: (day, day)), st.tuples(days, days))

words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
instants = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2030, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(tzinfo=LONDON).astimezone(dt.UTC).astimezone(LONDON)
)


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Something that happened; a step of enforcement names its power."""
    kind = draw(st.sampled_from(EventKind))
    return Event(
        kind=kind,
        on=draw(days),
        power=draw(st.sampled_from(Power)) if kind.names_a_power else None,
        amount=draw(st.none() | st.integers(1, 999_999_999)),
        note=draw(words),
        struck_out=draw(struck_outs()),
    )


@st.composite
def case_files(draw: st.DrawFn) -> CaseFile:
    """A random case file, with everything beside the facts."""
    facts = draw(histories())
    outcome = st.builds(Outcome, on=days, result=st.sampled_from(PromiseResult), note=words, struck_out=struck_outs())
    promise = st.builds(
        Promise,
        text=words,
        due_on=st.none() | days,
        outcomes=st.lists(outcome, max_size=2).map(tuple),
        note=words,
        struck_out=struck_outs(),
    )
    contact = st.builds(
        Contact,
        at=days | instants,
        kind=st.sampled_from(ContactKind),
        direction=st.sampled_from(Direction),
        with_whom=words,
        summary=words,
        recorded_on=st.none() | days,
        promises=st.lists(promise, max_size=2).map(tuple),
        struck_out=struck_outs(),
    )
    posting = st.builds(
        LetterStep,
        kind=st.just(LetterStepKind.POSTED),
        on=days,
        how=st.none() | st.sampled_from(PostedHow),
        number=words,
        note=words,
        struck_out=struck_outs(),
    )
    letter = st.builds(
        Letter,
        kind=st.just("missed-payments"),
        created_on=days,
        body=words,
        facts_json=st.dictionaries(words, words, max_size=2).map(
            lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"))
        ),
        steps=st.lists(posting, max_size=2).map(tuple),
    )
    proposal = st.builds(
        Proposal,
        label=words,
        arrears=st.integers(0, 99_999),
        first_payment_on=days,
        frequency=st.sampled_from(Frequency),
        instalment=st.integers(0, 99_999),
    )
    return CaseFile(
        reference="120000000001",
        nation=draw(st.sampled_from(Nation)),
        scheme=draw(st.sampled_from(Scheme)),
        facts=facts,
        other_parent=draw(words),
        children=tuple(draw(st.lists(words, max_size=2))),
        note=draw(words),
        contacts=tuple(draw(st.lists(contact, max_size=2))),
        proposals=tuple(draw(st.lists(proposal, max_size=2))),
        letters=tuple(draw(st.lists(letter, max_size=2))),
        events=tuple(draw(st.lists(events(), max_size=2))),
    )

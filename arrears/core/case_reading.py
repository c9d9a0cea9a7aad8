"""A case file's JSON, checked and read into values (docs/reference/case-file.md)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable

from arrears.core import (
    case_challenges,
    case_clocks,
    case_events,
    case_files,
    case_money,
    case_results,
    case_words,
    plans,
    transit_file,
)
from arrears.core.allocation import counted
from arrears.core.case_values import (
    FORMAT,
    CaseFile,
    CaseFileError,
    Evidence,
    Proposal,
    ProposalAnswer,
)
from arrears.core.facts import (
    MOST_STATEMENTS,
    Adjustment,
    AdjustmentKind,
    AllocationPart,
    CaseFacts,
    Observation,
    OpeningBalance,
    Payment,
    Plan,
    PlanOrigin,
    Route,
    Statement,
)
from arrears.core.strict_json import REASON, Fields, common, struck_out
from cases.core import limits
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
from cms_tracker.uploads.kinds import MAX_BYTES, media_type, text_kind
from cms_tracker.uploads.names import safe_name

# The longest texts, in characters, as the database holds them.
LABEL = 60
NAME = 120
SOURCE = 200
MOST_SEQUENCE = 32_767
_REFERENCE = re.compile(r"[0-9]{12}")


def read(value: object) -> CaseFile:
    """Check a decoded document and read it; CaseFileError names the field that is wrong."""
    top = Fields(value, "")
    if top.text("format") != FORMAT:
        top.refuse("format", f"must be {FORMAT}")
    evidence: list[Evidence] = []
    case = CaseFile(
        reference=_reference(top),
        nation=top.choice("nation", Nation),
        scheme=top.choice("scheme", Scheme),
        facts=_facts(top, evidence),
        other_parent=top.text("other_parent", default="Other parent", longest=LABEL),
        children=top.items("children", lambda child: child.text("label", longest=LABEL)),
        note=top.text("note", default=""),
        contacts=top.items("contacts", case_words.read_contact),
        proposals=top.items("proposals", _proposal),
        letters=top.items("letters", case_words.read_letter),
        clocks=case_clocks.read_clocks(top),
        results=case_results.read_results(top),
        events=case_events.read_events(top),
        challenges=case_challenges.read_challenges(top),
        files=top.items("files", case_files.read_file),
        evidence=tuple(evidence),
    )
    top.done()
    case_words.refuse_unknown_contacts(case)
    case_words.refuse_impossible_versions(case)
    case_clocks.check_places(case)
    case_challenges.check_places(case)
    return case


def _reference(top: Fields) -> str:
    reference = top.text("reference", longest=LABEL)
    if not _REFERENCE.fullmatch(reference):
        top.refuse("reference", "must be 12 digits")
    return reference


def _facts(top: Fields, evidence: list[Evidence]) -> CaseFacts:
    opening = top.part("opening_balance", _opening)
    former = top.items("former_opening_balances", _opening)
    for place, one in enumerate(former):
        if one.struck_out is None:
            raise CaseFileError(f"former_opening_balances[{place}].struck_out", "is missing")
    facts = CaseFacts(
        perspective=top.choice("perspective", Perspective),
        allocation_rule=top.choice("allocation_rule", AllocationRule, default=AllocationRule.ONGOING_FIRST),
        services=top.items("service", _service, most=limits.MOST_SERVICES),
        decisions=top.items("calculations", _decision, most=limits.MOST_DECISIONS),
        schedules=top.items("schedules", _schedule, most=limits.MOST_SCHEDULES),
        openings=(opening, *former) if opening is not None else former,
        payments=top.items("payments", lambda fields: _payment(fields, evidence)),
        observations=top.items("observations", _observation),
        adjustments=top.items("adjustments", _adjustment),
        statements=top.items("statements", _statement, most=MOST_STATEMENTS),
        plans=top.items("plans", _plan),
        claims=top.items("claims", case_money.read_claim),
        settlements=top.items("settlements", case_money.read_settlement),
        orders=top.items("liability_orders", case_money.read_order),
        other_money=top.items("other_money", case_money.read_other_money),
        budgets=top.items("budgets", case_money.read_budget),
        transits=transit_file.read_legs(top),
    )
    transit_file.check_payments(facts.transits, facts.payments)
    _one_a_day("service", "from", ((one.from_on, one.struck_out) for one in facts.services))
    _one_a_day("schedules", "first_due_on", ((one.first_due_on, one.struck_out) for one in facts.schedules))
    return facts


def _one_a_day(name: str, field: str, starts: Iterable[tuple[object, StruckOut | None]]) -> None:
    """Refuse two schedules or service periods that start on one day: nothing would decide between them."""
    seen = set()
    for place, (start, gone) in enumerate(starts):
        if gone is None:
            if start in seen:
                raise CaseFileError(f"{name}[{place}].{field}", f"is the same day as another of the {name}")
            seen.add(start)


def _service(fields: Fields) -> ServicePeriod:
    return ServicePeriod(type=fields.choice("type", ServiceType), from_on=fields.date("from"), **common(fields))


def _opening(fields: Fields) -> OpeningBalance:
    return OpeningBalance(
        on=fields.date("on"),
        amount=fields.amount("amount"),
        source=fields.text("source", default="", longest=SOURCE),
        **common(fields),
    )


def _decision(fields: Fields) -> Decision:
    effective_on = fields.date("effective_on")
    decided_on = fields.date_or("decided_on", effective_on)
    return Decision(
        weekly=fields.amount("weekly"),
        effective_on=effective_on,
        decided_on=decided_on,
        notified_on=fields.date_or("notified_on", decided_on),
        instalment=fields.optional_amount("instalment"),
        sequence=fields.number("sequence", default=0, most=MOST_SEQUENCE),
        reason=fields.text("reason", default="", longest=LABEL),
        **common(fields),
    )


def _schedule(fields: Fields) -> Schedule:
    return Schedule(
        frequency=fields.choice("frequency", Frequency), first_due_on=fields.date("first_due_on"), **common(fields)
    )


def _payment(fields: Fields, evidence: list[Evidence]) -> Payment:
    paid_on = fields.date("paid_on")
    payment = Payment(
        paid_on=paid_on,
        amount=fields.amount("amount", least=1),
        route=fields.choice("route", Route),
        paid_to_cms_on=fields.optional_date("paid_to_cms_on"),
        recorded_on=fields.date_or("recorded_on", paid_on),
        allocation=fields.items("allocation", _allocation_part),
        **common(fields),
    )
    said = sum(part.amount for part in payment.allocation)
    if said > counted(payment):
        fields.refuse("allocation", "adds up to more than the payment counts for")
    evidence.extend(fields.items("evidence", lambda item: _evidence(item, payment.id)))
    return payment


def _allocation_part(fields: Fields) -> AllocationPart:
    return AllocationPart(due_on=fields.date("due_on"), amount=fields.amount("amount", least=1))


def _evidence(fields: Fields, payment_id: str) -> Evidence:
    written = fields.text("content", longest=MAX_BYTES * 4 // 3 + 4)
    try:
        content = base64.b64decode(written.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        fields.refuse("content", "must be base64")
    sha256 = fields.text("sha256", longest=64)
    if hashlib.sha256(content).hexdigest() != sha256:
        fields.refuse("sha256", "is not the SHA-256 of the content")
    kind = media_type(content) or text_kind(content)
    if fields.text("media_type", longest=LABEL) != kind:
        fields.refuse("media_type", "is not what the content is")
    name = fields.text("name", longest=NAME)
    if name != safe_name(name, kind):
        fields.refuse("name", "must be a plain file name of letters and digits, with the ending of its kind")
    return Evidence(
        payment_id=payment_id,
        name=name,
        media_type=kind,
        sha256=sha256,
        content=content,
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def _observation(fields: Fields) -> Observation:
    return Observation(due_on=fields.date("due_on"), noted_on=fields.date("noted_on"), **common(fields))


def _adjustment(fields: Fields) -> Adjustment:
    on = fields.date("on")
    return Adjustment(
        kind=fields.choice("kind", AdjustmentKind),
        on=on,
        amount=fields.amount("amount", least=1),
        recorded_on=fields.date_or("recorded_on", on),
        reason=fields.text("reason", default="", longest=REASON),
        **common(fields),
    )


def _statement(fields: Fields) -> Statement:
    return Statement(
        stated_on=fields.date("stated_on"),
        as_at=fields.date("as_at"),
        amount=fields.amount("amount"),
        source=fields.text("source", default="", longest=SOURCE),
        **common(fields),
    )


def _plan(fields: Fields) -> Plan:
    plan = Plan(
        agreed_on=fields.date("agreed_on"),
        first_payment_on=fields.date("first_payment_on"),
        frequency=fields.choice("frequency", Frequency),
        total=fields.amount("total"),
        arrears_part=fields.amount("arrears_part"),
        origin=fields.choice("origin", PlanOrigin, default=PlanOrigin.NEGOTIATED),
        cms_word=fields.text("cms_word", default="", longest=LABEL),
        steps=case_money.read_steps(fields, Plan),
        **common(fields),
    )
    if plan.arrears_part > plan.total:
        fields.refuse("arrears_part", "is more than the total")
    return plan


def _proposal(fields: Fields) -> Proposal:
    proposal = Proposal(
        label=fields.text("label", default="", longest=LABEL),
        arrears=fields.amount("arrears"),
        first_payment_on=fields.date("first_payment_on"),
        frequency=fields.choice("frequency", Frequency),
        instalment=fields.optional_amount("instalment"),
        total=fields.optional_amount("total"),
        ongoing=fields.optional_amount("ongoing"),
        fee=fields.optional_amount("fee"),
        review_on=fields.optional_date("review_on"),
        net_income=fields.optional_amount("net_income", least=1),
        sent_on=fields.optional_date("sent_on"),
        answered_on=fields.optional_date("answered_on"),
        answer=fields.choice("answer", ProposalAnswer) if fields.has("answer") else None,
    )
    if (proposal.answer is None) != (proposal.answered_on is None):
        fields.refuse("answer", "and answered_on need each other")
    if proposal.answer is not None and proposal.sent_on is None:
        fields.refuse("sent_on", "is missing")
    try:
        plans.check(
            arrears=proposal.arrears,
            first_payment_on=proposal.first_payment_on,
            frequency=proposal.frequency,
            instalment=proposal.instalment,
            total=proposal.total,
            ongoing=proposal.ongoing,
            fee=proposal.fee,
        )
    except plans.PlanError as error:
        fields.refuse(error.field, error.message)
    return proposal

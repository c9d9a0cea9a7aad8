"""Values written as a case file's JSON: fixed order of fields, nothing that is empty."""

import base64
from collections.abc import Iterable

from arrears.core import case_challenges, case_clocks, case_events, case_files, case_money, case_results, case_words
from arrears.core.case_values import FORMAT, CaseFile, Evidence, Proposal
from arrears.core.facts import Adjustment, Observation, OpeningBalance, Payment, Plan, PlanOrigin, Statement
from arrears.core.strict_json import Json, day, filled, money, tail
from cases.core.facts import AllocationRule, Decision, Schedule, ServicePeriod
from cms_tracker.money import plain


def write(case: CaseFile) -> Json:
    """The document of a case, in the order of the format; reading it gives the same values back."""
    facts = case.facts
    standing = [one for one in facts.openings if one.struck_out is None]
    opening = standing[0] if standing else (facts.openings[0] if facts.openings else None)
    former = [one for one in facts.openings if one is not opening]
    proofs = _proofs(case)
    document: Json = {
        "format": FORMAT,
        "reference": case.reference,
        "nation": case.nation.value,
        "scheme": case.scheme.value,
        "perspective": facts.perspective.value,
        "other_parent": case.other_parent,
        "children": [{"label": label} for label in case.children],
        "note": case.note,
        "allocation_rule": facts.allocation_rule.value,
        "service": [_service(one) for one in facts.services],
        "opening_balance": _opening(opening) if opening else None,
        "former_opening_balances": [_opening(one) for one in former],
        "calculations": [_decision(one) for one in facts.decisions],
        "schedules": [_schedule(one) for one in facts.schedules],
        "payments": [_payment(one, proofs.get(one.id, ())) for one in facts.payments],
        "observations": [_observation(one) for one in facts.observations],
        "adjustments": [_adjustment(one) for one in facts.adjustments],
        "statements": [_statement(one) for one in facts.statements],
        "plans": [_plan(one) for one in facts.plans],
        **case_money.write_lists(facts),
        "proposals": [_proposal(one) for one in case.proposals],
        **_words(case),
    }
    kept = filled(document)
    if facts.allocation_rule is AllocationRule.ONGOING_FIRST:
        del kept["allocation_rule"]
    return {"other_parent": "", **kept} if not case.other_parent else kept


def _words(case: CaseFile) -> Json:
    """What was said and sent, and what came of it."""
    return {
        "contacts": [case_words.write_contact(one) for one in case.contacts],
        "letters": [case_words.write_letter(one) for one in case.letters],
        "clocks": case_clocks.write_clocks(case.clocks),
        "results": case_results.write_results(case.results),
        "events": case_events.write_events(case.events),
        "challenges": case_challenges.write_challenges(case.challenges),
        "files": [case_files.write_file(one) for one in case.files],
    }


def _proofs(case: CaseFile) -> dict[str, list[Evidence]]:
    proofs: dict[str, list[Evidence]] = {}
    for one in case.evidence:
        proofs.setdefault(one.payment_id, []).append(one)
    return proofs


def _service(one: ServicePeriod) -> Json:
    return filled({"type": one.type.value, "from": day(one.from_on), **tail(one.note, one.struck_out)})


def _opening(one: OpeningBalance) -> Json:
    return filled(
        {"on": day(one.on), "amount": plain(one.amount), "source": one.source, **tail(one.note, one.struck_out)}
    )


def _decision(one: Decision) -> Json:
    return filled(
        {
            "weekly": plain(one.weekly),
            "instalment": money(one.instalment),
            "effective_on": day(one.effective_on),
            "decided_on": day(one.decided_on),
            "notified_on": day(one.notified_on),
            "sequence": one.sequence or None,
            "reason": one.reason,
            **tail(one.note, one.struck_out),
        }
    )


def _schedule(one: Schedule) -> Json:
    return filled(
        {
            "frequency": one.frequency.value,
            "first_due_on": day(one.first_due_on),
            **tail(one.note, one.struck_out),
        }
    )


def _payment(one: Payment, proofs: Iterable[Evidence]) -> Json:
    return filled(
        {
            "paid_on": day(one.paid_on),
            "amount": plain(one.amount),
            "route": one.route.value,
            "paid_to_cms_on": day(one.paid_to_cms_on),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.paid_on else None,
            "allocation": [{"due_on": day(part.due_on), "amount": plain(part.amount)} for part in one.allocation],
            "evidence": [_evidence(proof) for proof in proofs],
            **tail(one.note, one.struck_out),
        }
    )


def _evidence(one: Evidence) -> Json:
    return {
        "name": one.name,
        "media_type": one.media_type,
        "sha256": one.sha256,
        "content": base64.b64encode(one.content).decode("ascii"),
        **filled(tail(one.note, one.struck_out)),
    }


def _observation(one: Observation) -> Json:
    return filled({"due_on": day(one.due_on), "noted_on": day(one.noted_on), **tail(one.note, one.struck_out)})


def _adjustment(one: Adjustment) -> Json:
    return filled(
        {
            "kind": one.kind.value,
            "on": day(one.on),
            "amount": plain(one.amount),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.on else None,
            "reason": one.reason,
            **tail(one.note, one.struck_out),
        }
    )


def _statement(one: Statement) -> Json:
    return filled(
        {
            "stated_on": day(one.stated_on),
            "as_at": day(one.as_at),
            "amount": plain(one.amount),
            "source": one.source,
            **tail(one.note, one.struck_out),
        }
    )


def _plan(one: Plan) -> Json:
    return filled(
        {
            "agreed_on": day(one.agreed_on),
            "first_payment_on": day(one.first_payment_on),
            "frequency": one.frequency.value,
            "total": plain(one.total),
            "arrears_part": plain(one.arrears_part),
            "origin": one.origin.value if one.origin is not PlanOrigin.NEGOTIATED else None,
            "cms_word": one.cms_word,
            "steps": case_money.write_steps(one.steps),
            **tail(one.note, one.struck_out),
        }
    )


def _proposal(one: Proposal) -> Json:
    return filled(
        {
            "label": one.label,
            "arrears": plain(one.arrears),
            "first_payment_on": day(one.first_payment_on),
            "frequency": one.frequency.value,
            "instalment": money(one.instalment),
            "total": money(one.total),
            "ongoing": money(one.ongoing),
            "fee": money(one.fee),
            "review_on": day(one.review_on),
            "net_income": money(one.net_income),
            "sent_on": day(one.sent_on),
            "answered_on": day(one.answered_on),
            "answer": one.answer.value if one.answer else None,
        }
    )

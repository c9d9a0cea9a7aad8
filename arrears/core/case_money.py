"""Claims, settlements, orders, other money and budgets in a case file: read and written side by side."""

from typing import TypeVar

from arrears.core import step_checks, transit_file
from arrears.core.facts import CaseFacts, Plan
from arrears.core.other_facts import (
    Budget,
    BudgetCategory,
    BudgetLine,
    Claim,
    ClaimKind,
    Every,
    LiabilityOrder,
    OtherMoney,
    OtherMoneyKind,
    Settlement,
    Step,
    StepKind,
)
from arrears.core.step_rules import STEPS_OF, with_amount
from arrears.core.strict_json import REASON, Fields, Json, common, day, filled, tail
from cms_tracker.money import plain

LABEL = 60
WHAT = 200
MOST_LINES = 60

_Stepped = TypeVar("_Stepped", Plan, Claim, Settlement)


def read_steps(fields: Fields, of: type[_Stepped]) -> tuple[Step, ...]:
    """The steps of a plan, a claim or a settlement; a kind that it cannot have is refused."""
    return fields.items("steps", lambda item: _step(item, of))


def _step(fields: Fields, of: type[_Stepped]) -> Step:
    on = fields.date("on")
    kind = fields.choice("kind", StepKind)
    if kind not in STEPS_OF[of]:
        fields.refuse("kind", "must be one of " + ", ".join(one.value for one in STEPS_OF[of]))
    needs = with_amount(of, kind)
    if not needs and fields.has("amount"):
        fields.refuse("amount", f"has no meaning for {kind.value}")
    return Step(
        kind=kind,
        on=on,
        recorded_on=fields.date_or("recorded_on", on),
        amount=fields.amount("amount", least=1) if needs else None,
        **common(fields),
    )


def write_steps(steps: tuple[Step, ...]) -> list[Json]:
    """The steps of a fact."""
    return [
        filled(
            {
                "kind": one.kind.value,
                "on": day(one.on),
                "recorded_on": day(one.recorded_on) if one.recorded_on != one.on else None,
                "amount": None if one.amount is None else plain(one.amount),
                **tail(one.note, one.struck_out),
            }
        )
        for one in steps
    ]


def read_claim(fields: Fields) -> Claim:
    """A payment that CMS was asked to count."""
    paid_on = fields.date("paid_on")
    claim = Claim(
        kind=fields.choice("kind", ClaimKind),
        paid_on=paid_on,
        amount=fields.amount("amount", least=1),
        recorded_on=fields.date_or("recorded_on", paid_on),
        what=fields.text("what", default="", longest=WHAT),
        steps=read_steps(fields, Claim),
        **common(fields),
    )
    if step_checks.sums(claim.steps, most=claim.amount):
        fields.refuse("steps", "must never come to more than was claimed, nor to less than nothing")
    return claim


def write_claim(one: Claim) -> Json:
    """A claim as JSON."""
    return filled(
        {
            "kind": one.kind.value,
            "paid_on": day(one.paid_on),
            "amount": plain(one.amount),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.paid_on else None,
            "what": one.what,
            "steps": write_steps(one.steps),
            **tail(one.note, one.struck_out),
        }
    )


def read_settlement(fields: Fields) -> Settlement:
    """A part payment in full and final settlement."""
    offered_on = fields.date("offered_on")
    settlement = Settlement(
        offered_on=offered_on,
        arrears=fields.amount("arrears", least=1),
        amount=fields.amount("amount", least=1),
        pay_by=fields.optional_date("pay_by"),
        recorded_on=fields.date_or("recorded_on", offered_on),
        steps=read_steps(fields, Settlement),
        **common(fields),
    )
    if settlement.amount >= settlement.arrears:
        fields.refuse("amount", "must be less than the arrears")
    if step_checks.sums(settlement.steps, most=settlement.given_up):
        fields.refuse("steps", "must never come to more than is given up, nor to less than nothing")
    return settlement


def write_settlement(one: Settlement) -> Json:
    """A settlement as JSON."""
    return filled(
        {
            "offered_on": day(one.offered_on),
            "arrears": plain(one.arrears),
            "amount": plain(one.amount),
            "pay_by": day(one.pay_by),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.offered_on else None,
            "steps": write_steps(one.steps),
            **tail(one.note, one.struck_out),
        }
    )


def read_order(fields: Fields) -> LiabilityOrder:
    """A liability order: a sum for a period."""
    order = LiabilityOrder(
        granted_on=fields.date("granted_on"),
        from_on=fields.date("from"),
        to_on=fields.date("to"),
        amount=fields.amount("amount", least=1),
        applied_on=fields.optional_date("applied_on"),
        court=fields.text("court", default="", longest=WHAT),
        reference=fields.text("reference", default="", longest=LABEL),
        **common(fields),
    )
    if order.to_on < order.from_on:
        fields.refuse("to", "is before the first day of the period")
    return order


def write_order(one: LiabilityOrder) -> Json:
    """A liability order as JSON."""
    return filled(
        {
            "granted_on": day(one.granted_on),
            "from": day(one.from_on),
            "to": day(one.to_on),
            "amount": plain(one.amount),
            "applied_on": day(one.applied_on),
            "court": one.court,
            "reference": one.reference,
            **tail(one.note, one.struck_out),
        }
    )


def read_other_money(fields: Fields) -> OtherMoney:
    """Money in a pot of its own."""
    on = fields.date("on")
    return OtherMoney(
        kind=fields.choice("kind", OtherMoneyKind),
        on=on,
        amount=fields.amount("amount", least=1),
        recorded_on=fields.date_or("recorded_on", on),
        reason=fields.text("reason", default="", longest=REASON),
        **common(fields),
    )


def write_other_money(one: OtherMoney) -> Json:
    """Money in a pot of its own as JSON."""
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


def read_budget(fields: Fields) -> Budget:
    """What comes in and goes out."""
    budget = Budget(on=fields.date("on"), lines=fields.items("lines", _line), **common(fields))
    if len(budget.lines) > MOST_LINES:
        fields.refuse("lines", f"must have {MOST_LINES} items or fewer")
    return budget


def _line(fields: Fields) -> BudgetLine:
    return BudgetLine(
        category=fields.choice("category", BudgetCategory),
        amount=fields.amount("amount", least=1),
        every=fields.choice("every", Every),
    )


def write_budget(one: Budget) -> Json:
    """A budget as JSON."""
    lines = [
        {"category": line.category.value, "amount": plain(line.amount), "every": line.every.value} for line in one.lines
    ]
    return filled({"on": day(one.on), "lines": lines, **tail(one.note, one.struck_out)})


def write_lists(facts: CaseFacts) -> Json:
    """Every list of this module, and the money on its way, under their names in the file."""
    return {
        "claims": [write_claim(one) for one in facts.claims],
        "settlements": [write_settlement(one) for one in facts.settlements],
        "liability_orders": [write_order(one) for one in facts.orders],
        "other_money": [write_other_money(one) for one in facts.other_money],
        "budgets": [write_budget(one) for one in facts.budgets],
        "transits": transit_file.write_legs(facts),
    }

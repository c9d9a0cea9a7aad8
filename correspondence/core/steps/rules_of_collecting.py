"""What CMS can be asked to do about arrears, and repayment plans."""

from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import FREE, IN_FORCE, PLAN_FACT, Do, Found, No, is_receiving, is_with_cms
from correspondence.core.steps.snapshot import (
    Asked,
    Collecting,
    Deduction,
    Ground,
    Length,
    Life,
    Order,
    Plan,
    PlanKept,
    Service,
)

_LONG = {Length.LONGER: Fact.PLAN_LONGER, Length.ENDLESS: Fact.PLAN_ENDLESS}


def collecting(ground: Ground, found: Collecting) -> Found:
    """What was tried, asked and refused, and what is left. Who is dead owes nothing from wages."""
    if not is_with_cms(ground):
        return
    if found.deduction is Deduction.RUNNING and ground.life is not Life.DIED:
        yield Do("wait-deduction", Fact.DEDUCTION_RUNNING)
        if not is_receiving(ground) and ground.plan is PlanKept.KEPT:
            yield Do("object-to-more", Fact.PLAN_KEPT)
    if not is_receiving(ground) or not ground.is_owed:
        return
    if ground.life is Life.DIED:
        yield Do("claim-estate", Fact.DIED)
        yield No("no-enforcement-after-death", Fact.DIED, ("claim-estate",))
    elif ground.plan in FREE:
        yield from _to_collect(ground, found)
    elif found.order is Order.GRANTED and ground.plan in IN_FORCE:
        yield No("no-court-steps-while-kept", PLAN_FACT[ground.plan], ("log-payments", "keep-record"))


def _to_collect(ground: Ground, found: Collecting) -> Found:
    """No plan holds CMS back: what the service and the order make possible."""
    if found.order is Order.GRANTED:
        yield Do("use-order", Fact.ORDER_GRANTED)
    elif ground.service is Service.UNKNOWN:
        yield No("no-enforcement-unknown-service", Fact.SERVICE_UNKNOWN, ("add-service",))
    elif ground.service is Service.COLLECT:
        yield from _on_collect(ground, found)
    if ground.service is Service.DIRECT:
        yield from _on_direct(ground, found)


def _on_direct(ground: Ground, found: Collecting) -> Found:
    if ground.life is Life.CLOSED:
        instead: tuple[str, ...] = ("keep-record", "get-advice")
    elif found.asked is Asked.WAITING:
        instead = ("chase-move",)
        yield Do("chase-move", Fact.ASKED_COLLECT)
        yield No("no-second-request", Fact.ASKED_COLLECT, instead)
    else:
        instead = ("move-to-collect",)
        yield Do("move-to-collect", Fact.REFUSED_COLLECT if found.asked is Asked.REFUSED else Fact.ON_DIRECT_PAY)
    yield No("no-enforcement-on-direct-pay", Fact.ON_DIRECT_PAY, instead)


def _on_collect(ground: Ground, found: Collecting) -> Found:
    order = Fact.ORDER_APPLIED if found.order is Order.APPLIED else Fact.NO_ORDER
    if found.deduction is Deduction.RUNNING:
        yield No("no-order-yet", order, ("wait-deduction",))
        return
    yield Do("ask-enforcement", _why_enforce(ground, found))
    yield No("no-order-yet", order, ("ask-enforcement",))


def _why_enforce(ground: Ground, found: Collecting) -> Fact:
    """The strongest fact there is for asking now."""
    if ground.plan is PlanKept.BROKEN:
        return Fact.PLAN_BROKEN
    if found.deduction in {Deduction.FAILED, Deduction.ASKED}:
        return Fact.DEDUCTION_FAILED if found.deduction is Deduction.FAILED else Fact.DEDUCTION_ASKED
    if found.is_unlikely:
        return Fact.UNLIKELY
    return Fact.NOTICE_GIVEN if found.has_notice else Fact.OWED


def planning(ground: Ground, found: Plan) -> Found:
    """Repayment plans: to offer, to check, to challenge, to report as broken."""
    if not (is_with_cms(ground) and ground.is_owed) or ground.life is Life.DIED:
        return
    if ground.plan is PlanKept.COMING:
        yield Do("check-plan", Fact.PLAN_COMING)
    if ground.plan in FREE | {PlanKept.COMING} and not ground.needs_care:
        yield Do("joint-plan", PLAN_FACT[ground.plan])
    yield from (_received(ground, found) if is_receiving(ground) else _paid(ground, found))


_HOLDS_BACK = {
    PlanKept.COMING: "no-enforcement-before-plan",
    PlanKept.UNSAID: "no-enforcement-unsaid",
    PlanKept.KEPT: "no-enforcement-while-kept",
    PlanKept.AT_RISK: "no-enforcement-while-kept",
}


def _received(ground: Ground, found: Plan) -> Found:
    if ground.plan is PlanKept.BROKEN:
        yield Do("report-broken-plan", Fact.PLAN_BROKEN)
    if ground.plan in FREE:
        return
    instead = ["log-payments"]
    if found.length in _LONG:
        yield Do("challenge-plan", _LONG[found.length])
        instead.append("challenge-plan")
        if ground.plan in IN_FORCE:
            yield Do("ask-more-beside-plan", _LONG[found.length])
            instead.append("ask-more-beside-plan")
    yield No(_HOLDS_BACK[ground.plan], PLAN_FACT[ground.plan], (*instead, "keep-record"))


def _paid(ground: Ground, found: Plan) -> Found:
    because = PLAN_FACT[ground.plan]
    if not found.has_budget:
        yield Do("make-budget", Fact.OWED)
    if ground.plan in FREE:
        yield Do("check-plan", Fact.OWED)
        yield Do("offer-plan", because)
    if ground.plan in {PlanKept.AT_RISK, PlanKept.BROKEN}:
        yield Do("say-plan-missed", because)
    elif ground.plan not in FREE:
        yield Do("say-hardship", because)
    if ground.plan is PlanKept.KEPT:
        yield No("no-offer-while-kept", because, ("say-hardship",))

"""The facts that decide, from a few answers of somebody without a record. Nothing of them is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from cases.core.facts import Nation, Perspective
from correspondence.core.steps import snapshot as s


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What somebody said. What they did not say stays as it is here: unknown, or not so."""

    side: Perspective
    service: s.Service = s.Service.UNKNOWN
    nation: Nation = Nation.ENGLAND
    is_owed: bool = False
    has_unreported: bool = False
    plan: s.PlanKept = s.PlanKept.NONE
    is_long: bool = False
    cause: s.Cause = s.Cause.NONE
    decision: s.Decided = s.Decided.NONE
    complaint: s.Complained = s.Complained.NONE
    paper: str = ""
    part: s.Part = s.Part.NONE
    event: str = ""
    needs_care: bool = False


#: What came by post: it is a notice to both, or a paper to the paying parent, or an order that was made.
_SERVED: Mapping[str, s.Served] = {
    "said_missed": s.Served.SAID_MISSED,
    "bank_order": s.Served.BANK_ORDER,
    "court_papers": s.Served.COURT_PAPERS,
}
_NOTICES: Mapping[str, s.Notice] = {"write_off": s.Notice.WRITE_OFF, "csa": s.Notice.CSA}
_LIVES: Mapping[str, s.Life] = {"closed": s.Life.CLOSED, "died": s.Life.DIED}
_COLLECTING: Mapping[str, s.Collecting] = {
    "order": s.Collecting(order=s.Order.GRANTED),
    "deduction": s.Collecting(deduction=s.Deduction.RUNNING),
    "failed": s.Collecting(deduction=s.Deduction.FAILED),
    "asked_to_move": s.Collecting(asked=s.Asked.WAITING),
}


def snapshot_from(said: Answers) -> s.Snapshot:
    """The facts that these answers come to."""
    return s.Snapshot(
        ground=s.Ground(
            side=said.side,
            service=said.service,
            is_owed=said.is_owed,
            plan=said.plan,
            life=_LIVES.get(said.event, s.Life.OPEN),
            needs_care=said.needs_care,
        ),
        money=s.Money(
            cause=said.cause,
            figure=s.Figure.DIFFERS if said.event == "figure" else s.Figure.NONE,
            has_unreported=said.has_unreported,
            is_overpaid=said.event == "overpaid",
        ),
        plan=s.Plan(length=s.Length.LONGER if said.is_long else s.Length.UNKNOWN),
        collecting=_COLLECTING.get(said.paper, s.Collecting()),
        papers=s.Papers(served=_SERVED.get(said.paper, s.Served.NONE), nation=said.nation),
        challenged=s.Challenged(decision=said.decision, complaint=said.complaint),
        settling=s.Settling(part=said.part, notice=_NOTICES.get(said.paper, s.Notice.NONE)),
        endings=s.Endings(
            ended=s.Ended.CHILD_LEFT if said.event == "child_left" else s.Ended.NONE,
            private=s.Private.BROKE if said.event == "private_broke" else s.Private.NONE,
        ),
    )

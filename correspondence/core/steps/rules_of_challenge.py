"""The two routes of a challenge, kept apart: a decision about the amount, and the service."""

from correspondence.core.steps.fact import Fact
from correspondence.core.steps.rules import Do, Found, No, is_with_cms
from correspondence.core.steps.snapshot import Challenged, Complained, Decided, Ground, Life


def challenged(ground: Ground, found: Challenged) -> Found:
    """How far each route has come, what is next on it, and what is not open yet."""
    if not is_with_cms(ground):
        return
    if ground.life is Life.OPEN:
        yield Do("ask-variation", Fact.NOTHING)
        yield Do("report-change", Fact.NOTHING)
    yield from _decision(ground, found.decision)
    yield from _complaint(ground, found.complaint)


_ASK = {
    Decided.IN_TIME: Do("challenge-decision", Fact.DECIDED),
    Decided.LATE: Do("challenge-decision-late", Fact.DECIDED_LATE),
    Decided.ASKED: Do("wait-reconsideration", Fact.RECONSIDERATION_ASKED),
}


def _decision(ground: Ground, decision: Decided) -> Found:
    if decision in _ASK:
        ask = _ASK[decision]
        yield ask
        yield No("no-tribunal-yet", ask.because, (ask.code,))
    elif decision is Decided.ANSWERED:
        yield Do("appeal", Fact.RECONSIDERED)
    elif decision is Decided.ANSWERED_LATE:
        yield Do("appeal", Fact.RECONSIDERED_LATE)
    elif decision is Decided.TRIBUNAL:
        yield Do("wait-reconsideration", Fact.AT_TRIBUNAL)
    elif decision is Decided.TOO_LATE:
        instead = ("ask-variation", "report-change", "get-advice") if ground.life is Life.OPEN else ("get-advice",)
        yield No("no-reconsideration-any-more", Fact.DECIDED_TOO_LATE, instead)


_NEXT = {
    Complained.NONE: Do("complain", Fact.NO_COMPLAINT),
    Complained.WAITING: Do("wait-complaint", Fact.COMPLAINED),
    Complained.UNANSWERED: Do("next-complaint-stage", Fact.COMPLAINT_UNANSWERED),
    Complained.ANSWERED: Do("next-complaint-stage", Fact.COMPLAINT_ANSWERED),
    Complained.FINAL: Do("go-to-examiner", Fact.COMPLAINT_FINAL),
    Complained.EXAMINER: Do("wait-complaint", Fact.AT_EXAMINER),
    Complained.EXAMINED: Do("go-to-ombudsman", Fact.EXAMINED),
    Complained.OMBUDSMAN: Do("wait-complaint", Fact.AT_OMBUDSMAN),
    Complained.ENDED: Do("complain", Fact.COMPLAINT_ENDED),
}
_BEFORE_EXAMINER = frozenset(
    {Complained.NONE, Complained.WAITING, Complained.UNANSWERED, Complained.ANSWERED, Complained.ENDED}
)
_AT_EXAMINER = frozenset({Complained.FINAL, Complained.EXAMINER})
_QUIET = frozenset({Complained.NONE, Complained.ENDED})


def _complaint(ground: Ground, complaint: Complained) -> Found:
    step = _NEXT[complaint]
    yield step
    if complaint not in _QUIET:
        yield Do("ask-mp", step.because)
        yield Do("ask-compensation", step.because)
        yield No("no-amends-as-arrears", step.because, ("ask-compensation",))
    if complaint in _BEFORE_EXAMINER:
        yield No("no-examiner-yet", step.because, (step.code,))
    if complaint in _BEFORE_EXAMINER | _AT_EXAMINER:
        yield No("no-ombudsman-yet", step.because, (step.code,))
    if complaint in _AT_EXAMINER:
        yield No("no-examiner-collects", step.because, (step.code,))
    if ground.is_owed:
        yield No("no-tribunal-for-collection", Fact.OWED, (step.code,))

"""What happened to a claim, a settlement or a plan, in one sentence with its amount."""

from arrears.core.other_facts import Step, StepKind
from arrears.core.words import STEPS
from cms_tracker.money import pounds

_WITH_AMOUNTS = {
    StepKind.ACCEPTED: "CMS counts {}",
    StepKind.WITHDRAWN: "CMS took back {}",
    StepKind.AGREED: "CMS confirmed it. {} is given up",
    StepKind.CANCELLED: "CMS cancelled it. {} is owed again",
}


def sentence(step: Step) -> str:
    """One step in a sentence, without its full stop."""
    if step.amount is None:
        return STEPS[step.kind]
    return _WITH_AMOUNTS[step.kind].format(pounds(step.amount))

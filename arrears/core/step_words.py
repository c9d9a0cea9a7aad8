"""What happened to a claim, a settlement or a plan, in one sentence with its amount."""

from arrears.core.other_facts import Step, StepKind
from arrears.core.words import STEPS
from cms_tracker.language import Words, mark
from cms_tracker.money import pounds

_WITH_AMOUNTS = Words(
    {
        StepKind.ACCEPTED: mark("CMS counts {}"),
        StepKind.WITHDRAWN: mark("CMS took back {}"),
        StepKind.AGREED: mark("CMS confirmed it. {} is given up"),
        StepKind.CANCELLED: mark("CMS cancelled it. {} is owed again"),
    }
)


def sentence(step: Step) -> str:
    """One step in a sentence, without its full stop."""
    if step.amount is None:
        return STEPS[step.kind]
    return _WITH_AMOUNTS[step.kind].format(pounds(step.amount))

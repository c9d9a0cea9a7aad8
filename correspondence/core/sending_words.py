"""What became of a letter, in words. The same for either parent, a helper and an adviser."""

from arrears.core.case_values import LetterStepKind, PostedHow
from cms_tracker.language import Words, mark
from correspondence.core.sending import Whereabouts

STEP_TITLES = Words(
    {
        LetterStepKind.POSTED: mark("Letter sent"),
        LetterStepKind.DELIVERED: mark("Letter delivered"),
        LetterStepKind.RETURNED: mark("Letter came back"),
        LetterStepKind.REPLY_RECEIVED: mark("Reply received"),
        LetterStepKind.WITHDRAWN: mark("Letter not sent, or taken back"),
    }
)

HOW = Words(
    {
        None: "",
        PostedHow.POST: mark("by post"),
        PostedHow.TRACKED: mark("by tracked post"),
        PostedHow.ONLINE: mark("in the online account"),
        PostedHow.BY_HAND: mark("by hand"),
    }
)

NUMBER_OF = Words(
    {
        None: mark("Number"),
        PostedHow.POST: mark("Proof of posting"),
        PostedHow.TRACKED: mark("Tracking number"),
        PostedHow.ONLINE: mark("Number"),
        PostedHow.BY_HAND: mark("Number"),
    }
)

WHERE = Words(
    {
        Whereabouts.NOT_SENT: mark("Not sent yet"),
        Whereabouts.SENT: mark("Sent"),
        Whereabouts.ARRIVED: mark("Delivered"),
        Whereabouts.CAME_BACK: mark("Came back"),
        Whereabouts.ANSWERED: mark("A reply came"),
        Whereabouts.TAKEN_BACK: mark("Not sent, or taken back"),
    }
)

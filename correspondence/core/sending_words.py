"""What became of a letter, in words. The same for either parent, a helper and an adviser."""

from arrears.core.case_values import LetterStepKind, PostedHow
from correspondence.core.sending import Whereabouts

STEP_TITLES = {
    LetterStepKind.POSTED: "Letter sent",
    LetterStepKind.DELIVERED: "Letter delivered",
    LetterStepKind.RETURNED: "Letter came back",
    LetterStepKind.REPLY_RECEIVED: "Reply received",
    LetterStepKind.WITHDRAWN: "Letter not sent, or taken back",
}

HOW = {
    None: "",
    PostedHow.POST: "by post",
    PostedHow.TRACKED: "by tracked post",
    PostedHow.ONLINE: "in the online account",
    PostedHow.BY_HAND: "by hand",
}

NUMBER_OF = {
    None: "Number",
    PostedHow.POST: "Proof of posting",
    PostedHow.TRACKED: "Tracking number",
    PostedHow.ONLINE: "Number",
    PostedHow.BY_HAND: "Number",
}

WHERE = {
    Whereabouts.NOT_SENT: "Not sent yet",
    Whereabouts.SENT: "Sent",
    Whereabouts.ARRIVED: "Delivered",
    Whereabouts.CAME_BACK: "Came back",
    Whereabouts.ANSWERED: "A reply came",
    Whereabouts.TAKEN_BACK: "Not sent, or taken back",
}

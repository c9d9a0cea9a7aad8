"""Handing a record on, and closing it on an adviser's side: the words that are kept."""

from enum import StrEnum

MOST_IN_A_HAND_OVER = 8_000


class ClosingReason(StrEnum):
    """Why an adviser stops."""

    DONE = "done"
    ASKED_TO_STOP = "asked_to_stop"
    NO_CONTACT = "no_contact"
    ELSEWHERE = "elsewhere"
    CANNOT_ACT = "cannot_act"


CLOSINGS = {
    ClosingReason.DONE: "The work is done",
    ClosingReason.ASKED_TO_STOP: "The client asked us to stop",
    ClosingReason.NO_CONTACT: "We could not reach the client in a safe way",
    ClosingReason.ELSEWHERE: "Somebody else helps now",
    ClosingReason.CANNOT_ACT: "We cannot act in this case",
}

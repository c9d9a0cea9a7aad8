"""The words of the register of requests."""

from enum import StrEnum


class RequestKind(StrEnum):
    """Which right somebody uses."""

    ACCESS = "access"
    ERASURE = "erasure"
    CORRECTION = "correction"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    PORTABILITY = "portability"


class RequestWho(StrEnum):
    """Who asks: somebody about their own sign-in, or somebody else whose name may stand in a record."""

    HOLDER = "holder"
    ANOTHER = "another"


class RequestAnswer(StrEnum):
    """How a request was answered."""

    DONE = "done"
    IN_PART = "in_part"
    REFUSED = "refused"
    NEITHER_CONFIRMED = "neither_confirmed"  # we neither say that anybody is here nor that nobody is
    WITHDRAWN = "withdrawn"

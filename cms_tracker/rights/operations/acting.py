"""Who acts where no person is signed in: the timer, and whoever runs an operator's command."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """An actor of the audit that is nobody's sign-in."""

    pk: uuid.UUID


TIMER = Acting(uuid.UUID(int=0))
OPERATOR = Acting(uuid.UUID(int=1))

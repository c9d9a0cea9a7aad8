"""What the top of a case file says, apart from money: what can be put right after the file is opened."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields

from cases.core.facts import AllocationRule, Nation, Scheme


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The details of a case that may be corrected. The side is not among them: a file belongs to one.

    ``reference`` is the twelve digits; ``children`` are labels in their order.
    """

    reference: str
    nation: Nation
    other_parent: str
    scheme: Scheme
    allocation_rule: AllocationRule
    children: tuple[str, ...]

    def changed_from(self, before: "Details") -> list[str]:
        """The names of the fields that differ, never what they hold."""
        names = [field.name for field in fields(self)]
        return [name for name in names if getattr(self, name) != getattr(before, name)]

    def fingerprint(self) -> str:
        """A short text that differs wherever the details differ, so that a form can say what it was shown."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()

"""Why a bundle may not leave: where something stands that must not, or which file is in the way. Never the words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

LEAK, DAMAGED, GONE = "leak", "damaged", "gone"
_SAYS = {
    LEAK: "Something you keep out of documents is still there",
    DAMAGED: "This file cannot be drawn",
    GONE: "This file is not there any more",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason. ``label`` is the page, empty where no page shows it; ``title`` the document."""

    why: str
    label: str
    title: str

    @property
    def says(self) -> str:
        """The reason in words."""
        where = f" on page {self.label}" if self.label else " in a part that no page shows" if self.why == LEAK else ""
        return f"{_SAYS[self.why]}{where}{f': {self.title}' if self.title else ''}."


def as_json(found: Iterable[Finding]) -> list[dict[str, Any]]:
    """The reasons as they are kept in a row."""
    return [asdict(one) for one in found]


def from_json(values: Sequence[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """What ``as_json`` wrote."""
    return tuple(Finding(why=one["why"], label=one["label"], title=one["title"]) for one in values)

"""What people may have: for each state of the product that was handed out, its demo's database as it was then.

`prepare.py` fills one, `leave.py` keeps it, `arrive.py` puts it into an empty database by the migrations
of its own time, and `tests/faults/test_upgrades.py` brings each up to now and proves what is there.
`visit.py` goes through the pages as people do.
"""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Every state that was kept, the oldest first: their names begin with their day."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def kept(name: str) -> dict[str, Any]:
    """What was kept under a name."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def last_release() -> dict[str, Any]:
    """The newest state that people may have: the version beside which the present one has to run."""
    return kept(names()[-1])

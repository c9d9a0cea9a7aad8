"""A rate stands in rates.toml alone. Written out elsewhere, it would stay as it was when the rate changes."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, files, modules, place

_PERCENTAGE = re.compile(r"(?<![\w.])\d+(?:\.\d+)? ?(?:%(?![\w}(])|per ?cent\b)")
_NO_RATE = {"100%"}  # the width of a drawing


def _pages() -> Iterator[Path]:
    for path in files():
        if ROOT / "templates" in path.parents:
            yield path


class TestAPercentage:
    def test_is_written_out_nowhere(self) -> None:
        found = [
            f"{place(path, number)}: {match[0]}"
            for path in [*modules(*PACKAGES), *_pages()]
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
            for match in _PERCENTAGE.finditer(line)
            if match[0] not in _NO_RATE
        ]

        assert found == []

    def test_is_found_where_it_is_written_out(self) -> None:
        for text in ("CMS keeps 4%.", "with its 20% fee", "2.5% more", "20 percent", "4 per cent"):
            assert _PERCENTAGE.search(text)

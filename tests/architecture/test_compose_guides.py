"""What guides have an operator put beside docker-compose.yml, or run in it, names services that there are."""

import re

import pytest
import yaml

from tests.architecture.compose import COMPOSE, services
from tests.architecture.source import ROOT, place
from tests.architecture.written import blocks, pages

_ASKED = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE.read_text(encoding="utf-8")))
_SERVICES = services(dict.fromkeys(_ASKED, "x"))
_OURS = {name for name, service in _SERVICES.items() if service.get("image") == "family-records"}


class TestWhatIsLentToContainers:
    def test_is_lent_to_every_one_that_reads_the_settings(self) -> None:
        (beside,) = [
            yaml.safe_load(block.text)
            for block in blocks(ROOT / "docs/guides/files-in-s3.md")
            if block.language == "yaml"
        ]

        assert set(beside["services"]) == _OURS
        for service in beside["services"].values():
            assert all(re.fullmatch(r"/[\w./-]+:/run/secrets/[\w.-]+:ro", one) for one in service["volumes"])


class TestALineThatBorrowsAService:
    FOUND = sorted(
        {
            (place(page), line)
            for page in pages()
            for line in re.findall(r"docker compose [^`\n]*\brun [^`\n]*", page.read_text(encoding="utf-8"))
            if "manage.py" in line
        }
    )

    @pytest.mark.parametrize(("page", "line"), FOUND)
    def test_borrows_one_that_has_the_settings_and_ends(self, page: str, line: str) -> None:
        assert re.search(r" migrate python manage\.py ", line), page

    def test_is_found(self) -> None:
        assert len(self.FOUND) > 5

"""The tutorials do what they say: each command is run and its answer compared; what is in bold stands on a page."""

import io
import re
import shlex
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.architecture.source import PACKAGES, ROOT, files, modules
from tests.architecture.written import blocks

TUTORIALS = ROOT / "docs" / "tutorials"
CASE_FILE = TUTORIALS / "a-case-file.md"
THROUGH_THE_PAGES = [TUTORIALS / "a-receiving-parents-record.md", TUTORIALS / "an-advisers-morning.md"]


def answer_of(line: str) -> str:
    """What a command of ours prints."""
    _, _, name, *arguments = shlex.split(line)
    printed = io.StringIO()
    call_command(name, *arguments, stdout=printed)
    return printed.getvalue()


class TestTheCaseFile:
    def test_gets_the_answers_that_its_tutorial_shows(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        asked, compared = "", 0
        for block in blocks(CASE_FILE):
            if block.language == "json":
                Path("my-record.json").write_text(block.text, encoding="utf-8")
            elif block.language == "console":
                asked = block.text.strip()
            else:
                assert answer_of(asked).strip() == block.text.strip(), asked
                compared += 1

        assert compared == 6


class TestTheWordsInBold:
    @pytest.mark.parametrize("tutorial", THROUGH_THE_PAGES, ids=lambda path: path.stem)
    def test_stand_on_the_pages(self, tutorial: Path) -> None:
        bold = set(re.findall(r"\*\*([^*]+)\*\*", tutorial.read_text(encoding="utf-8"))) - {"bold"}
        pages = [path for path in files() if path.suffix == ".html"]
        words = "\n".join(path.read_text(encoding="utf-8") for path in [*pages, *modules(*PACKAGES)])

        assert len(bold) > 5
        assert sorted(word for word in bold if word not in words) == []

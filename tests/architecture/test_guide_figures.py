"""A guide states a figure by a tag, never in its text: what is typed stays as it was when the rule changes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, place

_GUIDES = sorted((ROOT / "templates" / "guidance").glob("[0-9]*.html"))
_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
_COUNT = (
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|eighteen|twenty|thirty|forty|fifty|sixty|eighty|ninety|a hundred|a thousand)"
)
_FIGURE = re.compile(
    rf"£ ?\d[\d,.]*|{_COUNT} ?(?:%|per ?cent)|{_COUNT} (?:working |calendar )?(?:days?|weeks?|months?|years?|nights?)\b"
    rf"|\bwithin a (?:day|week|month|year)\b|\d[\d,.]*|{_COUNT} pounds|half of|a (?:third|quarter) of",
    re.IGNORECASE,
)
#: A figure that is no rate and no limit, by how it reads, with the reason.
_NO_RULE = {
    "2012": "the name of a scheme of law",
    "2003": "the name of a scheme of law",
    "1993": "the name of a scheme of law",
    "one day": "some day or other",
    "999": "the number for an emergency",
}
#: These are names in which a figure stands.
_NAMES = re.compile(r"\bSSCS2\b|\bN\d{2,3}\b|\bEX\d{3}\b|\b116 123\b")


def _figures(source: str) -> Iterator[str]:
    text = re.sub(r"\s+", " ", _NAMES.sub(" ", _TAGS.sub(" ", source)))
    for match in _FIGURE.finditer(text):
        if match[0].strip(" .,").lower() not in _NO_RULE:
            yield text[max(0, match.start() - 20) : match.end() + 20]


class TestAGuide:
    @pytest.mark.parametrize("path", _GUIDES, ids=lambda path: path.stem)
    def test_types_no_figure_of_a_rule(self, path: Path) -> None:
        assert [f"{place(path)}: {found}" for found in _figures(path.read_text(encoding="utf-8"))] == []

    @pytest.mark.parametrize(
        "text",
        ["It costs £50.", "a fee of 20%", "within 30 days", "in two years", "Thirty days later", "for six months",
         "ten per cent", "within a week", "12 weeks", "You keep half of it", "at 16"],
    )  # fmt: skip
    def test_is_caught_with_one(self, text: str) -> None:
        assert list(_figures(text))

    @pytest.mark.parametrize("text", ["{{ fee }} of it", '{% said_by "fee20" %}', "the 2012 scheme", "form SSCS2"])
    def test_may_name_a_scheme_a_form_and_a_tag(self, text: str) -> None:
        assert not list(_figures(text))

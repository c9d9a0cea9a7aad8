"""The safety page is honest about what no website can do, calm, and says whom to ask, by nation (threats T3 to T6)."""

import re

import pytest
from django.test import Client

from cms_tracker.pages import help_lines
from tests.pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def said() -> str:
    return words(Client().get("/safety/"))


class TestTheSafetyPage:
    @pytest.mark.parametrize(
        "limit",
        [
            "cannot clear your history", "cannot see a program that watches", "cannot protect a shared account",
            "family phone plan", "saved passwords on another device", "Downloads folder", "opens your mailbox",
            "they keep what they saw", "could still read them while it runs", "A private window", "Deleting history",
        ],
    )  # fmt: skip
    def test_names_what_no_website_can_do(self, said: str, limit: str) -> None:
        assert limit in said

    def test_says_first_that_a_check_can_be_noticed(self, said: str) -> None:
        assert said.index("First think whether a check would be noticed") < said.index("Your e-mail.")

    def test_lists_help_for_every_nation(self, said: str) -> None:
        for nation, lines in help_lines.by_nation().items():
            assert nation in said
            assert all(line.telephone in said for line in lines)

    def test_is_for_either_parent_and_blames_nobody(self, said: str) -> None:
        assert "This page is for either parent" in said
        assert "their doing, not yours" in said
        page = said[: said.index("Who can help")]
        assert not re.search(
            r"\bmust\b|\bnever\b.*\bshould\b|you should have|careless|your fault|victim|abuser|deadbeat", page
        )

    def test_is_made_of_short_sentences(self, said: str) -> None:
        page = said[said.index("What “Leave this page” does") : said.index("Who can help")]
        sentences = [one.split() for one in re.split(r"(?<=[.?])\s", page)]
        assert max(map(len, sentences)) <= 32
        assert sum(map(len, sentences)) / len(sentences) <= 14

    def test_comes_before_signing_up(self) -> None:
        assert 'href="/safety/"' in Client().get("/account/signup/").content.decode()

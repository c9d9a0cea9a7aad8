"""The Welsh draft: of texts that are there, whole, with every placeholder, and nothing about safety."""

import re

import pytest

from tests.messages import ROOT, SAFETY, WELSH, Message, marked, welsh

_DRAFT = list(welsh())
_PLACEHOLDERS = re.compile(r"%\(\w+\)s|\{\w*\}|</?[a-z]+")
#: What these say decides about somebody's safety: it waits for a translator who answers for it.
_ABOUT_SAFETY = (
    "templates/pages/safety.html",
    "templates/pages/leave.html",
    "templates/pages/left.html",
    "templates/cases/safe_contact",
    "templates/cases/check_safe_contact",
    "cases/core/safe_contact.py",
    "cms_tracker/pages/help_lines.py",
)


def _named(message: Message) -> str:
    return message.one[:60]


class TestWhatIsMarked:
    def test_is_found_in_templates_and_in_every_package(self) -> None:
        places = {place.split("/", 1)[0] for place in marked().values()}

        assert places == {"templates", "arrears", "cases", "cms_tracker", "correspondence"}

    def test_keeps_what_is_about_safety_apart(self) -> None:
        apart = {message.one for message in marked() if message.context == SAFETY}

        assert {"Leave this page", "Staying safe here"} <= apart


@pytest.mark.parametrize(("message", "said"), _DRAFT, ids=[_named(message) for message, _ in _DRAFT])
class TestEachTextOfTheDraft:
    def test_stands_in_the_source(self, message: Message, said: tuple[str, ...]) -> None:
        assert message in marked()

    def test_says_something_with_the_same_placeholders_and_tags(self, message: Message, said: tuple[str, ...]) -> None:
        for text in said:
            assert text.strip()
            assert sorted(_PLACEHOLDERS.findall(text)) == sorted(_PLACEHOLDERS.findall(message.one))


class TestTheDraft:
    def test_has_nothing_that_a_program_guessed(self) -> None:
        assert "fuzzy" not in WELSH.read_text(encoding="utf-8")

    def test_says_that_nobody_has_reviewed_it(self) -> None:
        assert "nobody has reviewed" in WELSH.read_text(encoding="utf-8").split("msgid", maxsplit=1)[0]

    def test_translates_nothing_about_safety(self) -> None:
        # A word or two, like "Cancel", stands elsewhere too, where it is about something else.
        told = {message: place for message, place in marked().items() if len(message.one.split()) > 2}
        kept_english = {message.one for message in told if message.context == SAFETY}
        kept_english |= {message.one for message, place in told.items() if place.startswith(_ABOUT_SAFETY)}
        drafted = {message.one for message, _ in _DRAFT}

        assert kept_english & drafted == set()
        assert all(message.context != SAFETY for message, _ in _DRAFT)

    def test_is_compiled_at_set_up_and_not_kept_compiled(self) -> None:
        ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()

        assert "*.mo" in ignored
        assert "cms_tracker.processes.translations" in (ROOT / "Dockerfile").read_text(encoding="utf-8")

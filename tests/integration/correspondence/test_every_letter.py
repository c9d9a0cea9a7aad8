"""Every kind of letter, for each side that may send it: whole sentences, every figure on paper, and nothing acts."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from cases.core.facts import Perspective
from cms_tracker.days import day
from cms_tracker.processes import system_packages
from correspondence import rendering
from correspondence.core.letter_markup import is_letter_markup
from correspondence.core.letters import paragraphs, registry
from correspondence.core.letters.asks import Answer, Line, Lines, Words
from correspondence.core.letters.draft import Choices, draft
from correspondence.core.letters.envelope import Edit, Letter, as_json, from_json
from correspondence.core.letters.kind import Kind, Record
from tests.needs import absent
from tests.unit.correspondence.letters.build import first_answers, written
from tests.unit.correspondence.letters.samples import SAMPLES, example_for

EVERY = [
    pytest.param(kind, side, id=f"{kind.code}-{side.value}") for kind in registry.KINDS for side in sorted(kind.senders)
]
HOSTILE = (
    "{{ 7|add:7 }} {% now %} <script>x</script> <img src='file:///etc/hostname'> @import 'http://127.0.0.1:9/' \u202e"
)


def answers_of(kind: Kind, of: Record) -> dict[str, Answer]:
    return first_answers(kind, of) | SAMPLES.get(kind.code, lambda of: {})(of)


def made(kind: Kind, side: Perspective, **more: Answer) -> Letter:
    of = example_for(kind.code, side)
    assert kind.why_not(of) == ""
    return written(kind, of, **answers_of(kind, of) | more)


def text_of(letter: Letter) -> str:
    """What stands in the letter, one block on a line."""
    html = re.sub(r"</?strong>", "", rendering.letter_html(letter))
    lines = (" ".join(unescape(line).split()) for line in re.split(r"(?:<[^>]+>\s*)+", html))
    return "\n".join(line for line in lines if line)


def stated(value: object) -> Iterator[str]:
    """Every day in the values of a letter, as it has to stand on paper."""
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from stated(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from stated(one)
    elif isinstance(value, dt.date):
        yield day(value)


@pytest.mark.parametrize(("kind", "side"), EVERY)
class TestEveryLetter:
    def test_is_made_of_whole_sentences(self, kind: Kind, side: Perspective) -> None:
        letter = made(kind, side)
        assert is_letter_markup(rendering.letter_html(letter))
        assert letter.heading
        text = text_of(letter)
        for wrong in ("None", "{{", "{%", " on .", " of .", " .", "..", "£ ", " ,", "()", "deadbeat", "True", "False"):
            assert wrong not in text

    def test_keeps_through_json(self, kind: Kind, side: Perspective) -> None:
        letter = made(kind, side)
        assert from_json(as_json(letter)) == letter

    def test_prints_what_was_typed_as_text(self, kind: Kind, side: Perspective) -> None:
        of = example_for(kind.code, side)
        typed: dict[str, Any] = {
            ask.name: (HOSTILE[: getattr(ask, "most", 100)],) if isinstance(ask, Lines) else HOSTILE[: ask.most]
            for ask in kind.asks(of)
            if isinstance(ask, Line | Words | Lines)
        }
        html = rendering.letter_html(made(kind, side, **typed))
        assert is_letter_markup(html)
        for acts in ("<script", "<img", "\u202e"):
            assert acts not in html

    def test_can_have_a_paragraph_written_anew(self, kind: Kind, side: Perspective) -> None:
        letter = made(kind, side)
        first = paragraphs.paragraphs(rendering.letter_html(letter))[0]
        html = rendering.letter_html(
            replace(letter, edits=(Edit(key=first.key, text="My own words."),), addition="More.")
        )
        assert "<p>My own words.</p>" in html
        assert "<p>More.</p>" in html

    def test_can_be_signed_for_the_parent(self, kind: Kind, side: Perspective) -> None:
        if kind.is_page or kind.by_parent_only or kind.gives_up(made(kind, side).about):
            return
        of = example_for(kind.code, side)
        choices = Choices(sender="Ada Ward", for_whom="Rosa Martin", addressee=("An office",))
        letter = draft(kind, of, replace(choices, answers=written_answers(kind, of)))
        assert "for Rosa Martin" in text_of(letter)

    def test_says_what_it_is_for_before_it_is_written(self, kind: Kind, side: Perspective) -> None:
        assert kind.title
        for ask in kind.asks(example_for(kind.code, side)):
            assert ask.label
            assert not ask.needed or ask.needed.endswith(".")


def written_answers(kind: Kind, of: Record) -> Any:
    from correspondence.core.letters.asks import Answers

    return Answers(answers_of(kind, of))


@pytest.mark.parametrize("kind", registry.KINDS, ids=lambda kind: kind.code)
def test_every_day_of_a_letter_stands_in_its_pdf(kind: Kind) -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")
    letter = made(kind, sorted(kind.senders)[0])
    pdf = rendering.render_pdf(rendering.letter_html(letter), dated_on=letter.dated_on)
    text = re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages))
    missing = [one for one in stated(letter.about) if one.replace(" ", "") not in text]
    assert missing == []
    assert pdf.pages <= 3

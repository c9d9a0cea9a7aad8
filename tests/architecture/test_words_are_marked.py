"""Every text that a page shows can be translated: nothing visible stands unmarked in a template or a form."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules, place, tree

#: Papers, files and messages: they are English whatever the reader speaks (docs/decisions/0043).
_PAPERS = (
    "templates/letters/",
    "templates/bundles/",
    "templates/rights/copy_",
    "templates/correspondence/statement_paper.html",
    "templates/correspondence/one_page_paper.html",
    "templates/pages/leave.html",
    "templates/pages/left.html",
)
#: The banner of the draft speaks both languages at once, and so does the choice of one.
_BOTH_LANGUAGES = (
    "templates/components/draft.html",
    "templates/components/footer.html",
    "templates/pages/language.html",
)
_TEMPLATES = [
    path
    for path in sorted((ROOT / "templates").rglob("*.html"))
    if not str(path.relative_to(ROOT)).startswith((*_PAPERS, *_BOTH_LANGUAGES))
]
_MARKED = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
_TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
_SPOKEN_ATTRIBUTES = re.compile(r'\b(?:aria-label|alt|title|placeholder|data-label)="([^"]*)"')
_DRAWN = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_WORDS = re.compile(r"[A-Za-z]{2}")
_WORDS_OF_A_FIELD = {"label", "help_text", "empty_label", "what"}
_SAID_TO_A_PERSON = {"ValidationError", "Refusal"}


def _unmarked(source: str) -> list[str]:
    """Pieces of text that a template would show and that no tag marks."""
    plain = _TAGS.sub("", _DRAWN.sub(" ", _MARKED.sub("", source)))
    pieces = _SPOKEN_ATTRIBUTES.findall(plain) + re.sub(r"<[^>]*>", "\n", plain).split("\n")
    return [piece.strip() for piece in pieces if _WORDS.search(re.sub(r"&\w+;", "", piece))]


class TestATemplate:
    @pytest.mark.parametrize("path", _TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
    def test_marks_every_word_that_it_shows(self, path: Path) -> None:
        assert _unmarked(path.read_text(encoding="utf-8")) == []

    def test_is_caught_with_a_word_or_a_spoken_attribute_unmarked(self) -> None:
        assert _unmarked("<p>Hello {{ name }}</p>") == ["Hello"]
        assert _unmarked('<svg aria-label="x"></svg><a aria-label="Open {{ it }}" href="/x">{{ it }}</a>') == ["Open"]
        assert _unmarked('{% load i18n %}<p class="big">{% translate "Hello" %} &nbsp;{{ name }}</p>') == []


def _bare_words(path: Path) -> Iterator[str]:
    """Texts of fields and messages to a person that are literals."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        said = [word.value for word in node.keywords if word.arg in _WORDS_OF_A_FIELD and name.endswith("Field")]
        said += node.args[:1] if name in _SAID_TO_A_PERSON else []
        for one in said:
            text = ast.unparse(one).strip("f'\"") if isinstance(one, ast.Constant | ast.JoinedStr) else ""
            # A message that begins small is a program's word to a program.
            if _WORDS.search(text) and (name not in _SAID_TO_A_PERSON or not text[0].islower()):
                yield place(path, one.lineno)


class TestAForm:
    def test_marks_its_labels_hints_and_messages(self) -> None:
        assert [found for path in modules(*PACKAGES) for found in _bare_words(path)] == []

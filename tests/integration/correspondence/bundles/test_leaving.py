"""What must not leave: gone from every part that we write, or the bundle is stopped. Never is it repeated."""

import copy
import itertools
import json
import logging
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import NameObject, create_string_object

from arrears.core import case_file
from cases.models import Case
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.binding.scan import scan
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles.hiding import needles_of
from correspondence.models import Bundle, EvidenceFile
from correspondence.rendering.bundles import cleaned
from tests import corpus
from tests.integration.correspondence.bundles.making import PRIVATE, begun, content_of, made, texts_of
from tests.integration.pages.whole_case import FULL, LETTERS

AddFile = Callable[..., EvidenceFile]

#: What a person keeps out, and how it may stand in a text.
SECRETS = {
    "12 Rose Lane, Leeds LS1 4AB": ["12 Rose Lane", "12  ROSE-lane", "ls14ab", "L S 1 4 A B", "LS1\u00a04AB"],
    "07700 900123": ["07700900123", "+44 7700 900 123", "0044 (0)7700-900123"],
    "rosa.new@example.com": ["Rosa.New@Example.com", "rosa.new @ example.com"],
    "40-47-84 98765432": ["40 47 84", "404784", "9876 5432", "40-47-84 98765432"],
    "Hawthorne": ["Hawthorne", "HAWTHORNE", "hawthorne's"],
    "Acme Bakery Ltd": ["Acme Bakery Ltd", "ACME BAKERY LTD."],
}
WRITTEN = [one for every in SECRETS.values() for one in every]
TEXTS = {"note", "label", "source", "reason", "text", "summary", "with", "spoke_to", "other_parent"}


def squeezed(text: str) -> str:
    """Letters and digits alone: another way of looking than that of the product."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


def filled(value: Any, words: "itertools.cycle[str]") -> Any:
    """The document with something to keep out in every text that a person types."""
    if isinstance(value, list):
        return [filled(one, words) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: f"{one} {next(words)}" if name in TEXTS and isinstance(one, str) else filled(one, words)
        for name, one in value.items()
    }


@pytest.fixture
def keep_out(rosa: User) -> Callable[[Case], None]:
    def keep(case: Case) -> None:
        for text in SECRETS:
            operations.keep_out(actor=rosa, case=case, text=text)

    return keep


@pytest.mark.django_db
@pytest.mark.usefixtures("_pango")
class TestEveryTextOfARecord:
    def test_leaves_without_what_is_kept_out(self, rosa: User, keep_out: Callable[[Case], None]) -> None:
        left = set()
        for start in (0, 7):
            words = itertools.cycle(WRITTEN[start:] + WRITTEN[:start])
            letter = LETTERS[0] | {"body": f"<main><h1>On {next(words)}</h1><p>I live at {next(words)}</p></main>"}
            whole = filled(copy.deepcopy(FULL), words) | {"letters": [letter]}
            case = case_transfer.bring_in(case_file.parse(json.dumps(whole)), owner=rosa)
            keep_out(case)
            bundle = made(rosa, begun(rosa, case))
            assert bundle.findings == []
            text = "\n".join(texts_of(bundle))
            assert "[removed]" in text
            left |= {one for one in WRITTEN if squeezed(one) in squeezed(text)}

        assert left == set()

    def test_keeps_it_in_only_where_the_person_asked_for_that(
        self, rosa: User, case: Case, keep_out: Callable[[Case], None]
    ) -> None:
        bundle = begun(rosa, case)
        open_one = replace(bundle_choices.from_json(bundle.choices), hides=False)
        operations.change_bundle(actor=rosa, case=case, bundle_id=bundle.pk, choices=open_one)
        text = "\n".join(texts_of(made(rosa, bundle)))
        assert "12 Rose Lane" in text
        assert "[removed]" not in text

    def test_loses_the_reply_address_of_a_letter_without_being_told(self, rosa: User, case: Case) -> None:
        text = "\n".join(texts_of(made(rosa, begun(rosa, case))))
        assert "Rose Lane" not in text
        assert "My note" in text


@pytest.mark.django_db
@pytest.mark.usefixtures("_pango")
class TestAFile:
    @pytest.fixture
    def bundle(self, rosa: User, case: Case, add_file: AddFile) -> Bundle:
        add_file(corpus.pdf("Nothing here", "Mrs A of 12 ROSE lane"), "doctor.pdf", shows="Medical report")
        return begun(rosa, case)

    def test_that_holds_it_stops_the_bundle_and_names_the_page(
        self, rosa: User, bundle: Bundle, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG):
            made(rosa, bundle)
        (found,) = bundle.findings
        assert found["title"] == "Medical report"
        assert found["why"] == "leak"
        assert int(found["label"]) > 3
        assert (bundle.pdf_name, bundle.pdf_sha256, bundle.contents) == ("", "", [])
        assert "rose" not in (json.dumps(bundle.findings) + caplog.text).lower()

    def test_can_be_left_out_and_the_bundle_made_again(self, rosa: User, bundle: Bundle) -> None:
        made(rosa, bundle)
        operations.reopen_bundle(actor=rosa, case=bundle.case, bundle_id=bundle.pk)
        without = replace(bundle_choices.from_json(bundle.choices), exhibits=())
        operations.change_bundle(actor=rosa, case=bundle.case, bundle_id=bundle.pk, choices=without)
        made(rosa, bundle)
        assert bundle.findings == []
        assert content_of(bundle).startswith(b"%PDF")

    def test_that_is_gone_stops_the_bundle_and_is_named(self, rosa: User, bundle: Bundle) -> None:
        for path in PRIVATE.joinpath(bundle.case_id.hex).iterdir():
            path.unlink()
        made(rosa, bundle)
        assert [(one["why"], one["title"]) for one in bundle.findings] == [("damaged", "Medical report")]
        assert queries.documents_of(bundle) == ()


NEEDLES = needles_of(["12 Rose Lane, Leeds LS1 4AB"])


def titled(writer: PdfWriter) -> None:
    writer.add_metadata({"/Author": "12 ROSE lane"})


def with_xmp(writer: PdfWriter) -> None:
    packet = corpus.stream(b"<x:xmpmeta><dc:creator>Ls1 4aB</dc:creator></x:xmpmeta>", Type=NameObject("/Metadata"))
    writer._root_object[NameObject("/Metadata")] = writer._add_object(packet)


def bookmarked(writer: PdfWriter) -> None:
    writer.add_outline_item(title="Leeds, LS14AB", page_number=0)


def noted(writer: PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text="rose  lane 12 Rose Lane", rect=(1, 1, 9, 9)))


def attached(writer: PdfWriter) -> None:
    writer.add_attachment("a.txt", "I moved to LS1-4AB".encode("utf-16-be"))


def named_so(writer: PdfWriter) -> None:
    writer.add_attachment("12-rose-lane.txt", b"nothing")


def spoken(writer: PdfWriter) -> None:
    writer.pages[0][NameObject("/Alt")] = create_string_object("12 Rose Lane")


def invisible(writer: PdfWriter) -> None:
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(corpus.stream(b"BT /F1 12 Tf 3 Tr 9 9 Td (12 Rose Lane) Tj ET"))


def never_drawn(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/Extra")] = writer._add_object(corpus.stream(b"BT [(12 Ro)-3(se La)9(ne)] TJ ET"))


class TestTheSearch:
    @pytest.mark.parametrize(
        ("change", "place"),
        [
            (titled, -1), (with_xmp, -1), (bookmarked, -1), (noted, 0), (attached, -1), (named_so, -1), (spoken, 0),
            (invisible, 0), (never_drawn, -1),
        ],
    )  # fmt: skip
    def test_looks_behind_the_pages(self, change: Callable[[PdfWriter], None], place: int) -> None:
        assert place in scan(corpus.pdf("One", "Two", change=change), NEEDLES, handed_in=set()).found

    @pytest.mark.parametrize("words", ["at 12 ROSE lane", "r o s e l a n e, 12 rose lane", "LS1 4AB", "ls14ab"])
    def test_reads_every_page(self, words: str) -> None:
        assert scan(corpus.pdf("One", words, "Three"), NEEDLES, handed_in=set()).found == [1]

    def test_reads_from_one_page_to_the_next(self) -> None:
        assert scan(corpus.pdf("at 12 Rose", "Lane it was"), NEEDLES, handed_in=set()).found == [0]

    def test_finds_nothing_where_nothing_is(self) -> None:
        every = corpus.pdf("Roses", "in a lane", change=corpus.with_attachment)
        assert scan(every, NEEDLES, handed_in=set()).found == []

    def test_names_the_handed_in_pages_that_have_no_words(self) -> None:
        assert scan(corpus.pdf("One", "", "Three"), (), handed_in={0, 1}).unread == [1]


class TestCleaning:
    def test_leaves_tags_alone_and_words_as_text(self) -> None:
        html = '<p class="rose lane">12 Rose Lane &amp; <b>LS1 4AB</b> &lt;i&gt;\u202e</p>'
        assert cleaned(html, NEEDLES) == (
            '<p class="rose lane">[removed] &amp; <b>[removed]</b> &lt;i&gt;[U+202E]</p>'
        )  # fmt: skip

"""A bundle as a worker makes it: numbered, linked, tagged, the same each time, and continued without renumbering."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations, queries
from correspondence.models import Bundle, EvidenceFile
from tests import corpus
from tests.functional.direct_pay import TODAY
from tests.integration.correspondence.bundles.making import Finished, begun, content_of, made, texts_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_pango")]
AddFile = Callable[..., EvidenceFile]


def outline(reader: Any) -> list[tuple[str, int]]:
    """Each bookmark with the place of its page, those below a section after it."""
    found: list[tuple[str, int]] = []

    def walk(entries: Any) -> None:
        for one in entries:
            if isinstance(one, list):
                walk(one)
            else:
                found.append((one.title, reader.get_destination_page_number(one)))

    walk(reader.outline)
    return found


class TestABundle:
    def test_numbers_every_page_and_says_so_in_four_ways(self, finished: Finished) -> None:
        reader, texts = finished.reader, finished.texts
        pages = len(texts)
        documents = finished.documents
        assert finished.pages == pages
        assert [label for one in documents for label in one.labels] == [str(n) for n in range(1, pages + 1)]
        assert all(f"Page {number} of {pages}" in text for number, text in enumerate(texts, start=1))
        assert reader.page_labels == [str(number) for number in range(1, pages + 1)]
        assert outline(reader) == [
            (f"{one.mark} {one.title} ({one.pages})".strip(), int(one.labels[0]) - 1) for one in documents
        ]

    def test_leads_from_each_line_of_its_index_to_the_page_it_names(self, finished: Finished) -> None:
        reader = finished.reader
        places = {page.indirect_reference.idnum: place for place, page in enumerate(reader.pages)}
        notes = [note.get_object() for note in reader.pages[1]["/Annots"]]
        led = [places[note["/Dest"][0].idnum] for note in notes]
        documents = [one for one in finished.documents if one.section]
        assert sorted(set(led)) == [int(one.labels[0]) - 1 for one in documents]
        assert not any("/A" in note for note in notes)
        index = finished.texts[1]
        assert all(one.title in index for one in documents)

    def test_holds_what_the_record_holds(self, finished: Finished) -> None:
        text = "\n".join(finished.texts)
        for words in ("Call to CMS", "They said a payment was traced", "Ring back", "£260.00 on 3 March 2025",
                      "Received 260.00", "Received 200.00", "They texted: no money this month", "My note"):  # fmt: skip
            assert words in text
        assert "Receiving parent" in text
        assert "1200 0000 0002" in text

    def test_tags_what_we_wrote_under_one_root(self, finished: Finished) -> None:
        root = finished.reader.root_object["/StructTreeRoot"]
        (document,) = root["/K"]
        titles = [one.get_object()["/T"] for one in document.get_object()["/K"]]
        written = [one for one in finished.documents if not one.unread and "Bank statement" not in one.title]
        assert titles == [f"{one.mark} {one.title}".strip() for one in written]
        numbers = root["/ParentTree"]["/Nums"][::2]
        assert list(numbers) == list(range(len(numbers)))

    def test_says_nothing_of_itself(self, finished: Finished) -> None:
        reader = finished.reader
        assert dict(reader.metadata) == {"/Title": "Bundle of documents", "/Producer": "pypdf"}
        assert reader.xmp_metadata is None
        assert reader.attachments == {}

    def test_lists_the_pages_that_nobody_could_read(self, finished: Finished) -> None:
        unread = [one.title for one in finished.documents if one.unread]
        assert unread == ["Photo of a letter"]

    def test_is_the_same_bytes_when_it_is_made_again(self, finished: Finished) -> None:
        assert finished.again == finished.content


class TestTheNextVersion:
    @pytest.fixture
    def bundle(self, rosa: User, case: Case, add_file: AddFile) -> Bundle:
        add_file(corpus.pdf("Received 260.00"), "statement.pdf")
        return made(rosa, begun(rosa, case))

    def test_keeps_every_page_and_letters_what_is_new(self, rosa: User, bundle: Bundle, add_file: AddFile) -> None:
        add_file(corpus.pdf("Received 1.00"), "later.pdf", shows="Later statement", on=dt.date(2025, 7, 9))
        later = operations.continue_bundle(actor=rosa, case=bundle.case, bundle_id=bundle.pk, on=TODAY)
        made(rosa, later)
        before = {one.key: one for one in queries.documents_of(bundle) if one.section}
        after = {one.key: one for one in queries.documents_of(later)}
        assert {key: after[key] for key in before} == before
        (added,) = [one for one in after.values() if one.title == "Later statement"]
        last = queries.documents_of(bundle)[-2].labels[-1]
        assert added.labels == (f"{last}A",)
        assert added.added_on == TODAY
        place = [label for one in after.values() for label in one.labels].index(f"{last}A")
        texts = texts_of(later)
        assert f"Page {last}A, added 10 July 2025" in texts[place]
        assert "Received 1.00" in texts[place]
        assert "added later, on 10 July 2025" in texts[1]
        assert len(texts) == later.pages == len([label for one in after.values() for label in one.labels])

        content = content_of(bundle)
        known = {"actor": rosa, "case": bundle.case, "bundle_id": bundle.pk, "on": TODAY}
        assert operations.continue_bundle(**known) == later
        assert content_of(bundle) == content

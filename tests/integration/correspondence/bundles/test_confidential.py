"""What a person keeps for safe contact stands in no document, whoever it is for (security requirement 22)."""

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from pypdf.generic import DecodedStreamObject, EncodedStreamObject

from arrears.core import case_file
from arrears.core.case_values import ContactKind, Direction
from cases import operations as case_operations
from cases.core.safe_contact import Channel, SafeContact
from cases.models import Case
from cms_tracker.pages import case_transfer
from cms_tracker.refusal import Refusal
from cms_tracker.users import operations as users
from cms_tracker.users.models import User
from correspondence import operations, queries, rendering
from correspondence.core.bundles.purposes import Purpose
from correspondence.core.letters import registry
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.core.statement_options import TableKind
from tests.architecture.source import PACKAGES, ROOT, modules
from tests.filled_form import filled
from tests.functional.direct_pay import TODAY
from tests.integration.correspondence.bundles.conftest import NOW
from tests.integration.correspondence.bundles.making import begun, content_of, made
from tests.unit.correspondence.letters.build import first_answers
from tests.unit.correspondence.letters.samples import SAMPLES

LANE, POSTCODE, NUMBER, QUIET = "12 Canary Lane", "LS2 7QX", "07700 900123", "quiet.canary@example.com"
#: The same things as people write them, each of which must be found and gone.
VARIANTS = ["12 CANARY-LANE", "canary  lane", "ls27qx", "L S 2 7 Q X", "+44 7700 900 123", "Quiet.Canary@Example.com"]


def squeezed(text: str) -> str:
    """Letters and digits alone: another way of looking than that of the product."""
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKD", text).lower())


GONE = [squeezed(one) for one in ("canary lane", POSTCODE, "7700900123", QUIET)]


def in_it(text: str) -> list[str]:
    """What of the confidential stands in a text."""
    return [one for one in GONE if one in squeezed(text)]


def whole(content: bytes) -> Iterator[str]:
    """Everything of a PDF: the words, what is behind them, every stream unpacked, the metadata, the raw bytes."""
    reader = PdfReader(io.BytesIO(content))
    yield content.decode("latin-1")
    yield str(reader.metadata)
    for page in reader.pages:
        yield page.extract_text()
    for number in range(1, len(reader.xref[0]) + 1 if reader.xref else 0):
        found = reader.get_object(number)
        yield str(found)
        if isinstance(found, DecodedStreamObject | EncodedStreamObject):
            yield found.get_data().decode("utf-8", errors="replace")


def told(case: Case, rosa: User) -> None:
    """Safe contact, and a quiet address that may be written to."""
    said = SafeContact(ways={Channel.POST: "to my sister"}, address=f"{LANE}\nLeeds {POSTCODE}", telephone=NUMBER)
    case_operations.say_safe_contact(actor=rosa, case=case, contact=said, seen="", at=NOW)
    key = users.allow_mail(actor=rosa, address=QUIET, at=NOW)
    assert key is not None
    users.confirm_mail(key, at=NOW)


@pytest.fixture
def told_case(rosa: User, case: Case) -> Case:
    told(case, rosa)
    return case


@pytest.mark.django_db
@pytest.mark.usefixtures("_pango")
class TestADocument:
    def test_of_no_kind_of_letter_holds_it(self, told_case: Case) -> None:
        record = queries.record_of(told_case, on=TODAY, with_files=True)
        assert in_it(repr(record)) == []
        written = []
        for kind in registry.KINDS:
            if kind.why_not(record):
                continue
            answers: dict[str, Any] = first_answers(kind, record) | SAMPLES.get(kind.code, lambda of: {})(record)
            choices = Choices(sender="Rosa", addressee=("An office", "A town"), answers=Answers(answers))
            try:
                html = rendering.letter_html(queries.draft_of(told_case, kind, choices, on=TODAY))
            except (Refusal, KeyError, ValueError, StopIteration):
                continue  # needs something that this record has not: its values are a part of the same record
            pdf = rendering.render_pdf(html, dated_on=TODAY)
            assert [found for text in whole(pdf.content) for found in in_it(text)] == []
            written.append(kind.code)
        assert len(written) >= 8, written

    def test_for_no_reader_of_a_bundle_holds_it_however_it_was_written(self, rosa: User, told_case: Case) -> None:
        for text in VARIANTS:
            operations.record_contact(
                actor=rosa, case=told_case, at_date=TODAY, at_time=None, kind=ContactKind.CALL,
                direction=Direction.OUT, recorded_on=TODAY, summary=f"I said {text}, and they wrote it down",
            )  # fmt: skip
        for purpose in (Purpose.ADVISER, Purpose.TRIBUNAL):
            bundle = made(rosa, begun(rosa, told_case, purpose))
            assert bundle.findings == []
            texts = list(whole(content_of(bundle)))
            assert [found for text in texts for found in in_it(text)] == []
        assert any("[removed]" in text for text in texts)

    def test_of_an_account_holds_it_in_no_form(self, client: Client, told_case: Case) -> None:
        page = client.get(reverse("correspondence:statements", args=[told_case.pk])).content.decode()
        for kind in TableKind:
            answer = client.post(reverse("correspondence:statement-file", args=[told_case.pk, kind]), filled(page))
            assert answer.status_code == 200
            content = b"".join(answer) if answer.streaming else answer.content
            assert in_it(content.decode("latin-1")) == []
            assert in_it(answer["Content-Disposition"]) == []

    def test_that_is_the_file_of_the_record_holds_it_nowhere(self, told_case: Case) -> None:
        assert in_it(case_file.dump(case_transfer.take_out(told_case))) == []

    def test_is_written_to_the_address_they_hold_unless_another_is_typed(self, client: Client, told_case: Case) -> None:
        page = client.get(reverse("correspondence:new-letter", args=[told_case.pk, "complaint"])).content.decode()
        assert in_it(page) == []
        assert filled(page)["reply"] == "held"


@pytest.mark.django_db
class TestWhatIsKept:
    def test_is_sealed_in_the_database(self, told_case: Case) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            for table in ("cases_safecontact", "users_safemail"):
                cursor.execute(f"SELECT * FROM {table}")
                rows = cursor.fetchall()
                assert rows
                assert in_it(json.dumps(rows, default=str)) == []
                assert "my sister" not in str(rows)

    def test_is_read_by_its_page_the_search_and_the_persons_own_copy_alone(self) -> None:
        """A new reader has to be entered here, and thought about."""
        readers = {
            path.relative_to(ROOT).as_posix()
            for path in modules(*PACKAGES)
            if re.search(r"\bsafe_contact_of\(|SafeContactRow\.objects", path.read_text(encoding="utf-8"))
        }
        assert readers <= {
            "cases/operations/safe_contact.py",
            "cases/queries/safe_contact.py",
            "cases/views/safe_contact.py",
            "correspondence/queries/bundles.py",
            "correspondence/queries/next_steps.py",  # only whether every way is safe decides what is said of care
            *(path for path in readers if path.startswith("cms_tracker/rights/")),
        }


def test_the_variants_are_of_what_is_kept() -> None:
    assert all(in_it(one) for one in VARIANTS)

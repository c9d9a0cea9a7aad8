"""Rosa changes a paragraph, makes the letter, finds a slip and corrects it; Ada signs one for her."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseMembership
from cms_tracker.users.models import User
from correspondence.models import Letter
from tests.cast import ADA, ROSA
from tests.factories import make_user
from tests.functional.direct_pay import direct_pay_case

pytestmark = pytest.mark.django_db

KIND = "missed-payments"
ANSWERS = {
    "reported": ["2025-05-03"], "ask_collect": "no", "sender": "Rosa Martin", "reply": "held", "to": "known",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2025, 7, 10, 9, 32, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


@pytest.fixture
def visitor(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def boxes(page: Any) -> dict[str, str]:
    """Each paragraph as it stands in its box, by the name of the box."""
    found = re.findall(r'<textarea name="(p[0-9a-f]{16})"[^>]*>\n?(.*?)</textarea>', page.content.decode(), re.DOTALL)
    return dict(found)


def press(visitor: Client, case: Case) -> Letter:
    page = visitor.get(url("check-letter", case, KIND)).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
    made = visitor.post(url("check-letter", case, KIND), hidden)
    assert made.status_code == 302, text(made)
    return Letter.objects.get(pk=made.url.rstrip("/").split("/")[-1])


class TestWordsOfOnesOwn:
    def test_stand_in_the_letter_and_are_named_before_it_is_made(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-letter", case, KIND), ANSWERS)
        found = boxes(visitor.get(url("change-words", case, KIND)))
        name, first = next(iter(found.items()))
        assert first.startswith("I am the receiving parent in this case.")
        changed = found | {name: "I look after <b>our</b> child & write for £5.00.", "addition": "I rang twice."}
        assert visitor.post(url("change-words", case, KIND), changed).status_code == 302
        checked = text(visitor.get(url("check-letter", case, KIND)))
        assert "1 paragraph changed by you, one paragraph added" in checked
        assert "leaves out 6 January 2025 and brings in £5.00" in checked
        letter = press(visitor, case)
        assert "<p>I look after &lt;b&gt;our&lt;/b&gt; child &amp; write for £5.00.</p>" in letter.html
        assert "<p>I rang twice.</p>" in letter.html
        assert "It has been on Direct Pay since" not in letter.html

    def test_can_be_given_up_again(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-letter", case, KIND), ANSWERS)
        visitor.post(url("change-words", case, KIND), {"addition": "More."})
        visitor.post(url("change-words", case, KIND), {"as-written": "1"})
        assert "As we wrote them" in text(visitor.get(url("check-letter", case, KIND)))

    def test_are_read_again_where_the_record_has_changed_them(self, visitor: Client, case: Case, rosa: User) -> None:
        visitor.post(url("new-letter", case, KIND), ANSWERS)
        found = boxes(visitor.get(url("change-words", case, KIND)))
        name = next(key for key, words in found.items() if "is unpaid on the date" in words)
        visitor.post(url("change-words", case, KIND), found | {name: "They owe me a great deal."})
        page = visitor.get(url("check-letter", case, KIND)).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
        visitor.post(url("new-letter", case, KIND), ANSWERS | {"reported": ["2025-04-03"]})
        again = visitor.post(url("check-letter", case, KIND), hidden, follow=True)
        assert "A paragraph that you wrote anew now says something else." in text(again)
        assert "is unpaid on the date of this letter" in " ".join(boxes(again).values())
        kept = boxes(again)
        assert visitor.post(url("change-words", case, KIND), kept).status_code == 302
        assert "As we wrote them" in text(visitor.get(url("check-letter", case, KIND)))
        assert "They owe me a great deal." not in press(visitor, case).html


class TestACorrection:
    def test_is_a_new_version_that_starts_from_what_was_typed(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-letter", case, KIND), ANSWERS)
        visitor.post(url("change-words", case, KIND), {"addition": "I rang twice."})
        first = press(visitor, case)
        begun = visitor.post(url("correct-letter", case, first.pk), follow=True)
        assert "takes the place of a letter you made before" in text(begun)
        assert 'value="Rosa Martin"' in begun.content.decode()
        visitor.post(url("new-letter", case, KIND), ANSWERS | {"sender": "Rosa Anne Martin"})
        second = press(visitor, case)
        assert (second.version, second.replaces_id) == (2, first.pk)
        assert "In place of" in second.html
        assert "my letter of 10 July 2025" in second.html
        assert "I rang twice." in second.html
        first.refresh_from_db()
        assert "Rosa Martin" in first.html
        assert "A newer one" in text(visitor.get(url("letter", case, first.pk)))
        assert "Version 2" in text(visitor.get(url("letter", case, second.pk)))

    def test_is_made_of_the_latest_version_only(self, visitor: Client, case: Case) -> None:
        visitor.post(url("new-letter", case, KIND), ANSWERS)
        first = press(visitor, case)
        visitor.post(url("correct-letter", case, first.pk))
        press(visitor, case)
        again = visitor.post(url("correct-letter", case, first.pk), follow=True)
        assert "This letter was corrected before." in text(again)


class TestSigningForAParent:
    @pytest.fixture
    def ada(self, rosa: User, case: Case) -> Client:
        person = make_user(ADA)
        CaseMembership.objects.create(case=case, user=person, role="adviser")
        client = Client()
        client.force_login(person)
        return client

    def test_is_offered_to_an_adviser_and_not_to_the_parent(self, ada: Client, visitor: Client, case: Case) -> None:
        assert "Who signs this letter?" in text(ada.get(url("new-letter", case, KIND)))
        assert "Who signs this letter?" not in text(visitor.get(url("new-letter", case, KIND)))

    def test_names_both_on_the_paper(self, ada: Client, case: Case) -> None:
        signing = {"signs": "other", "for_whom": "Rosa Martin", "authority": "enclosed", "sender": "Ada Ward"}
        ada.post(url("new-letter", case, KIND), ANSWERS | signing)
        letter = press(ada, case)
        assert "This letter is written for Rosa Martin, the receiving parent in this case" in letter.html
        assert "which is enclosed" in letter.html
        assert re.search(r"Ada Ward<br>for Rosa Martin", letter.html)

    def test_needs_the_parents_name(self, ada: Client, case: Case) -> None:
        page = ada.post(url("new-letter", case, KIND), ANSWERS | {"signs": "other", "for_whom": " "})
        assert "Enter the parent’s name as CMS knows it." in text(page)


def test_the_address_of_a_letter_says_nothing_of_what_it_is_about(visitor: Client, case: Case) -> None:
    assert KIND not in url("new-letter", case, KIND)
    assert visitor.get(url("new-letter", case, KIND).replace("/1/", "/999/")).status_code == 404

"""Rosa complains, takes it further, goes to the Examiner and to her MP; Ada prepares a permission that Rosa signs."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import PostedHow
from cases.core.facts import Nation
from cases.models import Case
from cms_tracker.users.models import User
from correspondence import operations
from correspondence.models import Letter
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_user
from tests.functional.direct_pay import direct_pay_case

pytestmark = pytest.mark.django_db

ABOUT = {
    "grounds": ["delay", "promise"],
    "story": "I reported two payments and heard nothing.",
    "sender": "Rosa Martin",
}
TO_CMS = {"reply": "held", "to": "known"}
TO_OTHERS = {"reply": "care_of", "reply_address": "c/o 1 High Street\nLeeds", "to": "known"}


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return direct_pay_case(rosa)


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def at(year: int, month: int, day: int) -> Any:
    return time_machine.travel(dt.datetime(year, month, day, 9, tzinfo=dt.UTC), tick=False)


def url(name: str, case: Case, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=[case.pk, *args])


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def make(visitor: Client, case: Case, kind: str, answers: dict[str, Any]) -> Letter:
    """Choose, check, make: as the pages lead."""
    chosen = visitor.post(url("new-letter", case, kind), answers)
    assert chosen.status_code == 302, text(chosen)
    page = visitor.get(chosen.url).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(checked|entry)" value="([^"]+)"', page))
    made = visitor.post(chosen.url, hidden)
    assert made.status_code == 302, text(made)
    return Letter.objects.get(pk=made.url.rstrip("/").split("/")[-1])


def words(letter: Letter) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", letter.html))


def day_of(name: str, on: dt.date) -> dict[str, str]:
    return {f"{name}_d": str(on.day), f"{name}_m": str(on.month), f"{name}_y": str(on.year)}


def test_a_complaint_goes_from_cms_to_the_examiner_and_to_the_mp(rosa: User, case: Case) -> None:
    with at(2025, 7, 10):
        answers = ABOUT | TO_CMS | {"says_owed": "yes", "remedies": ["act", "apologise"], "also_decision": "no"}
        complaint = make(signed_in(rosa), case, "complaint", answers)
        assert "was owed to me on 10 July 2025" in words(complaint)
        operations.mark_posted(
            actor=rosa, case=case, letter_id=complaint.pk, posted_on=dt.date(2025, 7, 10), how=PostedHow.POST
        )
        too_soon = signed_in(rosa).post(
            url("new-letter", case, "complaint-escalation"),
            {"complaint": str(complaint.pk), "answer": "none", "unanswered": "All of it.", "sender": "Rosa"} | TO_CMS,
        )
        assert "Wait until then" in text(too_soon)
    with at(2025, 8, 18):
        answers = {
            "complaint": str(complaint.pk),
            "answer": "none",
            "unanswered": "All of it.",
            "sender": "Rosa Martin",
        }
        further = make(signed_in(rosa), case, "complaint-escalation", answers | TO_CMS)
        assert "I asked for a reply by 31 July 2025. No reply has reached me in the 39 days since." in words(further)
    with at(2025, 10, 1):
        answers = ABOUT | TO_OTHERS | {"is_final": "yes", "remains": "It does not say why.", "outcomes": ["reasons"]}
        answers |= day_of("final_on", dt.date(2025, 9, 1)) | {"complaints": [str(complaint.pk)], "says_owed": "no"}
        examiner = make(signed_in(rosa), case, "independent-case-examiner", answers)
        found = words(examiner)
        assert "I write within the 6 months, which end on 1 March 2026." in found
        assert "c/o 1 High Street" in found
        assert "PO Box 209" in found
        assert "you hold for me" not in found
    with at(2026, 3, 2):
        answers = {
            "reader": "Jane Smith MP",
            "story": "CMS does not answer.",
            "help": ["raise"],
            "sender": "Rosa Martin",
        }
        answers |= TO_OTHERS | {"ombudsman": "yes", "says_owed": "no"} | day_of("examined_on", dt.date(2026, 2, 20))
        member = words(make(signed_in(rosa), case, "mp", answers))
        for stated in ("Jane Smith MP House of Commons", "Dear Jane Smith", "20 February 2026", "Yours sincerely"):
            assert stated in member


def test_a_reader_who_is_not_cms_is_never_told_that_they_hold_an_address(rosa: User, case: Case) -> None:
    with at(2025, 7, 10):
        page = signed_in(rosa).get(url("new-letter", case, "mp"))
        assert "I will give them my address another way" in text(page)
        answers = {
            "reader": "Jane Smith MP",
            "story": "x",
            "help": ["raise"],
            "sender": "Rosa Martin",
            "says_owed": "no",
        }
        letter = make(signed_in(rosa), case, "mp", answers | {"reply": "held", "to": "known", "ombudsman": "no"})
        assert "I will give your office my address separately." in words(letter)
        check = text(signed_in(rosa).get(url("letter", case, letter.pk)))
        assert "None" not in check


def test_only_the_parent_signs_a_permission_that_an_adviser_prepares(rosa: User, case: Case) -> None:
    ada = make_user(ADA)
    with at(2025, 7, 10):
        let_in(ada, case, by=rosa, at=dt.datetime(2025, 7, 10, 9, tzinfo=dt.UTC))
        client = signed_in(ada)
        page = text(client.get(url("new-letter", case, "authority")))
        assert "The parent’s name" in page
        assert "Who signs this letter?" not in page
        answers = {"representative": "Ada Ward", "address": "1 High Street\nLeeds", "scopes": ["get_letters"]}
        answers |= {"letters_to_both": "yes", "until": "ended", "attorney": "no", "sender": "Rosa Martin"} | TO_CMS
        letter = make(client, case, "authority", answers | day_of("starts_on", dt.date(2025, 7, 11)))
        assert "may act for me from 11 July 2025 until I tell you that it has ended" in words(letter)
        assert "for Rosa Martin" not in words(letter)


def test_another_nation_has_its_own_bodies(rosa: User) -> None:
    case = direct_pay_case(rosa, reference="120000000010", nation=Nation.NORTHERN_IRELAND)
    with at(2025, 7, 10):
        answers = {"holdings": ["payments"], "paper": "yes", "sender": "Rosa Martin", "reply": "held", "to": "own"}
        without = signed_in(rosa).post(url("new-letter", case, "subject-access"), answers)
        assert without.status_code == 200
        letter = words(make(signed_in(rosa), case, "subject-access", answers | {"addressee": "An office\nBelfast"}))
        assert "Department for Communities" in letter
        assert "Work and Pensions" not in letter
        assert "1998" not in letter

"""How the person of a case may be reached: asked, checked, kept, shown to whoever helps, and no further."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import operations, queries
from cases.core.roles import Role
from cases.core.safe_contact import Channel, SafeContact, fingerprint
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_case, make_user

LANE = "12 Canary Lane\nLeeds LS1 4AB"


@pytest.fixture
def rosa() -> User:
    user = make_user(ROSA)
    User.objects.update(safety_page_seen_at=timezone.now())
    return user


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def ada(rosa: User, case: Case) -> User:
    ada = make_user(ADA)
    let_in(ada, case, by=rosa, role=Role.ADVISER, at=timezone.now())
    return ada


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def say(rosa: User, case: Case, **values: Any) -> SafeContact:
    said = SafeContact(**({"ways": {Channel.TEXT: "weekdays after 6pm"}, "address": LANE} | values))
    seen = fingerprint(queries.safe_contact_of(case.pk))
    operations.say_safe_contact(actor=rosa, case=case, contact=said, seen=seen, at=timezone.now())
    return said


def answer(client: Client, case: Case, page: str, **typed: Any) -> Any:
    return client.post(reverse("cases:ask-safe-contact", args=[case.pk, page]), typed)


@pytest.mark.django_db
class TestTheAnswers:
    def test_are_kept_after_they_were_checked_and_not_before(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        check = reverse("cases:check-safe-contact", args=[case.pk])
        assert answer(client, case, "ways", ways=["text", "post"], seen="")["Location"].endswith("/how/")
        assert answer(client, case, "how", text=" weekdays\tafter 6pm ")["Location"].endswith("/where/")
        assert answer(client, case, "where", address=LANE, telephone="07700 900123")["Location"] == check
        assert queries.safe_contact_of(case.pk) is None
        assert "Check your answers" in client.get(check).content.decode()
        assert client.post(check).status_code == 302
        assert queries.safe_contact_of(case.pk) == SafeContact(
            ways={Channel.TEXT: "weekdays after 6pm", Channel.POST: ""}, address=LANE, telephone="07700 900123"
        )
        page = client.get(reverse("cases:safe-contact", args=[case.pk])).content.decode()
        assert "weekdays after 6pm" in page
        assert "12 Canary Lane<br>Leeds LS1 4AB" in page

    def test_need_no_how_where_no_way_is_safe(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        assert answer(client, case, "ways")["Location"].endswith("/where/")
        answer(client, case, "where")
        client.post(reverse("cases:check-safe-contact", args=[case.pk]))
        assert queries.safe_contact_of(case.pk) == SafeContact(ways={})

    def test_are_asked_how_again_where_another_way_is_ticked(self, rosa: User, case: Case) -> None:
        client = browser(rosa)
        answer(client, case, "ways", ways=["text"])
        answer(client, case, "how", text="x")
        answer(client, case, "where")
        assert answer(client, case, "ways", ways=["text"])["Location"].endswith("/check/")
        assert answer(client, case, "ways", ways=["text", "call"])["Location"].endswith("/how/")

    @pytest.mark.parametrize(
        ("page", "typed", "says"),
        [
            ("ways", {"ways": ["pigeon"]}, "Choose from this list"),
            ("where", {"telephone": "ring me"}, "Write the number in digits"),
            ("where", {"address": "x" * 301}, "at most 300 characters"),
        ],
    )
    def test_that_cannot_be_read_are_shown_again(
        self, rosa: User, case: Case, page: str, typed: dict[str, Any], says: str
    ) -> None:
        shown = answer(browser(rosa), case, page, **typed)
        assert shown.status_code == 200
        assert says in shown.content.decode()

    def test_leave_an_audit_row_that_names_fields_only(self, rosa: User, case: Case) -> None:
        say(rosa, case)
        event = Event.objects.get(kind="contact.said")
        assert (event.subject, event.case_id) == ("text, address", case.pk)

    def test_that_were_changed_meanwhile_are_shown_beside_ones_own(self, rosa: User, ada: User, case: Case) -> None:
        client = browser(rosa)
        answer(client, case, "ways", ways=["text"], seen="")
        answer(client, case, "how", text="mine")
        answer(client, case, "where")
        say(ada, case, ways={Channel.CALL: "theirs"}, address="")
        check = reverse("cases:check-safe-contact", args=[case.pk])
        page = client.post(check).content.decode()
        assert "Somebody else answered meanwhile" in page
        assert "theirs" in page
        assert "mine" in page
        assert client.post(check).status_code == 302
        kept = queries.safe_contact_of(case.pk)
        assert kept is not None
        assert kept.ways == {Channel.TEXT: "mine"}

    def test_are_refused_where_they_were_made_without_seeing_what_is_there(self, rosa: User, case: Case) -> None:
        say(rosa, case)
        with pytest.raises(Refusal):
            operations.say_safe_contact(actor=rosa, case=case, contact=SafeContact(ways={}), seen="", at=timezone.now())

    def test_go_with_the_case(self, rosa: User, case: Case) -> None:
        say(rosa, case)
        operations.delete_case(actor=rosa, case=case)
        assert queries.safe_contact_of(case.pk) is None


@pytest.mark.django_db
class TestTheBar:
    def test_tells_an_adviser_on_every_page_of_the_record(self, rosa: User, ada: User, case: Case) -> None:
        client = browser(ada)
        for name in ("pages:today", "arrears:payments", "correspondence:letters", "cases:people"):
            page = client.get(reverse(name, args=[case.pk])).content.decode()
            assert "Safe contact not known" in page
        say(rosa, case)
        page = client.get(reverse("pages:today", args=[case.pk])).content.decode()
        assert "Contact: Text message only" in page
        assert "weekdays after 6pm" in page
        assert "Canary Lane" not in page

    def test_is_not_drawn_for_the_person_themselves(self, rosa: User, case: Case) -> None:
        say(rosa, case)
        page = browser(rosa).get(reverse("pages:today", args=[case.pk])).content.decode()
        assert "weekdays after 6pm" not in page


@pytest.mark.django_db
class TestTheMarks:
    def test_of_many_cases_take_one_query(self, rosa: User, django_assert_num_queries: Any) -> None:
        cases = [make_case(rosa) for _ in range(5)]
        say(rosa, cases[0])
        say(rosa, cases[1], ways={})
        unknown = uuid.uuid4()
        with django_assert_num_queries(1):
            marks = queries.contact_marks([*(one.pk for one in cases), unknown])
        titles = [marks[one.pk].title for one in cases]
        assert titles[:2] == ["Contact: Text message only", "Do not contact"]
        assert set(titles[2:]) == {"Safe contact not known"} == {marks[unknown].title}

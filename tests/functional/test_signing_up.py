"""A person signs up, confirms the address, is shown how to stay safe, and only then opens a record."""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from cms_tracker.users.models import User
from tests.cast import ADA, ROSA
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """A browser that checks form tokens, as the product does."""
    return Client(enforce_csrf_checks=True)


def send(client: Client, path: str, **answers: str) -> str:
    """Fill in a page as a person does; give the page that follows."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).content.decode())
    assert token
    page = client.post(path, {"csrfmiddlewaretoken": token[1], **answers}, follow=True)
    return page.content.decode()


def sign_in(client: Client, path: str = "/account/login/") -> str:
    return send(client, path, login=ROSA.email, password=ROSA.password)


class TestRosaSignsUp:
    def test_from_the_start_page_to_an_empty_record(self, client: Client) -> None:
        assert 'href="/account/signup/"' in client.get("/").content.decode()
        assert "Now look in your e-mail" in send(client, "/account/signup/", email=ROSA.email.upper())
        link = re.search(rf"{settings.SITE_URL}(/\S+)", str(mail.outbox[0].body))
        assert link
        assert "Your address is confirmed" in send(client, link[1], password1=ROSA.password)
        safety = sign_in(client)
        assert "Before you start: staying safe here" in safety
        assert 'name="next" value="/"' in safety
        assert "CMS reference" in send(client, "/safety/", next="/")

    def test_sees_the_safety_page_once(self, client: Client) -> None:
        make_user(ROSA)
        assert "Before you start" in sign_in(client)
        assert "Before you start" in client.get("/", follow=True).content.decode()
        send(client, "/safety/", next="/")
        assert User.objects.get().safety_page_seen_at is not None
        assert "Before you start" not in client.get("/safety/").content.decode()
        client.post("/leave/")
        client.post("/leave/", {"again": "1"})
        assert "CMS reference" in sign_in(client)

    def test_is_led_on_to_the_page_she_asked_for_by_way_of_the_safety_page(self, client: Client) -> None:
        make_user(ROSA)
        assert 'name="next" value="/account/"' in client.get("/account/", follow=True).content.decode()
        safety = send(client, "/account/login/", login=ROSA.email, password=ROSA.password, next="/account/")
        assert 'name="next" value="/account/"' in safety
        assert "<h1>Your sign-in</h1>" in send(client, "/safety/", next="/account/")


class TestWhereAPersonIsLed:
    @pytest.fixture
    def rosa(self) -> User:
        """Rosa, who has seen the safety page."""
        make_user(ROSA)
        User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
        return User.objects.get()

    def led_to(self, user: User) -> str:
        client = Client()
        client.force_login(user)
        return str(client.get("/")["Location"])

    def test_without_a_record_to_opening_one(self, rosa: User) -> None:
        assert self.led_to(rosa) == "/records/new/"

    def test_with_one_record_to_today(self, rosa: User) -> None:
        case = make_case(rosa)
        assert self.led_to(rosa) == f"/records/{case.pk}/"

    def test_with_several_records_to_the_list(self, rosa: User) -> None:
        make_case(rosa)
        make_case(rosa)
        assert self.led_to(rosa) == "/records/"

    def test_as_an_adviser_to_the_caseload(self, rosa: User) -> None:
        ada = make_user(ADA)
        User.objects.update(safety_page_seen_at="2026-01-01T12:00Z")
        ada.refresh_from_db()
        assert self.led_to(ada) == "/caseload/"


class TestNext:
    @pytest.mark.parametrize(
        "elsewhere",
        ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
    )
    def test_never_leads_to_another_site(self, client: Client, elsewhere: str) -> None:
        make_user(ROSA)
        page = client.get("/account/login/", {"next": elsewhere})
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
        assert token
        post = {"login": ROSA.email, "password": ROSA.password, "next": elsewhere}
        answer = client.post("/account/login/", post | {"csrfmiddlewaretoken": token[1]})
        assert answer.status_code == 302
        assert "evil" not in answer["Location"]
        assert "javascript" not in answer["Location"]
        first = client.get("/safety/", {"next": elsewhere}).content.decode()
        assert 'name="next" value="/"' in first
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', first)
        assert token
        onward = client.post("/safety/", {"next": elsewhere, "csrfmiddlewaretoken": token[1]})
        assert onward["Location"] == "/"

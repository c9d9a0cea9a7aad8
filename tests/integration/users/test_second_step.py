"""The second step of signing in: an app, passkeys, recovery codes; asked for, used once, kept sealed."""

import datetime as dt
import html
import json
import re
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms_tracker.audit.models import Event
from cms_tracker.users import codes, second_step
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA, SAM, Person
from tests.factories import give_app, make_user
from tests.pages import words
from tests.soft_key import SoftKey

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
STEP = "/account/second-step/"
ASK = "/account/login/code/"
PASSKEY = "/account/login/passkey/"
SECRET = "FAMILYRECORDSDEMOROSABCDEFGHIJKL"
_EMPTY = {
    "clientDataJSON": "e30",
    "attestationObject": "AA",
    "authenticatorData": "AA",
    "signature": "AA",
    "userHandle": "AA",
}
_NAMED = {"id": "AA", "rawId": "AA", "type": "public-key"}
NO_PASSKEYS = [
    *("", "{}", "[]", "null", "1", '"x"', "{", '{"id": 1}', "[" * 5000),
    *(json.dumps(_NAMED | {"response": response}) for response in ({}, _EMPTY, [], 1)),
]
ROSA_WITH_APP = Person(name="Rosa", email=ROSA.email, password=ROSA.password, app_secret=SECRET)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(clock: Clock) -> User:
    user = make_user(ROSA)
    User.objects.update(safety_page_seen_at=timezone.now())
    return user


@pytest.fixture
def with_app(rosa: User) -> User:
    give_app(rosa, ROSA_WITH_APP)
    return rosa


def typed_in(person: Person, **ticked: str) -> Client:
    """A browser in which somebody has given the address and the password."""
    client = Client()
    client.post(reverse("account_login"), {"login": person.email, "password": person.password, **ticked})
    return client


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def question_on(page: HttpResponse) -> str:
    return html.unescape(re.search(r'data-question="([^"]*)"', page.content.decode())[1])


def add_passkey(client: Client, key: SoftKey, name: str = "My phone") -> HttpResponse:
    page = client.get(f"{STEP}passkey/")
    return client.post(f"{STEP}passkey/", {"name": name, "credential": key.make(question_on(page))}, follow=True)


class TestAnApp:
    def test_is_set_up_with_the_first_code_that_it_shows(self, rosa: User) -> None:
        client = typed_in(ROSA)
        page = client.get(f"{STEP}app/").content.decode()
        secret = re.search(r"<output>([A-Z2-7]{32})</output>", page)[1]
        assert "<path" in page
        answer = client.post(f"{STEP}app/", {"code": codes.code_of(secret, codes.step_at(timezone.now()))}, follow=True)
        assert "Your app is set up" in words(answer)
        assert "Make them now" in words(answer)
        assert Event.objects.filter(kind="user.app_added", actor_id=rosa.pk).count() == 1
        assert not mail.outbox  # nobody has said that an address of hers is safe

    def test_is_not_set_up_with_another_code(self, rosa: User) -> None:
        client = typed_in(ROSA)
        before = re.search(r"<output>(\w+)</output>", client.get(f"{STEP}app/").content.decode())[1]
        answer = client.post(f"{STEP}app/", {"code": "000000"})
        assert "not the code that the app shows" in words(answer)
        assert f"<output>{before}</output>" in answer.content.decode()  # the app need not read it again
        assert not second_step.is_on(rosa)

    def test_says_nothing_of_the_person_to_who_holds_the_phone(self) -> None:
        address = codes.address_for_app(SECRET, site_name=settings.SITE_NAME)
        assert address == f"otpauth://totp/Family%20Records?secret={SECRET}&issuer=Family%20Records"

    def test_is_kept_sealed(self, with_app: User) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT data FROM mfa_authenticator")
            kept = str(cursor.fetchall())
        assert SECRET not in kept
        assert "s1:" in kept


class TestANewKey:
    def test_leaves_the_app_working(self, with_app: User, settings: Any) -> None:
        settings.FIELD_KEYS = (secrets.token_urlsafe(32), *settings.FIELD_KEYS)
        assert second_step.seal_anew() == 1
        assert second_step.seal_anew() == 0
        settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
        assert second_step.use_code(with_app, ROSA_WITH_APP.code(timezone.now()), at=timezone.now())


class TestSigningIn:
    def test_asks_for_the_code_before_anybody_is_in(self, with_app: User) -> None:
        client = typed_in(ROSA)
        assert not is_in(client)
        assert "second step" in words(client.get(ASK))
        client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})
        assert is_in(client)

    def test_takes_no_wrong_code_and_no_code_of_another_time(self, with_app: User, clock: Clock) -> None:
        at = timezone.now()
        for code in (
            "000000",
            "",
            "12345",
            "abcdef",
            *(ROSA_WITH_APP.code(at + n * dt.timedelta(seconds=30)) for n in (-2, 2)),
        ):
            client = typed_in(ROSA)
            client.post(ASK, {"code": code})
            assert not is_in(client), code

    @pytest.mark.parametrize("steps", [-1, 0, 1])
    def test_takes_a_code_one_step_early_or_late(self, with_app: User, steps: int) -> None:
        client = typed_in(ROSA)
        client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now() + steps * dt.timedelta(seconds=30))})
        assert is_in(client)

    def test_refuses_a_code_a_second_time_while_the_app_still_shows_it(self, with_app: User, clock: Clock) -> None:
        code = ROSA_WITH_APP.code(timezone.now())
        first, second = typed_in(ROSA), typed_in(ROSA)
        first.post(ASK, {"code": code})
        assert is_in(first)
        for seconds in (0, 10, 25, 20):  # the window of one step late included
            clock.shift(dt.timedelta(seconds=seconds))
            assert "did not work" in words(second.post(ASK, {"code": code}))
            assert not is_in(second)
        second.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})
        assert is_in(second)

    def test_refuses_a_code_that_is_older_than_one_used(self, with_app: User) -> None:
        at = timezone.now()
        first, second = typed_in(ROSA), typed_in(ROSA)
        first.post(ASK, {"code": ROSA_WITH_APP.code(at)})
        second.post(ASK, {"code": ROSA_WITH_APP.code(at - dt.timedelta(seconds=30))})
        assert is_in(first)
        assert not is_in(second)

    def test_remembers_that_others_use_the_device(self, with_app: User, clock: Clock) -> None:
        client = typed_in(ROSA, shared_device="on")
        client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})
        clock.shift(dt.timedelta(minutes=5))
        assert not is_in(client)

    def test_leads_on_to_the_page_that_was_wanted(self, with_app: User) -> None:
        client = Client()
        client.post(
            "/account/login/?next=/records/", {"login": ROSA.email, "password": ROSA.password, "next": "/records/"}
        )
        assert client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})["Location"] == "/records/"

    def test_cannot_be_begun_with_the_code(self, with_app: User) -> None:
        assert Client().get(ASK)["Location"] == reverse("account_login")
        assert Client().post(ASK, {"code": ROSA_WITH_APP.code()})["Location"] == reverse("account_login")

    def test_stops_after_ten_wrong_codes(self, with_app: User) -> None:
        client = typed_in(ROSA)
        for number in range(10):
            client.post(ASK, {"code": f"00000{number}"})
        answer = client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})
        assert answer.status_code == 429
        assert not is_in(client)


class TestANewPassword:
    def test_by_a_link_does_not_get_past_the_second_step(self, with_app: User) -> None:
        client = Client()
        client.post(reverse("account_reset_password"), {"email": ROSA.email})
        link = re.search(r"http://\S+", mail.outbox[0].body)[0].removeprefix(settings.SITE_URL)
        page = client.get(link, follow=True)
        client.post(page.request["PATH_INFO"], {"password1": "marble-thistle-kettle"})
        assert not is_in(client)
        client.post(reverse("account_login"), {"login": ROSA.email, "password": "marble-thistle-kettle"})
        assert not is_in(client)
        assert client.get("/records/")["Location"].startswith(reverse("account_login"))
        client.post(ASK, {"code": ROSA_WITH_APP.code(timezone.now())})
        assert is_in(client)


class TestRecoveryCodes:
    def made(self, user: User) -> list[str]:
        client = Client()
        client.force_login(user)
        page = client.post(f"{STEP}recovery/").content.decode()
        return re.findall(r"<code>([^<]+)</code>", page)

    def test_each_let_a_person_in_once(self, with_app: User) -> None:
        made = self.made(with_app)
        assert len(set(made)) == 10
        first, again = typed_in(ROSA), typed_in(ROSA)
        first.post(ASK, {"code": made[3].upper().replace("-", " ")})
        assert is_in(first)
        again.post(ASK, {"code": made[3]})
        assert not is_in(again)
        again.post(ASK, {"code": made[4]})
        assert is_in(again)
        assert second_step.of(with_app).codes_left == 8

    def test_are_void_when_new_ones_are_made(self, with_app: User) -> None:
        old, new = self.made(with_app), self.made(with_app)
        client = typed_in(ROSA)
        client.post(ASK, {"code": old[0]})
        assert not is_in(client)
        client.post(ASK, {"code": new[0]})
        assert is_in(client)

    def test_are_kept_as_hashes_only(self, with_app: User) -> None:
        made = self.made(with_app)
        kept = str(Authenticator.objects.get(user=with_app, type="recovery_codes").data)
        for code in made:
            _, word = codes.number_and_words(code) or ("", "")
            assert word
            assert word not in kept

    def test_are_not_made_without_a_second_step(self, rosa: User) -> None:
        client = typed_in(ROSA)
        assert client.post(f"{STEP}recovery/")["Location"] == STEP
        assert not Authenticator.objects.exists()


class TestAPasskey:
    def test_signs_in_alone(self, rosa: User) -> None:
        key = SoftKey()
        assert "Your passkey is added" in words(add_passkey(typed_in(ROSA), key))
        client = Client()
        page = client.get(PASSKEY)
        answer = client.post(PASSKEY, {"credential": key.show(question_on(page))})
        assert answer.status_code == 302
        assert is_in(client)

    def test_stands_for_the_second_step_after_a_password(self, rosa: User) -> None:
        key = SoftKey()
        add_passkey(typed_in(ROSA), key)
        client = typed_in(ROSA)
        assert not is_in(client)
        client.post(ASK, {"credential": key.show(question_on(client.get(ASK)))})
        assert is_in(client)

    def test_confirms_who_it_is(self, rosa: User, clock: Clock) -> None:
        key, client = SoftKey(), typed_in(ROSA)
        add_passkey(client, key)
        clock.shift(dt.timedelta(minutes=11))
        assert client.get(f"{STEP}app/").status_code == 302
        page = client.get("/account/confirm/")
        client.post("/account/confirm/", {"credential": key.show(question_on(page))})
        assert client.get(f"{STEP}app/").status_code == 200

    @pytest.mark.parametrize(
        "key",
        [SoftKey(origin="https://localhost.evil.example"), SoftKey(asks_for_pin=False)],
        ids=["elsewhere", "no PIN"],
    )
    def test_is_not_taken_when_made_elsewhere_or_without_a_pin(self, rosa: User, key: SoftKey) -> None:
        assert "did not work" in words(add_passkey(typed_in(ROSA), key))
        assert not second_step.is_on(rosa)

    def test_is_asked_a_new_question_each_time(self, rosa: User) -> None:
        key = SoftKey()
        add_passkey(typed_in(ROSA), key)
        client, other = Client(), Client()
        answer = key.show(question_on(client.get(PASSKEY)))
        client.post(PASSKEY, {"credential": answer})
        other.get(PASSKEY)
        assert "did not work" in words(other.post(PASSKEY, {"credential": answer}))
        assert not is_in(other)

    def test_of_one_person_is_not_anothers(self, rosa: User) -> None:
        key = SoftKey()
        add_passkey(typed_in(ROSA), key)
        sams = make_user(SAM)
        give_app(sams, Person(name="Sam", email=SAM.email, password=SAM.password, app_secret=SECRET))
        client = typed_in(SAM)
        rosas = Client()
        client.post(ASK, {"credential": key.show(question_on(rosas.get(PASSKEY)))})
        assert not is_in(client)

    def test_of_a_closed_account_lets_nobody_in(self, rosa: User) -> None:
        key = SoftKey()
        add_passkey(typed_in(ROSA), key)
        User.objects.update(is_active=False)
        client = Client()
        page = client.get(PASSKEY)
        assert "did not work" in words(client.post(PASSKEY, {"credential": key.show(question_on(page))}))

    @pytest.mark.parametrize("hostile", NO_PASSKEYS)
    def test_that_is_none_is_refused_with_a_sentence(self, rosa: User, hostile: str) -> None:
        client = Client()
        client.get(PASSKEY)
        assert "did not work" in words(client.post(PASSKEY, {"credential": hostile}))
        inside = typed_in(ROSA)
        inside.get(f"{STEP}passkey/")
        assert "did not work" in words(inside.post(f"{STEP}passkey/", {"credential": hostile, "name": "x"}))


class TestTakingItAway:
    def test_needs_a_press_and_leaves_no_recovery_codes(self, with_app: User) -> None:
        client = Client()
        client.force_login(with_app)
        client.post(f"{STEP}recovery/")
        assert "only one that you have" in words(client.get(f"{STEP}app/remove/"))
        client.post(f"{STEP}app/remove/")
        assert not Authenticator.objects.exists()
        assert is_in(typed_in(ROSA))

    def test_of_one_passkey_leaves_the_other(self, rosa: User) -> None:
        client = typed_in(ROSA)
        add_passkey(client, SoftKey(), "Old phone")
        add_passkey(client, SoftKey(), "New phone")
        old = next(one for one in second_step.of(rosa).passkeys if one.name == "Old phone")
        client.post(f"{STEP}passkey/{old.key}/remove/")
        assert [one.name for one in second_step.of(rosa).passkeys] == ["New phone"]

    def test_ends_every_other_session(self, with_app: User) -> None:
        here, elsewhere = Client(), Client()
        here.force_login(with_app)
        elsewhere.force_login(with_app)
        assert is_in(elsewhere)
        here.post(f"{STEP}app/remove/")
        assert is_in(here)
        assert not is_in(elsewhere)


class TestAnAdviser:
    def test_without_one_reaches_only_the_pages_that_set_it_up_and_the_way_out(self, clock: Clock) -> None:
        ada = User.objects.create_user("una@example.com", "quiet-orchard-bridge", is_adviser=True)
        client = Client()
        client.force_login(ada)
        for path in ("/caseload/", "/records/", "/account/", "/records/new/", "/account/password/change/"):
            assert client.get(path)["Location"] == STEP, path
        assert "need this before you go on" in words(client.get(STEP))
        for path in (f"{STEP}app/", f"{STEP}passkey/", "/safety/", "/privacy/"):
            assert client.get(path).status_code == 200, path
        assert client.post("/leave/").status_code == 200

    def test_goes_on_as_soon_as_it_is_set_up(self, clock: Clock) -> None:
        ada = User.objects.create_user("una@example.com", "quiet-orchard-bridge", is_adviser=True)
        client = Client()
        client.force_login(ada)
        secret = re.search(r"<output>(\w+)</output>", client.get(f"{STEP}app/").content.decode())[1]
        client.post(f"{STEP}app/", {"code": codes.code_of(secret, codes.step_at(timezone.now()))})
        assert client.get("/caseload/").status_code == 200

    def test_cannot_take_the_last_one_away(self, clock: Clock) -> None:
        client = Client()
        client.force_login(make_user(ADA))
        assert "need a second step" in words(client.post(f"{STEP}app/remove/"))
        assert second_step.of(User.objects.get()).is_on

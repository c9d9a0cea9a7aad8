"""A session ends when it is left alone, and in the end whatever is pressed: the server sees to it."""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import quote

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.models import Case
from cms_tracker.users.models import Session, User
from cms_tracker.users.session_store import fingerprint
from correspondence.core.jobs import JobKind
from correspondence.models import Job, Letter
from tests.cast import ADA, ROSA, Person
from tests.factories import make_case, make_user
from tests.filled_form import filled
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db

Clock = time_machine.Traveller
POLL = {"HX-Request": "true"}


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as traveller:
        yield traveller


@pytest.fixture
def rosa(clock: Clock) -> User:
    return known(ROSA)


def known(person: Person) -> User:
    user = make_user(person)
    User.objects.filter(pk=user.pk).update(safety_page_seen_at=timezone.now())
    return user


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


def is_in(client: Client) -> bool:
    answer = client.get(reverse("users:account"))
    assert answer.status_code in {200, 302}
    return answer.status_code == 200


def after(clock: Clock, **amount: int) -> None:
    clock.shift(dt.timedelta(**amount))


class TestLeftAlone:
    @pytest.mark.parametrize(
        ("person", "ticked", "minutes"),
        [
            (ROSA, {}, 15),
            (ADA, {}, 30),
            (ROSA, {"shared_device": "on"}, 5),
            (ADA, {"shared_device": "on"}, 5),
        ],
        ids=["a parent", "an adviser", "a parent's shared device", "an adviser's shared device"],
    )
    def test_a_session_ends_at_its_limit_and_not_before(
        self, clock: Clock, person: Person, ticked: dict[str, str], minutes: int
    ) -> None:
        known(person)
        client = signed_in(person, **ticked)
        after(clock, seconds=minutes * 60 - 1)
        assert is_in(client)
        after(clock, seconds=minutes * 60 - 1)
        assert is_in(client)  # the press between counted
        after(clock, minutes=minutes)
        assert not is_in(client)

    def test_a_sessions_old_cookie_is_worth_nothing_later_either(self, clock: Clock, rosa: User) -> None:
        client = signed_in(ROSA)
        old = client.cookies[settings.SESSION_COOKIE_NAME].value
        after(clock, minutes=15)
        assert not is_in(client)
        assert not Session.objects.filter(pk=fingerprint(old)).exists()
        clock.move_to("2026-03-02 10:01Z")
        client.cookies[settings.SESSION_COOKIE_NAME] = old
        assert not is_in(client)

    def test_the_page_says_how_long_one_stays(self, rosa: User) -> None:
        plain, shared = signed_in(ROSA), signed_in(ROSA, shared_device="on")
        assert "after 15 minutes without a press, after 8 hours" in plain.get(reverse("users:account")).content.decode()
        assert "after 5 minutes without a press, after 8 hours" in shared.get(reverse("users:account")).content.decode()


class TestWhateverIsPressed:
    @pytest.mark.parametrize("person", [ROSA, ADA], ids=["a parent", "an adviser"])
    def test_a_session_ends_after_eight_hours(self, clock: Clock, person: Person) -> None:
        known(person)
        client = signed_in(person)
        for _ in range(47):
            after(clock, minutes=10)
            assert is_in(client)
        after(clock, minutes=9)
        assert is_in(client)
        after(clock, minutes=1)
        assert not is_in(client)

    def test_staying_does_not_pass_the_eight_hours_and_says_so(self, clock: Clock, rosa: User) -> None:
        client = signed_in(ROSA)
        for _ in range(47):
            after(clock, minutes=10)
            assert is_in(client)
        after(clock, minutes=8)
        assert client.post(reverse("users:stay")).json() == {"seconds": 120, "final": True}
        after(clock, minutes=2)
        assert client.post(reverse("users:stay")).status_code == 302

    def test_a_new_sign_in_begins_anew(self, clock: Clock, rosa: User) -> None:
        client = signed_in(ROSA, shared_device="on")
        after(clock, minutes=6)
        client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
        after(clock, minutes=14)
        assert is_in(client)


class TestStaying:
    def test_begins_the_time_again(self, clock: Clock, rosa: User) -> None:
        client = signed_in(ROSA)
        after(clock, minutes=14)
        assert client.post(reverse("users:stay")).json() == {"seconds": 900, "final": False}
        after(clock, minutes=14)
        assert is_in(client)

    def test_is_for_a_form_of_ours_alone(self, clock: Clock, rosa: User) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(rosa)
        assert is_in(client)
        after(clock, minutes=14)
        assert client.post(reverse("users:stay")).status_code == 403
        after(clock, minutes=1)
        assert not is_in(client)

    def test_is_nothing_for_somebody_who_is_not_signed_in(self) -> None:
        answer = Client().post(reverse("users:stay"))
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, reverse("account_login"))


class TestWhatNobodyPressed:
    @pytest.fixture
    def status(self, case: Case) -> str:
        letter = Letter.objects.create(
            case=case,
            kind="call-follow-up",
            dated_on=dt.date(2026, 3, 2),
            facts={},
            html="<p>words</p>",
            template_version="1",
            rates_version="1",
        )
        Job.objects.create(case=case, kind=JobKind.LETTER, subject=letter.pk)
        return reverse("correspondence:status", args=[case.pk, letter.pk])

    def test_does_not_keep_a_session_alive(self, clock: Clock, status: str) -> None:
        client = signed_in(ROSA)
        for minute in range(1, 15):
            after(clock, minutes=1)
            assert client.get(status, headers=POLL).status_code == 200
            assert client.get("/healthz").status_code == 200
            assert client.get(reverse("users:stay")).json()["seconds"] == 900 - 60 * minute
            assert client.head("/static/css/site.css").status_code == 200
            assert client.get("/nowhere/").status_code == 404
        after(clock, minutes=1)
        assert not is_in(client)

    def test_has_the_whole_page_ask_again_when_the_session_is_over(self, clock: Clock, status: str) -> None:
        client = signed_in(ROSA)
        after(clock, minutes=15)
        answer = client.get(status, headers=POLL)
        assert (answer.status_code, answer["HX-Refresh"], answer.content) == (204, "true", b"")

    def test_is_told_apart_from_looking_at_the_same_page(self, clock: Clock, status: str) -> None:
        client = signed_in(ROSA)
        after(clock, minutes=14)
        assert client.get(status).status_code == 200
        after(clock, minutes=14)
        assert is_in(client)


class TestTheWayBack:
    def test_leads_by_the_sign_in_page_to_the_page_asked_for(self, clock: Clock, case: Case) -> None:
        page = reverse("arrears:payments", args=[case.pk]) + "?from=2025-04-01"
        client = signed_in(ROSA)
        assert client.get(page).status_code == 200
        after(clock, minutes=15)
        answer = client.get(page)
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={quote(page)}"
        form = client.get(answer["Location"])
        assert "Sign in to go on to your page." in form.content.decode()
        typed = filled(form.content.decode()) | {"login": ROSA.email, "password": ROSA.password}
        assert client.post(reverse("account_login"), typed)["Location"] == page

    @pytest.mark.parametrize(
        ("referer", "onward"),
        [
            ("http://testserver/account/?a=1#x", "/account/%3Fa%3D1"),
            ("https://elsewhere.example/account/", "/account/stay/"),
            ("http://[", "/account/stay/"),
            ("", "/account/stay/"),
        ],
    )
    def test_leads_to_the_forms_own_page_when_a_form_was_sent(
        self, clock: Clock, rosa: User, referer: str, onward: str
    ) -> None:
        client = signed_in(ROSA)
        after(clock, minutes=15)
        answer = client.post(reverse("users:stay"), headers={"Referer": referer})
        assert answer.status_code == 302
        assert answer["Location"] == f"{reverse('account_login')}?next={onward}"

    @pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
    def test_never_leads_to_another_host(self, rosa: User, onward: str) -> None:
        client = Client()
        typed = {"login": ROSA.email, "password": ROSA.password, "next": onward}
        answer = client.post(reverse("account_login"), typed)
        assert answer.status_code == 302
        assert answer["Location"] == "/"


class TestAfterTheEnd:
    def test_leaving_and_signing_out_work_as_ever(self, clock: Clock, rosa: User) -> None:
        for path, status in [(reverse("pages:leave"), 200), (reverse("account_logout"), 302), ("/", 200)]:
            client = signed_in(ROSA)
            after(clock, minutes=15)
            answer = client.get(path) if path == "/" else client.post(path)
            assert answer.status_code == status
            assert ROSA.email.encode() not in answer.content

    def test_nothing_that_a_form_sends_is_written(self, clock: Clock, case: Case) -> None:
        client = signed_in(ROSA)
        path = reverse("pages:name-record", args=[case.pk])
        after(clock, minutes=15)
        assert client.post(path, {"label": "Mine"}).status_code == 302
        assert case.memberships.get().label != "Mine"
        assert signed_in(ROSA).post(path, {"label": "Mine"}).status_code == 302
        assert case.memberships.get().label == "Mine"


class TestAPage:
    def test_knows_when_to_warn_and_only_for_those_signed_in(self, clock: Clock, rosa: User) -> None:
        assert b"data-seconds" not in Client().get(reverse("account_login")).content
        page = signed_in(ROSA, shared_device="on").get(reverse("users:account")).content
        assert b'data-seconds="300" data-warning="120"' in page

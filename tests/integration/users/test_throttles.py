"""Guesses are limited, exactly, in the database; and the limit keeps nobody out of their own record."""

import datetime as dt
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cms_tracker.users import tasks, throttles
from cms_tracker.users.models import Device, Tries, User
from cms_tracker.web.too_many import TooManyTriesError
from tests.cast import PAUL, ROSA, SAM
from tests.factories import make_user
from tests.integration.users.test_links import link, path_in
from tests.masking import bare

AT = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WRONG = "not-the-password"
THREADS = 50


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-03-02 10:00Z", tick=False) as traveller:
        yield traveller


def sign_in(email: str = ROSA.email, password: str = WRONG, *, by: Client | None = None, **more: str) -> HttpResponse:
    return (by or Client()).post(reverse("account_login"), {"login": email, "password": password, **more})


def is_in(client: Client) -> bool:
    return client.get(reverse("users:account")).status_code == 200


def let(kind: str, *origin: object, at: dt.datetime = AT) -> bool:
    try:
        throttles.take(kind, *origin, at=at)
    except TooManyTriesError:
        return False
    return True


@pytest.mark.django_db
class TestTaking:
    def test_lets_as_many_as_the_limit_says_and_not_one_more(self) -> None:
        assert [let("sign_in", "a") for _ in range(12)] == [True] * 10 + [False] * 2

    def test_counts_each_kind_and_each_origin_apart(self) -> None:
        for _ in range(10):
            throttles.take("sign_in", "a", "b", at=AT)
        assert not let("sign_in", "a", "b")
        assert let("sign_in", "ab")
        assert let("sign_in_device", "a", "b")

    def test_slides_so_that_no_five_minutes_hold_more_than_ten(self) -> None:
        moments = [AT + dt.timedelta(seconds=20 * number) for number in range(60)]
        passed = [at for at in moments if let("sign_in", "a", at=at)]
        for at in passed:
            assert len([other for other in passed if at <= other < at + dt.timedelta(minutes=5)]) <= 10
        assert len(passed) == 40  # and ten of every five minutes do pass

    def test_says_how_long_until_the_next(self) -> None:
        for number in range(10):
            throttles.take("sign_in", "a", at=AT + number * SECOND)
        with pytest.raises(TooManyTriesError) as refused:
            throttles.take("sign_in", "a", at=AT + 60 * SECOND)
        assert refused.value.wait == 240 * SECOND
        assert not let("sign_in", "a", at=AT + 299 * SECOND)
        assert let("sign_in", "a", at=AT + 300 * SECOND)

    def test_does_not_count_a_try_that_was_refused(self) -> None:
        for _ in range(10):
            throttles.take("sign_in", "a", at=AT)
        for number in range(100):
            let("sign_in", "a", at=AT + number * SECOND)
        assert let("sign_in", "a", at=AT + 300 * SECOND)

    def test_gives_back_one_and_no_other(self) -> None:
        for number in range(10):
            throttles.take("sign_in", "a", at=AT + number * SECOND)
        throttles.give_back("sign_in", "a", at=AT + 4 * SECOND)
        assert [let("sign_in", "a", at=AT + 20 * SECOND) for _ in range(2)] == [True, False]

    def test_keeps_neither_address_nor_place_that_can_be_read(self) -> None:
        throttles.take("sign_in", ROSA.email, "192.0.2.7", at=AT)
        row = Tries.objects.values_list().get()
        assert "rosa" not in str(row)
        assert "192.0.2" not in str(row)

    def test_takes_the_network_of_a_household_for_one_place(self) -> None:
        places = {throttles.place_of(ip) for ip in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:DB8:1:2:0:0:0:3")}
        assert places == {"2001:db8:1:2::"}
        assert throttles.place_of("2001:db8:1:3::1") not in places
        assert throttles.place_of("::ffff:192.0.2.7") == throttles.place_of("192.0.2.7") == "192.0.2.7"

    @pytest.mark.parametrize("kind", settings.THROTTLES)
    def test_has_room_for_every_limit_of_the_settings(self, kind: str) -> None:
        most, within = settings.THROTTLES[kind]
        assert [let(kind, "a", at=AT + number * SECOND / 10) for number in range(most + 1)] == [True] * most + [False]
        assert let(kind, "a", at=AT + within)


@pytest.mark.django_db(transaction=True)
class TestFiftyThreadsAtOnce:
    def test_get_exactly_as_many_tries_as_the_limit_says(self) -> None:
        """Without a broker: the tests start none."""
        ready = threading.Barrier(THREADS)
        answers: list[bool] = []

        def one() -> None:
            ready.wait()
            answers.append(let("sign_in", ROSA.email, "192.0.2.7"))
            connections.close_all()

        threads = [threading.Thread(target=one) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == [False] * (THREADS - 10) + [True] * 10


@pytest.mark.django_db
class TestGuessingAtTheDoor:
    @pytest.fixture(autouse=True)
    def _rosa(self, clock: time_machine.Traveller) -> None:
        self.rosa = make_user(ROSA)
        self.clock = clock

    def test_ends_after_ten_with_a_plain_page_that_says_how_long(self) -> None:
        assert [sign_in().status_code for _ in range(10)] == [200] * 10
        self.clock.shift(60)
        answer = sign_in()
        assert (answer.status_code, answer["Retry-After"]) == (429, "240")
        assert "Wait 4 minutes" in answer.content.decode()

    def test_is_not_answered_even_when_it_is_right(self) -> None:
        for _ in range(10):
            sign_in()
        assert sign_in(password=ROSA.password).status_code == 429
        self.clock.shift(301)
        assert sign_in(password=ROSA.password).status_code == 302

    def test_is_stopped_alike_for_an_address_that_nobody_knows(self) -> None:
        refusals = set()
        for email in (ROSA.email, "nell@example.com"):
            for _ in range(10):
                sign_in(email)
            refusals.add(bare(sign_in(email), but_for=[email]))
        assert len(refusals) == 1

    @pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-Ip", "Forwarded", "Client-Ip"])
    def test_goes_on_for_nobody_who_makes_up_where_they_are(self, header: str) -> None:
        answers = []
        for number in range(11):
            client = Client(headers={header: f"198.51.100.{number}"})
            answers.append(sign_in(by=client).status_code)
        assert answers[-1] == 429

    def test_is_counted_behind_our_proxy_by_what_the_proxy_added(self, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        made_up = [Client(headers={"X-Forwarded-For": f"198.51.100.{number}, 192.0.2.7"}) for number in range(11)]
        assert [sign_in(by=client).status_code for client in made_up][-1] == 429
        assert sign_in(by=Client(headers={"X-Forwarded-For": "192.0.2.8"})).status_code == 200

    def test_of_many_addresses_from_one_place_ends_after_twenty(self) -> None:
        answers = [sign_in(f"nell{number}@example.com").status_code for number in range(21)]
        assert answers == [200] * 20 + [429]
        assert sign_in(by=Client(REMOTE_ADDR="192.0.2.8")).status_code == 200

    def test_is_not_counted_where_it_was_right(self) -> None:
        assert [sign_in(password=ROSA.password).status_code for _ in range(25)] == [302] * 25

    def test_of_codes_for_a_record_ends_after_twenty(self) -> None:
        client = Client()
        client.force_login(self.rosa)
        answers = [client.post(reverse("cases:join"), {"code": f"CODE-{number}"}).status_code for number in range(21)]
        assert answers == [200] * 20 + [429]

    def test_of_the_present_password_is_counted_too(self) -> None:
        client = Client()
        client.force_login(self.rosa)
        post = {"oldpassword": WRONG, "password1": "marble-thistle-kettle"}
        answers = [client.post(reverse("account_change_password"), post).status_code for _ in range(11)]
        assert answers == [200] * 10 + [429]


@pytest.mark.django_db
class TestWhoeverTypesAnAddress:
    """Paul knows Rosa's address. He may sit in the same house."""

    @pytest.fixture(autouse=True)
    def _rosa(self, clock: time_machine.Traveller) -> None:
        self.rosa, self.clock = make_user(ROSA), clock

    def hammer(self, email: str = ROSA.email) -> None:
        while sign_in(email).status_code == 200:
            pass

    def known(self, **more: str) -> Client:
        """A browser in which Rosa has signed in and out again."""
        client = Client()
        assert sign_in(password=ROSA.password, by=client, **more).status_code == 302
        client.post(reverse("account_logout"))
        return client

    def test_does_not_keep_the_person_out_of_a_device_they_know(self) -> None:
        hers = self.known()
        self.hammer()
        for number in range(20):
            sign_in(f"nell{number}@example.com")
        assert sign_in(password=ROSA.password, by=Client()).status_code == 429
        assert sign_in(password=ROSA.password, by=hers).status_code == 302

    def test_does_not_keep_them_from_a_new_password_nor_from_signing_in_with_it_there(self) -> None:
        self.hammer()
        here = Client()
        here.post(reverse("account_reset_password"), {"email": ROSA.email})
        form = here.get(link(), follow=True)
        here.post(form.redirect_chain[-1][0], {"password1": "marble-thistle-kettle"})
        assert not is_in(here)
        assert sign_in(password="marble-thistle-kettle", by=here).status_code == 302

    def test_gets_no_lane_by_a_device_of_their_own(self) -> None:
        make_user(PAUL)
        his = Client()
        sign_in(PAUL.email, PAUL.password, by=his)
        his.post(reverse("account_logout"))
        self.hammer()
        assert sign_in(by=his).status_code == 429

    def test_gets_no_lane_by_a_cookie_that_we_did_not_make(self) -> None:
        self.known()
        his = Client()
        his.cookies[settings.DEVICE_COOKIE_NAME] = "made-up"
        self.hammer()
        assert sign_in(by=his).status_code == 429

    def test_gets_ten_guesses_on_a_device_that_the_person_knows(self) -> None:
        hers = self.known()
        assert [sign_in(by=hers).status_code for _ in range(11)] == [200] * 10 + [429]
        assert sign_in(password=ROSA.password).status_code == 302  # and another device is free

    def test_does_not_use_up_the_mail_that_a_known_device_asks_for(self) -> None:
        hers = self.known()
        for _ in range(8):
            Client().post(reverse("account_reset_password"), {"email": ROSA.email})
        mail.outbox.clear()
        hers.post(reverse("account_reset_password"), {"email": ROSA.email})
        assert path_in(str(mail.outbox[0].body)).startswith("/account/password/reset/key/")


@pytest.mark.django_db
class TestAKnownDevice:
    @pytest.fixture(autouse=True)
    def _rosa(self) -> None:
        self.rosa = make_user(ROSA)

    def cookie(self, **more: str) -> tuple[Client, Any]:
        client = Client()
        answer = sign_in(password=ROSA.password, by=client, **more)
        return client, answer.cookies.get(settings.DEVICE_COOKIE_NAME)

    def test_has_a_cookie_that_says_nothing_and_no_script_reads(self) -> None:
        _, cookie = self.cookie()
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert cookie["max-age"] == 90 * 24 * 60 * 60
        assert len(cookie.value) == 43  # 256 bits
        assert cookie.value not in str(list(Device.objects.values()))
        _, another = self.cookie()
        assert another.value != cookie.value

    def test_keeps_its_cookie_for_the_next_person_and_the_next_time(self) -> None:
        make_user(SAM)
        client, cookie = self.cookie()
        client.post(reverse("account_logout"))
        sign_in(SAM.email, SAM.password, by=client)
        assert client.cookies[settings.DEVICE_COOKIE_NAME].value == cookie.value
        assert Device.objects.count() == 2

    def test_is_not_made_of_one_that_others_use(self) -> None:
        _, cookie = self.cookie(shared_device="on")
        assert cookie is None
        assert not Device.objects.exists()

    def test_is_forgotten_when_it_turns_out_that_others_use_it(self) -> None:
        client, _ = self.cookie()
        client.post(reverse("account_logout"))
        sign_in(password=ROSA.password, by=client, shared_device="on")
        assert client.cookies[settings.DEVICE_COOKIE_NAME].value == ""
        assert not Device.objects.exists()

    def test_is_forgotten_by_leaving(self) -> None:
        client, _ = self.cookie()
        client.post(reverse("pages:leave"))
        assert client.cookies[settings.DEVICE_COOKIE_NAME].value == ""
        assert not Device.objects.exists()

    def test_is_forgotten_elsewhere_when_the_password_changes(self) -> None:
        self.cookie()
        here, _ = self.cookie()
        post = {"oldpassword": ROSA.password, "password1": "marble-thistle-kettle"}
        here.post(reverse("account_change_password"), post)
        assert Device.objects.count() == 1
        assert is_in(here)

    def test_is_forgotten_when_nobody_signed_in_with_it_for_ninety_days(self) -> None:
        with time_machine.travel("2026-03-02 10:00Z", tick=False) as clock:
            self.cookie()
            clock.shift(dt.timedelta(days=89))
            self.cookie()
            clock.shift(dt.timedelta(days=2))
            tasks.forget_old()
        assert Device.objects.count() == 1


@pytest.mark.django_db
class TestTheTimer:
    def test_deletes_tries_that_limit_nothing_any_more(self) -> None:
        throttles.take("second_factor_day", "a", at=AT)
        throttles.take("second_factor_day", "b", at=AT + dt.timedelta(hours=3))
        with time_machine.travel(AT + dt.timedelta(hours=25), tick=False):
            tasks.forget_old()
        assert Tries.objects.count() == 1
        assert max(within for _, within in settings.THROTTLES.values()) <= throttles.KEPT

    def test_deletes_sessions_that_have_ended(self) -> None:
        make_user(ROSA)
        with time_machine.travel(AT, tick=False) as clock:
            sign_in(password=ROSA.password)
            clock.shift(dt.timedelta(hours=1))
            tasks.forget_old()
        assert not User.objects.get().sessions.exists()

"""Welsh where a person asked for it, English everywhere else."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real

from cms_tracker.web.language import COOKIE, WELSH
from tests.integration.access_world import OTHER_PARENT, OWNER, World

pytestmark = pytest.mark.django_db

LANGUAGE = "/language/"
#: Said in English on a Welsh page too, because it is about safety.
KEPT_ENGLISH = "Do this only if it is safe for you."


@pytest.fixture
def client(world: World) -> Client:
    """The owner, who chose Welsh."""
    client = world.client_of(OWNER)
    client.cookies[COOKIE] = WELSH
    return client


def today(world: World) -> str:
    return reverse("pages:today", args=[world.case.pk])


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


class TestTheChoice:
    def test_is_kept_in_the_browser_by_a_press_and_leads_back(self, world: World) -> None:
        client = world.client_of(OWNER, checks_tokens=True)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text_of(client, LANGUAGE))
        assert token

        sent = {"language": "cy", "next": today(world), "csrfmiddlewaretoken": token[1]}
        answer = client.post(LANGUAGE, sent)

        assert answer["Location"] == today(world)
        kept = answer.cookies[COOKIE]
        assert (kept.value, kept["max-age"], kept["httponly"], kept["samesite"]) == (WELSH, "", True, "Lax")
        assert '<html lang="cy">' in text_of(client, today(world))

    def test_is_taken_back_by_choosing_english(self, client: Client, world: World) -> None:
        client.post(LANGUAGE, {"language": "en"})

        assert '<html lang="en-GB">' in text_of(client, today(world))

    @pytest.mark.parametrize("onward", ["https://example.org/", "//example.org", "javascript:alert(1)", ""])
    def test_leads_to_no_other_site(self, client: Client, onward: str) -> None:
        assert client.post(LANGUAGE, {"language": "cy", "next": onward})["Location"] == "/"

    def test_is_not_made_by_what_a_browser_says_of_itself(self, world: World) -> None:
        answer = world.client_of(OWNER).get(today(world), headers={"Accept-Language": "cy"})

        assert '<html lang="en-GB">' in answer.content.decode()

    @pytest.mark.parametrize("value", ["fr", "cy-GB", "en", "x" * 4000])
    def test_is_welsh_or_nothing(self, client: Client, world: World, value: str) -> None:
        client.cookies[COOKIE] = value

        assert '<html lang="en-GB">' in text_of(client, today(world))


class TestAWelshPage:
    def test_speaks_welsh_and_says_that_nobody_has_reviewed_it(self, client: Client, world: World) -> None:
        page = text_of(client, today(world))

        assert '<html lang="cy">' in page
        assert client.get(today(world))["Content-Language"] == "cy"
        assert "Heddiw" in page
        assert "Drafft heb ei adolygu." in page
        assert '<span lang="en-GB"><strong>Unreviewed draft translation.</strong>' in page

    def test_says_what_is_about_safety_in_english_and_marks_it_so(self, client: Client, world: World) -> None:
        page = text_of(client, today(world))

        leave = re.search(r'<aside class="leave" lang="en-GB".*?</aside>', page, re.DOTALL)
        assert leave
        assert "Leave this page" in leave[0]
        assert re.search(r'<p lang="en-GB"><strong>Having a hard time\?</strong>', page)
        assert re.search(r'<a href="/safety/" lang="en-GB">Staying safe here</a>', page)

    def test_writes_days_with_welsh_names(self, client: Client, world: World) -> None:
        page = re.sub(r'<(\w+) [^>]*lang="en-GB".*?</\1>', "", text_of(client, today(world)), flags=re.DOTALL)

        assert re.search(r"Dydd (Llun|Mawrth|Mercher|Iau|Gwener|Sadwrn|Sul) \d", page)
        assert not re.search(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", page)

    def test_leaves_the_next_page_of_another_person_in_english(self, client: Client, world: World) -> None:
        text_of(client, today(world))

        assert '<html lang="en-GB">' in text_of(world.client_of(OTHER_PARENT), "/records/")


class TestAPageWithoutWelsh:
    def test_stays_whole_in_english_and_says_so(self, client: Client, world: World) -> None:
        page = text_of(client, reverse("correspondence:deadlines", args=[world.case.pk]))

        assert '<html lang="en-GB">' in page
        assert '<span lang="cy">Nid yw’r dudalen hon ar gael yn Gymraeg eto.</span>' in page
        assert "Terfynau amser" not in page


class TestThePagesThatHaveWelsh:
    @pytest.mark.parametrize("name", sorted(settings.WELSH_PAGES))
    def test_say_nothing_in_english_that_is_not_kept_so(
        self, client: Client, world: World, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: dict[str, str] = {}
        of_django = trans_real.DjangoTranslation.gettext

        def noting(self: Any, text: str) -> str:
            said = str(of_django(self, text))
            if str(self.to_language()) == WELSH and "\x04" not in text:
                asked[text] = said
            return said

        monkeypatch.setattr(trans_real.DjangoTranslation, "gettext", noting)
        if name == "account_login":
            client = Client()
            client.cookies[COOKIE] = WELSH
        page = text_of(
            client, reverse(name, kwargs={"case_id": world.case.pk} if ":" in name and _of_a_case(name) else {})
        )

        assert '<html lang="cy">' in page
        english = {
            text
            for text, said in asked.items()
            if text == said and re.search(r"[A-Za-z]{3}", re.sub(r"{\w*}", "", text))
        }
        assert {text for text in english if KEPT_ENGLISH not in text} == set()
        assert asked


def _of_a_case(name: str) -> bool:
    return not name.startswith(("users:", "pages:language"))

"""The way out and the silence of every page: walked, so that a new page cannot be without (requirements 19, 28)."""

import re

import pytest
from django.conf import settings
from django.test import RequestFactory

from cms_tracker.pages import errors
from tests.architecture.source import ROOT
from tests.integration.access_calls import ROUTES, Route, path_of, step, taken_back
from tests.integration.access_world import ADVISER, ANONYMOUS, CANARY, OWNER, World

#: What a history, a tab or a task bar must not say.
GIVES_AWAY = re.compile(
    r"maintenance|\bcms\b|\bcsa\b|arrears|child|abuse|violen|court|tribunal|parent|owed|£|\d{8}", re.IGNORECASE
)
PAGES = [route for route in ROUTES if route.row.get == 200]


def title_of(page: str) -> str:
    found = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
    assert found
    return found.group(1)


def has_the_way_out(page: str) -> None:
    """The button, its skip link among the first things a keyboard meets, and the file that makes it quick."""
    assert f'data-leave="{settings.EXIT_URL}"' in page
    if 'class="screen"' in page:  # a paper as it will be printed: the button is the third thing a keyboard meets
        assert page.index('class="screen"') < page.index('id="leave-button"') < page.index('class="sheet"')
    else:
        assert page.index('href="#leave-button"') < page.index('id="leave-button"') < page.index("<main")
    assert re.search(r'<script src="[^"]*js/leave[^"]*\.js" defer', page)


def wrong_with(route: Route, world: World, who: str) -> str:
    """What is wrong with a page as this person gets it; empty where nothing is, or where it is no page."""
    with taken_back():
        client = world.client_of(who)
        try:
            for first in route.row.first:
                step(client, world, route.row.record, first)
        except AssertionError:
            pass  # not this person's pages to fill in: what they get instead is looked at all the same
        answer = client.get(path_of(route, world))
        content = b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html") or b"<html" not in content:
        return ""  # a redirect, a file, or a part of a page that the page itself asks for
    page, title = content.decode(), title_of(content.decode())
    if answer["Cache-Control"] != "no-store":
        return "may be kept"
    if route.name == "pages:leave":
        return "" if title == "One moment" else title
    has_the_way_out(page)
    if not title.endswith(f" - {settings.SITE_NAME}") or GIVES_AWAY.search(title) or CANARY in title:
        return title
    elsewhere = re.search(r"<(?:script|link|img|iframe|form)[^>]+(?:src|href|action)=.(?:https?:)?//", page)
    return elsewhere.group() if elsewhere else ""


@pytest.mark.django_db
@pytest.mark.parametrize("who", [OWNER, ADVISER, ANONYMOUS])
class TestEveryPage:
    def test_has_the_way_out_and_a_name_that_says_nothing(self, world: World, who: str) -> None:
        assert len(PAGES) > 100
        assert {route.name: wrong for route in PAGES if (wrong := wrong_with(route, world, who))} == {}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_an_address_says_nothing(route: Route) -> None:
    assert not GIVES_AWAY.search(re.sub(r"<[^>]*>|\(\?P.*?\)", "", route.pattern)), route.pattern


class TestThePagesOfMistakes:
    def test_have_it_too(self) -> None:
        request = RequestFactory().get("/")
        made = [
            errors.bad_request(request, ValueError()),
            errors.not_allowed(request, ValueError()),
            errors.not_found(request, ValueError()),
            errors.too_many(request),
            errors.failed(request),
            errors.form_too_old(request),
        ]
        assert [answer.status_code for answer in made] == [400, 403, 404, 429, 500, 403]
        for answer in made:
            has_the_way_out(answer.content.decode())
            assert not GIVES_AWAY.search(title_of(answer.content.decode()).replace(settings.SITE_NAME, ""))


class TestTheScripts:
    def test_keep_nothing_in_the_browser(self) -> None:
        scripts = list((ROOT / "static" / "js").glob("*.js"))
        assert len(scripts) > 2
        kept = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.|serviceWorker")
        assert [path.name for path in scripts if kept.search(path.read_text(encoding="utf-8"))] == []

    def test_blank_the_page_before_they_ask_for_anything(self) -> None:
        """The structure that gives the figure of ``manage.py bench leave``: nothing is awaited before the blanking."""
        script = (ROOT / "static" / "js" / "leave.js").read_text(encoding="utf-8")
        leave = script[script.index("function leave()") :]
        assert leave.index("blank();") < leave.index("fetch(")
        assert "keepalive: true" in leave
        assert "location.replace(" in leave
        assert "location.href" not in script
        for waits in ("await", "async", "setTimeout(blank", "import("):
            assert waits not in script

    def test_icon_says_nothing(self) -> None:
        icon = (ROOT / "static" / "images" / "icon.svg").read_text(encoding="utf-8")
        assert not re.search(r"<text|<title|<desc", icon)

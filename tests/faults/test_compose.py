"""The whole site as docker-compose.yml starts it, two web servers included: sign-up, letter, summary, timer."""

import http.client
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from cms_tracker.processes import system_packages
from tests.faults.as_containers import HOST, Container, Site, site, stopped
from tests.filled_form import filled
from tests.needs import absent

pytestmark = pytest.mark.own_database

ADDRESS, PASSWORD = "nina@example.org", "seven-herons-over-the-estuary"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """One person's browser behind the proxy, whose requests go to one web container or the other."""

    def __init__(self) -> None:
        self._cookies: dict[str, str] = {}

    def ask(self, web: Container, path: str, form: dict[str, object] | None = None) -> tuple[int, str, bytes]:
        """Ask for a page, or send a form; return the status, where it leads, and what came."""
        headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",  # these two are the proxy's
            "X-Forwarded-For": "203.0.113.7",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
        }
        body = None
        if form is not None:
            headers |= {"Origin": f"https://{HOST}", "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(form, doseq=True)
        line = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
        try:
            line.request("GET" if form is None else "POST", path, body, headers)
            answer = line.getresponse()
            for name, value in answer.getheaders():
                if name == "Set-Cookie":
                    assert "Secure" in value
                    cookie, _, kept = value.partition(";")[0].partition("=")
                    self._cookies[cookie] = kept
            place = urlsplit(answer.headers.get("Location", ""))
            return answer.status, place.path, answer.read()
        finally:
            line.close()

    def read(self, web: Container, path: str) -> str:
        """Read a page, wherever it leads."""
        for _ in range(5):
            status, place, content = self.ask(web, path)
            if status == 200:
                return content.decode()
            assert status == 302, (status, path, content[:300])
            path = place
        raise AssertionError(f"{path} leads on and on")

    def send(self, web: Container, path: str, *, by: Container, **answers: object) -> str:
        """Read a form by way of one container, send it by another; return where it leads."""
        page = self.read(web, path)
        token = _TOKEN.search(page)
        assert token, page
        form = filled(page) | {"csrfmiddlewaretoken": token[1]} | answers
        status, place, content = self.ask(by, path, form)
        assert status == 302, (path, content.decode())
        return place


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Every service of the file but the proxy, the web server twice, after the migration."""
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be rendered")
    with site(tmp_path_factory.mktemp("site")) as one:
        migrated = one.up("migrate")
        assert migrated.finish() == 0, migrated.printed.read_text()
        for name in ("web", "web", "letters", "bulk", "periodic", "timer"):
            one.up(name)
        yield one


@pytest.fixture(scope="module")
def webs(running: Site) -> tuple[Container, Container]:
    """Both web containers, once they are healthy."""
    first, second = (one for one in running.containers if one.service is running.services["web"])
    running.wait(first.is_healthy)
    running.wait(second.is_healthy)
    return first, second


def _mailed(running: Site) -> str:
    """The path of the last link in the outbox."""
    found: list[str] = []

    def link() -> list[str]:
        for path in sorted((running.data / "outbox").glob("*.log")):
            found.extend(re.findall(rf"https://{HOST}(/\S+)", path.read_text()))
        return found

    running.wait(link)
    return found[-1]


def _signed_up(running: Site, webs: tuple[Container, Container], browser: Browser) -> None:
    one, other = webs
    browser.send(one, "/account/signup/", by=other, email=ADDRESS)
    browser.send(other, _mailed(running), by=one, password1=PASSWORD)
    browser.send(one, "/account/login/", by=other, login=ADDRESS, password=PASSWORD)
    browser.send(one, "/safety/", by=other, next="/")


def _taken(running: Site, browser: Browser, webs: tuple[Container, Container], path: str) -> bytes:
    """A paper that a worker makes, once its page offers it."""
    one, other = webs

    def ready() -> bool:
        return f'href="{path}pdf/"' in browser.read(other, path)

    running.wait(ready)
    status, _, content = browser.ask(one, f"{path}pdf/")
    assert status == 200
    return content


def _boxes(page: str, name: str) -> list[str]:
    """What may be ticked under one name."""
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if f'name="{name}"' in box]
    return [value for box in boxes for value in re.findall(r'value="([^"]*)"', box)]


def _letter_and_summary(running: Site, webs: tuple[Container, Container], nina: Browser) -> None:
    """A paper of each kind of worker. What she chose for the letter waits in her session, which all containers know."""
    one, other = webs
    imported = running.container("migrate").run(
        "python", "manage.py", "import_case", "tests/examples/direct-pay-missed.json", f"--owner={ADDRESS}"
    )
    assert imported.returncode == 0, imported.stderr
    record = f"/records/{imported.stdout.split()[-1]}"
    write = f"{record}/letters/new/1/"
    missed = {name: _boxes(nina.read(one, write), name) for name in ("reported", "nothing_came")}
    assert any(missed.values())
    check = nina.send(one, write, by=other, sender="Nina Example", ask_collect="no", **missed)
    letter = nina.send(one, check, by=other)
    assert _taken(running, nina, webs, letter).startswith(b"%PDF-")

    token = _TOKEN.search(nina.read(one, f"{record}/overview/"))
    assert token
    status, summary, _ = nina.ask(other, f"{record}/overview/summary/make/", {"csrfmiddlewaretoken": token[1]})
    assert status == 302
    assert _taken(running, nina, webs, summary).startswith(b"%PDF-")


def _anchors(running: Site) -> int:
    """What the timer has the periodic worker make once a day."""
    with psycopg.connect(running.address()) as line:
        found = line.execute("SELECT count(*) FROM audit_anchor").fetchone()
        return int(found[0]) if found else 0


def _shown(running: Site) -> dict[str, str]:
    """What the database itself says of the settings that its command names."""
    with psycopg.connect(running.address()) as line:
        asked = {name: line.execute(f"SHOW {name}").fetchone() for name in running.database_settings()}
    return {name: str(row[0]) for name, row in asked.items() if row}


def _all_stop(running: Site) -> None:
    """On being asked, each within its grace, with nothing to complain of."""
    live = [one for one in running.containers if one.runs]
    assert len(live) == 7
    stopped(live)
    assert {one.printed.stem: one.ended() for one in live if one.ended()} == {}
    assert "Traceback" not in "".join(one.printed.read_text() for one in live)


class TestTheComposeFile:
    def test_starts_a_site_that_serves_makes_sends_and_stops(
        self, running: Site, webs: tuple[Container, Container]
    ) -> None:
        one, other = webs
        assert _shown(running) == running.database_settings()
        nina = Browser()
        _signed_up(running, webs, nina)
        assert ADDRESS in nina.read(one, "/account/")
        assert ADDRESS in nina.read(other, "/account/")

        _letter_and_summary(running, webs, nina)
        running.wait(lambda: _anchors(running) == 1)

        watched = [one for one in running.containers if one.runs and "healthcheck" in one.service]
        assert len(watched) == 7  # the database is no process of ours
        for container in watched:
            running.wait(container.is_healthy)
        for name in ("web", "letters", "timer"):
            assert not running.container(name).is_healthy(), f"a {name} that does not run"

        _all_stop(running)
        assert running.left_behind() == []

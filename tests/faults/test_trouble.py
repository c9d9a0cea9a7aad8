"""When nothing can be read or kept: one calm page, nothing half done, and all goes on by itself afterwards."""

import http.client
import re
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from cms_tracker.pages.bench import pids
from cms_tracker.pages.bench.own_postgres import OwnPostgres
from cms_tracker.pages.bench.site import Answer, Visitor
from tests.faults.conftest import Household, filled, remount, small_disk

pytestmark = pytest.mark.own_database

NO_ROOM, NOT_NOW = http.client.INSUFFICIENT_STORAGE, http.client.SERVICE_UNAVAILABLE


def assert_calm(answer: Answer, *, status: int) -> None:
    """The page of a 503: when to try again, the way out, the headers of every page, and nothing of ours."""
    assert answer.status == status, answer.text
    assert int(answer.headers["retry-after"]) > 0
    assert "Your phone or computer is fine" in answer.text
    assert 'id="leave-button"' in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    for telling in ("Traceback", "psycopg", "sqlite", "Error", "rosa@", "/tmp"):
        assert telling not in answer.text


def sent_again(home: Household, answer: Answer) -> Answer:
    """Press the button of that page."""
    assert "Send it again" in answer.text
    form = answer.text[answer.text.index("<main") :]
    action = re.search(r'action="([^"]+)"', form)
    assert action
    return home.rosa.post(action[1], answer._replace(text=form).hidden())


@contextmanager
def no_file_may_grow(home: Household) -> Iterator[None]:
    """A limit on how large a file the web process may write, as a quota is."""
    everyone = home.site.processes()
    before = resource.prlimit(everyone[0], resource.RLIMIT_FSIZE)
    for pid in everyone:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        yield
    finally:
        for pid in everyone:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


@pytest.fixture
def gone(on_postgresql: Household, postgres: OwnPostgres) -> Iterator[Household]:
    """An installation whose database has just been killed."""
    postgres.kill()
    yield on_postgresql
    if not postgres.is_running:
        postgres.start()


class TestADatabaseThatIsGone:
    def test_is_told_of_on_a_page(self, gone: Household) -> None:
        answer = gone.rosa.get(f"/records/{gone.record}/")
        assert_calm(answer, status=NOT_NOW)
        assert f'href="/records/{gone.record}/"' in answer.text

    def test_leaves_the_way_out_as_it_is(self, gone: Household) -> None:
        browser = Visitor(gone.site)
        browser.cookies |= gone.rosa.cookies
        answer = browser.post("/leave/", {})
        assert answer.status == 200
        assert "Retry-After" not in answer.headers
        assert "Family" not in answer.text
        assert not browser.cookies["session"]
        assert answer.headers["clear-site-data"] == '"cache", "storage"'

    def test_is_no_matter_to_pages_that_need_none(self, gone: Household) -> None:
        for path in ("/safety/", "/account/login/", "/static/css/site.css", "/plan/"):
            assert Visitor(gone.site).get(path).status == 200, path

    def test_asks_for_a_password_anew(self, gone: Household) -> None:
        browser = Visitor(gone.site)
        form = browser.get("/account/login/").hidden()
        answer = browser.post("/account/login/", form | {"login": "rosa@example.com", "password": "violet-harbour"})
        assert_calm(answer, status=NOT_NOW)
        assert "violet" not in answer.text
        assert "Send it again" not in answer.text

    def test_costs_nothing_of_what_was_typed(self, on_postgresql: Household, postgres: OwnPostgres) -> None:
        home, there = on_postgresql, on_postgresql.payments()
        form = home.form(pence=4711)
        postgres.kill()
        answer = home.rosa.post(home.log_page, form)
        assert_calm(answer, status=NOT_NOW)
        postgres.start()
        assert home.payments() == there
        assert [sent_again(home, answer).status for _ in range(2)] == [302, 302]
        assert home.payments() == sorted([*there, 4711])


class TestAWebProcessThatEndsWhileTheDatabaseIsGone:
    def test_is_replaced_and_serves_as_soon_as_there_is_one(self, gone: Household, postgres: OwnPostgres) -> None:
        pids.kill(*gone.site.processes())
        gone.site.wait_until_it_answers()
        assert_calm(gone.rosa.get(f"/records/{gone.record}/"), status=NOT_NOW)
        postgres.start()
        assert gone.log(pence=1234).status == 302


class TestADiskThatIsFull:
    def test_takes_no_payment_and_says_so(self, on_sqlite: Household) -> None:
        home, there = on_sqlite, on_sqlite.payments()
        form = home.form(pence=815)
        with filled(home.folder):
            answer = home.rosa.post(home.log_page, form)
            assert_calm(answer, status=NO_ROOM)
        assert home.payments() == there
        assert sent_again(home, answer).status == 302
        assert home.payments() == sorted([*there, 815])

    def test_is_a_limit_on_files_too(self, on_sqlite: Household) -> None:
        home, there = on_sqlite, on_sqlite.payments()
        form = home.form(pence=916)
        with no_file_may_grow(home):
            answer = home.rosa.post(home.log_page, form)
            assert answer.status in {NO_ROOM, NOT_NOW}
            assert_calm(answer, status=answer.status)
        assert home.payments() == there
        assert sent_again(home, answer).status == 302
        assert home.payments() == sorted([*there, 916])


class TestADiskThatMayNotBeWrittenTo:
    def test_is_told_of_and_forgotten(self, on_sqlite: Household) -> None:
        home, there = on_sqlite, on_sqlite.payments()
        before = home.site.processes()
        pids.kill(*before)  # no disk changes under files that are open to be written
        while any(map(pids.lives, before)):
            time.sleep(0.01)
        remount(home.folder, "ro")
        try:
            home.site.wait_until_it_answers()
            answer = home.rosa.get(home.log_page)
            assert_calm(answer, status=NOT_NOW)
            assert "takes nothing new" in answer.text
        finally:
            remount(home.folder, "rw")
        assert home.log(pence=333).status == 302
        assert home.payments() == sorted([*there, 333])


@contextmanager
def full(files: Path) -> Iterator[Callable[[], None]]:
    """No room for a byte; what is given makes room."""
    with small_disk(files, options="size=256k"), ExitStack() as stack:
        stack.enter_context(filled(files))
        yield stack.close


@contextmanager
def without_inodes(files: Path) -> Iterator[Callable[[], None]]:
    """Room for bytes, and none for one more file."""
    with small_disk(files, options="size=4m,nr_inodes=1"):
        yield lambda: remount(files, "nr_inodes=100")


@contextmanager
def read_only(files: Path) -> Iterator[Callable[[], None]]:
    """A disk that takes no writes."""
    with small_disk(files, options="size=4m"):
        remount(files, "ro")
        yield lambda: remount(files, "rw")


class TestFilesThatCannotBeKept:
    @pytest.mark.parametrize("harm", [full, without_inodes, read_only])
    def test_cost_neither_the_words_nor_half_a_payment(self, on_sqlite: Household, harm: Any) -> None:
        home, there, files = on_sqlite, on_sqlite.payments(), on_sqlite.folder / "files"
        form, proof = home.form(pence=1717), {"proof": b"Paid in, on paper"}
        with harm(files) as mend:
            answer = home.rosa.post(home.log_page, form, proof)
            assert answer.status == http.client.OK
            assert "Files cannot be kept just now" in answer.text
            assert 'value="17.17"' in answer.text
            assert home.payments() == there
            assert [path for path in files.rglob("*") if path.is_file() and path.name != "filler"] == []
            assert home.rosa.get(f"/records/{home.record}/").status == 200  # all else goes on
            mend()
            again = answer.hidden() | form
            assert [home.rosa.post(home.log_page, again, proof).status for _ in range(2)] == [302, 302]
            assert home.payments() == sorted([*there, 1717])
            kept = [path.name for path in files.rglob("*") if path.is_file()]
            assert kept
            assert [name for name in kept if name.startswith(".")] == []  # nothing half written

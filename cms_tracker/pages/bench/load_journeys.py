"""What people do, for locust, in a process of its own: it knows addresses and forms, and nothing of the product.

It is told in the environment: ``LOAD_CAST``, a file that says who there is; ``LOAD_PAUSE``, the
seconds between two pages of one person; ``LOAD_TOLD``, the file into which it writes what it met.
"""

import itertools
import json
import os
import random
import re
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from locust import events, task
from locust.contrib.fasthttp import FastHttpUser

GIVEN = dict(os.environ)  # by load_run.py: no setting of the product
CAST: dict[str, Any] = json.loads(Path(GIVEN["LOAD_CAST"]).read_text(encoding="utf-8"))
PAUSE = float(GIVEN["LOAD_PAUSE"])
PAGES = ["payments", "today", "account", "timeline"]
LOOK_AGAIN = 0.4  # seconds, as the page itself looks
LONGEST = 90.0
_HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|entry|checked)" value="([^"]*)"')
free: deque[dict[str, str]] = deque(random.sample(CAST["people"], len(CAST["people"])))
taken: dict[str, Counter[float]] = defaultdict(Counter)
failed: Counter[str] = Counter()
why: Counter[str] = Counter()
began = time.time()


@events.request.add_listener  # type: ignore[untyped-decorator]  # locust's events have no types
def _note(name: str, response_time: float, exception: BaseException | None, **_: Any) -> None:
    taken[name][round(response_time, 1)] += 1
    if exception is not None:
        failed[name] += 1
        why[f"{name}: {exception}"] += 1


@events.quitting.add_listener  # type: ignore[untyped-decorator]  # the same
def _tell(**_: Any) -> None:
    told = {
        "seconds": time.time() - began,
        "taken": {name: sorted(times.items()) for name, times in taken.items()},
        "failed": failed,
        "why": why.most_common(20),
    }
    Path(GIVEN["LOAD_TOLD"]).write_text(json.dumps(told), encoding="utf-8")


@contextmanager
def somebody() -> Iterator[dict[str, str]]:
    """One of the parents, whom nobody else plays meanwhile: a person does one thing after another."""
    while not free:
        time.sleep(0.02)  # locust lets the others go on meanwhile
    who = free.popleft()
    try:
        yield who
    finally:
        free.append(who)


class Boxes(HTMLParser):
    """The boxes of a page that may be ticked, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = defaultdict(list)
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a box."""
        given = dict(attrs)
        if tag == "input" and given.get("type") == "checkbox":
            self.values[given.get("name") or ""].append(given.get("value") or "on")


class Visitor(FastHttpUser):
    """Somebody with a browser: cookies, forms with their hidden fields, redirects looked at and not followed."""

    abstract = True
    network_timeout = connection_timeout = LONGEST

    def wait_time(self) -> float:
        """Seconds until the next page."""
        return random.uniform(0.5, 1.5) * PAUSE  # noqa: S311 - no secret

    def ask(self, who: dict[str, str], name: str, path: str, *, sent: dict[str, Any] | None = None) -> Any:
        """Get a page, or send a form; a page must come in the first case, a redirect in the second."""
        headers = {"Cookie": who["cookie"] + (f"; csrf={who['csrf']}" if "csrf" in who else "")}
        if "part" in who:  # what a page asks by itself does not lengthen a session, so nothing else may say so
            headers["HX-Request"] = who["part"]
        method, wanted = ("GET", 200) if sent is None else ("POST", 302)
        if sent is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with self.client.request(
            method, path, name=name, data=urlencode(sent, doseq=True) if sent else None, headers=headers,
            allow_redirects=False, catch_response=True,
        ) as answer:  # fmt: skip
            if answer.status_code != wanted:
                answer.failure(f"answered {answer.status_code}")
                return None
            for set_cookie in answer.headers.get_all("Set-Cookie") or [] if answer.headers else []:
                if set_cookie.startswith("csrf="):
                    who["csrf"] = set_cookie[5:].partition(";")[0]
        return answer

    def form(self, who: dict[str, str], name: str, path: str) -> tuple[str, dict[str, Any]]:
        """A page with a form, and what the form carries unseen."""
        answer = self.ask(who, name, path)
        page = answer.text if answer is not None else ""
        return page, {field: unescape(value) for field, value in _HIDDEN.findall(page)}


class Parent(Visitor):
    """Reads, logs a payment now and then, seldom makes a letter."""

    weight = 4
    everywhere = itertools.count()

    def on_start(self) -> None:
        """The first to come goes everywhere once, so that no kind of page is left out of a short run."""
        if next(Parent.everywhere) == 0:
            with somebody() as who:
                for what in PAGES:
                    self.ask(who, f"read: {what}", who[what])
            self.log()
            self.letter()

    @task(20)
    def read(self) -> None:
        """One of the pages that are read."""
        what = random.choice(PAGES)  # noqa: S311 - no secret
        with somebody() as who:
            self.ask(who, f"read: {what}", who[what])

    @task(4)
    def log(self) -> None:
        """A payment, by the form."""
        with somebody() as who:
            page, hidden = self.form(who, "log a payment: the form", who["log"])
            if page:
                typed = {"came": "other", "amount": "1.00", "when": "today"}
                self.ask(who, "log a payment: saved", who["log"], sent=hidden | typed)

    @task(1)
    def letter(self) -> None:
        """A letter: chosen, checked, made, waited for and downloaded."""
        with somebody() as who:
            self.made_by(who)

    def made_by(self, who: dict[str, str]) -> None:
        """The whole way of one letter."""
        page, hidden = self.form(who, "letter: the form", who["letter"])
        boxes = Boxes(page).values
        days = boxes["reported"][:3]
        unlogged = [day for day in days if day in boxes["nothing_came"]]
        answers = {
            "reported": days, "nothing_came": unlogged, "ask_collect": "no", "sender": "A. Parent", "reply": "held",
            "to": "known",
        }  # fmt: skip
        chosen = self.ask(who, "letter: chosen", who["letter"], sent=hidden | answers) if page else None
        if chosen is None:
            return
        page, hidden = self.form(who, "letter: checked", chosen.headers["Location"])
        pressed = time.perf_counter()
        made = self.ask(who, "letter: the press", chosen.headers["Location"], sent=hidden) if page else None
        if made is not None:
            self.take(who, made.headers["Location"], pressed)

    def take(self, who: dict[str, str], at: str, pressed: float) -> None:
        """Look until the PDF is there, as the page does, and download it."""
        missing: Exception | None = TimeoutError("no PDF")
        while time.perf_counter() - pressed < LONGEST:
            answer = self.ask(who | {"part": "true"}, "letter: is it there", f"{at}status/")
            if answer is None or f"{at}pdf/" in answer.text:
                missing = missing if answer is None else None
                break
            time.sleep(LOOK_AGAIN)  # locust lets the others go on meanwhile
        waited = (time.perf_counter() - pressed) * 1000
        events.request.fire(  # type: ignore[no-untyped-call]  # the same
            request_type="-", name="letter: from the press to its PDF", response_time=waited, response_length=0,
            exception=missing, context={},
        )  # fmt: skip
        if missing is None:
            self.ask(who, "letter: downloaded", f"{at}pdf/")


class Adviser(Visitor):
    """Reads their list."""

    weight = 1
    everywhere = itertools.count()

    def on_start(self) -> None:
        """As the first parent does."""
        if next(Adviser.everywhere) == 0:
            self.first()
            self.later()
            self.nothing()

    @task(3)
    def first(self) -> None:
        """Its first page."""
        who = random.choice(CAST["advisers"])  # noqa: S311
        self.ask(who, "adviser's list: first page", who["first"])

    @task(2)
    def later(self) -> None:
        """A later one."""
        who = random.choice(CAST["advisers"])  # noqa: S311
        self.ask(who, "adviser's list: later page", who["later"])

    @task(1)
    def nothing(self) -> None:
        """The page that needs nothing, for comparison."""
        self.ask({"cookie": random.choice(CAST["advisers"])["cookie"]}, "the empty page", CAST["empty"])  # noqa: S311

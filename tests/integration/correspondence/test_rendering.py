"""What comes out on paper: every date, amount and name of the facts, and hostile text as text."""

import datetime as dt
import io
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from arrears.core.case_values import Direction
from cases.core.facts import Perspective
from cms_tracker.processes import system_packages
from correspondence import rendering
from correspondence.core.letters import call_follow_up, missed_payments
from correspondence.core.letters.call_follow_up import CallNote, Promised
from correspondence.core.letters.envelope import Letter
from correspondence.core.letters.missed_payments import Came, MissedPayments, Reported
from correspondence.core.words import on_one_line, printable
from correspondence.rendering import typesetter
from correspondence.rendering.engine import Engine
from tests.needs import absent

D = dt.date
STYLES = rendering.style_sheets()


@pytest.fixture(autouse=True)
def _pango() -> None:
    if not system_packages.has_pango():
        absent("Pango is not installed, so no letter can be laid out")


def missed(count: int = 3, **changes: Any) -> Letter:
    rows = tuple(
        Reported(
            due_on=D(2015, 1, 3) + dt.timedelta(days=31 * number),
            due=26000,
            came=(Came(on=D(2015, 1, 22) + dt.timedelta(days=31 * number), amount=20000 + number),)
            if number % 2
            else (),
            credited=0,
            short=(6000 - number) if number % 2 else 26000,
            days_late=188 + number,
        )
        for number in range(count)
    )
    given: dict[str, Any] = {
        "kind": missed_payments.KIND.code, "perspective": Perspective.RECEIVING, "reference": "120000002456",
        "dated_on": D(2025, 7, 10), "reply_by": D(2025, 7, 31), "reply_why": "which is 15 working days",
        "sender": "Rosa Martin", "sender_address": (),
        "addressee": ("Child Maintenance Service 21", "Wolverhampton", "WV98 2BU"),
        "heading": "Report of missed payments",
        "about": MissedPayments(direct_pay_since=D(2014, 1, 6), rows=rows, ask_collect=True),
    }  # fmt: skip
    return Letter(**(given | changes))


def call(text: str) -> Letter:
    """A follow-up with the same text wherever a person can type, as drafting would pass it on."""
    note = CallNote(
        at_date=D(2025, 7, 8), at_time=dt.time(10, 30), direction=Direction.OUT, spoke_to=on_one_line(text)[:80],
        reference=on_one_line(text)[:60], summary=printable(text),
        promises=(Promised(text=on_one_line(text), due_on=None),),
    )  # fmt: skip
    return missed(kind=call_follow_up.KIND.code, about=note)


def pdf_of(facts: Letter) -> rendering.Pdf:
    return rendering.render_pdf(rendering.letter_html(facts), dated_on=facts.dated_on)


def text_of(pdf: rendering.Pdf) -> str:
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


class TestAReport:
    def test_holds_every_date_amount_and_name(self) -> None:
        facts = missed()
        text = text_of(pdf_of(facts))
        wanted = ["Rosa Martin", "1200 0000 2456", "10 July 2025", "31 July 2025", "6 January 2014", "WV98 2BU"]
        for row in facts.about.rows:
            wanted += [f"{row.due_on.day} {row.due_on:%B %Y}", f"£{row.short / 100:.2f}", str(row.days_late)]
            wanted += [f"£{one.amount / 100:.2f} on {one.on.day} {one.on:%B %Y}" for one in row.came]
        wanted += ["£780.00", "£579.99"]
        assert [one for one in wanted if one not in text] == []

    def test_sets_ten_years_of_weeks_over_pages_with_each_row_whole(self) -> None:
        facts = missed(120)
        pdf = pdf_of(facts)
        assert pdf.pages > 2
        text = text_of(pdf)
        assert all(str(row.days_late) in text for row in facts.about.rows)
        assert text.count("What came") == pdf.pages - 1 or text.count("What came") == pdf.pages

    def test_is_the_same_bytes_every_time(self) -> None:
        assert pdf_of(missed()).content == pdf_of(missed()).content

    def test_is_tagged_for_screen_readers_and_says_nothing_of_the_person(self) -> None:
        reader = PdfReader(io.BytesIO(pdf_of(missed()).content))
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "en-GB"
        assert reader.metadata is not None
        assert reader.metadata.title == "Letter, 10 July 2025"
        assert "Rosa" not in str(dict(reader.metadata))

    def test_fits_one_page_for_a_few_payments(self) -> None:
        assert pdf_of(missed(3)).pages == 1


HOSTILE = [
    "{{ letter.sender }} {{ 7|add:7 }}",
    "{% include 'pages/home.html' %}{% load static %}",
    "<script>alert(1)</script>",
    "<style>@import url('http://127.0.0.1:9/x.css');</style>",
    "@import url(file:///etc/hostname);",
    "<img src=\"file:///etc/hostname\"> <img src='http://127.0.0.1:9/x.png'>",
    "<link rel=attachment href='file:///etc/hostname'>",
    "<a href='javascript:alert(1)'>press</a> https://example.com/a?b=c",
    "<svg><image href='file:///etc/hostname'/></svg><!-- -->",
    "</p></main><h1>An end</h1>",
    "'\"><b onmouseover=x>%s ${7*7} #{7*7}",
    "&amp; &lt;b&gt; &#x3c;",
    "Siân Ŵyn ŷ, £1,000.00 – “quoted” café",
]


class TestWhatAPersonTyped:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_is_printed_as_it_was_typed(self, text: str) -> None:
        pdf = pdf_of(call(text))
        assert squeezed(text_of(pdf)).count(squeezed(text)) >= 2
        assert b"/EmbeddedFile" not in pdf.content
        assert b"/URI" not in pdf.content
        hostname = Path("/etc/hostname")
        name = hostname.read_text(encoding="utf-8").strip() if hostname.exists() else ""
        assert not name or name in text or name not in text_of(pdf)

    def test_shows_a_reversed_direction_instead_of_obeying_it(self) -> None:
        assert "[U+202E]yap" in text_of(pdf_of(call("I will \u202eyap\u202c.")))

    def test_may_be_one_word_of_ten_thousand_letters(self) -> None:
        word = "x" * 10_000
        assert squeezed(text_of(pdf_of(call("a " + word)))).count("x") >= 20_000

    def test_fetches_nothing_even_as_markup_of_a_letter_from_elsewhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import socket

        def refuse(*_: object) -> None:
            raise AssertionError("the engine opened a connection")

        monkeypatch.setattr(socket.socket, "connect", refuse)
        html = "<main><img src='http://127.0.0.1:9/a.png'><link rel=stylesheet href='http://127.0.0.1:9/'></main>"
        sheets, content = Engine(STYLES).lay_out(str(rendering.words(html)), style="letter.css", most_pages=9)
        assert "<img src=" in text_of(rendering.Pdf(content, sheets))  # printed, not followed
        with socket.socket() as line, pytest.raises(AssertionError, match="opened a connection"):
            line.connect(("127.0.0.1", 9))

    def test_is_refused_by_the_engine_itself_if_it_ever_got_so_far(self) -> None:
        fetcher = Engine(STYLES).fetcher
        for address in ("http://127.0.0.1:9/", "file:///etc/hostname", "data:text/plain,x", "ftp://127.0.0.1/"):
            with pytest.raises(ValueError, match="fetches nothing"):
                fetcher.fetch(address)


def lay_out(page: str, *, limits: rendering.Limits) -> rendering.Pdf:
    return rendering.lay_out(page, style="letter.css", limits=limits)


class TestAPageThatBringsTheEngineDown:
    @pytest.fixture(autouse=True)
    def _warm(self) -> None:
        rendering.warm()

    def test_is_given_up_in_time_and_harms_no_other(self) -> None:
        endless = f"<table>{'<tr><td>£260.00</td></tr>' * 20_000}</table>"
        began = time.monotonic()
        with pytest.raises(rendering.LayoutError, match="took too long"):
            lay_out(endless, limits=replace(rendering.LETTER, seconds=1))
        assert time.monotonic() - began < 10
        assert pdf_of(missed()).pages == 1

    def test_may_kill_it_between_two_letters(self) -> None:
        process = rendering._typesetter()._process
        assert process is not None
        process.kill()
        process.wait()
        assert pdf_of(missed()).pages == 1

    def test_may_need_more_memory_than_it_gets(self) -> None:
        tight = replace(rendering.LETTER, memory=400 * 2**20)
        with pytest.raises(rendering.LayoutError, match="MemoryError"):
            lay_out(f"<p>{'x' * 200 * 2**20}</p>", limits=tight)
        assert pdf_of(missed()).pages == 1

    def test_may_have_too_many_pages(self) -> None:
        with pytest.raises(rendering.TooLargeError):
            lay_out("<p>A line</p>" * 400, limits=replace(rendering.LETTER, pages=2))
        assert lay_out("<p>A line</p>" * 400, limits=rendering.LETTER).pages > 2

    def test_may_have_too_many_bytes(self) -> None:
        with pytest.raises(rendering.TooLargeError):
            lay_out("<p>A line</p>" * 400, limits=replace(rendering.LETTER, file_bytes=1000))


class TestTheEnginesProcess:
    def test_is_handed_no_key_of_ours(self) -> None:
        rendering.warm()
        process = rendering._typesetter()._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ")
        if not environment.exists():
            absent("This system does not show the environment of a process")
        names = {line.partition(b"=")[0].decode() for line in environment.read_bytes().split(b"\0")}
        assert "PATH" in names
        assert not names & {"SECRET_KEY", "DATABASE_URL", "REDIS_URL", "CMS_DATA_DIR", "EMAIL_HOST_PASSWORD"}

    def test_ends_with_the_worker_that_started_it(self) -> None:
        made = typesetter.Typesetter(STYLES)
        assert made.lay_out("<p>£1.00</p>", style="letter.css").pages == 1
        process = made._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()  # as the system does for a worker that is killed
        assert process.wait(timeout=30) == 0
        process.stdout.close()

"""Every guide as it is read: easy words, each rule with its source and day, nothing unsure said as certain."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import nltk
import pytest
import textstat
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import resolve

from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide, Source
from cms_tracker.pages.reading_facts import facts_of
from cms_tracker.web.clock import today
from tests.cast import SAM
from tests.factories import make_user
from tests.pages import words
from tests.reading_ease import sentences, write_dictionary

pytestmark = pytest.mark.django_db

EASIEST_ALLOWED = 60
LONGEST_SENTENCE = 30
GUIDES = list(reading.guides().values())
PATHS = ["/reading/", *(f"/reading/door-{door}/" for door in (1, 2, 3)), *(f"/reading/{one.number}/" for one in GUIDES)]
JUDGING = re.compile(
    r"deadbeat|absent (?:father|mother|parent)|careless|your fault|victim|abuser|dodg|runaway|refuses to pay"
    r"|bitter|greedy|lazy|liar|scroung",
    re.IGNORECASE,
)
#: Words that show a person that the sentence is not certain.
HEDGES = re.compile(
    r"not check|not sure|not clear|\bseems?\b|is said|people say|some say|reported|not verified|disagree|not agree",
    re.IGNORECASE,
)
#: Tags that write the sources of what they write.
OWN_SOURCES = re.compile(r"{% (?:time_limit|limits_apart|ways) ")
_VOID = {"br", "img", "input", "meta", "link", "hr", "use", "path", "wbr", "source"}

every_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.number:03}")


@pytest.fixture(scope="session", autouse=True)
def _dictionary(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("nltk")
    write_dictionary(folder)
    nltk.data.path[:] = [str(folder)]


@cache
def page_of(guide: Guide) -> str:
    """The page of a guide, read once: it shows the same to everybody who is not signed in."""
    return Client().get(f"/reading/{guide.number}/").content.decode()


def parts(guide: Guide) -> Iterator[str]:
    """The sections and reader parts of a guide's own template, each with its rules and its sources."""
    source = get_template(guide.template).template.source  # type: ignore[attr-defined]
    for block in re.findall(r"{% block \w+ %}(.*?){% endblock \w*\s*%}", source, re.DOTALL):
        yield from re.split(r"<section\b", block)


def cited(part: str) -> set[str]:
    return {name for tag in re.findall(r"{% said_by (.*?)%}", part) for name in re.findall(r'"(\w+)"', tag)}


@every_guide
class TestTheWords:
    def test_are_easy_to_read(self, guide: Guide) -> None:
        text = " ".join(sentences(page_of(guide)))
        ease = textstat.flesch_reading_ease(text)
        assert len(text) > 800
        assert ease >= EASIEST_ALLOWED, f"{guide.number}: {ease:.1f}"

    def test_make_short_sentences(self, guide: Guide) -> None:
        found = [one for block in sentences(page_of(guide)) for one in re.split(r"(?<=[.?!])\s", block)]
        assert [one for one in found if len(one.split()) > LONGEST_SENTENCE] == []

    def test_take_neither_parents_side(self, guide: Guide) -> None:
        assert not JUDGING.search(" ".join(sentences(page_of(guide))))

    def test_explain_every_short_form(self, guide: Guide) -> None:
        page = page_of(guide)
        glossary = page.partition('id="words"')[2]
        prose = " ".join(sentences(page))
        known = {"UK", "GOV", "BSL", "PO", "SSCS2"}
        short = set(re.findall(r"\b[A-Z]{2,}[A-Z0-9]*\b", prose)) - known
        assert {one for one in short if f"<dt>{one}" not in glossary and f"called {one}" not in glossary
                and f"a {one}." not in glossary} == set()  # fmt: skip


@every_guide
class TestTheSources:
    def test_stand_with_their_day_beside_each_part(self, guide: Guide) -> None:
        bare = [
            part[:60] for part in parts(guide) if "<p>" in part and not cited(part) and not OWN_SOURCES.search(part)
        ]
        assert bare == []
        page = page_of(guide)
        assert "Last checked" in page
        assert page.count('<p class="source">') >= 3

    def test_stand_in_the_part_that_states_the_figure(self, guide: Guide) -> None:
        for part in parts(guide):
            stated = set(re.findall(r"{{ ?(\w+)", part)) & guide.facts.keys()
            assert stated <= cited(part), stated - cited(part)

    def test_are_all_used(self, guide: Guide) -> None:
        named = {name for part in parts(guide) for name in cited(part)}
        source = get_template(guide.template).template.source  # type: ignore[attr-defined]
        assert set(guide.facts) <= {*re.findall(r"{{ ?(\w+)", source)}
        assert set(guide.sources) - set(reading_shared()) <= named | _of_figures(guide)

    def test_that_are_unsure_stand_under_words_that_say_so(self, guide: Guide) -> None:
        known: dict[str, Source] = dict(guide.sources)
        unsure = {name for name, source in known.items() if not source.firm}
        for part in parts(guide):
            for before, tag in re.findall(r"((?:(?!{% said_by).)*){% said_by (.*?)%}", part, re.DOTALL):
                if unsure & set(re.findall(r'"(\w+)"', tag)):
                    assert HEDGES.search(before), (guide.number, before[-120:])

    def test_show_what_nobody_verified(self, guide: Guide) -> None:
        unsure = [fact for fact in facts_of(guide, on=today()).values() if not fact.firm]
        page = page_of(guide)
        assert all(str(fact) in page for fact in unsure)
        assert not unsure or "Not verified by us." in page


class TestEveryPage:
    @pytest.mark.parametrize("path", PATHS)
    def test_is_well_formed_and_leads_only_to_pages_that_are_there(self, path: str) -> None:
        answer = Client().get(path)
        assert answer.status_code == 200
        page = answer.content.decode()
        checker = _WellFormed()
        checker.feed(page)
        assert checker.wrong == []
        assert checker.open == []
        assert len(checker.ids) == len(set(checker.ids)), path
        assert {target for target in checker.targets if target.startswith("#")} <= {f"#{one}" for one in checker.ids}
        for target in {one for one in checker.targets if one.startswith("/")}:
            resolve(target.partition("?")[0].partition("#")[0])
        assert all(Client().get(one).status_code == 200 for one in checker.targets if one.startswith("/reading/"))
        assert "None" not in words(answer)

    @pytest.mark.parametrize("path", ["/reading/0/", "/reading/999999/", "/reading/door-0/", "/reading/door-4/"])
    def test_is_not_there_under_another_number(self, path: str) -> None:
        assert Client().get(path).status_code == 404

    def test_leads_a_signed_in_person_to_their_records_and_shows_nothing_of_them(self) -> None:
        client = Client()
        client.force_login(make_user(SAM))
        assert "Open a record of yours" in words(client.get("/reading/4/"))
        assert "Open a record of yours" not in words(Client().get("/reading/4/"))

    def test_is_reached_from_the_foot_of_every_page(self) -> None:
        assert '<a href="/reading/">' in Client().get("/privacy/").content.decode()


class TestHowCmsIsReached:
    @pytest.mark.parametrize("path", PATHS)
    def test_shows_what_is_old_only_struck_through(self, path: str) -> None:
        page = Client().get(path).content.decode()
        usable = re.sub(r"<del>.*?</del>", "", page, flags=re.DOTALL)
        for old in ("Mitcheldean", "GL17 1AJ", "0345 266 8795", "03452668795", "0800 171 2306", "08001712306"):
            assert old not in usable
        assert ("Mitcheldean" in page) is (path == "/reading/1/")

    def test_asks_first_for_the_number_on_ones_own_letter(self) -> None:
        said = words(Client().get("/reading/1/"))
        assert said.index("Use the number and the address on your own letter first") < said.index("0800 171 2345")
        assert "Wolverhampton WV98 2BU" in said
        assert 'href="tel:1800108001712345"' in Client().get("/reading/1/").content.decode()

    def test_gives_no_number_for_northern_ireland(self) -> None:
        said = words(Client().get("/reading/1/"))
        part = said[said.index("Northern Ireland Telephone") : said.index("Old ones: do not use")]
        assert "See nidirect" in part
        assert "could not verify" in part
        assert "0800" not in part


class TestTheMeasure:
    def test_tells_hard_text_from_easy_text(self) -> None:
        hard = "Enforcement proceedings necessitate establishing culpable negligence regarding accumulated liabilities."
        assert textstat.flesch_reading_ease(hard) < 0
        assert textstat.flesch_reading_ease("The money did not come. You can tell CMS by phone.") > 90

    def test_counts_the_beats_of_common_words_as_they_are_said(self) -> None:
        assert [textstat.syllable_count(one) for one in ("money", "arrears", "enforcement", "people")] == [2, 2, 3, 2]

    def test_downloads_nothing(self) -> None:
        assert str(nltk.data.find("corpora/cmudict")).startswith(nltk.data.path[0])
        assert len(nltk.data.path) == 1

    def test_leaves_out_titles_tables_and_sources_alone(self) -> None:
        page = (
            '<article><h1>Title</h1><p>Kept one</p><p class="source">An Act</p><table><tr><td>9</td></tr></table>'
            '<ul><li>Kept two <span class="source">x</span></li></ul>'
            "<dl><dt>Word</dt><dd>Kept three.</dd></dl></article>"
        )
        assert sentences(page) == ["Kept one.", "Kept two.", "Kept three."]


class _WellFormed(HTMLParser):
    """Every tag closed in its turn; gathers the ids and where links lead."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.ids += [given["id"]] if "id" in given else []
        self.targets += [given["href"]] if tag == "a" else []
        if tag in {"p", "ul", "dl", "h2", "section", "table"} and "p" in self.open:
            self.wrong.append(f"{tag} inside p, line {self.getpos()[0]}")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"/{tag}, line {self.getpos()[0]}")


def reading_shared() -> set[str]:
    """Sources that every guide may name."""
    return set(reading.shared_sources())


def _of_figures(guide: Guide) -> set[str]:
    figures = [figure.source for figure in guide.figures.values()]
    return {name for name, source in guide.sources.items() if source in figures}


def test_the_templates_are_those_of_the_registry() -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "guidance"
    assert {path.name for path in folder.glob("[0-9]*.html")} == {Path(one.template).name for one in GUIDES}

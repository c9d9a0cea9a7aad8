"""The guides as data: each complete, each rule with its source, nothing left over, no number used twice."""

import datetime as dt
import re

import pytest

from arrears.core.case_values import ClockKind
from cases.core.facts import Nation
from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide, Reader
from cms_tracker.pages.reading_facts import facts_of
from correspondence.core import clock_rules
from correspondence.core.letters import registry
from correspondence.core.steps import book

TODAY = dt.date(2026, 11, 23)
GUIDES = list(reading.guides().values())
#: Words that would tell whoever looks at the browser's history what a page is about.
TELLING = re.compile(
    r"arrears|enforce|maintenance|\bCMS\b|\bCSA\b|debt|abuse|violence|court|prison|benefit|bailiff|child|parent|father"
    r"|mother|ex\b|owed|unpaid|safe",
    re.IGNORECASE,
)

every_guide = pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.number:03}")


class TestTheRegistry:
    def test_has_a_guide_for_every_number_it_leads_to(self) -> None:
        wanted = {number for guide in GUIDES for number in guide.read_next}
        assert wanted - reading.guides().keys() == set()

    def test_has_a_guide_for_whoever_may_do_each_thing_that_can_be_done_next(self) -> None:
        for action in book.actions().values():
            guide = reading.guides()[action.guide]
            assert {Reader(side.value) for side in action.sides} <= set(guide.readers), action.code

    def test_gives_no_two_guides_one_title_or_one_tab(self) -> None:
        assert len({guide.title for guide in GUIDES}) == len(GUIDES)
        assert len({guide.tab.lower() for guide in GUIDES}) == len(GUIDES)

    def test_lists_every_guide_behind_the_door_of_each_of_its_readers(self) -> None:
        for reader in Reader:
            listed = [guide for _, found in reading.by_theme(reader) for guide in found]
            assert listed
            assert sorted(one.number for one in listed) == [one.number for one in GUIDES if reader in one.readers]

    def test_leaves_out_a_theme_without_a_guide(self) -> None:
        for reader in Reader:
            assert all(found for _, found in reading.by_theme(reader))

    def test_explains_every_word_once(self) -> None:
        words = [one.word.lower() for one in reading.terms()]
        assert len(set(words)) == len(words)
        assert all(one.means.endswith(".") for one in reading.terms())

    def test_finds_a_word_only_where_it_begins(self) -> None:
        term = reading.Term(word="CSA", means="An old agency.", also=("Child Support Agency",))
        assert term.stands_in(" a csa debt")
        assert term.stands_in(" the child support agency did")
        assert not term.stands_in(" a misccsant")


@every_guide
class TestAGuide:
    def test_is_called_by_bland_words_in_the_browser(self, guide: Guide) -> None:
        assert not TELLING.search(guide.tab)
        assert 4 <= len(guide.tab) <= 40

    def test_says_in_a_sentence_what_it_is_about(self, guide: Guide) -> None:
        assert guide.about.endswith(".")
        assert guide.theme in reading.themes()
        assert guide.template == f"guidance/{guide.number:03}.html"
        assert set(reading.shared_sources()) <= guide.sources.keys()

    def test_names_its_readers_nations_letters_and_help_lines(self, guide: Guide) -> None:
        assert guide.readers
        assert set(guide.differs) <= set(guide.nations) <= set(Nation)
        assert all(registry.kind_of(code) for code in guide.letters)
        assert {ClockKind(kind) for kind in guide.clocks} <= clock_rules.rules().keys()
        assert set(guide.signposts) <= reading.signposts().keys()

    def test_was_checked_on_a_day_that_has_been(self, guide: Guide) -> None:
        assert dt.date(2026, 11, 1) <= guide.checked
        assert all(source.checked <= guide.checked for source in guide.sources.values()), guide.number

    def test_has_every_figure_with_a_source(self, guide: Guide) -> None:
        for name, fact in facts_of(guide, on=TODAY).items():
            assert fact.text, name
            assert fact.source, name
            assert str(fact) == (fact.text if fact.firm else f"{fact.text} (not verified by us)")

    def test_keeps_no_figure_that_it_does_not_state(self, guide: Guide) -> None:
        stated = {reference.partition(":")[2] for reference in guide.facts.values() if reference.startswith("figure:")}
        assert guide.figures.keys() == stated


class TestAFact:
    def _guide(self, facts: dict[str, str]) -> Guide:
        source = reading.Source(says="A page", url="", checked=TODAY, firm=False)
        return Guide(
            number=999, title="T", tab="Tab", about="A.", theme="start", readers=(Reader.PAYING,), nations=(),
            differs=(), letters=(), clocks=(), routes=(), read_next=(), signposts=(), checked=TODAY, facts=facts,
            figures={"age": reading.Figure(value="16", source=source)}, sources={"page": source},
        )  # fmt: skip

    @pytest.mark.parametrize(
        ("reference", "text"),
        [
            ("rate:collection_fee_paying_parent", "20%"),
            ("rate:enforcement_charge/liability_order", "£300"),
            ("rate:complaint_reply_working_days", "15 working days"),
            ("rate:benefit_deduction", "£8.40"),
            ("announced:single_service/collection_fee_receiving_parent", "2%"),
            ("announced:single_service/collection_fee_paying_parent/not_compliant", "20%"),
            ("announced:single_service/announced_on", "June 2025"),
            ("announced:single_service/expected", "2027 to 2028"),
            ("contact:estates", "25 January 2010"),
            ("clock:tribunal", "one month from the date on the notice"),
            ("clock:reconsideration/1", "32 days of the date on the letter"),
            ("clock:reconsideration/latest", "13 months in all (not verified by us)"),
            ("rate:ombudsman_months", "12 months (not verified by us)"),
            ("figure:age", "16 (not verified by us)"),
        ],
    )
    def test_is_written_as_the_dated_data_has_it(self, reference: str, text: str) -> None:
        assert str(facts_of(self._guide({"it": reference}), on=TODAY)["it"]) == text

    @pytest.mark.parametrize(
        "reference", ["rate:no_such/thing", "clock:write_off/latest", "figure:no", "somewhere:else", "rate:no_such"]
    )
    def test_is_refused_where_there_is_no_such_data(self, reference: str) -> None:
        with pytest.raises((KeyError, AttributeError)):
            facts_of(self._guide({"it": reference}), on=TODAY)

    def test_follows_the_day(self) -> None:
        guide = self._guide({"it": "rate:application_fee"})
        assert [facts_of(guide, on=day)["it"].text for day in (dt.date(2024, 2, 25), TODAY)] == ["£20", "£0"]

"""Which letters can be made, what they take from the record, and that their facts keep."""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from arrears.core import case_file
from arrears.core.case_values import ContactKind, Direction
from arrears.core.facts import CaseFacts, Observation
from arrears.core.position import position
from arrears.core.reporting import to_report
from cases.core.facts import Nation, Perspective, ServicePeriod, ServiceType, StruckOut
from cms_tracker.refusal import Refusal
from correspondence.core import contact_data
from correspondence.core.contacts import ContactSeen
from correspondence.core.letters import call_follow_up, codec, missed_payments, paragraphs, registry
from correspondence.core.letters.asks import Answers, PickMany, yes_no
from correspondence.core.letters.draft import Choices, draft, reply_of
from correspondence.core.letters.envelope import Edit, Letter, as_json, fingerprint, from_json
from correspondence.core.letters.kind import Record, SentLetter, To
from tests.unit.correspondence.letters.build import first_answers, record, written

EXAMPLES = Path(__file__).parents[2] / "examples"

TODAY = dt.date(2025, 6, 10)


@pytest.fixture(scope="module")
def facts() -> CaseFacts:
    return case_file.parse((EXAMPLES / "direct-pay-missed.json").read_text(encoding="utf-8")).facts


def reportable(facts: CaseFacts, on: dt.date = TODAY) -> list[missed_payments.Reportable]:
    return missed_payments.reportable(facts, position(facts, on=on, known_on=on))


class TestReportable:
    def test_takes_each_short_instalment_with_what_came_and_when(self, facts: CaseFacts) -> None:
        rows = {one.row.due_on: one for one in reportable(facts)}
        assert list(rows) == [dt.date(2025, 4, 3), dt.date(2025, 5, 3), dt.date(2025, 6, 3)]
        april = rows[dt.date(2025, 4, 3)].row
        assert (april.due, april.paid, april.short, april.days_late) == (26000, 20000, 6000, 68)
        assert april.came[0].on == dt.date(2025, 4, 22)

    def test_adds_up_row_by_row(self, facts: CaseFacts) -> None:
        for one in reportable(facts):
            assert one.row.due == one.row.paid + one.row.credited + one.row.short

    def test_knows_what_nobody_has_logged(self, facts: CaseFacts) -> None:
        noted = replace(facts, observations=(Observation(due_on=dt.date(2025, 5, 3), noted_on=TODAY),))
        assert [one.logged for one in reportable(facts)] == [True, False, False]
        assert [one.logged for one in reportable(noted)] == [True, True, False]

    def test_calls_news_what_today_counts(self, facts: CaseFacts) -> None:
        for on in (TODAY, dt.date(2026, 4, 30), dt.date(2026, 5, 1)):
            at = position(facts, on=on, known_on=on)
            news = [one.row.due_on for one in reportable(facts, on) if one.logged and one.is_news]
            assert news == [one.due_on for one in to_report(facts, at)]
        older = [one.row.due_on for one in reportable(facts, dt.date(2026, 5, 1)) if not one.is_news]
        assert older == [dt.date(2025, 4, 3)]

    def test_leaves_out_what_is_only_due_today(self, facts: CaseFacts) -> None:
        days = [one.row.due_on for one in reportable(facts, dt.date(2025, 6, 3))]
        assert dt.date(2025, 6, 3) not in days

    def test_leaves_out_what_cms_collects(self, facts: CaseFacts) -> None:
        collected = ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 5, 1))
        changed = replace(facts, services=(*facts.services, collected))
        assert [one.row.due_on for one in reportable(changed)] == [dt.date(2025, 4, 3)]
        assert missed_payments.direct_pay_since(changed, on=TODAY, known_on=TODAY) is None

    def test_counts_direct_pay_from_its_last_beginning(self, facts: CaseFacts) -> None:
        collected = ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 3, 1))
        back = ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=dt.date(2025, 5, 1))
        changed = replace(facts, services=(*facts.services, collected, back))
        assert missed_payments.direct_pay_since(changed, on=TODAY, known_on=TODAY) == dt.date(2025, 5, 1)


class TestOffers:
    def test_give_each_side_only_its_own(self, facts: CaseFacts) -> None:
        for side in Perspective:
            offered = registry.offers(record(replace(facts, perspective=side), TODAY))
            assert {one.kind.code for one in offered} == {one.code for one in registry.KINDS if side in one.senders}
        paying = record(replace(facts, perspective=Perspective.PAYING), TODAY)
        assert registry.offer(missed_payments.KIND, paying) is None

    @pytest.mark.parametrize(
        ("services", "reason"),
        [
            ((), "First say in your case details whether you use Direct Pay."),
            ((ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 1, 6)),), "CMS can see for itself"),
        ],
    )
    def test_say_why_not(self, facts: CaseFacts, services: tuple[ServicePeriod, ...], reason: str) -> None:
        offer = registry.offer(missed_payments.KIND, record(facts, TODAY))
        assert offer is not None
        assert offer.why_not == ""
        assert reason in missed_payments.KIND.why_not(record(replace(facts, services=services), TODAY))

    def test_say_that_nothing_is_missed(self, facts: CaseFacts) -> None:
        early = record(facts, dt.date(2025, 2, 4))
        assert "no missed or short payment" in missed_payments.KIND.why_not(early)

    def test_ask_for_a_call_first(self, facts: CaseFacts) -> None:
        assert "Log a call" in call_follow_up.KIND.why_not(record(facts, TODAY))
        assert call_follow_up.KIND.why_not(record(facts, TODAY, contacts=(CALL,))) == ""


CALL = ContactSeen(
    id=uuid.uuid4(), case_id=uuid.uuid4(), at_date=TODAY, at_time=dt.time(10, 30), kind=ContactKind.CALL,
    direction=Direction.OUT, party="CMS", spoke_to="Sam", reference="", summary="x",
)  # fmt: skip


class TestTheCall:
    def test_is_chosen_among_those_that_say_something_the_latest_first(self, facts: CaseFacts) -> None:
        older = replace(CALL, id=uuid.uuid4(), at_time=None, spoke_to="", at_date=dt.date(2025, 5, 1))
        of = record(facts, TODAY, contacts=(CALL, older, replace(CALL, kind=ContactKind.MEETING)))
        (ask,) = call_follow_up.KIND.asks(of)
        assert [one.label for one in ask.options] == ["10 June 2025 at 10:30am, spoke to Sam", "1 May 2025"]
        letter = written(call_follow_up.KIND, of, **first_answers(call_follow_up.KIND, of))
        assert letter.about.contact_id == CALL.id
        assert letter.heading == "My note of our call on 10 June 2025"

    def test_has_to_be_one_of_the_record(self, facts: CaseFacts) -> None:
        with pytest.raises(Refusal, match="Choose the call"):
            written(call_follow_up.KIND, record(facts, TODAY, contacts=(CALL,)), call=str(uuid.uuid4()))


class TestAReport:
    def test_begins_with_what_is_logged_and_new(self, facts: CaseFacts) -> None:
        of = record(facts, TODAY)
        reported, nothing, _ = missed_payments.KIND.asks(of)
        assert isinstance(reported, PickMany)
        assert isinstance(nothing, PickMany)
        assert reported.help.startswith("1 missed or short since June 2024")
        assert reported.options[0].label == "3 April 2025: £60.00 short of £260.00"
        assert [one.label for one in nothing.options] == ["3 June 2025: £260.00 was due", "3 May 2025: £260.00 was due"]
        assert first_answers(missed_payments.KIND, of) == {"reported": ("2025-04-03",)}

    def test_leaves_out_what_was_reported_already(self, facts: CaseFacts) -> None:
        sent = SentLetter(
            id=uuid.uuid4(), kind="missed-payments", heading="Report", dated_on=TODAY, posted_on=TODAY,
            due_days=frozenset({dt.date(2025, 4, 3)}),
        )  # fmt: skip
        reported = missed_payments.KIND.asks(record(facts, TODAY, letters=(sent,)))[0]
        assert isinstance(reported, PickMany)
        assert reported.help == "None since June 2024 that you have not reported already."
        assert reported.options[0].label.endswith("Reported already")
        never_sent = record(facts, TODAY, letters=(replace(sent, posted_on=None),))
        assert first_answers(missed_payments.KIND, never_sent)

    def test_counts_more_than_one(self, facts: CaseFacts) -> None:
        noted = (
            Observation(due_on=dt.date(2025, 5, 3), noted_on=TODAY),
            Observation(due_on=dt.date(2025, 6, 3), noted_on=TODAY),
        )
        asks = missed_payments.KIND.asks(record(replace(facts, observations=noted), TODAY))
        assert [one.name for one in asks] == ["reported", "ask_collect"]
        assert asks[0].help.startswith("3 missed or short since")

    def test_asks_nothing_about_what_is_logged_where_nothing_is(self, facts: CaseFacts) -> None:
        bare = replace(facts, payments=(), observations=())
        assert [one.name for one in missed_payments.KIND.asks(record(bare, TODAY))] == ["nothing_came", "ask_collect"]
        with pytest.raises(Refusal) as refused:
            written(missed_payments.KIND, record(bare, TODAY))
        assert refused.value.field == "nothing_came"

    def test_holds_the_chosen_instalments_and_notes_what_was_confirmed(self, facts: CaseFacts) -> None:
        of = record(facts, TODAY)
        answers = {"reported": ("2025-04-03",), "nothing_came": ("2025-05-03",), "ask_collect": "yes"}
        letter = written(missed_payments.KIND, of, **answers)
        assert [row.due_on for row in letter.about.rows] == [dt.date(2025, 4, 3), dt.date(2025, 5, 3)]
        assert letter.about.ask_collect
        assert (letter.about.due, letter.about.paid, letter.about.credited) == (52000, 20000, 0)
        assert missed_payments.KIND.notes is not None
        assert missed_payments.KIND.notes(of, letter.about, Answers(answers)) == [dt.date(2025, 5, 3)]

    def test_needs_one_instalment_and_direct_pay(self, facts: CaseFacts) -> None:
        with pytest.raises(Refusal) as refused:
            written(missed_payments.KIND, record(facts, TODAY))
        assert refused.value.field == "reported"
        with pytest.raises(Refusal, match="another service today"):
            written(missed_payments.KIND, record(replace(facts, services=()), TODAY))


def letter(facts: CaseFacts, **choices: object) -> Letter:
    answers = Answers({"reported": ("2025-04-03",), "ask_collect": "yes"})
    return draft(
        missed_payments.KIND, record(facts, TODAY), Choices(sender="Rosa\u202e Martin", answers=answers, **choices)
    )


class TestAWholeLetter:
    def test_is_addressed_and_asks_for_a_reply_in_time(self, facts: CaseFacts) -> None:
        made = letter(facts)
        assert made.addressee[-1] == "WV98 2BU"
        assert made.greeting == "Dear Child Maintenance Service"
        assert made.sender == "Rosa[U+202E] Martin"
        assert made.reply_by == dt.date(2025, 7, 1)
        assert not made.signs_for_another
        assert letter(facts, for_whom="Rosa").signs_for_another

    def test_needs_an_address_where_none_was_checked(self, facts: CaseFacts) -> None:
        of = record(facts, TODAY, nation=Nation.NORTHERN_IRELAND)
        with pytest.raises(Refusal) as refused:
            draft(missed_payments.KIND, of, Choices(sender="R", answers=Answers({"reported": ("2025-04-03",)})))
        assert refused.value.field == "addressee"

    def test_says_when_it_asks_for_an_answer_with_its_source(self, facts: CaseFacts) -> None:
        reply = reply_of(
            missed_payments.KIND,
            record(facts, TODAY),
            Choices(sender="R", answers=Answers({"reported": ("2025-04-03",)})),
        )
        assert reply is not None
        assert reply.source

    def test_keeps_through_json(self, facts: CaseFacts) -> None:
        for made in (letter(facts), letter(facts, edits=(Edit(key="k", text=" x\ty "),), replaces=TODAY, addition="z")):
            assert from_json(as_json(made)) == made
        assert letter(facts, edits=(Edit(key="k", text=" x\ty "),)).edits == (Edit(key="k", text="x y"),)

    def test_changes_its_fingerprint_with_a_penny(self, facts: CaseFacts) -> None:
        one = letter(facts)
        rows = (replace(one.about.rows[0], short=one.about.rows[0].short + 1), *one.about.rows[1:])
        assert fingerprint(replace(one, about=replace(one.about, rows=rows))) != fingerprint(one)

    def test_of_no_known_sort_is_not_read(self) -> None:
        for bad in ({}, {"kind": 7}, {"kind": "missed-payments"}, {"kind": "missed-payments", "about": [1]}):
            with pytest.raises(ValueError):  # noqa: PT011 - any of several, all refusals
                from_json(bad)


class TestTheRegistry:
    def test_has_each_code_and_number_once(self) -> None:
        codes, numbers = [one.code for one in registry.KINDS], [one.number for one in registry.KINDS]
        assert len(set(codes)) == len(codes)
        assert len(set(numbers)) == len(numbers)
        assert registry.kind_numbered(numbers[0]) is registry.KINDS[0]
        assert registry.kind_numbered(0) is None

    def test_knows_how_a_letter_to_each_reader_begins_and_where_it_goes(self) -> None:
        for to in To:
            assert isinstance(contact_data.greeting_of(to), str)
        assert contact_data.address_of(Nation.NORTHERN_IRELAND) is None
        for nation in Nation:
            found = contact_data.address_of(nation, To.ICE)
            assert found is not None
            assert found.lines[-1] == "L20 7WA"

    def test_knows_which_letters_ask_for_an_answer(self) -> None:
        assert registry.asks_reply("missed-payments")
        assert not registry.asks_reply("proof-of-payment")
        assert registry.asks_reply("from elsewhere")

    @pytest.mark.parametrize("kind", registry.KINDS, ids=lambda kind: kind.code)
    def test_has_words_for_each_kind_that_a_person_is_shown(self, kind: Any) -> None:
        assert all(words.strip().endswith(".") for words in (kind.purpose, kind.needs, kind.never))
        assert (EXAMPLES.parents[1] / "templates" / "letters" / f"{kind.code}.html").exists()
        assert kind.senders


class TestARecord:
    def test_leaves_out_contacts_that_were_struck_out(self, facts: CaseFacts) -> None:
        gone = replace(CALL, struck_out=StruckOut(on=TODAY, reason="Slip"))
        assert record(facts, TODAY, contacts=(CALL, gone)).standing_contacts == (CALL,)
        assert isinstance(record(facts, TODAY), Record)


class TestAnswers:
    def test_are_read_by_what_they_should_be(self) -> None:
        given = Answers({"text": "a", "day": TODAY, "number": 3, "many": ("x",), "yes": "yes"})
        assert (given.text("text"), given.text("day"), given.text("none")) == ("a", "", "")
        assert (given.day("day"), given.day("text")) == (TODAY, None)
        assert (given.number("number"), given.number("text")) == (3, None)
        assert (given.many("many"), given.many("text")) == (("x",), ())
        assert given.is_yes("yes")
        assert not given.is_yes("text")

    def test_of_yes_or_no_begin_with_one(self) -> None:
        assert [one.value for one in yes_no("a", "A").options if one.is_ticked] == ["no"]
        assert [one.value for one in yes_no("a", "A", is_yes=True).options if one.is_ticked] == ["yes"]


@dataclass(frozen=True, kw_only=True)
class _Part:
    side: Perspective
    key: uuid.UUID
    at: dt.time | None = None
    rows: tuple[int, ...] = ()


class TestKeepingValues:
    PART = _Part(side=Perspective.PAYING, key=uuid.uuid4(), at=dt.time(9, 30), rows=(1, 2))

    def test_gives_back_what_was_kept(self) -> None:
        assert codec.from_json(_Part, codec.to_json(self.PART)) == self.PART
        assert codec.from_json(_Part, codec.to_json(replace(self.PART, at=None))) == replace(self.PART, at=None)

    @pytest.mark.parametrize(
        "change", [{"side": 1}, {"side": "x"}, {"key": None}, {"at": 9}, {"rows": 1}, {"rows": [True]}, {"rows": ["1"]}]
    )
    def test_refuses_another_sort(self, change: dict[str, object]) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - any of several, all refusals
            codec.from_json(_Part, codec.to_json(self.PART) | change)

    def test_refuses_what_is_no_object(self) -> None:
        with pytest.raises(ValueError, match="an object is missing"):
            codec.from_json(_Part, [])


WORDS = (
    '<main><p>Dear all</p><section class="words">\n<p>I am owed '
    "<strong>£5.00</strong> &amp; more<br>\n since 3 May 2025.</p>"
    "<ol><li>one</li><li>one</li></ol><table><tr><td>£1.00</td></tr></table></section><p>Yours</p></main>"
)


class TestWritingAParagraphAnew:
    def test_finds_the_paragraphs_of_the_words_only(self) -> None:
        found = paragraphs.paragraphs(WORDS)
        assert [one.text for one in found] == ["I am owed £5.00 & more\nsince 3 May 2025.", "one", "one"]
        assert len({one.key for one in found}) == 3
        assert paragraphs.paragraphs("<p>no words of a letter</p>") == []

    def test_replaces_leaves_out_and_adds_as_text(self) -> None:
        first, second, _ = paragraphs.paragraphs(WORDS)
        made = paragraphs.edited(WORDS, {first.key: "<b>Mine</b>\n\nand more", second.key: ""}, addition="At the end")
        assert "<p>&lt;b&gt;Mine&lt;/b&gt;</p>\n  <p>and more</p>" in made
        assert made.count("<li>one</li>") == 1
        assert "<p>At the end</p>\n</section>" in made
        assert paragraphs.edited(WORDS, {}) == WORDS

    def test_keeps_an_item_an_item(self) -> None:
        _, second, _ = paragraphs.paragraphs(WORDS)
        assert "<li>two<br>\nlines</li>" in paragraphs.edited(WORDS, {second.key: "two\n\nlines"})

    def test_refuses_one_that_has_gone(self) -> None:
        with pytest.raises(paragraphs.MovedError):
            paragraphs.edited(WORDS, {"gone": "x"})

    def test_names_the_figures_that_a_change_loses_or_brings(self) -> None:
        lost, added = paragraphs.figures_changed("£5.00 since 3 May 2025", "£6.00 since 3 May 2025")
        assert (lost, added) == (["£5.00"], ["£6.00"])

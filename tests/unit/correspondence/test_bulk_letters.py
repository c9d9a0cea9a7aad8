"""One kind of letter for many records: what they share, what each answers by itself, and why one gets none."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from cases.core.facts import Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters import asks, bulk, registry
from correspondence.core.letters.asks import Answers, Option
from correspondence.core.letters.bulk import Looked
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.kind import Kind, Record
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

FACTS = case(
    decision("60", "2025-01-03"),
    schedule("monthly", "2025-02-03"),
    service("direct_pay", "2025-01-03"),
    payment("100", "2025-02-03"),
)
RECORD = Record(
    facts=FACTS,
    perspective=Perspective.RECEIVING,
    reference="120000000002",
    nation=Nation.ENGLAND,
    on=day("2025-02-20"),
)
COMMON = Answers({"ask_collect": "no"})
REPORT = registry.kind_of("missed-payments")
CALL = registry.kind_of("call-follow-up")


def looked(
    record: Record = RECORD, *, name: str = "Rosa Martin", kind: Kind | None = REPORT, **given: object
) -> Looked:
    assert kind is not None
    choices = replace(Choices(sender="", answers=COMMON), **given)  # type: ignore[arg-type]
    return bulk.looked_at(
        kind, record, choices, case_id=uuid.uuid4(), label="Mine", name=name, asked=frozenset({"ask_collect"})
    )


class TestAKind:
    def test_is_for_many_where_it_is_about_no_one_call(self) -> None:
        assert REPORT is not None
        assert CALL is not None
        assert (bulk.is_for_many(REPORT), bulk.is_for_many(CALL)) == (True, False)


class TestTheCommonQuestions:
    def test_are_those_that_every_record_asks_alike(self) -> None:
        same = asks.Line(name="same", label="Same")
        own = asks.Money(name="own", label="Own", initial=1)
        ticks = asks.PickMany(name="ticks", label="Ticks")
        other = (same, replace(own, initial=2), ticks)
        assert bulk.common([(same, own, ticks), other]) == (same,)
        assert bulk.common([(own,)]) == (own,)
        assert bulk.common([(same,), ()]) == ()
        assert bulk.common([]) == ()


class TestTheAnswers:
    def test_are_the_common_ones_and_the_records_own_first_ones(self) -> None:
        options = (Option(value="a", label="A"), Option(value="b", label="B", is_ticked=True))
        questions = (
            asks.Pick(name="pick", label="Pick", options=options),
            asks.PickMany(name="many", label="Many", options=options),
            asks.Line(name="line", label="Line", initial="first"),
            asks.Day(name="day", label="Day", initial=dt.date(2025, 1, 3)),
            asks.Words(name="given", label="Given", initial="not this"),
            asks.Number(name="empty", label="Empty"),
            asks.Line(name="opened", label="Opened", opened_by=("pick", "b"), initial="open"),
            asks.Line(name="shut", label="Shut", opened_by=("pick", "a"), needed="Never asked"),
        )
        found = bulk.answered(questions, Answers({"given": "this"})).given
        assert found == {
            "pick": "b", "many": ("b",), "line": "first", "day": dt.date(2025, 1, 3), "given": "this", "opened": "open",
        }  # fmt: skip

    def test_of_a_question_of_no_known_form_are_none(self) -> None:
        assert bulk.answered([asks.Ask(name="odd", label="Odd")], Answers()).given == {}
        assert bulk.answered([asks.Pick(name="none", label="None")], Answers()).given == {}

    def test_are_refused_where_one_is_needed_and_missing(self) -> None:
        with pytest.raises(Refusal, match="Enter it"):
            bulk.answered([asks.Line(name="line", label="Line", needed="Enter it.")], Answers())

    def test_come_back_from_json_as_they_were(self) -> None:
        given = Choices(
            sender="Ada",
            reply_to=("1 Street",),
            is_authority_enclosed=True,
            answers=Answers({"day": dt.date(2025, 1, 3), "many": ("a",), "money": 5, "text": "x"}),
        )
        assert bulk.from_json(bulk.as_json(given, frozenset({"day"}))) == (given, frozenset({"day"}))


class TestARecord:
    def test_gets_a_letter_signed_by_the_parent(self) -> None:
        letter = looked().letter
        assert letter is not None
        assert (letter.sender, letter.for_whom, letter.reference) == ("Rosa Martin", "", "120000000002")

    def test_gets_one_that_somebody_signs_for_the_parent(self) -> None:
        letter = looked(sender="Ada Moss", is_authority_enclosed=True).letter
        assert letter is not None
        assert (letter.sender, letter.for_whom) == ("Ada Moss", "Rosa Martin")

    def test_is_signed_by_the_parent_where_nobody_else_may(self) -> None:
        assert REPORT is not None
        letter = looked(kind=replace(REPORT, by_parent_only=True), sender="Ada Moss").letter
        assert letter is not None
        assert (letter.sender, letter.for_whom) == ("Rosa Martin", "")

    @pytest.mark.parametrize(
        ("record", "name", "why"),
        [
            (replace(RECORD, perspective=Perspective.PAYING), "Paul", bulk.OTHER_SIDE),
            (RECORD, "", bulk.NO_NAME),
            (replace(RECORD, nation=Nation.NORTHERN_IRELAND), "Rosa", bulk.NO_CHECKED_ADDRESS),
        ],
    )
    def test_gets_none_and_says_why(self, record: Record, name: str, why: str) -> None:
        found = looked(record, name=name)
        assert (found.letter, found.why_not) == (None, why)

    def test_gets_none_where_the_letter_does_not_fit_or_a_question_has_no_answer(self) -> None:
        assert looked(replace(RECORD, facts=case())).why_not
        assert looked(answers=Answers()).why_not == ""  # asked in common, and may be left open there
        assert REPORT is not None

        def more(record: Record) -> tuple[asks.Ask, ...]:
            return (asks.Line(name="own", label="Own", needed="Enter what only this record knows."),)

        assert looked(kind=replace(REPORT, asks=more)).why_not == "Enter what only this record knows."


class TestTheNames:
    def test_come_from_the_latest_letter_that_has_one(self) -> None:
        letter = looked().letter
        assert letter is not None
        assert bulk.name_in([replace(letter, sender=""), replace(letter, sender="Ada", for_whom="Rosa")]) == "Rosa"
        assert bulk.name_in([letter]) == "Rosa Martin"
        assert bulk.name_in([]) == ""

    def test_are_read_from_lines_of_reference_and_name(self) -> None:
        found = bulk.names_in("1200 0000 0002  Rosa Martin\n120000000019,Paul\n\nnobody\n120000000027 " + "x" * 81)
        assert found.by_reference == {"120000000002": "Rosa Martin", "120000000019": "Paul"}
        assert found.unread == ("nobody", ("120000000027 " + "x" * 81)[:80])

    def test_are_not_taken_for_a_reference_of_two_records(self) -> None:
        names = {"120000000002": "Rosa", "120000000019": "Paul"}
        assert bulk.unshared(names, ["120000000002", "120000000002", "120000000019"]) == {"120000000019": "Paul"}

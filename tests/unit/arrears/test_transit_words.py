"""Money on its way in words: how late, what is missing, and the note to ask with."""

from dataclasses import replace

from arrears.core import transit
from arrears.core.facts import CaseFacts, Route
from arrears.core.ledger import known
from arrears.presenters import transit as words
from cases.core.facts import Nation, Perspective
from tests.unit.arrears.build import case, day, payment
from tests.unit.arrears.test_transit import ON, TAKEN, leg, one

REFERENCE = "120000000001"


def shown(found: transit.Sum) -> words.SumShown:
    """One sum in words."""
    return words.shown(found, reference=REFERENCE, on=ON)


class TestASumThatIsLate:
    def test_says_by_when_and_how_long_ago(self) -> None:
        found = shown(one(TAKEN))
        assert found.sentences == [
            "CMS should have it by 19 November 2026, usually. That day is not certain.",
            "Nobody has told you of it since. That day was 4 days ago, 2 of them working days.",
        ]
        assert found.tag.word == "Late: ask where it is"
        assert found.rule is not None
        assert not found.rule.is_verified

    def test_has_a_note_that_names_the_day_the_sum_and_the_reference(self) -> None:
        note = shown(one(TAKEN)).note
        assert "CMS reference 1200 0000 0001." in note
        assert "£120.00 was taken from the paying parent's pay on 28 October 2026." in note
        assert "It has not been credited to this case. The usual day was 19 November 2026." in note
        assert "suspense" in note
        assert "Reference:" not in note

    def test_quotes_each_reference_once(self) -> None:
        legs = (replace(TAKEN, reference="PAY 10"), replace(TAKEN, reference="PAY 10", id="again"))
        assert "Reference: PAY 10." in shown(one(*legs)).note

    def test_says_what_the_receiving_parent_waits_for(self) -> None:
        found = shown(one(leg("received", "2026-11-02", "120")))
        assert "You received £120.00 on 2 November 2026. It has not reached the receiving parent." in found.note
        assert found.at == "With CMS"

    def test_says_a_firm_day_as_firm(self) -> None:
        found = one(TAKEN)
        assert found.next is not None
        firm = replace(found, next=replace(found.next, rule=transit.rates.on(ON).protected_earnings_share))
        assert shown(firm).sentences[0] == "CMS should have it by 19 November 2026."


class TestASumThatIsShort:
    def test_says_how_much_is_missing_and_asks(self) -> None:
        found = shown(one(TAKEN, leg("received", "2026-11-20", "100")))
        assert found.tag.word == "Less came than set out"
        assert "£20.00 less is in this step than set out before it." in " ".join(found.sentences)
        assert "£20.00 is missing at this step." in found.note

    def test_says_that_more_came_and_asks_nothing(self) -> None:
        found = shown(one(TAKEN, leg("received", "2026-11-20", "130")))
        assert "£10.00 more is in this step than set out before it." in found.sentences
        assert found.note == ""


class TestASumThatArrived:
    def test_has_nothing_to_ask_about(self) -> None:
        found = shown(one(leg("paid_out", "2026-11-20", net="96")))
        assert (found.note, found.sentences, found.rule) == ("", [], None)
        assert found.tag.word == "At the end of its way"
        assert found.amount == 9600

    def test_is_on_its_way_until_then(self) -> None:
        assert shown(one(leg("received", "2026-11-20", "120"))).tag.word == "On its way"


class TestTheHints:
    def test_give_what_each_step_should_come_to(self) -> None:
        assert words.hints(one(TAKEN)) == ["If all of it arrives: £120.00."]
        got = leg("received", "2026-11-20", "120")
        assert words.hints(one(got)) == ["If all is as usual: £96.00, after a fee of £4.00."]
        assert "£100.00 of maintenance and £20.00 of fee" in words.hints(one(got, perspective=Perspective.PAYING))[0]

    def test_give_nothing_where_nothing_tells(self) -> None:
        assert words.hints(None) == []
        assert words.hints(one(leg("paid_out", "2026-11-20", net="96"))) == []
        assert words.hints(one(leg("allocated", "2026-11-20", "120"))) == []


def test_offers_the_latest_payments_through_cms() -> None:
    facts = case(
        payment("96", "2026-11-20", route=Route.VIA_CMS_RECEIVED, name="new"),
        payment("96", "2026-10-20", route=Route.VIA_CMS_RECEIVED, name="old"),
        payment("50", "2026-11-21"),
    )
    assert words.payments(facts) == [("new", "£96.00 on 20 November 2026"), ("old", "£96.00 on 20 October 2026")]


def test_shows_every_step_with_those_struck_out() -> None:
    gone = leg("received", "2026-11-01", "120", out="2026-11-02")
    found = words.lines([gone, TAKEN, leg("paid_out", "2026-11-05", net="96")])
    assert [(line.leg.on, line.amount) for line in found] == [
        (day("2026-10-28"), 12000), (day("2026-11-01"), 12000), (day("2026-11-05"), 9600),
    ]  # fmt: skip
    facts = CaseFacts(perspective=Perspective.RECEIVING, transits=(gone,))
    assert transit.sums(known(facts, ON), on=ON, nation=Nation.WALES) == ()

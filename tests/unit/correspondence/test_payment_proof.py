"""A proof of payment states the chosen payments, and nothing else of the record."""

from dataclasses import replace

import pytest

from arrears.core.facts import Route
from cases.core.facts import Nation, Perspective
from cms_tracker.refusal import Refusal
from correspondence.core.letters.asks import PickMany
from correspondence.core.letters.envelope import Letter, as_json, from_json
from correspondence.core.letters.kind import KeptFile
from correspondence.core.letters.proof_of_payment import (
    KIND,
    MOST,
    SHOWN_AT_ONCE,
    Paid,
    PaymentProof,
    Towards,
    payment_proof,
)
from tests.unit.arrears.build import case, day, decision, payment, schedule, service
from tests.unit.correspondence.letters.build import first_answers, record, written

ON = day("2025-04-04")
FILE = KeptFile(name="line.pdf", sha256="0" * 64)
FACTS = case(
    decision("60.00", "2025-01-06"),
    schedule("monthly", "2025-02-03"),
    service("collect_and_pay", "2025-01-06"),
    payment("312.00", "2025-02-03", route="via_cms_paid", name="with fee"),
    payment("100.00", "2025-03-03", name="part"),
    payment("9.00", "2025-03-04", out="2025-03-05", name="slip"),
    payment("5000.00", "2025-04-03", recorded="2025-04-03", name="ahead"),
    perspective="paying",
)


def proof(*chosen: str, **files: list[KeptFile]) -> PaymentProof:
    return payment_proof(FACTS, chosen=chosen, files=files, on=ON)


def full_proof(*chosen: str) -> PaymentProof:
    return payment_proof(FACTS, chosen=chosen, files={}, on=ON, shows_towards=True)


def letter(*chosen: str, towards: str = "no", files: dict[str, list[KeptFile]] | None = None) -> Letter:
    return written(
        KIND, record(FACTS, ON, nation=Nation.NORTHERN_IRELAND, files=files), payments=chosen, shows_towards=towards
    )


class TestAPaymentProof:
    def test_holds_the_chosen_payments_oldest_first_and_no_other(self) -> None:
        found = proof("part", "with fee")

        assert [(row.on, row.amount) for row in found.rows] == [(day("2025-02-03"), 31200), (day("2025-03-03"), 10000)]
        assert found.total == 41200

    def test_leaves_out_what_was_struck_out_or_is_not_there(self) -> None:
        assert proof("slip", "nothing").rows == ()

    def test_says_nothing_of_what_each_went_to_unless_asked(self) -> None:
        found = proof("with fee", "ahead")

        assert not found.shows_towards
        assert [row.towards for row in found.rows] == [(), ()]

    def test_says_what_each_went_to_when_asked(self) -> None:
        with_fee, ahead = full_proof("with fee", "ahead").rows

        assert {part.words for part in with_fee.towards} >= {"3 February 2025", "the fee of 3 February 2025"}
        assert ahead.towards[-1].words == "what falls due next"
        assert any(part.words.startswith("arrears of ") for row in (with_fee, ahead) for part in row.towards)

    def test_says_how_each_travelled(self) -> None:
        assert [row.how for row in proof("with fee", "part").rows] == [
            "Through CMS, with its fee",
            "Directly, not through CMS",
        ]

    def test_names_the_files_of_its_own_payments(self) -> None:
        found = proof("part", "with fee", part=[FILE], ahead=[FILE])

        assert [row.files for row in found.rows] == [(), (FILE,)]
        assert found.has_files
        assert not proof("with fee").has_files

    def test_of_a_payment_that_counts_later_went_to_nothing_yet(self) -> None:
        facts = case(payment("1.00", "2025-04-04", cms="2025-04-10", name="late"))

        assert payment_proof(facts, chosen=["late"], files={}, on=ON, shows_towards=True).rows[0].towards == ()

    def test_fits_on_one_page_up_to_so_many_lines(self) -> None:
        row = Paid(on=ON, amount=1, route=Route.DIRECT, towards=(), files=())
        part = Towards(what="fee", due_on=ON, amount=1)

        assert PaymentProof(rows=(row,) * MOST).fits
        assert not PaymentProof(rows=(row,) * (MOST + 1)).fits
        assert not PaymentProof(rows=(replace(row, files=(FILE,)),) * 9).fits
        assert not PaymentProof(rows=(replace(row, towards=(part, part)),) * 12).fits


class TestItsPage:
    def test_keeps_through_json(self) -> None:
        for made in (letter("part", "ahead", files={"part": [FILE]}), letter("part", towards="yes")):
            assert from_json(as_json(made)) == made
            assert made.addressee == ()
            assert made.reply_by is None

    def test_made_by_the_first_version_is_still_read(self) -> None:
        made = letter("part", towards="yes")
        value = as_json(made)
        old = {name: value[name] for name in ("kind", "perspective", "reference", "dated_on", "sender")}
        old |= {"sender_address": [], "addressee": [], "reply_by": "2025-04-28", "reply_days": 15, "missed": None}

        read = from_json(old | {"proof": value["about"]})

        assert read.about == made.about
        assert read.reply_why == "which is 15 working days from the date of this letter"

    @pytest.mark.parametrize(
        ("chosen", "heading"), [(["part"], "Proof of payment"), (["part", "ahead"], "Proof of payments")]
    )
    def test_is_headed_for_one_or_for_many(self, chosen: list[str], heading: str) -> None:
        assert letter(*chosen).heading == heading

    def test_that_says_nothing_of_payments_is_not_read(self) -> None:
        value = as_json(letter("part"))

        for wrong in ({"about": None}, {"kind": "call-follow-up"}, {"about": {}}, {"kind": "poem"}, {"dated_on": 7}):
            with pytest.raises(ValueError):  # noqa: PT011 - any of several, all refusals
                from_json(value | wrong)

    def test_is_offered_to_both_sides_once_there_is_a_payment(self) -> None:
        assert KIND.senders == frozenset(Perspective)
        assert KIND.why_not(record(FACTS, ON)) == ""
        assert "Log a payment first" in KIND.why_not(record(case(), ON))

    def test_asks_which_payments_and_begins_with_none(self) -> None:
        (payments, _) = KIND.asks(record(FACTS, ON))

        assert isinstance(payments, PickMany)
        assert [one.label for one in payments.options][:1] == ["3 April 2025: £5,000.00"]
        assert first_answers(KIND, record(FACTS, ON)) == {"shows_towards": "no"}

    def test_folds_older_payments_away(self) -> None:
        many = case(*(payment("1.00", f"2025-03-{place:02d}", name=f"p{place}") for place in range(1, 20)))
        (payments, _) = KIND.asks(record(many, ON))

        assert isinstance(payments, PickMany)
        assert sum(not one.is_older for one in payments.options) == SHOWN_AT_ONCE

    def test_refuses_none_and_more_than_fit(self) -> None:
        with pytest.raises(Refusal, match="Choose at least one payment"):
            letter()
        many = case(*(payment("1.00", f"2025-03-{place:02d}", name=f"p{place}") for place in range(1, 20)))
        files = {f"p{place}": [FILE] for place in range(1, 20)}
        with pytest.raises(Refusal, match="do not fit"):
            written(KIND, record(many, ON, files=files), payments=tuple(files), shows_towards="no")

"""A proof of payment states the chosen payments, and nothing else of the record."""

from dataclasses import replace

import pytest

from arrears.core.facts import Route
from cases.core.facts import Nation, Perspective
from correspondence.core import drafting
from correspondence.core.letter_facts import LetterFacts, as_json, from_json
from correspondence.core.letters import LETTER_TYPES, LetterKind, RecordSummary, why_not
from correspondence.core.payment_proof import MOST, KeptFile, Paid, PaymentProof, Towards, payment_proof
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

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


def letter(found: PaymentProof) -> LetterFacts:
    return drafting.letter_facts(
        drafting.Choices(kind=LetterKind.PROOF_OF_PAYMENT, sender="Paul", payment_ids=frozenset({"part"})),
        perspective=Perspective.PAYING,
        reference="120000000002",
        nation=Nation.NORTHERN_IRELAND,
        on=ON,
        proof=found,
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
        made = letter(proof("part", "with fee", "ahead", part=[FILE]))
        full = letter(full_proof("part", "with fee"))

        assert from_json(as_json(made)) == made
        assert from_json(as_json(full)) == full
        assert made.addressee == ()

    def test_made_before_there_was_a_choice_keeps_what_each_went_to(self) -> None:
        full = letter(full_proof("part", "with fee"))
        value = as_json(full)
        del value["proof"]["shows_towards"]

        assert from_json(value) == full

    @pytest.mark.parametrize(
        ("chosen", "heading"), [(["part"], "Proof of payment"), (["part", "ahead"], "Proof of payments")]
    )
    def test_is_headed_for_one_or_for_many(self, chosen: list[str], heading: str) -> None:
        assert letter(proof(*chosen)).heading == heading

    def test_that_says_nothing_of_payments_is_not_read(self) -> None:
        value = as_json(letter(proof("part")))

        for wrong in ({"proof": None}, {"kind": "call-follow-up"}, {"proof": {}}):
            with pytest.raises(ValueError, match="not the facts of a letter"):
                from_json(value | wrong)

    def test_is_offered_to_both_sides_once_there_is_a_payment(self) -> None:
        summary = RecordSummary(
            perspective=Perspective.PAYING, service=None, short_on_direct_pay=0, calls=0, payments=1
        )

        assert LETTER_TYPES[LetterKind.PROOF_OF_PAYMENT].senders == frozenset(Perspective)
        assert why_not(LetterKind.PROOF_OF_PAYMENT, summary) == ""
        assert "Log a payment first" in why_not(LetterKind.PROOF_OF_PAYMENT, replace(summary, payments=0))

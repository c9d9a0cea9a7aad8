"""Which letters can be made, what they take from the record, and that their facts keep."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from arrears.core import case_file
from arrears.core.case_values import Direction
from arrears.core.facts import CaseFacts, Observation
from arrears.core.position import position
from arrears.core.reporting import to_report
from cases.core.facts import Nation, Perspective, ServicePeriod, ServiceType
from correspondence.core import contact_data, drafting
from correspondence.core.letter_facts import (
    CallNote,
    LetterFacts,
    MissedPayments,
    Promised,
    as_json,
    fingerprint,
    from_json,
)
from correspondence.core.letters import LetterKind, RecordSummary, offers, why_not

EXAMPLES = Path(__file__).parents[2] / "examples"

TODAY = dt.date(2025, 6, 10)


@pytest.fixture(scope="module")
def facts() -> CaseFacts:
    return case_file.parse((EXAMPLES / "direct-pay-missed.json").read_text(encoding="utf-8")).facts


def reportable(facts: CaseFacts, on: dt.date = TODAY) -> list[drafting.Reportable]:
    return drafting.reportable(facts, position(facts, on=on, known_on=on))


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
        assert drafting.direct_pay_since(changed, on=TODAY, known_on=TODAY) is None

    def test_counts_direct_pay_from_its_last_beginning(self, facts: CaseFacts) -> None:
        collected = ServicePeriod(type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 3, 1))
        back = ServicePeriod(type=ServiceType.DIRECT_PAY, from_on=dt.date(2025, 5, 1))
        changed = replace(facts, services=(*facts.services, collected, back))
        assert drafting.direct_pay_since(changed, on=TODAY, known_on=TODAY) == dt.date(2025, 5, 1)


class TestOffers:
    SUMMARY = RecordSummary(
        perspective=Perspective.RECEIVING, service=ServiceType.DIRECT_PAY, short_on_direct_pay=1, calls=1
    )

    def test_give_each_side_only_its_own(self) -> None:
        paying = replace(self.SUMMARY, perspective=Perspective.PAYING)
        assert [one.type.kind for one in offers(self.SUMMARY)] == list(LetterKind)
        assert [one.type.kind for one in offers(paying)] == [LetterKind.CALL_FOLLOW_UP, LetterKind.PROOF_OF_PAYMENT]
        assert why_not(LetterKind.MISSED_PAYMENTS, paying)

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"service": None}, "First say in your case details whether you use Direct Pay."),
            ({"service": ServiceType.COLLECT_AND_PAY}, "so CMS can see for itself"),
            ({"short_on_direct_pay": 0}, "no missed or short payment"),
        ],
    )
    def test_say_why_not(self, change: dict[str, object], reason: str) -> None:
        assert why_not(LetterKind.MISSED_PAYMENTS, self.SUMMARY) == ""
        assert reason in why_not(LetterKind.MISSED_PAYMENTS, replace(self.SUMMARY, **change))

    def test_ask_for_a_call_first(self) -> None:
        assert why_not(LetterKind.CALL_FOLLOW_UP, self.SUMMARY) == ""
        assert "Log a call" in why_not(LetterKind.CALL_FOLLOW_UP, replace(self.SUMMARY, calls=0))


def letter(facts: CaseFacts) -> LetterFacts:
    rows = reportable(facts)
    choices = drafting.Choices(kind=LetterKind.MISSED_PAYMENTS, sender="Rosa Martin")
    missed = drafting.missed_payments(
        rows, chosen={one.row.due_on for one in rows}, since=dt.date(2025, 1, 6), ask_collect=True
    )
    return drafting.letter_facts(
        choices, perspective=Perspective.RECEIVING, reference="120000000002", nation=Nation.ENGLAND, on=TODAY,
        missed=missed,
    )  # fmt: skip


class TestLetterFacts:
    def test_keep_through_json(self, facts: CaseFacts) -> None:
        call = CallNote(
            at_date=TODAY, at_time=dt.time(10, 30), direction=Direction.IN, spoke_to="Sam", reference="",
            summary="x\ny",
            promises=(Promised(text="Ring", due_on=None), Promised(text="Write", due_on=TODAY)),
        )  # fmt: skip
        missed = letter(facts)
        for one in (missed, replace(missed, kind=LetterKind.CALL_FOLLOW_UP, missed=None, call=call)):
            assert from_json(as_json(one)) == one

    def test_refuse_what_is_not_a_letter(self, facts: CaseFacts) -> None:
        good = as_json(letter(facts))
        for bad in (
            {},
            good | {"kind": "poem"},
            good | {"missed": None},
            good | {"dated_on": 7},
            good | {"missed": [1]},
        ):
            with pytest.raises(ValueError):  # noqa: PT011 - any of several, all refusals
                from_json(bad)

    def test_change_their_fingerprint_with_a_penny(self, facts: CaseFacts) -> None:
        one = letter(facts)
        assert one.missed is not None
        rows = (replace(one.missed.rows[0], short=one.missed.rows[0].short + 1), *one.missed.rows[1:])
        assert fingerprint(replace(one, missed=replace(one.missed, rows=rows))) != fingerprint(one)

    def test_total_what_the_rows_say(self, facts: CaseFacts) -> None:
        missed = letter(facts).missed
        assert missed is not None
        assert (missed.due, missed.paid, missed.credited, missed.short) == (78000, 20000, 0, 58000)

    def test_name_what_happened_in_the_heading(self, facts: CaseFacts) -> None:
        rows = [one.row for one in reportable(facts)]

        def heading(*chosen: int) -> str:
            picked = tuple(rows[place] for place in chosen)
            return MissedPayments(direct_pay_since=TODAY, rows=picked, ask_collect=False).heading

        assert heading(0) == "Report of a short payment"
        assert heading(1) == "Report of a missed payment"
        assert heading(1, 2) == "Report of missed payments"
        assert heading(0, 1, 2) == "Report of missed and short payments"

    def test_need_an_address_where_none_is_verified(self) -> None:
        assert contact_data.address_of(Nation.NORTHERN_IRELAND) is None
        choices = drafting.Choices(kind=LetterKind.CALL_FOLLOW_UP, sender="Rosa")
        with pytest.raises(ValueError, match="address"):
            drafting.letter_facts(
                choices, perspective=Perspective.PAYING, reference="120000000002", nation=Nation.NORTHERN_IRELAND,
                on=TODAY,
            )  # fmt: skip


class TestContactData:
    def test_says_its_source_and_the_day_it_was_checked(self) -> None:
        for nation in (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND):
            address = contact_data.address_of(nation)
            assert address is not None
            assert address.lines[-1] == "WV98 2BU"
            assert "GOV.UK" in address.source
            assert address.checked >= dt.date(2026, 11, 22)

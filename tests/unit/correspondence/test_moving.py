"""Moving between the services: which notice holds and until when, what was asked and kept, and the words for it."""

import datetime as dt

import pytest

from arrears.core import service_fees
from arrears.core.event_values import Event, EventKind
from arrears.core.facts import CaseFacts
from arrears.core.ledger import known
from arrears.core.position import position
from cases.core.facts import Perspective, ServiceType
from correspondence.core import moving, moving_words, notices
from correspondence.core.moving import Moving, Part
from correspondence.core.notices import NoticeState
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

ON = day("2026-11-23")
PAYING, RECEIVING = Perspective.PAYING, Perspective.RECEIVING
LESS = "On Collect and Pay £2.40 a week less would reach you, of what is paid."
TWICE = '[[said]]\ncode = "a"\npart = "test"\nby = "s"\nsays = "x"\n' * 2


def event(kind: EventKind, on: str) -> Event:
    """Something that happened."""
    return Event(kind=kind, on=day(on))


def weekly(*paid: str, kind: str = "direct_pay", since: str = "2026-06-01") -> CaseFacts:
    """Sixty pounds every Monday since ``since``, paid in full on these days."""
    payments = [payment("60", on, route="direct" if kind == "direct_pay" else "via_cms_paid") for on in paid]
    return case(decision("60", since), schedule("weekly", since), service(kind, since), *payments)


def mondays(first: str, count: int) -> list[str]:
    """So many Mondays from the first."""
    return [(day(first) + dt.timedelta(weeks=number)).isoformat() for number in range(count)]


def standing(facts: CaseFacts, *events: Event, on: dt.date = ON) -> Moving:
    """Where these facts and events leave a case."""
    return moving.standing(known(facts, on), position(facts, on=on, known_on=on), events)


class TestTheTwelveMonthNotice:
    GIVEN = event(EventKind.FAILURE_NOTICE, "2025-11-23")

    def test_holds_to_its_anniversary(self) -> None:
        last = notices.failure_notice([self.GIVEN], on=ON)
        assert (last.state, last.until) == (NoticeState.HOLDS, ON)
        assert notices.failure_notice([self.GIVEN], on=day("2026-11-24")).state is NoticeState.LAPSED

    def test_counts_from_the_latest(self) -> None:
        again = event(EventKind.FAILURE_NOTICE, "2026-03-01")
        later = event(EventKind.FAILURE_NOTICE, "2026-12-01")
        assert notices.failure_notice([again, self.GIVEN, later], on=ON).until == day("2027-03-01")

    def test_is_none_where_nothing_is_on_record(self) -> None:
        found = notices.failure_notice([event(EventKind.ARREARS_NOTICE, "2026-01-01")], on=ON)
        assert (found.state, found.until) == (NoticeState.NONE, None)


class TestTheArrearsNotice:
    NOTICE = event(EventKind.ARREARS_NOTICE, "2026-06-10")

    def state(self, *paid: str, on: dt.date = ON) -> moving.Notice:
        """How the notice stands after these payments."""
        at = position(weekly(*paid), on=on, known_on=on)
        return notices.arrears_notice([self.NOTICE], at.instalments, on=on)

    def test_holds_while_payments_are_missed(self) -> None:
        assert self.state().state is NoticeState.HOLDS

    def test_ends_for_new_arrears_after_twelve_weeks_on_time(self) -> None:
        found = self.state(*mondays("2026-06-15", 12))
        assert found.state is NoticeState.LAPSED
        assert (found.kept_from, found.until) == (day("2026-06-15"), day("2026-09-07"))

    def test_holds_after_eleven(self) -> None:
        assert self.state(*mondays("2026-06-15", 11)).state is NoticeState.HOLDS

    def test_holds_until_the_twelfth_week_is_over(self) -> None:
        paid = mondays("2026-06-15", 12)
        assert self.state(*paid, on=day("2026-09-06")).state is NoticeState.HOLDS
        assert self.state(*paid, on=day("2026-09-07")).state is NoticeState.LAPSED

    def test_counts_anew_after_a_late_payment(self) -> None:
        paid = [*mondays("2026-06-15", 6), "2026-07-29", *mondays("2026-08-03", 6)]
        assert self.state(*paid).state is NoticeState.HOLDS

    def test_is_none_where_nothing_is_on_record(self) -> None:
        assert notices.arrears_notice([], (), on=ON).state is NoticeState.NONE


class TestStanding:
    def test_can_ask_to_collect_where_payments_were_short(self) -> None:
        found = standing(weekly("2026-06-01"))
        assert found.can_ask_to_collect
        assert found.short[0].due_on == day("2026-06-08")
        assert not found.can_ask_for_direct

    def test_cannot_where_every_payment_was_on_time(self) -> None:
        assert not standing(weekly(*mondays("2026-06-01", 26))).can_ask_to_collect

    def test_can_ask_for_direct_pay_after_six_months_on_time(self) -> None:
        full = case(
            decision("60", "2026-05-18"), schedule("weekly", "2026-05-18"), service("collect_and_pay", "2026-05-18"),
            *(payment("72", on, route="via_cms_paid") for on in mondays("2026-05-18", 28)),
        )  # fmt: skip
        found = standing(full)
        assert (found.kept_since, found.may_ask_from) == (day("2026-05-18"), day("2026-11-18"))
        assert found.can_ask_for_direct
        assert not standing(full, on=day("2026-11-17")).can_ask_for_direct

    def test_knows_what_was_asked_since_the_service_began(self) -> None:
        old = event(EventKind.ASKED_DIRECT_PAY, "2026-01-01")
        asked = event(EventKind.ASKED_COLLECT_AND_PAY, "2026-10-01")
        refused = event(EventKind.REFUSED_COLLECT_AND_PAY, "2026-10-20")
        unlikely = event(EventKind.FOUND_UNLIKELY_TO_PAY, "2026-10-25")
        assert standing(weekly(), old).asked is None
        found = standing(weekly(), refused, asked, old, unlikely)
        assert (found.asked, found.unlikely) == (refused, unlikely)

    def test_says_nothing_of_a_service_that_is_not_known(self) -> None:
        found = standing(case())
        assert (found.service, found.since, found.may_ask_from) == (None, None, None)


class TestTheSentencesWithSources:
    def test_each_has_its_source_and_its_day(self) -> None:
        for one in moving.said():
            assert one.says
            assert one.source
            assert one.url.startswith("https://")
            assert one.checked <= ON
            assert one.sides

    def test_marks_what_nobody_could_verify(self) -> None:
        soft = {one.code for one in moving.said() if not one.firm}
        assert soft == {"not_new", "arrears_fee", "six_months", "act_2023"}

    @pytest.mark.parametrize("perspective", Perspective)
    def test_says_something_of_every_part_to_each_side(self, perspective: Perspective) -> None:
        assert [one.code for one in moving_words.topics(perspective)] == list(Part)
        assert all(one.said for one in moving_words.topics(perspective))

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ('[[said]]\ncode = "a"\npart = "test"\nsays = "x"\n', "a: checked, source, url"),
            (
                '[sources.s]\nsource = "S"\nurl = "u"\nchecked = 2026-11-22\n' + TWICE,
                "twice",
            ),
        ],
    )
    def test_are_read_strictly(self, text: str, why: str) -> None:
        with pytest.raises(ValueError, match=why):
            moving.read(text)


class TestTheWords:
    def test_say_where_the_case_is(self) -> None:
        assert moving_words.where(standing(weekly())) == "Direct Pay since 1 June 2026."
        assert "does not say" in moving_words.where(standing(case()))

    @pytest.mark.parametrize(
        ("perspective", "end"), [(PAYING, "CMS may move you."), (RECEIVING, "You can ask to move.")]
    )
    def test_say_what_was_short_to_each_side(self, perspective: Perspective, end: str) -> None:
        (said,) = moving_words.grounds(standing(weekly("2026-06-01")), perspective=perspective)
        assert said.endswith(end)
        assert "8 June 2026" in said

    def test_say_that_nothing_was_short(self) -> None:
        kept = standing(weekly(*mondays("2026-06-01", 26)))
        assert moving_words.grounds(kept, perspective=PAYING) == [
            "No payment is missed, short or late on this record since then."
        ]

    def test_say_what_was_kept_on_collect_and_pay(self) -> None:
        none = standing(weekly(kind="collect_and_pay"))
        assert "not on this record as paid on time" in moving_words.grounds(none, perspective=PAYING)[0]
        kept = standing(
            case(
                decision("60", "2026-11-02"),
                schedule("weekly", "2026-11-02"),
                service("collect_and_pay", "2026-11-02"),
                *(payment("72", on, route="via_cms_paid") for on in mondays("2026-11-02", 4)),
            )
        )
        assert "over on 2 May 2027" in moving_words.grounds(kept, perspective=PAYING)[0]

    def test_name_what_was_asked_and_found(self) -> None:
        found = moving_words.grounds(
            standing(
                weekly(), event(EventKind.ASKED_COLLECT_AND_PAY, "2026-10-01"),
                event(EventKind.FOUND_UNLIKELY_TO_PAY, "2026-10-25"),
            ),
            perspective=RECEIVING,
        )  # fmt: skip
        assert found[0].startswith("1 October 2026: Somebody asked")
        assert found[1].startswith("25 October 2026: CMS found")
        assert moving_words.grounds(standing(case()), perspective=PAYING) == []

    def test_say_how_each_notice_stands(self) -> None:
        held = standing(weekly(), event(EventKind.FAILURE_NOTICE, "2026-10-01"))
        lapsed = standing(weekly(), event(EventKind.FAILURE_NOTICE, "2025-10-01"))
        assert "up to 1 October 2027" in " ".join(moving_words.notices(held)[0].sentences)
        assert "needs a new one" in " ".join(moving_words.notices(lapsed)[0].sentences)
        assert moving_words.notices(held)[1].sentences == ["None on this record."]
        noticed = standing(weekly(), event(EventKind.ARREARS_NOTICE, "2026-06-10"))
        assert "no further notice" in " ".join(moving_words.notices(noticed)[1].sentences)
        assert "Without one" in moving_words.notices(noticed)[0].sentences[0]
        kept = standing(weekly(*mondays("2026-06-15", 12)), event(EventKind.ARREARS_NOTICE, "2026-06-10"))
        assert "from 15 June 2026 to 7 September 2026" in " ".join(moving_words.notices(kept)[1].sentences)

    @pytest.mark.parametrize(
        ("perspective", "service", "said"),
        [
            (PAYING, ServiceType.DIRECT_PAY, "On Collect and Pay you would pay £12.00 a week more."),
            (PAYING, ServiceType.COLLECT_AND_PAY, "On Direct Pay you would pay £12.00 a week less."),
            (
                RECEIVING,
                ServiceType.DIRECT_PAY,
                "On Collect and Pay £2.40 a week less would reach you, of what is paid.",
            ),
            (RECEIVING, ServiceType.COLLECT_AND_PAY, "On Direct Pay £2.40 a week more would reach you, if it is paid."),
        ],
    )
    def test_say_what_moving_changes(self, perspective: Perspective, service: ServiceType, said: str) -> None:
        fees = service_fees.compare(weekly(), on=ON)
        assert fees is not None
        assert moving_words.change(fees, perspective=perspective, service=service) == said
        assert moving_words.spans(fees.lines)[0][0] == "Each payment"

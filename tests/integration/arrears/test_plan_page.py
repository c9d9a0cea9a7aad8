"""One plan of a case: how it is kept, what was said of it, what would become of it; and the offers before it."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import operations
from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.core.facts import PlanOrigin
from arrears.core.other_facts import Step as Said
from arrears.core.other_facts import StepKind
from arrears.models import PlanProposal, RepaymentPlan, Step
from cases.core.facts import Frequency, Perspective
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_case, make_user, monthly_case
from tests.typed import day

pytestmark = pytest.mark.django_db

OFFER = Proposal(
    label="My offer", arrears=240000, first_payment_on=dt.date(2026, 12, 1), frequency=Frequency.MONTHLY, total=36000,
    ongoing=26000,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day() -> Any:
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    """A browser in which nobody is signed in."""
    return Client()


@pytest.fixture
def rosa(client: Client) -> User:
    rosa = make_user(ROSA)
    client.force_login(rosa)
    return rosa


@pytest.fixture
def real(rosa: User) -> Case:
    return import_example("p-002456", rosa)


def second_of(case: Case) -> RepaymentPlan:
    return RepaymentPlan.objects.get(case=case, arrears_part_pence=8100)


def address(case: Case, plan: RepaymentPlan) -> str:
    return reverse("arrears:plan", args=[case.pk, plan.pk])


class TestASilentPlan:
    def test_says_since_when_nothing_was_logged_and_leads_to_the_log(self, client: Client, real: Case) -> None:
        real_owner = User.objects.get(email=ROSA.email)
        row = operations.record_plan(
            actor=real_owner, case=real, agreed_on=dt.date(2026, 2, 10), first_payment_on=dt.date(2026, 3, 1),
            frequency=Frequency.MONTHLY, total_pence=40053, arrears_part_pence=8100,
        )  # fmt: skip

        for where in (address(real, row), reverse("arrears:plans", args=[real.pk])):
            text = client.get(where).content.decode()
            assert "Nothing logged since 1 February 2024, so nothing here can say how this plan is kept." in text
            assert reverse("arrears:log-payment", args=[real.pk]) in text
            assert "Not kept" not in text
            assert "None came" not in text

    def test_says_that_no_payment_was_ever_logged(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa, first_due=dt.date(2026, 9, 1))
        row = operations.record_plan(
            actor=rosa, case=case, agreed_on=dt.date(2026, 9, 10), first_payment_on=dt.date(2026, 10, 1),
            frequency=Frequency.MONTHLY, total_pence=30000, arrears_part_pence=4000,
        )  # fmt: skip

        assert "No payment is logged on this record" in client.get(address(case, row)).content.decode()

    def test_says_what_cms_did_with_it_all_the_same(self, client: Client, rosa: User) -> None:
        case = monthly_case(rosa, first_due=dt.date(2026, 9, 1))
        row = operations.record_plan(
            actor=rosa, case=case, agreed_on=dt.date(2026, 9, 10), first_payment_on=dt.date(2026, 10, 1),
            frequency=Frequency.MONTHLY, total_pence=30000, arrears_part_pence=4000,
        )  # fmt: skip
        for kind, on in ((StepKind.BROKEN, dt.date(2026, 10, 20)), (StepKind.ENDED, dt.date(2026, 11, 2))):
            step = Said(kind=kind, on=on, recorded_on=on, id=str(uuid.uuid4()))
            operations.record_step(actor=rosa, case=case, subject="plan", subject_id=row.pk, step=step)

        text = client.get(address(case, row)).content.decode()

        assert "CMS ended it on 2 November 2026." in text
        assert "By this record on that day: nothing logged yet." in text
        assert "By this record it was not so" not in text


class TestThePage:
    def test_names_the_next_payment_of_an_old_record_as_what_it_is(self, client: Client, real: Case) -> None:
        text = client.get(address(real, second_of(real))).content.decode()

        assert "The next one after your last entry: £81.00 for the arrears on 1 March 2024" in text
        assert "£10,153.01 of its arrears was left then." in text
        assert "Our grace ends" in text

    def test_names_what_the_sum_of_all_payments_holds(self, client: Client, real: Case) -> None:
        text = client.get(address(real, second_of(real))).content.decode()

        assert "<dt>With ongoing maintenance until 2034</dt>" in text
        assert "Paid by the end, in all" not in text

    def test_shows_each_payment_with_ongoing_maintenance_apart(self, client: Client, real: Case) -> None:
        text = client.get(address(real, second_of(real))).content.decode()

        assert "15 payments fell due by 1 February 2024: £1,215.00 of £1,215.00 came for the arrears." in text
        assert "Ongoing maintenance was covered in that time." in text
        assert text.count("£319.53 covered") == 15
        assert "This plan made it 52 payments longer." in text
        assert "3 working days of grace" in text

    def test_says_what_one_missed_payment_would_do(self, client: Client, real: Case) -> None:
        text = client.get(address(real, second_of(real))).content.decode()

        # £10,153.01 is left: 126 payments; with £319.53 of ongoing maintenance on top of it 130, one month later.
        assert "the plan would end on 1 January 2035 and not on 1 August 2034: 5 payments later." in text
        assert "CMS may act on one missed or short payment." in text

    def test_says_what_another_amount_and_its_end_would_do_and_keeps_nothing(self, client: Client, real: Case) -> None:
        typed = {"weekly": "80", **day("ends", "2030-09-01")}

        text = client.post(address(real, second_of(real)), typed).content.decode()

        assert "The same payment of £400.53 would leave £53.86 for the arrears a month, where it was £81.00." in text
        assert "From then on the whole £400.53 may go to the arrears, if CMS agrees to it." in text
        assert "38 payments sooner" in text
        assert not Event.objects.filter(case_id=real.pk, kind__startswith="plan").exists()

    def test_says_what_is_wrong_with_what_was_typed(self, client: Client, real: Case) -> None:
        answer = client.post(address(real, second_of(real)), {"weekly": "eighty"})

        assert list(answer.context["form"].errors) == ["weekly"]
        assert "If one payment does not come" in answer.content.decode()

    def test_asks_nothing_of_a_plan_that_is_over(self, client: Client, real: Case) -> None:
        first = RepaymentPlan.objects.get(case=real, arrears_part_pence=12794)

        text = client.get(address(real, first)).content.decode()

        assert "Replaced by a later plan" in text
        assert "A later plan took its place on 1 December 2022." in text
        assert "What if" not in text

    def test_is_not_there_for_a_plan_of_another_case(self, client: Client, rosa: User, real: Case) -> None:
        other = make_case(rosa)

        assert client.get(address(other, second_of(real))).status_code == 404
        assert client.get(reverse("arrears:new-step", args=[other.pk, uuid.uuid4()])).status_code == 404


class TestWhatCmsSaid:
    def test_stands_beside_what_the_record_shows_where_they_differ(self, client: Client, real: Case) -> None:
        plan = second_of(real)
        typed = {"kind": "broken", "note": "The plan has failed", **day("happened_on", "2023-06-15")}

        answer = client.post(reverse("arrears:new-step", args=[real.pk, plan.pk]), typed, follow=True)

        text = answer.content.decode()
        assert "CMS said it was broken. “The plan has failed”" in text
        assert "By this record it was not so on that day: kept so far." in text
        assert Event.objects.filter(kind="step.recorded", case_id=real.pk).count() == 1

    def test_is_one_row_of_a_form_sent_twice(self, client: Client, real: Case) -> None:
        typed = {"kind": "ended", "entry": str(uuid.uuid4()), **day("happened_on", "2024-02-01")}
        for _ in range(2):
            client.post(reverse("arrears:new-step", args=[real.pk, second_of(real).pk]), typed)

        assert Step.objects.count() == 1
        text = client.get(address(real, second_of(real))).content.decode()
        assert "Kept until it ended" in text
        assert "CMS ended it on 1 February 2024." in text

    def test_may_be_that_cms_changed_it_before_the_letter_with_the_next_plan(self, client: Client, real: Case) -> None:
        typed = {"kind": "varied", **day("happened_on", "2024-02-01")}
        client.post(reverse("arrears:new-step", args=[real.pk, second_of(real).pk]), typed)

        text = client.get(address(real, second_of(real))).content.decode()

        assert "Changed by CMS" in text
        assert "CMS changed it on 1 February 2024." in text

    @pytest.mark.parametrize(
        ("typed", "field"),
        [({"kind": "accepted"}, "kind"), ({"kind": ""}, "kind"), (day("happened_on", "2026-11-23"), "happened_on"),
         ({"note": "x" * 2001}, "note")],
    )  # fmt: skip
    def test_is_refused_beside_its_field(self, client: Client, real: Case, typed: dict[str, str], field: str) -> None:
        good = {"kind": "ended", **day("happened_on", "2024-02-01")}

        answer = client.post(reverse("arrears:new-step", args=[real.pk, second_of(real).pk]), good | typed)

        assert list(answer.context["form"].errors) == [field]
        assert not Step.objects.exists()


class TestACourtsOrder:
    ORDER = {
        "origin": "court_order", "total": "150", "arrears_part": "150", "frequency": "monthly",
        **day("agreed_on", "2024-11-10"), **day("first_payment_on", "2024-12-01"),
    }  # fmt: skip

    def test_is_a_plan_of_its_own_kind_that_an_appeal_may_hold(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)
        operations.record_opening_balance(
            actor=rosa, case=case, on=dt.date(2022, 9, 1), amount_pence=900000, source="Liability order"
        )
        client.post(reverse("arrears:new-plan", args=[case.pk]), self.ORDER)
        plan = RepaymentPlan.objects.get()
        client.post(
            reverse("arrears:new-step", args=[case.pk, plan.pk]),
            {"kind": "appealed", **day("happened_on", "2026-11-10")},
        )

        text = client.get(address(case, plan)).content.decode()

        assert plan.origin == PlanOrigin.COURT_ORDER
        assert "Ordered by a court" in text
        assert "A court was asked to look at it on 10 November 2026, and no answer is on this record." in text
        # £9,000.00 at £150.00 takes 60 payments; 24 of them clear £3,600.00.
        assert "£5,400.00" in text
        assert "Longer than two years" in text

    def test_holds_no_ongoing_maintenance(self, client: Client, rosa: User) -> None:
        case = make_case(rosa)

        answer = client.post(reverse("arrears:new-plan", args=[case.pk]), self.ORDER | {"total": "300"})

        assert list(answer.context["form"].errors) == ["total"]
        assert not RepaymentPlan.objects.exists()


class TestAPlanThatWasStruckOut:
    def test_stays_on_the_list_and_has_no_page(self, client: Client, real: Case) -> None:
        plan = second_of(real)
        client.post(reverse("pages:strike-out", args=[real.pk, plan.pk]), {"reason": "typed twice"})

        assert client.get(address(real, plan)).status_code == 404
        text = client.get(reverse("arrears:plans", args=[real.pk])).content.decode()
        assert "<s>£81.00 to the arrears, from 1 December 2022</s>" in text
        assert "typed twice" in text


class TestAnOffer:
    @pytest.fixture
    def pauls(self, client: Client) -> Case:
        paul = make_user(PAUL)
        client.force_login(paul)
        self.paul = paul
        return monthly_case(paul, first_due=dt.date(2026, 9, 1), perspective=Perspective.PAYING)

    @pytest.fixture
    def kept(self, pauls: Case) -> PlanProposal:
        return operations.keep_proposal(actor=self.paul, case=pauls, proposal=OFFER)

    def test_is_marked_as_sent_and_answered_and_fills_the_form_of_the_plan(
        self, client: Client, pauls: Case, kept: PlanProposal
    ) -> None:
        client.post(reverse("arrears:send-proposal", args=[pauls.pk, kept.pk]), day("sent_on", "2026-11-02"))
        compare = client.get(reverse("arrears:compare", args=[pauls.pk])).content.decode()
        answer = client.post(
            reverse("arrears:answer-proposal", args=[pauls.pk, kept.pk]),
            {"answer": "agreed", **day("answered_on", "2026-11-20")},
            follow=True,
        )

        assert "Sent to CMS on 2 November 2026. No answer is on this record yet." in compare
        form = answer.context["form"]
        assert (form["total"].value(), form["arrears_part"].value()) == ("360.00", "100.00")
        assert (form["agreed_on"].value(), form["frequency"].value()) == (dt.date(2026, 11, 20), "monthly")
        kinds = list(Event.objects.filter(case_id=pauls.pk, kind__startswith="proposal").values_list("kind", flat=True))
        assert kinds == ["proposal.kept", "proposal.sent", "proposal.answered"]

    def test_that_was_refused_stays_to_be_seen(self, client: Client, pauls: Case, kept: PlanProposal) -> None:
        client.post(reverse("arrears:send-proposal", args=[pauls.pk, kept.pk]), day("sent_on", "2026-11-02"))

        answer = client.post(
            reverse("arrears:answer-proposal", args=[pauls.pk, kept.pk]),
            {"answer": "refused", **day("answered_on", "2026-11-20")},
            follow=True,
        )

        assert "CMS did not agree to it on 20 November 2026." in answer.content.decode()

    def test_cannot_be_answered_before_it_was_sent(self, client: Client, pauls: Case, kept: PlanProposal) -> None:
        where = reverse("arrears:answer-proposal", args=[pauls.pk, kept.pk])
        typed = {"answer": "agreed", **day("answered_on", "2026-11-20")}

        unsent = client.post(where, typed)
        client.post(reverse("arrears:send-proposal", args=[pauls.pk, kept.pk]), day("sent_on", "2026-11-21"))
        too_old = client.post(where, typed)

        assert unsent.context["form"].non_field_errors()
        assert list(too_old.context["form"].errors) == ["answered_on"]
        kept.refresh_from_db()
        assert (kept.answer, kept.answered_on) == ("", None)

    def test_that_was_answered_is_not_sent_again(self, pauls: Case, kept: PlanProposal) -> None:
        known = {"actor": self.paul, "case": pauls, "proposal_id": kept.pk}
        operations.mark_proposal_sent(**known, sent_on=dt.date(2026, 11, 2))
        operations.record_proposal_answer(**known, answer=ProposalAnswer.REFUSED, answered_on=dt.date(2026, 11, 3))

        with pytest.raises(Refusal):
            operations.mark_proposal_sent(**known, sent_on=dt.date(2026, 11, 4))

    def test_of_another_case_is_not_found(self, client: Client, pauls: Case, kept: PlanProposal) -> None:
        other = make_case(self.paul)

        assert client.get(reverse("arrears:send-proposal", args=[other.pk, kept.pk])).status_code == 404
        with pytest.raises(Refusal):
            operations.mark_proposal_sent(
                actor=self.paul, case=other, proposal_id=kept.pk, sent_on=dt.date(2026, 11, 2)
            )

    def test_that_is_named_oddly_fills_nothing_in(self, client: Client, pauls: Case) -> None:
        answer = client.get(reverse("arrears:new-plan", args=[pauls.pk]) + "?offer=nonsense")

        assert answer.context["form"]["total"].value() is None

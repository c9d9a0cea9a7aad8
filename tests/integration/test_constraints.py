"""Each named constraint, on the database that the tests run on. A test bears the constraint's name."""

import datetime as dt
import uuid
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models.functions import Now
from djmoney.money import Money

from arrears.models import (
    Adjustment,
    BankReference,
    BudgetLine,
    CaseloadEntry,
    Claim,
    LiabilityOrder,
    OpeningBalance,
    OtherMoney,
    Payment,
    PaymentAllocation,
    PlanProposal,
    RepaymentPlan,
    Settlement,
    Statement,
    Step,
)
from cases.core.roles import Role
from cases.models import (
    Calculation,
    Case,
    CaseMembership,
    Invitation,
    PaymentSchedule,
    ServicePeriod,
    SharedCopy,
    StrikeOut,
)
from cms_tracker.pages.worklist import refresh
from correspondence.models import Contact, EvidenceFile, Job, Letter, LetterStep, PromiseOutcome
from tests.cast import ROSA, SAM
from tests.factories import make_user
from tests.integration.bundle_constraints import TestTheBundles as TestTheBundles
from tests.integration.constraints import copied, refused, refused_copy, refused_part_of_a_penny
from tests.integration.constraints_of_audit import TestTheAudit as TestTheAudit
from tests.integration.constraints_of_challenges import TestTheChallenges  # noqa: F401 - same
from tests.integration.constraints_of_deadlines import TestTheDeadlines  # noqa: F401 - it runs here
from tests.integration.constraints_of_desk import TestTheDesk as TestTheDesk
from tests.integration.constraints_of_lists import TestTheResults, TestTheViews  # noqa: F401 - same
from tests.integration.constraints_of_organisations import TestTheOrganisations, given, held, post  # noqa: F401 - same
from tests.integration.constraints_of_people import TestThePeople as TestThePeople
from tests.integration.constraints_of_rights import TestTheRights as TestTheRights
from tests.integration.one_of_each import DAY, one_of_each
from tests.integration.sharing_constraints import TestThePlansThatAreShown as TestThePlansThatAreShown
from tests.integration.statement_constraints import TestTheBatches as TestTheBatches
from tests.integration.statement_constraints import TestTheStatements as TestTheStatements
from tests.integration.transit_constraints import TestTheMoneyOnItsWay as TestTheMoneyOnItsWay

pytestmark = pytest.mark.django_db
OURS = {"audit", "users", "cases", "arrears", "correspondence", "rights"}


@pytest.fixture
def case() -> Case:
    return one_of_each(make_user(ROSA))


class TestTheCase:
    def test_case_nation_is_known(self, case: Case) -> None:
        refused_copy("case_nation_is_known", Case, nation="uk")

    def test_case_scheme_is_known(self, case: Case) -> None:
        refused_copy("case_scheme_is_known", Case, scheme="csa_1066")

    def test_case_belongs_to_one_side(self, case: Case) -> None:
        refused_copy("case_belongs_to_one_side", Case, perspective="both")

    def test_case_allocation_rule_is_known(self, case: Case) -> None:
        refused_copy("case_allocation_rule_is_known", Case, allocation_rule="newest_first")

    def test_lets_two_files_hold_the_same_reference(self, case: Case) -> None:
        one_of_each(make_user(SAM))
        assert Case.objects.filter(reference=case.reference).count() == 2

    def test_membership_role_is_known(self, case: Case) -> None:
        refused("membership_role_is_known", CaseMembership, case=case, user=make_user(SAM), role="guest")

    def test_membership_once_per_person(self, case: Case) -> None:
        sam = make_user(SAM)
        CaseMembership.objects.create(case=case, user=sam, role=Role.HELPER, ended_at=Now())
        CaseMembership.objects.create(case=case, user=sam, role=Role.HELPER)
        named = "membership_once_per_person|case_id, cases_casemembership.user_id"
        refused(named, CaseMembership, case=case, user=sam, role=Role.ADVISER)

    def test_case_has_one_owner(self, case: Case) -> None:
        named = "case_has_one_owner|UNIQUE constraint failed: cases_casemembership.case_id"
        refused(named, CaseMembership, case=case, user=make_user(SAM), role=Role.OWNER)

    def test_invitation_never_makes_an_owner(self, case: Case) -> None:
        values = {"case": case, "label": "x", "code_hash": "1", "expires_at": Now()}
        Invitation.objects.create(role=Role.HELPER, **values)
        refused("invitation_never_makes_an_owner", Invitation, role=Role.OWNER, **values | {"code_hash": "2"})

    def test_strike_out_has_a_reason(self, case: Case) -> None:
        StrikeOut.objects.create(case=case, fact_id=uuid.uuid4(), on=DAY, reason="Slip")
        refused("strike_out_has_a_reason", StrikeOut, case=case, fact_id=uuid.uuid4(), on=DAY, reason="")

    def test_strike_out_takes_a_fact_once(self, case: Case) -> None:
        fact_id, other = uuid.uuid4(), one_of_each(make_user(SAM))
        values = {"fact_id": fact_id, "on": DAY, "reason": "Slip"}
        StrikeOut.objects.create(case=case, **values)
        StrikeOut.objects.create(case=other, **values)
        if connection.vendor == "sqlite":  # the guard against REPLACE speaks first
            with connection.cursor() as cursor:
                cursor.execute("DROP TRIGGER cases_strikeout_no_replace")
        named = "strike_out_takes_a_fact_once|cases_strikeout.case_id, cases_strikeout.fact_id"
        refused(named, StrikeOut, case=case, **values)

    def test_schedule_frequency_is_known(self, case: Case) -> None:
        refused_copy("schedule_frequency_is_known", PaymentSchedule, frequency="daily")

    def test_service_type_is_known(self, case: Case) -> None:
        refused_copy("service_type_is_known", ServicePeriod, type="cash")


class TestTheMoney:
    def test_payment_route_is_known(self, case: Case) -> None:
        refused_copy("payment_route_is_known", Payment, route="pigeon")

    def test_payment_is_positive(self, case: Case) -> None:
        refused_copy("payment_is_positive", Payment, amount_pence=0)

    def test_allocation_is_positive(self, case: Case) -> None:
        refused_copy("allocation_is_positive", PaymentAllocation, amount_pence=0)

    def test_adjustment_kind_is_known(self, case: Case) -> None:
        refused_copy("adjustment_kind_is_known", Adjustment, kind="gift")

    def test_adjustment_is_positive(self, case: Case) -> None:
        refused_copy("adjustment_is_positive", Adjustment, amount_pence=0)

    def test_plan_frequency_is_known(self, case: Case) -> None:
        refused_copy("plan_frequency_is_known", RepaymentPlan, frequency="daily")

    def test_proposal_says_what_goes_to_the_arrears(self, case: Case) -> None:
        values = {
            "case": case,
            "label": "Mine",
            "arrears": Money(100, "GBP"),
            "first_payment_on": DAY,
            "frequency": "monthly",
        }
        PlanProposal.objects.create(**values, total=Money(10, "GBP"), ongoing=Money(5, "GBP"))
        refused("proposal_says_what_goes_to_the_arrears", PlanProposal, **values, total=Money(10, "GBP"))

    @pytest.mark.parametrize(
        ("model", "column"),
        [
            (OpeningBalance, "amount_pence"), (Payment, "amount_pence"), (PaymentAllocation, "amount_pence"),
            (Adjustment, "amount_pence"), (Statement, "amount_pence"), (RepaymentPlan, "total_pence"),
            (RepaymentPlan, "arrears_part_pence"), (Calculation, "weekly_pence"), (Calculation, "instalment_pence"),
        ],
    )  # fmt: skip
    def test_is_never_negative(self, case: Case, model: type[models.Model], column: str) -> None:
        values = copied(model) | {column: -1}
        with pytest.raises(IntegrityError), transaction.atomic():
            model._default_manager.create(**values)

    def test_payment_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("payment_is_whole_pence", Payment, "amount_pence")

    def test_allocation_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("allocation_is_whole_pence", PaymentAllocation, "amount_pence")

    def test_opening_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("opening_is_whole_pence", OpeningBalance, "amount_pence")

    def test_adjustment_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("adjustment_is_whole_pence", Adjustment, "amount_pence")

    def test_statement_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("statement_is_whole_pence", Statement, "amount_pence")

    def test_plan_total_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("plan_total_is_whole_pence", RepaymentPlan, "total_pence")

    def test_plan_arrears_part_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("plan_arrears_part_is_whole_pence", RepaymentPlan, "arrears_part_pence")

    def test_calculation_weekly_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("calculation_weekly_is_whole_pence", Calculation, "weekly_pence")

    def test_calculation_instalment_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("calculation_instalment_is_whole_pence", Calculation, "instalment_pence")

    def test_plan_origin_is_known(self, case: Case) -> None:
        refused_copy("plan_origin_is_known", RepaymentPlan, origin="fate")

    def test_proposal_answer_is_known(self, case: Case) -> None:
        PlanProposal.objects.create(**_proposal(case), sent_on=DAY, answered_on=DAY, answer="refused")
        refused(
            "proposal_answer_is_known", PlanProposal, **_proposal(case), sent_on=DAY, answered_on=DAY, answer="perhaps"
        )

    def test_proposal_is_answered_once_sent(self, case: Case) -> None:
        refused("proposal_is_answered_once_sent", PlanProposal, **_proposal(case), answered_on=DAY, answer="agreed")
        refused("proposal_is_answered_once_sent", PlanProposal, **_proposal(case), sent_on=DAY, answered_on=DAY)

    @pytest.mark.parametrize("word", ["'ten'", "'1.5'", "1.5", "'1e5'"])
    def test_is_a_whole_number_whatever_plain_sql_says(self, case: Case, word: str) -> None:
        names = ", ".join(
            f'"{field.column}"' for field in Payment._meta.concrete_fields if field.column not in {"id", "amount_pence"}
        )
        with suppress(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO arrears_payment (id, amount_pence, {names}) "
                f"SELECT '{uuid.uuid4().hex}', {word}, {names} FROM arrears_payment"
            )
        with connection.cursor() as cursor:
            cursor.execute("SELECT amount_pence FROM arrears_payment")
            assert {type(amount) for (amount,) in cursor.fetchall()} == {int}


class TestTheWords:
    def test_contact_kind_is_known(self, case: Case) -> None:
        refused_copy("contact_kind_is_known", Contact, kind="dream")

    def test_contact_goes_in_or_out(self, case: Case) -> None:
        refused_copy("contact_goes_in_or_out", Contact, direction="up")

    def test_promise_outcome_is_known(self, case: Case) -> None:
        refused_copy("promise_outcome_is_known", PromiseOutcome, outcome="maybe")

    def test_letter_file_has_its_hash(self, case: Case) -> None:
        _letter(case)
        refused_copy("letter_file_has_its_hash", Letter, pdf_name="somewhere")

    def test_letter_step_is_known(self, case: Case) -> None:
        refused_copy("letter_step_is_known", LetterStep, kind="burnt", how="")

    def test_letter_step_contact_is_a_reply(self, case: Case) -> None:
        refused_copy("letter_step_contact_is_a_reply", LetterStep, contact_id=Contact.objects.get().pk)

    def test_letter_posting_is_known(self, case: Case) -> None:
        _letter(case)
        refused_copy("letter_posting_is_known", LetterStep, how="pigeon")
        refused_copy("letter_posting_is_known", LetterStep, kind="delivered", how="post")


class TestTheWork:
    @pytest.fixture
    def paper(self, case: Case) -> dict[str, Any]:
        """The values of work on a paper, which the database takes."""
        values = {"case": case, "kind": "letter", "subject": uuid.uuid4()}
        Job.objects.create(**values)
        return values | {"subject": uuid.uuid4()}

    def test_one_job_per_paper(self, paper: dict[str, Any]) -> None:
        Job.objects.create(**paper)
        refused("one_job_per_paper|correspondence_job.kind, correspondence_job.subject", Job, **paper)

    def test_job_state_is_known(self, paper: dict[str, Any]) -> None:
        refused("job_state_is_known", Job, **paper, state="lost")

    def test_job_in_hand_has_a_lease(self, paper: dict[str, Any]) -> None:
        refused("job_in_hand_has_a_lease", Job, **paper, state="rendering")

    def test_failed_job_says_why(self, paper: dict[str, Any]) -> None:
        refused("failed_job_says_why", Job, **paper, state="failed")


class TestTheOtherMoney:
    def test_claim_kind_is_known(self, case: Case) -> None:
        refused_copy("claim_kind_is_known", Claim, kind="gift")

    def test_claim_is_positive(self, case: Case) -> None:
        refused_copy("claim_is_positive", Claim, amount_pence=0)

    def test_claim_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("claim_is_whole_pence", Claim, "amount_pence")

    def test_settlement_is_part_of_the_arrears(self, case: Case) -> None:
        refused_copy("settlement_is_part_of_the_arrears", Settlement, amount_pence=300)

    def test_settlement_arrears_are_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("settlement_arrears_are_whole_pence", Settlement, "arrears_pence")

    def test_settlement_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("settlement_is_whole_pence", Settlement, "amount_pence")

    def test_order_ends_after_it_begins(self, case: Case) -> None:
        refused_copy("order_ends_after_it_begins", LiabilityOrder, to_on=DAY - dt.timedelta(days=1))

    def test_order_is_positive(self, case: Case) -> None:
        refused_copy("order_is_positive", LiabilityOrder, amount_pence=0)

    def test_order_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("order_is_whole_pence", LiabilityOrder, "amount_pence")

    def test_other_money_kind_is_known(self, case: Case) -> None:
        refused_copy("other_money_kind_is_known", OtherMoney, kind="fine")

    def test_other_money_is_positive(self, case: Case) -> None:
        refused_copy("other_money_is_positive", OtherMoney, amount_pence=0)

    def test_other_money_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("other_money_is_whole_pence", OtherMoney, "amount_pence")

    def test_step_kind_is_known(self, case: Case) -> None:
        refused_copy("step_kind_is_known", Step, kind="dreamt")

    def test_step_is_about_one_thing(self, case: Case) -> None:
        plan = RepaymentPlan.objects.get()
        refused_copy("step_is_about_one_thing", Step, plan_id=plan.pk)
        refused_copy("step_is_about_one_thing", Step, claim_id=None)

    def test_step_is_positive(self, case: Case) -> None:
        refused_copy("step_is_positive", Step, amount_pence=0)

    def test_step_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("step_is_whole_pence", Step, "amount_pence")

    def test_budget_category_is_known(self, case: Case) -> None:
        refused_copy("budget_category_is_known", BudgetLine, category="yacht")

    def test_budget_every_is_known(self, case: Case) -> None:
        refused_copy("budget_every_is_known", BudgetLine, every="moon")

    def test_budget_line_is_positive(self, case: Case) -> None:
        refused_copy("budget_line_is_positive", BudgetLine, amount_pence=0)

    def test_budget_line_is_whole_pence(self, case: Case) -> None:
        refused_part_of_a_penny("budget_line_is_whole_pence", BudgetLine, "amount_pence")

    def test_bank_reference_is_kept_once(self, case: Case) -> None:
        BankReference.objects.create(case=case, digest="0" * 64)
        named = "bank_reference_is_kept_once|arrears_bankreference.case_id, arrears_bankreference.digest"
        refused(named, BankReference, case=case, digest="0" * 64)


class TestFiles:
    @pytest.fixture(autouse=True)
    def _kept(self, case: Case) -> None:
        """Rows to copy."""

    def test_evidence_belongs_to_one_thing(self, case: Case) -> None:
        letter = Letter.objects.create(case=case, kind="x", dated_on=DAY, facts={}, html="x")
        refused("evidence_belongs_to_one_thing", EvidenceFile, **copied(EvidenceFile, letter_id=letter.pk))

    def test_evidence_says_what_it_shows(self) -> None:
        refused("evidence_says_what_it_shows", EvidenceFile, **copied(EvidenceFile, shows=""))

    def test_file_has_one_shared_copy(self) -> None:
        named = "file_has_one_shared_copy|append-only"  # the guard against REPLACE sees it first on SQLite
        refused(named, SharedCopy, **copied(SharedCopy))


class TestTheList:
    @pytest.fixture(autouse=True)
    def _entered(self, case: Case) -> None:
        CaseMembership.objects.create(case=case, user=make_user(SAM), role=Role.HELPER)
        refresh([case.pk], on=DAY)

    def test_caseload_has_a_case_once(self) -> None:
        named = "caseload_has_a_case_once|arrears_caseloadentry.user_id, arrears_caseloadentry.snapshot_id"
        refused(named, CaseloadEntry, **copied(CaseloadEntry))

    def test_caseload_side_is_known(self) -> None:
        refused("caseload_side_is_known", CaseloadEntry, **copied(CaseloadEntry, side="both"))


class TestTheConstraints:
    def test_have_each_a_test_that_bears_their_name(self) -> None:
        tests = {name for thing in globals().values() if isinstance(thing, type) for name in vars(thing)}
        names = [
            constraint.name
            for model in apps.get_models()
            if model._meta.app_label in OURS
            for constraint in model._meta.constraints
        ]
        assert len(names) > 25
        assert [name for name in names if f"test_{name}" not in tests] == []


def _proposal(case: Case) -> dict[str, Any]:
    terms = {"arrears": Money(100, "GBP"), "arrears_part": Money(10, "GBP")}
    return {"case": case, "label": "Mine", "first_payment_on": DAY, "frequency": "monthly", **terms}


def _letter(case: Case) -> Letter:
    return Letter.objects.create(
        case=case, kind="missed-payments", dated_on=DAY, facts={}, html="", template_version="1", rates_version="1"
    )

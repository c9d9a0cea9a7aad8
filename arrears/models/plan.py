"""Repayment plans: those CMS put in place (facts), and those a person is thinking about."""

import uuid
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now
from djmoney.models.fields import MoneyField
from djmoney.money import Money

from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.core.facts import PlanOrigin
from cases.core.facts import Frequency
from cms_tracker.audit.append_only import Fact, whole
from cms_tracker.sealed.fields import EncryptedCharField


class RepaymentPlan(Fact):
    """A plan as CMS put it: each payment of ``total_pence`` holds ``arrears_part_pence``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField()
    first_payment_on = models.DateField()
    frequency = models.CharField(max_length=12)
    total_pence = models.PositiveBigIntegerField()
    arrears_part_pence = models.PositiveBigIntegerField()
    origin = models.CharField(max_length=20, default=PlanOrigin.NEGOTIATED)
    cms_word = EncryptedCharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(origin__in=list(PlanOrigin)), name="plan_origin_is_known"),
            models.CheckConstraint(condition=models.Q(frequency__in=list(Frequency)), name="plan_frequency_is_known"),
            whole("total_pence", name="plan_total_is_whole_pence"),
            whole("arrears_part_pence", name="plan_arrears_part_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = (
            "agreed_on", "first_payment_on", "frequency", "total_pence", "arrears_part_pence", "origin",
            "cms_word", "note", "entered_at",
        )  # fmt: skip
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


def as_pounds(pence: int | None) -> Money | None:
    """Whole pence as the amount of pounds that a proposal keeps."""
    return None if pence is None else Money(Decimal(pence).scaleb(-2), "GBP")


def as_pence(amount: Money | None) -> int | None:
    """An amount that a proposal keeps, in whole pence. Raises ValueError where it is not one of whole pence, in GBP."""
    if amount is None:
        return None
    pence = amount.amount.scaleb(2)
    if str(amount.currency) != "GBP" or pence != int(pence):
        raise ValueError(f"{amount!r} is no amount of whole pence")
    return int(pence)


class PlanProposal(models.Model):
    """A plan that a person typed to compare. Not a fact: it may be thrown away.

    ``net_income`` is for the same interval as a payment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    label = EncryptedCharField(max_length=60)
    arrears = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP")
    first_payment_on = models.DateField()
    frequency = models.CharField(max_length=12)
    arrears_part = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP", null=True)
    total = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP", null=True)
    ongoing = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP", null=True)
    fee = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP", null=True)
    review_on = models.DateField(null=True)
    net_income = MoneyField(max_digits=11, decimal_places=2, default_currency="GBP", null=True)
    sent_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["PlanProposal"]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(arrears_part__isnull=False) | models.Q(total__isnull=False, ongoing__isnull=False),
                name="proposal_says_what_goes_to_the_arrears",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=["", *ProposalAnswer]), name="proposal_answer_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_on__isnull=True)
                | ~models.Q(answer="") & models.Q(answered_on__isnull=False, sent_on__isnull=False),
                name="proposal_is_answered_once_sent",
            ),
        ]

    class Privacy:
        """Personal."""

        personal = (
            "label", "arrears", "first_payment_on", "frequency", "arrears_part", "total", "ongoing", "fee", "review_on",
            "net_income", "sent_on", "answered_on", "answer", "made_at",
        )  # fmt: skip
        public = ("id", "case", "arrears_currency", "arrears_part_currency", "total_currency", "ongoing_currency",
                  "fee_currency", "net_income_currency")  # fmt: skip

    def __str__(self) -> str:
        return str(self.pk)

    @classmethod
    def of(cls, terms: Proposal, *, case_id: uuid.UUID, key: uuid.UUID) -> "PlanProposal":
        """The row, not saved yet, that keeps these terms."""
        return cls(
            id=key,
            case_id=case_id,
            label=terms.label,
            arrears=as_pounds(terms.arrears),
            first_payment_on=terms.first_payment_on,
            frequency=terms.frequency,
            arrears_part=as_pounds(terms.instalment),
            total=as_pounds(terms.total),
            ongoing=as_pounds(terms.ongoing),
            fee=as_pounds(terms.fee),
            review_on=terms.review_on,
            net_income=as_pounds(terms.net_income),
            sent_on=terms.sent_on,
            answered_on=terms.answered_on,
            answer=terms.answer or "",
        )

    @property
    def terms(self) -> Proposal:
        """The terms that the row keeps."""
        return Proposal(
            label=self.label,
            arrears=as_pence(self.arrears) or 0,
            first_payment_on=self.first_payment_on,
            frequency=Frequency(self.frequency),
            instalment=as_pence(self.arrears_part),
            total=as_pence(self.total),
            ongoing=as_pence(self.ongoing),
            fee=as_pence(self.fee),
            review_on=self.review_on,
            net_income=as_pence(self.net_income),
            sent_on=self.sent_on,
            answered_on=self.answered_on,
            answer=ProposalAnswer(self.answer) if self.answer else None,
        )

"""Claims, settlements, orders and money in pots of its own; and the steps of claims, settlements and plans."""

from django.db import models

from arrears.core import other_facts
from cms_tracker.audit.append_only import Fact, whole
from cms_tracker.sealed.fields import EncryptedCharField


class Claim(Fact):
    """A payment that CMS was asked to count. ``recorded_on`` empty: known from the day it was paid."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    paid_on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    recorded_on = models.DateField(null=True)
    what = EncryptedCharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(other_facts.ClaimKind)), name="claim_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="claim_is_positive"),
            whole("amount_pence", name="claim_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("kind", "paid_on", "amount_pence", "recorded_on", "what", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Settlement(Fact):
    """A part payment in full and final settlement: ``amount_pence`` instead of ``arrears_pence``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    offered_on = models.DateField()
    arrears_pence = models.PositiveBigIntegerField()
    amount_pence = models.PositiveBigIntegerField()
    pay_by = models.DateField(null=True)
    recorded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_pence__gt=0, amount_pence__lt=models.F("arrears_pence")),
                name="settlement_is_part_of_the_arrears",
            ),
            whole("arrears_pence", name="settlement_arrears_are_whole_pence"),
            whole("amount_pence", name="settlement_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("offered_on", "arrears_pence", "amount_pence", "pay_by", "recorded_on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class LiabilityOrder(Fact):
    """A court's order for ``amount_pence`` that fell due from ``from_on`` to ``to_on``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    granted_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    applied_on = models.DateField(null=True)
    court = EncryptedCharField(max_length=200, blank=True)
    reference = EncryptedCharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")), name="order_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="order_is_positive"),
            whole("amount_pence", name="order_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = (
            "granted_on", "from_on", "to_on", "amount_pence", "applied_on", "court", "reference", "note", "entered_at",
        )  # fmt: skip
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class OtherMoney(Fact):
    """Money that is never arrears, in its own pot."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    recorded_on = models.DateField(null=True)
    reason = EncryptedCharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(other_facts.OtherMoneyKind)), name="other_money_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="other_money_is_positive"),
            whole("amount_pence", name="other_money_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("kind", "on", "amount_pence", "recorded_on", "reason", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Step(Fact):
    """One thing said or done about one claim, settlement or plan. ``amount_pence`` where it moves the balance."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", null=True)
    settlement = models.ForeignKey(Settlement, on_delete=models.CASCADE, related_name="+", null=True)
    plan = models.ForeignKey("arrears.RepaymentPlan", on_delete=models.CASCADE, related_name="+", null=True)
    kind = models.CharField(max_length=20)
    on = models.DateField()
    recorded_on = models.DateField(null=True)
    amount_pence = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(other_facts.StepKind)), name="step_kind_is_known"),
            models.CheckConstraint(
                condition=(
                    models.Q(claim__isnull=False, settlement__isnull=True, plan__isnull=True)
                    | models.Q(claim__isnull=True, settlement__isnull=False, plan__isnull=True)
                    | models.Q(claim__isnull=True, settlement__isnull=True, plan__isnull=False)
                ),
                name="step_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_pence__isnull=True) | models.Q(amount_pence__gt=0), name="step_is_positive"
            ),
            whole("amount_pence", name="step_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("kind", "on", "recorded_on", "amount_pence", "note", "entered_at")
        public = ("id", "case", "claim", "settlement", "plan")

    def __str__(self) -> str:
        return str(self.pk)

"""The money rows: whole pence, positive, append-only. What fell due is computed, never stored."""

from django.db import models

from arrears.core import facts
from cms_tracker.audit.append_only import AppendOnly, Fact, Limit, whole
from cms_tracker.sealed.fields import EncryptedCharField


class OpeningBalance(Fact):
    """A balance brought in: a liability order, a CSA debt."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    source = EncryptedCharField(max_length=200, blank=True)

    class Meta:
        constraints = [whole("amount_pence", name="opening_is_whole_pence")]

    class Privacy:
        """Personal."""

        personal = ("on", "amount_pence", "source", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Payment(Fact):
    """Money that came or was paid. ``recorded_on`` empty: known from the day it was paid."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    paid_on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    route = models.CharField(max_length=20)
    paid_to_cms_on = models.DateField(null=True)
    recorded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(route__in=list(facts.Route)), name="payment_route_is_known"),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="payment_is_positive"),
            whole("amount_pence", name="payment_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("paid_on", "amount_pence", "route", "paid_to_cms_on", "recorded_on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class PaymentAllocation(AppendOnly):
    """A part of a payment that CMS or the payer said was for the amount due on ``due_on``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="allocation")
    due_on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="allocation_is_positive"),
            whole("amount_pence", name="allocation_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("due_on", "amount_pence")
        public = ("id", "case", "payment", "position")

    def __str__(self) -> str:
        return str(self.pk)


class Observation(Fact):
    """A person noted, on ``noted_on``, that nothing came for the instalment of ``due_on``."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    noted_on = models.DateField()

    class Privacy:
        """Personal."""

        personal = ("due_on", "noted_on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Adjustment(Fact):
    """A correction, write-off, offset or other credit that CMS made."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    on = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    recorded_on = models.DateField(null=True)
    reason = EncryptedCharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(facts.AdjustmentKind)), name="adjustment_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="adjustment_is_positive"),
            whole("amount_pence", name="adjustment_is_whole_pence"),
        ]

    class Privacy:
        """Personal."""

        personal = ("kind", "on", "amount_pence", "recorded_on", "reason", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class Statement(Fact):
    """A figure that CMS gave: ``amount_pence`` owed on ``as_at``, stated on ``stated_on``."""

    limit = Limit(facts.MOST_STATEMENTS, "figures from CMS", "as_at")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    stated_on = models.DateField()
    as_at = models.DateField()
    amount_pence = models.PositiveBigIntegerField()
    source = EncryptedCharField(max_length=200, blank=True)

    class Meta:
        constraints = [whole("amount_pence", name="statement_is_whole_pence")]

    class Privacy:
        """Personal."""

        personal = ("stated_on", "as_at", "amount_pence", "source", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)

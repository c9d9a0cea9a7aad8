"""What CMS decided: the weekly amount, the service, the payment dates."""

from django.db import models

from cases.core import facts, limits
from cms_tracker.audit.append_only import Fact, Limit, whole
from cms_tracker.sealed.fields import EncryptedCharField


class Calculation(Fact):
    """A CMS decision on the weekly amount (pence), as the letter states it."""

    limit = Limit(limits.MOST_DECISIONS, "CMS decisions", "effective_on")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    weekly_pence = models.PositiveIntegerField()
    instalment_pence = models.PositiveIntegerField(null=True)
    effective_on = models.DateField()
    decided_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    reason = EncryptedCharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            whole("weekly_pence", name="calculation_weekly_is_whole_pence"),
            whole("instalment_pence", name="calculation_instalment_is_whole_pence"),
        ]

    class Privacy:
        """What a family lives on: personal."""

        personal = (
            "weekly_pence", "instalment_pence", "effective_on", "decided_on", "notified_on", "reason", "note",
            "entered_at",
        )  # fmt: skip
        public = ("id", "case", "sequence")

    def __str__(self) -> str:
        return str(self.pk)


class PaymentSchedule(Fact):
    """The payment dates: every ``frequency`` counted from ``first_due_on``."""

    limit = Limit(limits.MOST_SCHEDULES, "payment dates", "first_due_on")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    frequency = models.CharField(max_length=12)
    first_due_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frequency__in=list(facts.Frequency)), name="schedule_frequency_is_known"
            ),
        ]

    class Privacy:
        """When money is expected: personal."""

        personal = ("frequency", "first_due_on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class ServicePeriod(Fact):
    """Direct Pay or Collect and Pay, from a day until the next period begins."""

    limit = Limit(limits.MOST_SERVICES, "services", "from_on")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=20)
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(type__in=list(facts.ServiceType)), name="service_type_is_known"),
        ]

    class Privacy:
        """How money travels: personal."""

        personal = ("type", "from_on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)

"""What happened in a case beside money, decisions and words."""

from django.db import models

from arrears.core.case_events import MOST_EVENTS
from arrears.core.event_values import EventKind, Power
from cms_tracker.audit.append_only import Fact, Limit, whole

_STEPS = [kind for kind in EventKind if kind.names_a_power]


class CaseEvent(Fact):
    """A notice, a change of service, an end, a private arrangement, or a step of enforcement, on its day.

    ``power`` is empty but for steps of enforcement. Nothing here is part of what is owed.
    """

    limit = Limit(MOST_EVENTS, "events", "on")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    power = models.CharField(max_length=30, blank=True)
    on = models.DateField()
    amount_pence = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(EventKind)), name="event_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind__in=_STEPS, power__in=list(Power))
                | (~models.Q(kind__in=_STEPS) & models.Q(power="")),
                name="event_names_a_power_if_it_is_a_step",
            ),
            whole("amount_pence", name="event_amount_is_whole_pence"),
        ]

    class Privacy:
        """What a family is going through: personal."""

        personal = ("kind", "power", "on", "amount_pence", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)

"""What started a time limit, and what became of it."""

from django.db import models

from arrears.core.case_clocks import MOST_CLOCKS
from arrears.core.case_values import ClockKind, ClockResult
from cms_tracker.audit.append_only import Fact, Limit


class ClockStart(Fact):
    """A day from which a time is counted: the one on a letter (or of sending), the one it came, or both.

    ``contact``, ``letter`` and ``decision`` name what it came from, where that is on the record.
    """

    limit = Limit(MOST_CLOCKS, "deadlines", "dated_on")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    dated_on = models.DateField(null=True)
    reached_on = models.DateField(null=True)
    contact = models.ForeignKey("correspondence.Contact", on_delete=models.CASCADE, null=True, related_name="+")
    letter = models.ForeignKey("correspondence.Letter", on_delete=models.CASCADE, null=True, related_name="+")
    decision = models.ForeignKey("cases.Calculation", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(ClockKind)), name="clock_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(dated_on__isnull=False) | models.Q(reached_on__isnull=False),
                name="clock_has_a_day_to_count_from",
            ),
            models.CheckConstraint(
                condition=models.Q(dated_on__isnull=True)
                | models.Q(reached_on__isnull=True)
                | models.Q(reached_on__gte=models.F("dated_on")),
                name="clock_reached_after_it_was_dated",
            ),
        ]

    class Privacy:
        """What a person is going through: personal."""

        personal = ("kind", "dated_on", "reached_on", "note", "entered_at")
        public = ("id", "case", "contact", "letter", "decision")

    def __str__(self) -> str:
        return str(self.pk)


class ClockEnd(Fact):
    """What became of a time limit. The latest ending of a clock counts."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    start = models.ForeignKey(ClockStart, on_delete=models.CASCADE, related_name="ends")
    result = models.CharField(max_length=10)
    on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(result__in=list(ClockResult)), name="clock_result_is_known"),
        ]

    class Privacy:
        """Personal."""

        personal = ("result", "on", "note", "entered_at")
        public = ("id", "case", "start")

    def __str__(self) -> str:
        return str(self.pk)

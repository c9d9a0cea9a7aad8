"""What a person has coming in and going out."""

from django.db import models

from arrears.core import other_facts
from cms_tracker.audit.append_only import AppendOnly, Fact, whole


class Budget(Fact):
    """A budget as it was on a day; its lines follow."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()

    class Privacy:
        """What a person lives on: safety-sensitive."""

        personal = ("on", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)


class BudgetLine(AppendOnly):
    """One line of a budget."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    budget = models.ForeignKey(Budget, on_delete=models.CASCADE, related_name="+")
    category = models.CharField(max_length=30)
    amount_pence = models.PositiveBigIntegerField()
    every = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__in=list(other_facts.BudgetCategory)), name="budget_category_is_known"
            ),
            models.CheckConstraint(condition=models.Q(every__in=list(other_facts.Every)), name="budget_every_is_known"),
            models.CheckConstraint(condition=models.Q(amount_pence__gt=0), name="budget_line_is_positive"),
            whole("amount_pence", name="budget_line_is_whole_pence"),
        ]

    class Privacy:
        """What a person lives on: safety-sensitive."""

        personal = ("category", "amount_pence", "every")
        public = ("id", "case", "budget", "position")

    def __str__(self) -> str:
        return str(self.pk)

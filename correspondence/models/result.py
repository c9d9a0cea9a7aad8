"""What came of the work on a case."""

from django.db import models

from arrears.core.case_results import MOST_CHILDREN, MOST_RESULTS
from arrears.core.case_values import ResultKind, ResultMeans, ResultStage
from cms_tracker.audit.append_only import Fact, Limit, whole


class CaseResult(Fact):
    """Something that changed, on a day: what, how far the case had to go for it, and what did it.

    ``gained_pence`` is what the person typed; nothing here is part of what is owed.
    """

    limit = Limit(MOST_RESULTS, "results", "kind")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=20)
    stage = models.CharField(max_length=20)
    means = models.CharField(max_length=20)
    gained_pence = models.PositiveBigIntegerField()
    children = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(ResultKind)), name="result_kind_is_known"),
            models.CheckConstraint(condition=models.Q(stage__in=list(ResultStage)), name="result_stage_is_known"),
            models.CheckConstraint(condition=models.Q(means__in=list(ResultMeans)), name="result_means_is_known"),
            models.CheckConstraint(condition=models.Q(children__lte=MOST_CHILDREN), name="result_children_are_few"),
            whole("gained_pence", name="result_gained_is_whole_pence"),
        ]

    class Privacy:
        """What a family got in the end: personal."""

        personal = ("on", "kind", "stage", "means", "gained_pence", "children", "note", "entered_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)

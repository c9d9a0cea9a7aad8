"""A case file: one parent's own record of one CMS case."""

import uuid

from django.db import models
from django.db.models.functions import Now

from cases.core import facts
from cms_tracker.sealed.fields import EncryptedCharField, EncryptedTextField


class Case(models.Model):
    """One side's file. Two parents of one CMS case have two files that nothing joins.

    The reference is not unique, on purpose: both parents hold the same one, and an error about a
    duplicate would tell one that the other is here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12)
    nation = models.CharField(max_length=20)
    scheme = models.CharField(max_length=10, default=facts.Scheme.CMS_2012)
    perspective = models.CharField(max_length=10)
    other_parent = EncryptedCharField(max_length=60, default="Other parent")
    allocation_rule = models.CharField(max_length=20, default=facts.AllocationRule.ONGOING_FIRST)
    note = EncryptedTextField(max_length=4000, blank=True)
    opened_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(nation__in=list(facts.Nation)), name="case_nation_is_known"),
            models.CheckConstraint(condition=models.Q(scheme__in=list(facts.Scheme)), name="case_scheme_is_known"),
            models.CheckConstraint(
                condition=models.Q(perspective__in=list(facts.Perspective)), name="case_belongs_to_one_side"
            ),
            models.CheckConstraint(
                condition=models.Q(allocation_rule__in=list(facts.AllocationRule)),
                name="case_allocation_rule_is_known",
            ),
        ]

    class Privacy:
        """Identifies a family's CMS case: safety-sensitive."""

        personal = ("reference", "nation", "other_parent", "note", "opened_at", "perspective")
        public = ("id", "scheme", "allocation_rule")

    def __str__(self) -> str:
        return str(self.pk)


class Child(models.Model):
    """A child of the case, by whatever label the person chose: a name is not needed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="children")
    label = EncryptedCharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    class Privacy:
        """A child's label: personal."""

        personal = ("label",)
        public = ("id", "case", "position")

    def __str__(self) -> str:
        return str(self.pk)

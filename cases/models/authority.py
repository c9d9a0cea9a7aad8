"""What a client let somebody do with their record, and the looks of supervisors that the client can see."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cases.core.authority import Given, Scope
from cms_tracker.sealed.fields import EncryptedCharField, EncryptedTextField


class Authority(models.Model):
    """What a client lets an organisation, or one adviser, do: from a day until a day, unless it is ended before.

    ``evidence_id`` is the file of the signed form in the same record, ``heard_by`` and ``said_on``
    who heard it said, and when. Of an organisation or an adviser at most one stands; a new one ends
    the one before. A later one does not bring an earlier one back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="authorities")
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(
        "cases.CaseMembership", on_delete=models.CASCADE, null=True, related_name="authorities"
    )
    scope = models.CharField(max_length=10)
    given = models.CharField(max_length=10)
    evidence_id = models.UUIDField(null=True)
    said_on = models.DateField(null=True)
    heard_by = EncryptedCharField(max_length=80, blank=True)
    from_on = models.DateField()
    until = models.DateField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(scope__in=list(Scope)), name="authority_scope_is_known"),
            models.CheckConstraint(condition=models.Q(given__in=list(Given)), name="authority_is_given_in_a_known_way"),
            models.CheckConstraint(
                condition=models.Q(organisation=None, membership__isnull=False)
                | models.Q(organisation__isnull=False, membership=None),
                name="authority_is_for_one",
            ),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("from_on")), name="authority_ends_in_order"),
            models.CheckConstraint(
                condition=~models.Q(given=Given.SPOKEN) | models.Q(said_on__isnull=False) & ~models.Q(heard_by=""),
                name="authority_that_was_spoken_was_heard",
            ),
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=models.Q(ended_at=None, organisation__isnull=False),
                name="authority_of_an_organisation_stands_once",
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=models.Q(ended_at=None, membership__isnull=False),
                name="authority_of_an_adviser_stands_once",
            ),
        ]

    class Privacy:
        """Whom a client trusts, and with what: safety-sensitive."""

        personal = (
            "scope", "given", "evidence_id", "said_on", "heard_by", "from_on", "until", "recorded_by", "recorded_at",
            "ended_at", "ended_by",
        )  # fmt: skip
        public = ("id", "case", "organisation", "membership")

    def __str__(self) -> str:
        return str(self.pk)


class Look(models.Model):
    """A supervisor's hour in a record that is not assigned to them: asked for with a reason, perhaps approved.

    It opens nothing by itself: ``membership`` does, and that has an end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="looks")
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(max_length=500)
    asked_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey("cases.Post", on_delete=models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True)
    membership = models.OneToOneField("cases.CaseMembership", on_delete=models.SET_NULL, null=True, related_name="look")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="look_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("asked_by")),
                name="look_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(refused_at=None) | models.Q(opened_at=None), name="look_is_opened_or_refused"
            ),
        ]

    class Privacy:
        """Why somebody looked: personal."""

        personal = ("asked_by", "reason", "asked_at", "approved_by", "refused_at", "opened_at")
        public = ("id", "case", "organisation", "membership")

    def __str__(self) -> str:
        return str(self.pk)

"""Who may open a case file, and the invitations by which a person lets someone in."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cases.core.roles import Role
from cms_tracker.sealed.fields import EncryptedCharField


class CaseMembership(models.Model):
    """This user, this case, this role, until it is ended or has expired. Never by organisation alone.

    ``organisation`` is the one under which an adviser was assigned: the membership counts while it
    does, and while the person has a post there. None for an owner, and for whoever an owner let in.
    ``label`` is the member's own name for the case. Nobody else is ever shown it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        "cases.Organisation", on_delete=models.PROTECT, null=True, related_name="memberships"
    )
    label = EncryptedCharField(max_length=60, blank=True)
    began_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(organisation=None) & ~models.Q(role=Role.VISITOR))
                | (models.Q(organisation__isnull=False) & ~models.Q(role__in=[Role.OWNER, Role.HELPER])),
                name="membership_under_an_organisation_advises",
            ),
            models.CheckConstraint(
                condition=~models.Q(role=Role.VISITOR) | models.Q(expires_at__isnull=False),
                name="membership_of_a_visitor_expires",
            ),
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="membership_role_is_known"),
            models.UniqueConstraint(
                fields=["case", "user"], condition=models.Q(ended_at=None), name="membership_once_per_person"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(role=Role.OWNER, ended_at=None), name="case_has_one_owner"
            ),
        ]

    class Privacy:
        """Who stands by whom: safety-sensitive."""

        personal = ("user", "role", "label", "began_at", "expires_at", "ended_at")
        public = ("id", "case", "organisation")

    def __str__(self) -> str:
        return str(self.pk)


class Invitation(models.Model):
    """A single-use code by which an owner lets one person in. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=10)
    label = EncryptedCharField(max_length=60)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    membership = models.OneToOneField(CaseMembership, on_delete=models.SET_NULL, null=True, related_name="invitation")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[Role.HELPER, Role.ADVISER]), name="invitation_never_makes_an_owner"
            ),
        ]

    class Privacy:
        """The owner's own label for the person invited: personal."""

        personal = ("label", "role", "made_at", "expires_at", "used_at", "withdrawn_at", "code_hash")
        public = ("id", "case", "membership")

    def __str__(self) -> str:
        return str(self.pk)


class ClientCode(models.Model):
    """A single-use code by which a client without a sign-in comes to own the record that was kept for them.

    Only its hash is kept. Works while the record has no owner.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="client_codes")
    code_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey("cases.Post", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Privacy:
        """When a client was given their record: personal."""

        personal = ("code_hash", "made_by", "made_at", "expires_at", "used_at", "withdrawn_at")
        public = ("id", "case")

    def __str__(self) -> str:
        return str(self.pk)

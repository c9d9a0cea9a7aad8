"""Organisations, the places of people in them, and the records they hold. None of this opens a record."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Length, Lower, Now
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from cases.core.organisations import MOST_IN_A_NAME, PostRole
from cms_tracker.sealed.fields import EncryptedCharField


class Organisation(models.Model):
    """A charity, a law centre, an office. Works only while an operator has verified it and it is not closed.

    ``intake_waits``: whoever takes a client in waits for the conflicts lead, each time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=MOST_IN_A_NAME)
    intake_waits = models.BooleanField(default=False)
    made_at = models.DateTimeField(db_default=Now())
    verified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=GreaterThan(Length("name"), 0), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("name"), MOST_IN_A_NAME), name="organisation_name_is_short"
            ),
            models.CheckConstraint(
                condition=~models.Q(name__contains="\n")
                & ~models.Q(name__contains="\r")
                & ~models.Q(name__contains="//")
                & ~models.Q(name__contains="@"),
                name="organisation_name_is_no_address",
            ),
            models.UniqueConstraint(Lower("name"), name="organisation_once_by_name"),
        ]

    class Privacy:
        """An organisation's name is public; which people it has is not."""

        personal = ()
        public = ("id", "name", "intake_waits", "made_at", "verified_at", "closed_at")

    def __str__(self) -> str:
        return str(self.pk)


class Team(models.Model):
    """People of one organisation who work together. A team opens nothing either."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=MOST_IN_A_NAME)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint("organisation", Lower("name"), name="team_once_by_name"),
        ]

    class Privacy:
        """A team's name is the organisation's own."""

        personal = ()
        public = ("id", "organisation", "name", "made_at")

    def __str__(self) -> str:
        return str(self.pk)


class Roles(models.Model):
    """What a place in an organisation allows; at least one of them."""

    is_adviser = models.BooleanField(default=False)
    is_supervisor = models.BooleanField(default=False)
    is_conflicts_lead = models.BooleanField(default=False)
    is_manager = models.BooleanField(default=False)

    columns: ClassVar[dict[PostRole, str]] = {
        PostRole.ADVISER: "is_adviser",
        PostRole.SUPERVISOR: "is_supervisor",
        PostRole.CONFLICTS: "is_conflicts_lead",
        PostRole.MANAGER: "is_manager",
    }

    class Meta:
        abstract = True

    @property
    def roles(self) -> frozenset[PostRole]:
        """The roles as values."""
        return frozenset(role for role, column in self.columns.items() if getattr(self, column))


def _any_role() -> models.Q:
    one = models.Q()
    for column in Roles.columns.values():
        one |= models.Q(**{column: True})
    return one


class Post(Roles):
    """A person's place in an organisation, until it is ended. One at a time: who works for two has two sign-ins.

    ``name`` is what colleagues, and clients whose record they open, see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="posts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts")
    name = models.CharField(max_length=MOST_IN_A_NAME)
    began_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_any_role(), name="post_has_a_role"),
            models.CheckConstraint(condition=GreaterThan(Length("name"), 0), name="post_has_a_name"),
            models.UniqueConstraint(fields=["user"], condition=models.Q(ended_at=None), name="post_once_per_person"),
        ]

    class Privacy:
        """Who works where: personal."""

        personal = (
            "user", "name", "is_adviser", "is_supervisor", "is_conflicts_lead", "is_manager", "began_at", "ended_at",
        )  # fmt: skip
        public = ("id", "organisation", "team")

    def __str__(self) -> str:
        return str(self.pk)


class PostCode(Roles):
    """A single-use code by which a manager gives one confirmed e-mail address a post. Only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="codes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MOST_IN_A_NAME)
    email = EncryptedCharField(max_length=254)
    code_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=_any_role(), name="post_code_gives_a_role")]

    class Privacy:
        """Whom a manager asked to come: personal."""

        personal = (
            "made_by", "name", "email", "is_adviser", "is_supervisor", "is_conflicts_lead", "is_manager", "code_hash",
            "made_at", "expires_at", "used_at", "withdrawn_at",
        )  # fmt: skip
        public = ("id", "organisation", "team")

    def __str__(self) -> str:
        return str(self.pk)


class Holding(models.Model):
    """An organisation holds a record for its client, so that one of its people after another can be assigned.

    ``label`` is all that whoever assigns sees of the record: a number or a word that the adviser
    chose. ``cleared_at`` is None while the intake waits for the conflicts lead: nobody of the
    organisation can open the record until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="holdings")
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="holdings")
    taken_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    label = models.CharField(max_length=40)
    began_at = models.DateTimeField(db_default=Now())
    cleared_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=GreaterThan(Length("label"), 0), name="holding_has_a_label"),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at=None), name="record_is_held_by_one_organisation"
            ),
        ]

    class Privacy:
        """Who is whose client: safety-sensitive."""

        personal = ("taken_by", "label", "began_at", "cleared_at", "ended_at")
        public = ("id", "organisation", "case")

    def __str__(self) -> str:
        return str(self.pk)

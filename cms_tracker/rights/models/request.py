"""The register of requests that people make about their data, kept by whoever runs the site."""

import uuid

from django.db import models

from cms_tracker.rights.core.requests import RequestAnswer, RequestKind, RequestWho


class RightsRequest(models.Model):
    """One request: what is asked, when it came, when the person showed who they are, how it was answered.

    ``label`` is the operator's own word for it. It holds no name that would say who has a sign-in here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=15)
    who = models.CharField(max_length=10)
    received_on = models.DateField()
    identity_checked_on = models.DateField(null=True)
    is_complex = models.BooleanField(default=False)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=list(RequestKind)), name="request_kind_is_known"),
            models.CheckConstraint(condition=models.Q(who__in=list(RequestWho)), name="request_comes_from_somebody"),
            models.CheckConstraint(
                condition=models.Q(identity_checked_on__isnull=True)
                | models.Q(identity_checked_on__gte=models.F("received_on")),
                name="request_identity_is_checked_after_it_came",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True, answer="")
                | models.Q(answered_on__isnull=False, answer__in=list(RequestAnswer)),
                name="request_answer_has_its_day",
            ),
        ]

    class Privacy:
        """That somebody asked: personal."""

        personal = ("label", "received_on", "identity_checked_on", "answered_on", "answer")
        public = ("id", "kind", "who", "is_complex")

    def __str__(self) -> str:
        return str(self.pk)


class RequestPause(models.Model):
    """A time in which we waited for the person to say what they mean, or who they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="pauses")
    asked_on = models.DateField()
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | models.Q(answered_on__gte=models.F("asked_on")),
                name="pause_runs_forward",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(answered_on__isnull=True), name="request_has_one_open_pause"
            ),
        ]

    class Privacy:
        """Personal."""

        personal = ("asked_on", "answered_on")
        public = ("id", "request")

    def __str__(self) -> str:
        return str(self.pk)


class Release(models.Model):
    """One person's word that what was put together for somebody else may leave. It takes two of them.

    ``sha256`` is of what they looked at: changed meanwhile, their word does not count for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(RightsRequest, on_delete=models.CASCADE, related_name="releases")
    by = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "by", "sha256"], name="release_once_by_each"),
            models.CheckConstraint(condition=~models.Q(by=""), name="release_says_by_whom"),
        ]

    class Privacy:
        """Who decided: personal, of the people who run the site."""

        personal = ("by", "at")
        public = ("id", "request", "sha256")

    def __str__(self) -> str:
        return str(self.pk)

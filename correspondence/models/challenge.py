"""What a person challenges, and each step that was taken."""

from django.db import models

from arrears.core.case_challenges import LONGEST_WHAT, MOST_CHALLENGE_STEPS, MOST_CHALLENGES
from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cms_tracker.audit.append_only import Fact, Limit
from cms_tracker.sealed.fields import EncryptedTextField


class Challenge(Fact):
    """One matter on one of the two routes. Where it stands follows from its steps (core/challenges.py).

    ``note`` is the reason, ``known_on`` the day the person was told, or first knew.
    """

    limit = Limit(MOST_CHALLENGES, "challenges", "what")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=10)
    what = EncryptedTextField(max_length=LONGEST_WHAT)
    known_on = models.DateField()
    decision = models.ForeignKey("cases.Calculation", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(about__in=list(ChallengeAbout)), name="challenge_about_is_known"),
            models.CheckConstraint(
                condition=models.Q(decision__isnull=True) | models.Q(about=ChallengeAbout.DECISION),
                name="challenge_names_a_decision_where_it_is_about_one",
            ),
        ]

    class Privacy:
        """What a person holds against CMS: personal."""

        personal = ("about", "what", "known_on", "note", "entered_at")
        public = ("id", "case", "decision")

    def __str__(self) -> str:
        return str(self.pk)


class ChallengeStep(Fact):
    """One step of a challenge, on a day, with the letter or the contact that it came with."""

    limit = Limit(MOST_CHALLENGE_STEPS, "steps", "kind")

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=30)
    on = models.DateField()
    letter = models.ForeignKey("correspondence.Letter", on_delete=models.CASCADE, null=True, related_name="+")
    contact = models.ForeignKey("correspondence.Contact", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=list(ChallengeStepKind)), name="challenge_step_kind_is_known"
            ),
        ]

    class Privacy:
        """Personal."""

        personal = ("kind", "on", "note", "entered_at")
        public = ("id", "case", "challenge", "letter", "contact")

    def __str__(self) -> str:
        return str(self.pk)

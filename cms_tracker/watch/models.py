"""When recurring work last ran, and how long papers took to make. No row is about a person."""

from django.db import models


class Run(models.Model):
    """Recurring work: when it last ended well. ``name`` is the task's, or the command's."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    class Privacy:
        """About the installation only."""

        personal = ()
        public = ("name", "at")

    def __str__(self) -> str:
        return self.name


class Making(models.Model):
    """How many papers of a kind were made within so many milliseconds, and not within the step below; never reset.

    ``within`` 0 holds those that took longer than the longest step. ``milliseconds`` is their sum.
    """

    kind = models.CharField(max_length=20)
    within = models.PositiveIntegerField()
    papers = models.PositiveBigIntegerField()
    milliseconds = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "within"], name="making_once_per_step")]

    class Privacy:
        """Counts of the whole installation."""

        personal = ()
        public = ("id", "kind", "within", "papers", "milliseconds")

    def __str__(self) -> str:
        return f"{self.kind} {self.within}"

"""How long one organisation keeps the records of its clients, where it decided so."""

import uuid

from django.db import models


class OrganisationRetention(models.Model):
    """The period of one organisation from a day on. The latest that is not in the future counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("cases.Organisation", on_delete=models.CASCADE, related_name="+")
    months = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    why = models.CharField(max_length=300)
    set_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months__gte=1) & ~models.Q(why="") & ~models.Q(set_by=""),
                name="retention_says_how_long_why_and_who",
            ),
            models.UniqueConstraint(fields=["organisation", "from_on"], name="retention_once_from_a_day"),
        ]

    class Privacy:
        """Who decided: personal, of the people of an organisation."""

        personal = ("set_by",)
        public = ("id", "organisation", "months", "from_on", "why")

    def __str__(self) -> str:
        return str(self.pk)

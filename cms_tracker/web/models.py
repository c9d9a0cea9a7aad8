"""What processes agree on by way of the database."""

from django.db import models
from django.db.models.functions import Now


class Lease(models.Model):
    """That one process alone does something, until when. Times are the database's."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.UUIDField(null=True)
    until = models.DateTimeField(db_default=Now())

    class Privacy:
        """About processes, and nobody."""

        personal = ()
        public = ("name", "holder", "until")

    def __str__(self) -> str:
        return self.name

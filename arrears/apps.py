"""The arrears app: what fell due, what was paid, what is owed, and why."""

from django.apps import AppConfig


class ArrearsConfig(AppConfig):
    """Stands on cases; knows nothing of letters."""

    name = "arrears"

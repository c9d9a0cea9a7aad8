"""The correspondence app: calls, promises and letters."""

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """The highest of the three domain apps."""

    name = "correspondence"

"""The rights app: taking everything away, deleting, keeping no longer than needed, complaining."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Stands above every other app: it reads and deletes what all of them keep."""

    name = "cms_tracker.rights"
    label = "rights"

"""The pages app: pages and commands that read from all three domain apps. It has no models."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    """Top of the import order."""

    name = "cms_tracker.pages"
    label = "pages"

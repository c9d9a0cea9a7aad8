"""App configuration: registers the start-up checks, and a quicker way to read days."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "cms_tracker.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks by importing them, and the reading of days."""
        from cms_tracker.web import checks, file_checks, prepared  # noqa: F401, PLC0415 - importing registers

        prepared.remember_days()

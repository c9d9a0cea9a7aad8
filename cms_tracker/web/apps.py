"""App configuration: registers the start-up checks."""

from django.apps import AppConfig


class Web(AppConfig):
    name = "cms_tracker.web"
    label = "web"

    def ready(self) -> None:
        """Register the checks by importing them."""
        from cms_tracker.web import checks  # noqa: F401, PLC0415 - importing registers

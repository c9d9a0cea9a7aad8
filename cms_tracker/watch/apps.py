"""The app of what an operator watches."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Two small tables, of which no row is about anybody."""

    name = "cms_tracker.watch"
    label = "watch"

"""Every job of `manage.py bench`: a module enters its jobs when it is imported here."""

from cms_tracker.pages.bench import ledger, platform

__all__ = ["ledger", "platform"]

"""Every job of `manage.py bench`: a module enters its jobs when it is imported here."""

from cms_tracker.pages.bench import ledger, letters, platform

__all__ = ["ledger", "letters", "platform"]

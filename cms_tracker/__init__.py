"""The platform below the three apps. Knows nothing of child maintenance, except in ``pages``."""

from cms_tracker.celery import app as celery_app

# Imported with the package, or `shared_task` would attach to Celery's own default app.
__all__ = ("celery_app",)

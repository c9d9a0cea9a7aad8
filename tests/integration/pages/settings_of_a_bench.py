"""`python -m tests.integration.pages.settings_of_a_bench`: where this environment leads, as JSON."""

import json
import os
import sys

from django.conf import settings

if __name__ == "__main__":
    database, email = settings.DATABASES["default"], settings.EMAIL_HOST or settings.EMAIL_BACKEND.split(".")[-2]
    said = {
        "database": str(database["NAME"]), "store": settings.S3 and settings.S3.name, "mail": email,
        "site": settings.SITE_URL, "broker": settings.CELERY_BROKER_URL, "metrics": settings.METRICS_TOKEN,
        "alive": settings.ALIVE_FILE, "keys": [settings.SECRET_KEY, *settings.FIELD_KEYS, settings.AUDIT_KEY],
        "lease": settings.JOB_LEASE.total_seconds(), "environment": sorted(os.environ.values()),
    }  # fmt: skip
    sys.stdout.write(json.dumps(said) + "\n")

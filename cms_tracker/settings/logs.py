"""What is written to the terminal, and in which shape: never a form's content."""

from cms_tracker.settings.environment import refuse, text

#: ``line`` for a terminal; ``json`` for a collector, with a line for every request and every piece of work.
LOG_FORMAT = text("LOG_FORMAT", "line")
if LOG_FORMAT not in {"line", "json"}:
    raise refuse("LOG_FORMAT", "must be line or json")

#: Opens /metrics; empty: nobody may read them.
METRICS_TOKEN = text("METRICS_TOKEN")
if METRICS_TOKEN and len(METRICS_TOKEN) < 32:
    raise refuse("METRICS_TOKEN", "must be at least 32 random characters")

_JSON = LOG_FORMAT == "json"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "cms_tracker.web.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "refused": {"()": "cms_tracker.web.logs.RefusedInput"},
        "json": {"()": "cms_tracker.web.logs.Json"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT},
        "refused": {"class": "logging.StreamHandler", "formatter": "json" if _JSON else "refused"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Too many fields, a body too large, a host that is not ours: one line, without what was sent.
        "django.security": {"handlers": ["refused"], "level": "WARNING", "propagate": False},
        # The client of a store of files would name its address and what it asked for.
        **{name: {"level": "CRITICAL"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
        # Not a line for every mistyped address and every refused input.
        "django.request": {"level": "ERROR"},
        # Each request and each paper has its line where lines are collected; a terminal is told what is wrong.
        "cms_tracker": {"level": "INFO" if _JSON else "WARNING"},
        "correspondence": {"level": "INFO" if _JSON else "WARNING"},
        # When a worker or the timer starts and ends, and not each message: work has lines of its own.
        "celery": {"level": "INFO" if _JSON else "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}

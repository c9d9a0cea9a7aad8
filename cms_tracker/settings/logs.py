"""What is written to the terminal: never a form's content."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "cms_tracker.web.logs.Line", "format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "refused": {"()": "cms_tracker.web.logs.RefusedInput"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "refused": {"class": "logging.StreamHandler", "formatter": "refused"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Too many fields, a body too large, a host that is not ours: one line, without what was sent.
        "django.security": {"handlers": ["refused"], "level": "WARNING", "propagate": False},
        # Not a line for every mistyped address and every refused input.
        "django.request": {"level": "ERROR"},
    },
}

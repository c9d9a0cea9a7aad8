"""Where a web server enters. An unsafe installation stops here, before the first request."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_tracker.settings")

django.setup(set_prefix=False)

from cms_tracker.web import checks, handler  # noqa: E402 - needs the apps, which the line above loads

application = handler.Handler()

checks.refuse_unsafe_start()

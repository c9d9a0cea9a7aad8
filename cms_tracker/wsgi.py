"""Where a web server enters. An unsafe installation stops here, before the first request."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_tracker.settings")

application = get_wsgi_application()

from cms_tracker.web import checks  # noqa: E402 - needs the apps, which the line above loads

checks.refuse_unsafe_start()

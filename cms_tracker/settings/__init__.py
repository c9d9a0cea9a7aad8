"""Settings: read from the environment, safe when nothing is set.

There is no debug switch, no default key and no wildcard host. Each variable is named
and explained in ``.env.example``; one that is missing or unsafe stops the start with a
sentence that names it. ``python3 manage.py up`` opts in to ease on the loopback only, with
``CMS_LOCAL=1``. Each part has its module; this one joins them, and holds the applications and their data.
"""

from cms_tracker.settings.browser import *
from cms_tracker.settings.environment import *
from cms_tracker.settings.environment import BASE_DIR, DATA_DIR, SITE_NAME, database, number, text
from cms_tracker.settings.files import *
from cms_tracker.settings.keys import *
from cms_tracker.settings.logs import *
from cms_tracker.settings.people import *
from cms_tracker.settings.words import *
from cms_tracker.settings.worker import *

# --- Applications, outermost middleware first ----------------------------------------

INSTALLED_APPS = [
    "cms_tracker.web",
    "cms_tracker.audit",
    "cms_tracker.watch",
    "cms_tracker.users",
    "cases",
    "arrears",
    "correspondence",
    "cms_tracker.rights",
    # Its commands stand before Django's own, so that `manage.py test` is the project's.
    "cms_tracker.pages",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "djmoney",
]

MIDDLEWARE = [
    "cms_tracker.web.seen.Seen",
    "cms_tracker.web.middleware.SafetyHeaders",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms_tracker.web.middleware.RefuseBadInput",
    "cms_tracker.pages.leaving.BackShowsNothing",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms_tracker.users.middleware.EndSessions",
    "cms_tracker.users.middleware.AskForSecondStep",
    "cms_tracker.web.too_many.AnswerTooMany",
    # A view that declares no rule is closed to people who are not signed in.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Innermost: it must know the view.
    "cms_tracker.web.language.SpeakItsLanguage",
]

ROOT_URLCONF = "cms_tracker.urls"
WSGI_APPLICATION = "cms_tracker.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms_tracker.web.context.site",
                "cms_tracker.pages.context.places",
            ],
        },
    },
]

FORM_RENDERER = "cms_tracker.web.forms.Renderer"

# --- Data -------------------------------------------------------------------------------

DATABASES = {
    "default": database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'records.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a deferred transaction that reads and then writes cannot be retried and fails
    # as "database is locked" however long it may wait. FULL: what was answered "saved" survives
    # a power cut. WAL: readers never wait for a writer.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
else:
    # A server that hangs is told of on a page, and nobody waits for it.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Nothing of ours: throttles and sessions are in the database, which every process shares.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CURRENCIES = ("GBP",)
DEFAULT_CURRENCY = "GBP"

# --- Static files: ours and the packages', nothing copied ----------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300

# --- E-mail: a server, or a folder that `up` reads out ---------------------------------------

DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@localhost>")
EMAIL_HOST = text("EMAIL_HOST")
EMAIL_PORT = number("EMAIL_PORT", 587)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_DIR / "outbox"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)

"""Settings: one file, read from the environment, safe when nothing is set.

There is no debug switch, no default key and no wildcard host. Each variable is named
and explained in ``.env.example``; one that is missing or unsafe stops the start with a
sentence that names it. ``python3 manage.py up`` opts in to ease on the loopback only, with
``CMS_LOCAL=1``.
"""

import os
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms_tracker.processes import broker

BASE_DIR = Path(__file__).resolve().parent.parent

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?")


def _refuse(name: str, because: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {because}. It is explained in .env.example.")


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def _flag(name: str) -> bool:
    value = _text(name, "0")
    if value not in {"0", "1"}:
        raise _refuse(name, "must be 0 or 1")
    return value == "1"


def _number(name: str, default: int) -> int:
    value = _text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise _refuse(name, "must be a whole number")
    return int(value)


def _secret_key() -> str:
    key = _text("SECRET_KEY")
    if not key:
        raise _refuse("SECRET_KEY", "is missing")
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-"):
        raise _refuse("SECRET_KEY", "must be at least 50 random characters")
    return key


def _allowed_hosts() -> list[str]:
    hosts = [host.strip() for host in _text("ALLOWED_HOSTS").split(",") if host.strip()]
    if LOCAL:
        if any(host not in LOOPBACK_HOSTS for host in hosts):
            raise _refuse("CMS_LOCAL", "is for this machine only, so ALLOWED_HOSTS may name no other host")
        return LOOPBACK_HOSTS
    if not hosts:
        raise _refuse("ALLOWED_HOSTS", "is missing")
    if any(host.startswith((".", "*")) for host in hosts):
        raise _refuse("ALLOWED_HOSTS", "must name each host in full, without wildcards")
    return hosts


def _site_url() -> str:
    url = _text("SITE_URL", f"http://localhost:{_number('PORT', 8000)}" if LOCAL else "").rstrip("/")
    if not url:
        raise _refuse("SITE_URL", "is missing")
    parts = _ORIGIN.fullmatch(url)
    if parts is None or parts["scheme"] != ("http" if LOCAL else "https"):
        raise _refuse("SITE_URL", f"must be {'http' if LOCAL else 'https'}:// and a host, and nothing after it")
    if parts["host"].lower() not in {host.lower() for host in ALLOWED_HOSTS}:
        raise _refuse("SITE_URL", "must be at one of the ALLOWED_HOSTS")
    return url


def _broker_url() -> str:
    url = _text("REDIS_URL")
    if not url:
        if LOCAL:
            return broker.url_for(DATA_DIR)
        raise _refuse("REDIS_URL", "is missing")
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket", "memory"}:
        raise _refuse("REDIS_URL", "must start with redis://, rediss:// or redis+socket://")
    on_this_machine = parts.scheme in {"redis+socket", "memory"} or parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not on_this_machine and not parts.password:
        raise _refuse("REDIS_URL", "names another machine, so it must carry a password")
    return url


# --- What this installation is -------------------------------------------------------

LOCAL = _flag("CMS_LOCAL")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
#: Where people reach the site: links in e-mail begin with it, whatever host and port a request names.
SITE_URL = _site_url()
DEBUG = False

#: Neutral on purpose: it stands in page titles, tabs, history and e-mail (a shared screen tells nothing).
SITE_NAME = _text("SITE_NAME", "Family Records")
#: Where "Exit this page" goes: an ordinary page that anybody might have open.
EXIT_URL = _text("EXIT_URL", "https://www.bbc.co.uk/weather")

#: The database file, private uploads, letters and the mail outbox. Nothing below it has a URL.
DATA_DIR = Path(_text("CMS_DATA_DIR", str(BASE_DIR / "var"))).resolve()
PRIVATE_FILES_DIR = DATA_DIR / "files"
MEDIA_ROOT = PRIVATE_FILES_DIR
MEDIA_URL = ""

# --- Applications, outermost middleware first ----------------------------------------

INSTALLED_APPS = [
    "cms_tracker.web",
    "cms_tracker.audit",
    "cms_tracker.users",
    "cases",
    "arrears",
    "correspondence",
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
    "csp",
    "django_htmx",
    "djmoney",
]

MIDDLEWARE = [
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
    # A view that declares no rule is closed to people who are not signed in.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
            ],
        },
    },
]

FORM_RENDERER = "cms_tracker.web.forms.Renderer"

# --- Data -------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.parse(
        _text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'records.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    ),
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
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Throttles only. In memory, so that signing in never waits for another process.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CURRENCIES = ("GBP",)
DEFAULT_CURRENCY = "GBP"

# --- People -----------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "cms_tracker.users.passwords.HardToGuess"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60  # of every link that is e-mailed

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "cms_tracker.users.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGOUT_ON_GET = False
# Nobody learns from a page whether an address is known here: the other parent may be the one asking.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# What "key" counts is one address from one place (users.adapter, users.views), never an address alone:
# anybody may type anybody's address. Too many messages asked for are answered as ever, and not sent.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/5m/key,100/5m/ip",
    "confirm_email": "5/1h/key",
    "reset_password": "20/m/ip,5/m/key",
}
# A session never outlives the browser, and ends when it is left alone.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if LOCAL else "https"

# How long a person stays signed in without a press, and at most (cms_tracker/users/sessions.py).
# OWASP's Session Management Cheat Sheet gives 15 to 30 minutes of idleness for low risk, 2 to 5 for
# high value, and 4 to 8 hours in all. A parent's own device is the first, a shared one the second;
# an adviser reads letters and telephones in between.
SESSION_IDLE = timedelta(minutes=15)
SESSION_IDLE_ADVISER = timedelta(minutes=30)
SESSION_IDLE_SHARED = timedelta(minutes=5)
SESSION_LONGEST = timedelta(hours=8)
#: WCAG 2.2.1 asks for 20 seconds to answer a warning; two minutes let a sentence be finished first.
SESSION_WARNING = timedelta(minutes=2)
# A row that nobody asked for again goes too. It is written when a person is active, not by a page's timer.
SESSION_COOKIE_AGE = int(max(SESSION_IDLE, SESSION_IDLE_ADVISER, SESSION_IDLE_SHARED).total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie: a message may hold an amount.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Transport and browser rules ----------------------------------------------------------

SECURE_SSL_REDIRECT = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL else 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL
SECURE_HSTS_PRELOAD = not LOCAL
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would make browsers send `Origin: null`, which the CSRF check must refuse.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if _flag("BEHIND_TLS_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Throttles count by the address that this one proxy has added, never by what a client says.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Browsers refuse the prefix over plain HTTP, which the loopback uses.
SESSION_COOKIE_NAME = "session" if LOCAL else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if LOCAL else "__Host-csrf"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "cms_tracker.pages.errors.form_too_old"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'none'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a bank statement is read in memory, and is never a file on our disk
DATA_UPLOAD_MAX_NUMBER_FILES = 10

# --- Static files: ours and the packages', nothing copied ----------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300

# --- Words and time -------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# --- E-mail: a server, or a folder that `up` reads out ---------------------------------------

DEFAULT_FROM_EMAIL = _text("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@localhost>")
EMAIL_HOST = _text("EMAIL_HOST")
EMAIL_PORT = _number("EMAIL_PORT", 587)
EMAIL_HOST_USER = _text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = _text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = bool(EMAIL_HOST)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = DATA_DIR / "outbox"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)

# --- The worker --------------------------------------------------------------------------------

CELERY_BROKER_URL = _broker_url()
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Longer than the longest paper, begun at the end of a stretch of short ones.
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# In memory: the default keeps its state in a file that stalls for good on Python 3.13 with
# some versions of SQLite. Periodic tasks are catch-ups that read the database, so none is lost.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
# A person never waits for the broker: a message that cannot be sent at once is given up,
# and the worker's timer finds the row. cms_tracker.celery lengthens these in the worker.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_TIMEOUT = 0.15
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3 * CELERY_TASK_TIME_LIMIT,
    "socket_timeout": 0.15,
    "socket_connect_timeout": 0.15,
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}

#: A worker that says nothing for so long has lost the paper it was making, and another one makes it.
JOB_LEASE = timedelta(seconds=_number("JOB_LEASE_SECONDS", 30))
#: How often the timer looks for papers that wait and that no message speaks of.
JOB_SWEEP_SECONDS = _number("JOB_SWEEP_SECONDS", 10)

# --- What is written to the terminal: never a form's content ------------------------------------

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

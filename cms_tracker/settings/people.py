"""Who signs in, how, and how long a session lasts."""

from datetime import timedelta

from cms_tracker.settings.environment import LOCAL

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
# Void once it is used, after an hour, and after another password, address or sign-in. It reads nothing.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a name
# The library's own limits are off: they live in the memory of each process. Ours are in the database
# (users/throttles.py). How many, within how long, of what; docs/reference/limits.md says why.
ACCOUNT_RATE_LIMITS = False
THROTTLES = {
    "sign_in": (10, timedelta(minutes=5)),
    "sign_in_place": (20, timedelta(hours=1)),
    "sign_in_device": (10, timedelta(minutes=5)),
    "second_factor": (10, timedelta(minutes=5)),
    "second_factor_day": (96, timedelta(days=1)),
    "present_password": (10, timedelta(minutes=5)),
    "join": (20, timedelta(hours=1)),
    "message": (5, timedelta(hours=1)),
    "message_place": (20, timedelta(hours=1)),
    "bring_back": (10, timedelta(hours=1)),
    "complain": (5, timedelta(hours=1)),
    "read_answer": (20, timedelta(hours=1)),
}
#: How long a browser stays known after a person last signed in with it.
DEVICE_KNOWN = timedelta(days=90)
DEVICE_COOKIE_NAME = "device" if LOCAL else "__Host-device"
# The second step: an app's codes, passkeys, recovery codes. Never a text message: the number may be his contract.
MFA_ADAPTER = "cms_tracker.users.passkeys.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
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
#: How long ago a person may have shown who they are, for a page that could do harm in the wrong hands.
CONFIRM_LASTS = timedelta(minutes=10)
#: WCAG 2.2.1 asks for 20 seconds to answer a warning; two minutes let a sentence be finished first.
SESSION_WARNING = timedelta(minutes=2)
# A row that nobody asked for again goes too. It is written when a person is active, not by a page's timer.
SESSION_COOKIE_AGE = int(max(SESSION_IDLE, SESSION_IDLE_ADVISER, SESSION_IDLE_SHARED).total_seconds())
SESSION_SAVE_EVERY_REQUEST = False
SESSION_ENGINE = "cms_tracker.users.session_store"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Not in a cookie: a message may hold an amount.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

#: Whom the mail gateway asks, for every message that answers nobody, whether a person may be written to, and where.
MAIL_BOOK = "cms_tracker.users.queries.safe_address_of"

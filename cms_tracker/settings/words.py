"""Words and time."""

from cms_tracker.settings.environment import BASE_DIR

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
#: The pages that are wholly in Welsh, as a draft: a parent's main job. All others stay in English.
WELSH_PAGES = frozenset(
    {
        "account_login",
        "arrears:changes",
        "arrears:log-payment",
        "arrears:payments",
        "pages:language",
        "pages:today",
    }
)

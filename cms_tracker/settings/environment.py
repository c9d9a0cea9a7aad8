"""What this installation is, read from the environment; one that is missing or unsafe stops the start."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from cms_tracker.processes import broker

BASE_DIR = Path(__file__).resolve().parent.parent.parent

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?")


def refuse(name: str, because: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"{name} {because}. It is explained in .env.example.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str) -> bool:
    value = text(name, "0")
    if value not in {"0", "1"}:
        raise refuse(name, "must be 0 or 1")
    return value == "1"


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise refuse(name, "must be a whole number")
    return int(value)


def _secret_key() -> str:
    key = text("SECRET_KEY")
    if not key:
        raise refuse("SECRET_KEY", "is missing")
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure-"):
        raise refuse("SECRET_KEY", "must be at least 50 random characters")
    return key


def _allowed_hosts() -> list[str]:
    hosts = [host.strip() for host in text("ALLOWED_HOSTS").split(",") if host.strip()]
    if LOCAL:
        if any(host not in LOOPBACK_HOSTS for host in hosts):
            raise refuse("CMS_LOCAL", "is for this machine only, so ALLOWED_HOSTS may name no other host")
        return LOOPBACK_HOSTS
    if not hosts:
        raise refuse("ALLOWED_HOSTS", "is missing")
    if any(host.startswith((".", "*")) for host in hosts):
        raise refuse("ALLOWED_HOSTS", "must name each host in full, without wildcards")
    return hosts


def _site_url() -> str:
    url = text("SITE_URL", f"http://localhost:{number('PORT', 8000)}" if LOCAL else "").rstrip("/")
    if not url:
        raise refuse("SITE_URL", "is missing")
    parts = _ORIGIN.fullmatch(url)
    if parts is None or parts["scheme"] != ("http" if LOCAL else "https"):
        raise refuse("SITE_URL", f"must be {'http' if LOCAL else 'https'}:// and a host, and nothing after it")
    if parts["host"].lower() not in {host.lower() for host in ALLOWED_HOSTS}:
        raise refuse("SITE_URL", "must be at one of the ALLOWED_HOSTS")
    return url


def broker_url() -> str:
    url = text("REDIS_URL")
    if not url:
        if LOCAL:
            return broker.url_for(DATA_DIR)
        raise refuse("REDIS_URL", "is missing")
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket", "memory"}:
        raise refuse("REDIS_URL", "must start with redis://, rediss:// or redis+socket://")
    on_this_machine = parts.scheme in {"redis+socket", "memory"} or parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not on_this_machine and not parts.password:
        raise refuse("REDIS_URL", "names another machine, so it must carry a password")
    return url


LOCAL = flag("CMS_LOCAL")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
#: Where people reach the site: links in e-mail begin with it, whatever host and port a request names.
SITE_URL = _site_url()
DEBUG = False

#: Neutral on purpose: it stands in page titles, tabs, history and e-mail (a shared screen tells nothing).
SITE_NAME = text("SITE_NAME", "Family Records")
#: Where "Exit this page" goes: an ordinary page that anybody might have open.
EXIT_URL = text("EXIT_URL", "https://www.bbc.co.uk/weather")

#: The database file, private uploads, letters and the mail outbox. Nothing below it has a URL.
DATA_DIR = Path(text("CMS_DATA_DIR", str(BASE_DIR / "var"))).resolve()
PRIVATE_FILES_DIR = DATA_DIR / "files"
MEDIA_ROOT = PRIVATE_FILES_DIR
MEDIA_URL = ""

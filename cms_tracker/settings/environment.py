"""What this installation is, read from the environment; one that is missing or unsafe stops the start."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from cms_tracker.processes import broker

BASE_DIR = Path(__file__).resolve().parent.parent.parent

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
_ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?")


#: They switch a debug mode on elsewhere. There is none here: whoever sets one believes in something that is not so.
_DEBUG_SWITCHES = ("DEBUG", "DJANGO_DEBUG")


class Refused(ImproperlyConfigured, SystemExit):
    """The start is refused. Where nobody catches it, Python ends with status 1 and the sentence alone, as of a
    ``SystemExit``: an operator reads one line, and no traceback takes what stands in the environment to a log.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.code = f"Not started: {sentence}"


def refuse(name: str, because: str) -> Refused:
    return Refused(f"{name} {because}. It is explained in .env.example.")


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


def _behind_tls_proxy() -> bool:
    if not LOCAL and not text("BEHIND_TLS_PROXY"):
        raise refuse("BEHIND_TLS_PROXY", "is missing: 1 where a proxy in front ends TLS, 0 where none does")
    return flag("BEHIND_TLS_PROXY")


def is_here(host: str | None) -> bool:
    """Tell whether a host is this machine: none, a socket's path, or the loopback."""
    socket = (host or "").startswith("/") and "," not in (host or "")  # a comma begins another way, to try after it
    return not host or socket or host in {"localhost", "127.0.0.1", "::1"}


def _without_debug() -> bool:
    """Return that there is no debug mode; refuse a server on which somebody asks for one."""
    for name in _DEBUG_SWITCHES:
        if not LOCAL and text(name, "0").lower() not in {"0", "false", "no", "off"}:
            raise refuse(name, "is set, and there is no debug mode: take it away")
    return False


def broker_url() -> str:
    url = text("REDIS_URL")
    if not url:
        if LOCAL:
            return broker.url_for(DATA_DIR)
        raise refuse("REDIS_URL", "is missing")
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "redis+socket", "memory"}:
        raise refuse("REDIS_URL", "must start with redis://, rediss:// or redis+socket://")
    if parts.scheme in {"redis+socket", "memory"} or is_here(parts.hostname):
        return url
    if not parts.password:
        raise refuse("REDIS_URL", "names another machine, so it must carry a password")
    if parts.scheme != "rediss" and not PRIVATE_NETWORK:
        raise refuse("REDIS_URL", f"{_OPEN_ROAD} start with rediss://, or PRIVATE_NETWORK be 1")
    return url


def database(name: str, default: str) -> dict[str, Any]:
    """Return the connection that a variable describes; refuse one that would go over a network in the open."""
    try:
        found: dict[str, Any] = dict(
            dj_database_url.parse(text(name, default), conn_max_age=60, conn_health_checks=True)
        )
    except ValueError:
        found = {}
    if found.get("ENGINE") not in _ENGINES:
        raise refuse(name, "must be postgres://… or sqlite:///…")
    if not LOCAL and (by := _led_elsewhere(found)):
        raise refuse(name, f"must say in its address alone where the database is, and {by} would lead elsewhere")
    mode = found.get("OPTIONS", {}).get("sslmode")
    verified = isinstance(mode, str) and mode in {"verify-ca", "verify-full"}  # said twice, it is a list
    if found["ENGINE"] == _ENGINES[0] and not (is_here(found["HOST"]) or verified or PRIVATE_NETWORK):
        raise refuse(name, f"{_OPEN_ROAD} end with ?sslmode=verify-full, or PRIVATE_NETWORK be 1")
    # Between two statements a pool may give the connection to somebody else, and with it an open cursor.
    found["DISABLE_SERVER_SIDE_CURSORS"] = flag("DATABASE_POOLED")
    return found


def _led_elsewhere(found: dict[str, Any]) -> str:
    """Name what the client would follow in the place of the address that was looked at; empty where nothing is.

    Options win over the address or stand beside it, and libpq reads the environment for what neither says.
    """
    if said := sorted(_WAYS & set(found.get("OPTIONS", {}))):
        return said[0]
    variables = ("PGHOSTADDR", "PGSERVICE") if found["HOST"] else ("PGHOSTADDR", "PGSERVICE", "PGHOST")
    is_read = found["ENGINE"] == _ENGINES[0]
    return next((variable for variable in variables if is_read and text(variable)), "")


#: Options of either client that say where to go.
_WAYS = {"host", "hostaddr", "port", "dbname", "service", "servicefile", "conninfo", "database", "uri"}
_ENGINES = ("django.db.backends.postgresql", "django.db.backends.sqlite3")
_OPEN_ROAD = "names another machine, so it must"

LOCAL = flag("CMS_LOCAL")
#: The database and the broker are reached over a network that nobody else is on, so that they need no TLS.
PRIVATE_NETWORK = flag("PRIVATE_NETWORK")
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = _allowed_hosts()
#: Where people reach the site: links in e-mail begin with it, whatever host and port a request names.
SITE_URL = _site_url()
BEHIND_TLS_PROXY = _behind_tls_proxy()
DEBUG = _without_debug()

#: Neutral on purpose: it stands in page titles, tabs, history and e-mail (a shared screen tells nothing).
SITE_NAME = text("SITE_NAME", "Family Records")
#: Where "Exit this page" goes: an ordinary page that anybody might have open.
EXIT_URL = text("EXIT_URL", "https://www.bbc.co.uk/weather")

#: The database file, private uploads, letters and the mail outbox. Nothing below it has a URL.
DATA_DIR = Path(text("CMS_DATA_DIR", str(BASE_DIR / "var"))).resolve()

"""Where private files are kept: a folder of this machine, or a store that speaks S3."""

import importlib.util
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cms_tracker.settings.environment import DATA_DIR, LOCAL, is_here, number, refuse, text

_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
_PREFIX = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*", re.ASCII)
_OTHERS = ("S3_ENDPOINT", "S3_REGION", "S3_PREFIX", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY",
           "S3_SECRET_ACCESS_KEY_FILE", "S3_ENCRYPTION", "S3_CA_FILE")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A bucket in a store, and how to reach it. ``prefix`` is empty or ends with a slash; ``timeout`` is in seconds."""

    name: str
    endpoint: str
    region: str
    prefix: str
    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    encryption: str
    ca_file: str
    timeout: int


def _bucket() -> Bucket | None:
    name = text("S3_BUCKET")
    if not name:
        for other in _OTHERS:
            if text(other):
                raise refuse("S3_BUCKET", f"is missing, and {other} is set")
        return None
    # A new file of SQLite would name none of the files in a bucket that several machines share.
    if not LOCAL and not text("DATABASE_URL"):
        raise refuse("DATABASE_URL", "is missing, and S3_BUCKET is set")
    if not _BUCKET.fullmatch(name):
        raise refuse("S3_BUCKET", "must be the name of a bucket, like family-records")
    if importlib.util.find_spec("boto3") is None:
        raise refuse("S3_BUCKET", "needs what requirements-server.txt lists: pip install --require-hashes -r it")
    endpoint = _endpoint()
    region = text("S3_REGION", "us-east-1" if endpoint else "")  # a store of one's own has one, and signs with this
    if not region:
        raise refuse("S3_REGION", "is missing, and no S3_ENDPOINT says where the bucket is")
    encryption, ca_file = text("S3_ENCRYPTION"), text("S3_CA_FILE")
    if encryption not in {"", "AES256", "aws:kms"}:
        raise refuse("S3_ENCRYPTION", "must be AES256, aws:kms or nothing")
    if ca_file and not Path(ca_file).is_file():
        raise refuse("S3_CA_FILE", "is not a file that is there")
    return Bucket(
        name=name,
        endpoint=endpoint,
        region=region,
        prefix=_prefix(),
        access_key_id=_given("S3_ACCESS_KEY_ID", text("S3_ACCESS_KEY_ID")),
        secret_access_key=_given("S3_SECRET_ACCESS_KEY", _written_key("S3_SECRET_ACCESS_KEY")),
        encryption=encryption,
        ca_file=ca_file,
        timeout=_timeout(),
    )


def _endpoint() -> str:
    url = text("S3_ENDPOINT").rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or url != f"{parts.scheme}://{parts.netloc}":
        raise refuse("S3_ENDPOINT", "must be https:// and a host, and nothing after it")
    if "@" in parts.netloc:
        raise refuse("S3_ENDPOINT", "must not carry a key: that belongs into S3_SECRET_ACCESS_KEY")
    if parts.scheme == "http" and not is_here(parts.hostname):
        raise refuse("S3_ENDPOINT", "names another machine, so it must be https://")
    return url


def _prefix() -> str:
    prefix = text("S3_PREFIX").strip("/")
    if prefix and not _PREFIX.fullmatch(prefix):
        raise refuse("S3_PREFIX", "must be names of letters, digits, dots, dashes and underscores, between slashes")
    return f"{prefix}/" if prefix else ""


def _written_key(name: str) -> str:
    path = text(f"{name}_FILE")
    if not path:
        return text(name)
    try:
        if Path(path).stat().st_mode & 0o077:
            raise refuse(f"{name}_FILE", "may be read by its owner alone (chmod 600)")
        return Path(path).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        raise refuse(f"{name}_FILE", "cannot be read") from None


def _given(name: str, value: str) -> str:
    if not value:
        raise refuse(name, "is missing, and S3_BUCKET is set")
    return value


def _timeout() -> int:
    seconds = number("S3_TIMEOUT_SECONDS", 4)
    if not 1 <= seconds <= 20:  # a request has 60 seconds in the web server, and may ask several times
        raise refuse("S3_TIMEOUT_SECONDS", "must be from 1 to 20")
    return seconds


#: The folder of private files, where S3_BUCKET names no store.
PRIVATE_FILES_DIR = DATA_DIR / "files"
MEDIA_ROOT = PRIVATE_FILES_DIR
MEDIA_URL = ""
S3 = _bucket()

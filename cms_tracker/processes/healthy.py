"""The health checks of docker-compose.yml and of the image, by the standard library alone: they run often.

    python -I cms_tracker/processes/healthy.py web http://127.0.0.1:8000/healthz
    python -I cms_tracker/processes/healthy.py file /tmp/alive 60

Exits with 0 where the page answers, or where the file was touched within so many seconds.
"""

import http.client
import os
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit


def answers(url: str, *, host: str) -> bool:
    """Tell whether a page answers "200 OK" to a request for this host, within three seconds."""
    place = urlsplit(url)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=3)
    try:
        line.request("GET", place.path, headers={"Host": host} if host else {})
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def is_fresh(path: Path, *, seconds: float) -> bool:
    """Tell whether a file was touched within so many seconds."""
    try:
        return time.time() - path.stat().st_mtime < seconds  # noqa: TID251 - against the time of a file
    except OSError:
        return False


def main(arguments: list[str]) -> bool:
    """Do what the command line asks."""
    what, where, *rest = arguments
    if what == "web":
        # Any allowed host will do.
        return answers(where, host=os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip())
    return is_fresh(Path(where), seconds=float(rest[0]))


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)

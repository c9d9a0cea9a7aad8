"""Ask for known and unknown addresses in turns, in a scratch installation. Prints one way of asking a line, as JSON.

Throttles are as wide as they need to be; everything else is as it is served, the hash of passwords too.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import chain

import django


def main(count: int) -> None:
    """Ask so often for each kind."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - Django must be set up before
    from django.core.management import call_command  # noqa: PLC0415 - the same

    call_command("migrate", verbosity=0)
    settings.THROTTLES = dict.fromkeys(settings.THROTTLES, (10_000, timedelta(minutes=1)))
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    known, unknown = _addresses(count)
    for way, ask in _ways().items():
        for email in (known[-1], unknown[-1]) * 5:
            ask(email)
        taken = {True: [], False: []}  # type: dict[bool, list[float]]
        gc.disable()
        for number, email in enumerate(chain.from_iterable(zip(known[:count], unknown[:count], strict=True))):
            gc.collect(0)
            began = time.perf_counter()
            ask(email)
            taken[number % 2 == 0].append((time.perf_counter() - began) * 1000)
        gc.enable()
        sys.stdout.write(json.dumps({"way": way, "known": taken[True], "unknown": taken[False]}) + "\n")
        sys.stdout.flush()


def _addresses(count: int) -> tuple[list[str], list[str]]:
    """Addresses of one length; behind each of the first stands somebody who has confirmed it."""
    from cms_tracker.users import operations  # noqa: PLC0415 - Django must be set up before

    known = [f"known{number:05}@example.com" for number in range(count + 1)]
    for email in known:
        person = operations.sign_up(email)
        if person is None:
            raise LookupError(email)
        operations.confirm_address(person, password="violet-harbour-lantern")  # noqa: S106 - nobody's
    return known, [f"other{number:05}@example.com" for number in range(count + 1)]


def _ways() -> dict[str, Callable[[str], object]]:
    from django.test import Client  # noqa: PLC0415 - Django must be set up before

    client = Client(SERVER_NAME="localhost")
    guess = {"password": "not-the-password"}
    return {
        "sign in": lambda email: client.post("/account/login/", {"login": email, **guess}),
        "new password": lambda email: client.post("/account/password/reset/", {"email": email}),
        # Last: it makes the unknown known.
        "sign up": lambda email: client.post("/account/signup/", {"email": email}),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))

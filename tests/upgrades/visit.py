"""`python -m tests.upgrades.visit`: sign in to the installation that the environment names, and look around.

Follows every link of ours from page to page, one of each kind of page for each person. Prints, as JSON, who could
not sign in, the kinds of page that answered, and every page that did not answer as a page.
"""

import html
import json
import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.test import Client

_LINK = re.compile(r'<a\s[^>]*?href="(/[^"#?]*)')


def visit() -> dict[str, object]:
    """Sign in as each of the cast and follow the links; what one of them has seen the next does not open again."""
    from django.conf import settings

    from tests.cast import CAST
    from tests.signing_in import signed_in

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    kinds: set[str] = set()
    broken: list[str] = []
    outside: list[str] = []
    for person in CAST:
        client = signed_in(person)
        if "_auth_user_id" not in client.session:
            outside.append(person.name)
        broken += [f"{person.name}: {path} answered {status}" for path, status in _walk(client, kinds) if status != 200]
    return {"outside": outside, "kinds": sorted(kinds), "broken": broken}


def _walk(client: "Client", kinds: set[str]) -> Iterator[tuple[str, int]]:
    """Open a page of each kind that is not among ``kinds`` yet, and the first one; its path, and its status."""
    from django.urls import Resolver404, resolve

    kinds.discard(resolve("/").view_name)
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        try:
            match = resolve(path)
        except Resolver404:
            continue
        kind = " ".join(filter(None, [match.view_name, match.kwargs.get("kind", "")]))
        if kind in kinds:
            continue
        kinds.add(kind)
        answer = client.get(path, follow=True)
        yield path, answer.status_code
        if answer.status_code == 200 and not answer.streaming:
            waiting += [html.unescape(one) for one in _LINK.findall(answer.content.decode(errors="replace"))]


if __name__ == "__main__":
    django.setup()
    json.dump(visit(), sys.stdout)

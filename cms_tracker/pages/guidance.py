"""What is kept about people, and where each of our facts comes from."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arrears.core import rates
from arrears.presenters import rates as words
from cms_tracker.pages import help_lines
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from correspondence.core import clock_rules


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, who can see it, how to take it away and delete it."""
    return render(request, "pages/privacy.html")


@public()
def sources(request: HttpRequest) -> HttpResponse:
    """Every dated rate by theme, what is announced, every contact with its source, and how we count."""
    on = today()
    context = {
        "themes": _by_theme(on),
        "changes": [words.announced(one, on=on) for one in rates.table().announced if one.from_on is None],
        "limits": list(clock_rules.rules().values()),
        "help_lines": help_lines.every(),
    }
    return render(request, "pages/sources.html", context)


def _by_theme(on: dt.date) -> list[tuple[str, str, list[words.ShownRate]]]:
    """Each theme's anchor, its heading, and its rates: of one name the value that holds comes first."""
    found: dict[str, list[words.ShownRate]] = {theme.value: [] for theme in words.THEMES}
    for values in rates.every().values():
        for rate in reversed(values):
            found[rate.theme.value].append(words.shown(rate, on=on))
    return [(theme.value, heading, found[theme.value]) for theme, heading in words.THEMES.items()]

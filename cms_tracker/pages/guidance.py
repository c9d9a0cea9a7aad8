"""What is kept about people, and where each of our facts comes from."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from arrears.core import rates
from cms_tracker.pages import help_lines
from cms_tracker.web.gates import public


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fact:
    """A rate as the page writes it: a value with its unit in words, and where it is said."""

    value: str
    about: str
    from_on: dt.date
    until: dt.date | None
    source: str
    url: str
    checked: dt.date


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, where, who can see it, how to take it away and delete it."""
    return render(request, "pages/privacy.html")


@public()
def sources(request: HttpRequest) -> HttpResponse:
    """Every dated rate and contact with its source, and how we count."""
    found = [_fact(rate) for values in rates.every().values() for rate in values]
    return render(request, "pages/sources.html", {"rates": found, "help_lines": help_lines.every()})


def _fact(rate: rates.Rate) -> _Fact:
    word, _, about = rate.unit.partition(" ")
    return _Fact(
        value=rate.percent if word == "percent" else f"{rate.number} {word.rstrip(',')}",
        about=about[:1].upper() + about[1:] + ".",
        from_on=rate.from_on,
        until=rate.until,
        source=rate.source,
        url=rate.url,
        checked=rate.checked,
    )

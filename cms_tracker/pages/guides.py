"""The guides: a first page with three doors, the list behind each door, and one page for each guide."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from arrears.core.case_values import ClockKind
from cms_tracker.language import Words, mark
from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide, Reader
from cms_tracker.pages.reading_facts import facts_of
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from correspondence.core import clock_rules
from correspondence.core.letters import registry

#: The doors by the number in their address, which says nothing of who reads.
_DOORS = dict(enumerate(Reader, start=1))
_ROUTES = Words(
    {
        "arrears:check": mark("Check a repayment plan, without a sign-in"),
        "arrears:estimate": mark("Estimate a weekly amount, without a sign-in"),
        "pages:safety": mark("Read how to stay safe here"),
    }
)
#: Pages of a record as the menu calls them.
_PLACES = Words(
    {
        "payments": mark("Payments"),
        "changes": mark("Changes"),
        "plans": mark("Plans"),
        "log": mark("Calls"),
        "deadlines": mark("Deadlines"),
        "evidence": mark("Evidence"),
        "details": mark("Case"),
    }
)


@public()
def first_page(request: HttpRequest) -> HttpResponse:
    """The three doors."""
    return render(request, "pages/reading.html", {"doors": list(_DOORS.items())})


@public()
def behind(request: HttpRequest, *, door: int) -> HttpResponse:
    """The guides for one kind of reader, by theme."""
    reader = _DOORS.get(door)
    if reader is None:
        raise Http404
    context = {"door": door, "reader": reader, "themes": reading.by_theme(reader)}
    return render(request, "pages/guides.html", context)


@public()
def guide(request: HttpRequest, *, number: int) -> HttpResponse:
    """One guide, with today's figures in its sentences."""
    found = reading.guides().get(number)
    if found is None:
        raise Http404
    on = today()
    facts = facts_of(found, on=on)
    context = {
        **facts,
        "facts": facts,
        "guide": found,
        "on": on,
        "clocks": [clock_rules.rules()[ClockKind(kind)].title for kind in found.clocks],
        "letters": [registry.title_of(code) for code in found.letters],
        "places": [_PLACES[key] for key in found.places],
        "routes": [(name, _ROUTES[name]) for name in found.routes],
        "next_guides": _next(found),
    }
    return render(request, found.template, context)


def _next(of: Guide) -> list[Guide]:
    known = reading.guides()
    return [known[number] for number in of.read_next if number in known]

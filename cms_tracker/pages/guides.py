"""The guides: a first page with three doors, the list behind each door, and one page for each guide."""

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from arrears.core.case_values import ClockKind
from cases import queries
from cases.core.facts import Perspective
from cases.core.roles import Role
from cms_tracker.language import Words, mark
from cms_tracker.pages.core import reading
from cms_tracker.pages.core.reading import Guide, Reader
from cms_tracker.pages.reading_facts import facts_of
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public
from correspondence.core import clock_rules
from correspondence.core.letters import registry

if TYPE_CHECKING:
    from cases.models import Case

#: The doors by the number in their address, which says nothing of who reads.
_DOORS = dict(enumerate(Reader, start=1))
_ROUTES = Words(
    {
        "correspondence:ask-next": mark("Answer a few questions to see what can be done, without a sign-in"),
        "arrears:check": mark("Check a repayment plan, without a sign-in"),
        "arrears:estimate": mark("Estimate a weekly amount, without a sign-in"),
        "pages:safety": mark("Read how to stay safe here"),
    }
)
#: Pages of a record as the menu calls them, and where each is.
_PLACES = Words(
    {
        "next": mark("What next"),
        "payments": mark("Payments"),
        "changes": mark("Changes"),
        "plans": mark("Plans"),
        "log": mark("Calls"),
        "deadlines": mark("Deadlines"),
        "evidence": mark("Evidence"),
        "details": mark("Case"),
    }
)

_PLACE_NAMES = {
    "next": "correspondence:next",
    "payments": "arrears:payments",
    "changes": "arrears:changes",
    "plans": "arrears:plans",
    "log": "correspondence:promises",
    "deadlines": "correspondence:deadlines",
    "evidence": "correspondence:evidence",
    "details": "arrears:details",
}


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
    record = _only_record(request)
    context = {
        **facts,
        "facts": facts,
        "guide": found,
        "on": on,
        "clocks": [clock_rules.rules()[ClockKind(kind)].title for kind in found.clocks],
        "letters": [(registry.title_of(code), _page_of_letter(code, record)) for code in found.letters],
        "places": [(_PLACES[key], _page_of_place(key, record)) for key in found.places],
        "routes": [(name, _ROUTES[name]) for name in found.routes],
        "next_guides": _next(found),
    }
    return render(request, found.template, context)


def _only_record(request: HttpRequest) -> "Case | None":
    """The record that a signed-in person owns, where it is their only one: a guide then leads straight into it."""
    if not request.user.is_authenticated:
        return None
    own = [one.case for one in queries.memberships_of(request.user) if one.role == Role.OWNER]
    return own[0] if len(own) == 1 else None


def _page_of_place(key: str, record: "Case | None") -> str:
    """Where that page of the record is; empty without one."""
    return reverse(_PLACE_NAMES[key], args=[record.pk]) if record else ""


def _page_of_letter(code: str, record: "Case | None") -> str:
    """Where the letter is written in the record; empty without one, and where its side does not send it."""
    kind = registry.kind_of(code)
    if record is None or kind is None or Perspective(record.perspective) not in kind.senders:
        return ""
    return reverse("correspondence:new-letter", args=[record.pk, code])


def _next(of: Guide) -> list[Guide]:
    known = reading.guides()
    return [known[number] for number in of.read_next if number in known]

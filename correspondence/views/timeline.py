"""Everything in one record, newest first, by year."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import mark
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core.contacts import PromiseSeen, PromiseStanding
from correspondence.core.timeline import Item, Place, Topic, by_year, shown

if TYPE_CHECKING:
    from cases.models import Case

FILTERS = [
    ("", mark("Everything")),
    (Topic.PAYMENTS.value, mark("Payments")),
    (Topic.DECISIONS.value, mark("Decisions and plans")),
    (Topic.FIGURES.value, mark("CMS figures")),
    (Topic.CONTACTS.value, mark("Calls and promises")),
    (Topic.LETTERS.value, mark("Letters made here")),
    (Topic.ROUTES.value, mark("Complaints and appeals")),
    (Topic.EVIDENCE.value, mark("Files")),
]

_PLACES = {
    Place.PAYMENT: ("arrears:payment", mark("See this payment")),
    Place.PAYMENTS: ("arrears:payments", mark("See each one")),
    Place.DETAILS: ("arrears:details", mark("See the case details")),
    Place.PLANS: ("arrears:plans", mark("See the plan")),
    Place.FIGURES: ("arrears:figures", mark("See both figures")),
    Place.CONTACT: ("correspondence:contact", mark("Open it")),
    Place.LETTER: ("correspondence:letter", mark("Open it")),
    Place.EVIDENCE: ("correspondence:evidence-file", mark("Open it")),
    Place.ROUTES: ("correspondence:routes", mark("See where it stands")),
    Place.CLAIM: ("arrears:claim", mark("See the claim")),
    Place.SETTLEMENT: ("arrears:settlement", mark("See the settlement")),
    Place.ORDER: ("arrears:order", mark("See the order")),
    Place.EVENTS: ("correspondence:events", mark("See what happened")),
    Place.TRANSIT: ("arrears:transit", mark("See where it has got to")),
    Place.OTHER_MONEY: ("arrears:other-money", mark("See what is kept apart")),
}


@case_view(Permission.VIEW)
def timeline(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The timeline of a case; a long one by year, and by topic where asked."""
    on = today()
    topic = request.GET.get("show", "")
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    items = queries.timeline_of(case, on=on)
    years = by_year(item for item in items if not topic or item.topic == topic)
    page = shown(years, year=year)
    rows = [(one.year, [(item, *_link(case, item), _standings(item, on=on)) for item in one.items]) for one in page]
    return render(
        request,
        "correspondence/timeline.html",
        {
            "case": case,
            "here": "timeline",
            "rows": rows,
            "is_empty": not items,
            "filters": FILTERS,
            "topic": topic,
            "year": year,
            "years": [one.year for one in years] if len(page) < len(years) or year else [],
            "may_record": Permission.RECORD in request.rights,
        },
    )


def _link(case: "Case", item: Item) -> tuple[str, str]:
    """The address and the words of the link to the page that says more; empty where there is none."""
    if item.place is None:
        return "", ""
    name, words = _PLACES[item.place]
    return reverse(name, args=[case.pk, item.id] if item.id else [case.pk]), words


def _standings(item: Item, *, on: dt.date) -> list[tuple[PromiseSeen, PromiseStanding]]:
    return [(promise, promise.standing(on=on)) for promise in item.promises]

"""Everything in one record, newest first, by year."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core.contacts import PromiseSeen, PromiseStanding
from correspondence.core.timeline import Item, Place, Topic, by_year, shown

if TYPE_CHECKING:
    from cases.models import Case

FILTERS = [
    ("", "Everything"),
    (Topic.PAYMENTS.value, "Payments"),
    (Topic.DECISIONS.value, "Decisions and plans"),
    (Topic.FIGURES.value, "CMS figures"),
    (Topic.CONTACTS.value, "Calls and promises"),
    (Topic.LETTERS.value, "Letters made here"),
    (Topic.EVIDENCE.value, "Files"),
]

_PLACES = {
    Place.PAYMENT: ("arrears:payment", "See this payment"),
    Place.PAYMENTS: ("arrears:payments", "See each one"),
    Place.DETAILS: ("arrears:details", "See the case details"),
    Place.PLANS: ("arrears:plans", "See the plan"),
    Place.FIGURES: ("arrears:figures", "See both figures"),
    Place.CONTACT: ("correspondence:contact", "Open it"),
    Place.LETTER: ("correspondence:letter", "Open it"),
    Place.EVIDENCE: ("correspondence:evidence-file", "Open it"),
    Place.CLAIM: ("arrears:claim", "See the claim"),
    Place.SETTLEMENT: ("arrears:settlement", "See the settlement"),
    Place.ORDER: ("arrears:order", "See the order"),
    Place.OTHER_MONEY: ("arrears:other-money", "See what is kept apart"),
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

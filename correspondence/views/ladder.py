"""The ways to collect in one record: what was tried, what is left, what must come first, and how it is answered."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from cases.core import words
from cases.core.facts import Nation, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core import powers
from correspondence.core.enforcement import board
from correspondence.core.enforcement_words import LETTERS, cards, noted

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def ladder(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every way to collect in this nation, in the order of events, for the side whose record it is."""
    on, side = today(), Perspective(case.perspective)
    situation = queries.situation_of(case, on=on)
    groups = cards(board(situation), perspective=side, nation=situation.nation, on=on)
    may_write = Permission.WRITE_LETTERS in request.rights
    offers = {one.kind.code: one for one in queries.offers_of(case, on=on)} if may_write else {}
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "situation": situation,
        "nation": words.NATIONS[Nation(case.nation)],
        "groups": groups,
        "noted": noted(groups),
        "limits": powers.limits_on(on),
        "kept": powers.beside_a_plan(),
        "chooses": powers.who_chooses(),
        "letters": [offers[code] for code in LETTERS[side] if code in offers],
        "is_receiving": side is Perspective.RECEIVING,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/ladder.html", context)

"""The start page for people who are not signed in; the right place for those who are."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from arrears.forms.plan_check import PlanCheckForm
from cases import queries
from cms_tracker.web.clock import today
from cms_tracker.web.gates import public

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@public()
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, or lead a signed-in person on."""
    if request.user.is_authenticated:
        return _lead_on(request.user)
    return render(request, "pages/home.html", {"form": PlanCheckForm(on=today())})


def _lead_on(user: "User") -> HttpResponse:
    """Safety first; then an adviser's list, the only record, the list of records, or a new one."""
    if user.safety_page_seen_at is None:
        return redirect("pages:safety")
    if user.is_adviser:
        return redirect("pages:caseload")
    cases = queries.cases_for(user)
    if len(cases) == 1:
        return redirect("pages:today", cases[0].pk)
    return redirect("cases:records" if cases else "cases:open-record")

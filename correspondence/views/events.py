"""What happened in a record: the list, and one more."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears.core.event_values import EventKind
from cases.core.facts import Nation
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, queries
from correspondence.core.enforcement_words import choices, power_numbered
from correspondence.core.events import KINDS, groups, number_of, numbered
from correspondence.forms.events import EventForm

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def events(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Everything that happened, the latest first."""
    context = {
        "case": case,
        "here": "details",
        "events": queries.events_of(case.pk),
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/events.html", context)


@case_view(Permission.RECORD)
def choose_event(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Choose what happened, before its day is asked for."""
    way = power_numbered(request.GET.get("way", ""))
    chosen = [
        (heading, found)
        for heading, kinds in groups()
        if (found := [(number_of(kind), words) for kind, words in kinds if way is None or kind.names_a_power])
    ]
    context = {"case": case, "here": "details", "groups": chosen, "way": request.GET["way"] if way else ""}
    return render(request, "correspondence/choose_event.html", context)


@case_view(Permission.RECORD, FORM)
def new_event(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """Record what happened, and when."""
    kind = numbered(number)
    if kind is None:
        raise Http404
    if kind is EventKind.ARREARS_NOT_WANTED:  # nobody records it without having read what it may give up
        return redirect("correspondence:not-wanted", case.pk)
    form = EventForm(
        sent(request),
        on=today(),
        kind=kind,
        powers=choices(Nation(case.nation)),
        first=power_numbered(request.GET.get("way", "")),
    )
    if form.is_valid():
        try:
            operations.add_event(actor=request.user, case=case, event=form.event(), entry_id=form.cleaned_data["entry"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Saved. It stands in the list."))
            return redirect("correspondence:events", case.pk)
    context = {"case": case, "here": "details", "form": form, "title": KINDS[kind]}
    return render(request, "correspondence/new_event.html", context)

"""Choose records of one's list for a letter to many: those ticked, or all that the filters show."""

import uuid
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cms_tracker.pages.caseload import list_address, wanted_in
from cms_tracker.pages.worklist import ids_of
from cms_tracker.web.clock import today
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import PRESS
from correspondence.core.letters.bulk import MOST

if TYPE_CHECKING:
    from cms_tracker.users.models import User

CHOSEN = "letters-for"  # as correspondence.views.bulk reads it


@signed_in(PRESS)
def choose(request: HttpRequest) -> HttpResponseBase:
    """Keep which records were chosen, in the session. Access is looked at when they are read."""
    if "none" in request.POST:
        request.session.pop(CHOSEN, None)
        return redirect(list_address(request))
    if "all" in request.POST:
        found = ids_of(cast("User", request.user), on=today(), wanted=wanted_in(request), count=MOST + 1)
        chosen = [str(one) for one in found]
    else:
        kept = request.session.get(CHOSEN, [])
        chosen = list(dict.fromkeys([*kept, *_ticked(request)]))
    if len(chosen) > MOST:
        messages.error(request, f"At most {MOST:,} records at a time. Filter the list first.")
        return redirect(list_address(request))
    request.session[CHOSEN] = chosen
    if not chosen:
        messages.error(request, "Tick at least one record.")
        return redirect(list_address(request))
    if "more" in request.POST:
        return redirect(list_address(request))
    return redirect("pages:give" if "hand" in request.POST else "correspondence:bulk")


def _ticked(request: HttpRequest) -> list[str]:
    found = []
    for one in request.POST.getlist("record"):
        try:
            found.append(str(uuid.UUID(one)))
        except ValueError:
            continue
    return found

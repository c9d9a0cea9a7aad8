"""A person takes a whole record away as a file."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.pages import case_transfer
from cms_tracker.web.clock import today

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.EXPORT, fresh="file")
def export(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Hand the owner the whole record as a file whose name tells a glance nothing."""
    try:
        text = case_transfer.hand_out(case, actor=request.user)
    except FileNotFoundError:
        messages.error(
            request, "A proof of this record is missing on this computer, so there is no whole copy to give."
        )
        return redirect("pages:overview", case_id=case.pk)
    name = f"record-{today():%Y-%m-%d}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/json", headers=headers)

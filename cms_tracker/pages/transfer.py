"""To be written."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import operations
from cases.core.roles import Permission
from cases.forms.people import DeleteRecord
from cases.gate import CaseRequest, case_view

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.EXPORT)
def export(request, *args, **kwargs):
    return HttpResponse("export: to be written")


@case_view(Permission.DELETE)
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Say what would be lost; delete the record only when the word is typed."""
    form = DeleteRecord(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.delete_case(actor=request.user, case=case)
        messages.success(request, "The record is deleted.")
        return redirect("cases:records")
    return render(request, "pages/delete.html", {"case": case, "here": "details", "form": form})

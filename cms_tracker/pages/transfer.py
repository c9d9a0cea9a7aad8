"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.EXPORT)
def export(request, *args, **kwargs):
    return HttpResponse("export: to be written")


@case_view(Permission.DELETE)
def delete(request, *args, **kwargs):
    return HttpResponse("delete: to be written")

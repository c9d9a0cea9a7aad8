"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.VIEW)
def details(request, *args, **kwargs):
    return HttpResponse("details: to be written")

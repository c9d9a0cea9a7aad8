"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def new_opening(request, *args, **kwargs):
    return HttpResponse("new_opening: to be written")


@case_view(Permission.RECORD)
def new_adjustment(request, *args, **kwargs):
    return HttpResponse("new_adjustment: to be written")

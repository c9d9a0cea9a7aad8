"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def new_decision(request, *args, **kwargs):
    return HttpResponse("new_decision: to be written")


@case_view(Permission.RECORD)
def new_service(request, *args, **kwargs):
    return HttpResponse("new_service: to be written")


@case_view(Permission.RECORD)
def new_dates(request, *args, **kwargs):
    return HttpResponse("new_dates: to be written")

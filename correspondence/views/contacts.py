"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def new_contact(request, *args, **kwargs):
    return HttpResponse("new_contact: to be written")


@case_view(Permission.VIEW)
def contact(request, *args, **kwargs):
    return HttpResponse("contact: to be written")


@case_view(Permission.RECORD)
def promise_outcome(request, *args, **kwargs):
    return HttpResponse("promise_outcome: to be written")

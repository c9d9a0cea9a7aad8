"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.VIEW)
def plans(request, *args, **kwargs):
    return HttpResponse("plans: to be written")


@case_view(Permission.RECORD)
def new_plan(request, *args, **kwargs):
    return HttpResponse("new_plan: to be written")


@case_view(Permission.RECORD)
def compare(request, *args, **kwargs):
    return HttpResponse("compare: to be written")


@case_view(Permission.RECORD)
def remove_proposal(request, *args, **kwargs):
    return HttpResponse("remove_proposal: to be written")

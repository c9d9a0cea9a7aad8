"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.gates import signed_in


@signed_in
def join(request, *args, **kwargs):
    return HttpResponse("join: to be written")


@case_view(Permission.VIEW)
def people(request, *args, **kwargs):
    return HttpResponse("people: to be written")


@case_view(Permission.SHARE)
def invite(request, *args, **kwargs):
    return HttpResponse("invite: to be written")


@case_view(Permission.SHARE)
def withdraw(request, *args, **kwargs):
    return HttpResponse("withdraw: to be written")


@case_view(Permission.SHARE)
def end_access(request, *args, **kwargs):
    return HttpResponse("end_access: to be written")

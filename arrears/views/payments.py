"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.VIEW)
def payments(request, *args, **kwargs):
    return HttpResponse("payments: to be written")


@case_view(Permission.VIEW)
def payment(request, *args, **kwargs):
    return HttpResponse("payment: to be written")

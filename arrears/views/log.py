"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def log_payment(request, *args, **kwargs):
    return HttpResponse("log_payment: to be written")

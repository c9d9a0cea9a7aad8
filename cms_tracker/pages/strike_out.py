"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def strike_out(request, *args, **kwargs):
    return HttpResponse("strike_out: to be written")

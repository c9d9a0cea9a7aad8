"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.RECORD)
def add_proof(request, *args, **kwargs):
    return HttpResponse("add_proof: to be written")


@case_view(Permission.VIEW)
def proof(request, *args, **kwargs):
    return HttpResponse("proof: to be written")

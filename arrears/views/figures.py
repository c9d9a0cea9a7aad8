"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.VIEW)
def figures(request, *args, **kwargs):
    return HttpResponse("figures: to be written")


@case_view(Permission.RECORD)
def new_figure(request, *args, **kwargs):
    return HttpResponse("new_figure: to be written")

"""To be written."""

from django.http import HttpRequest, HttpResponse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view


@case_view(Permission.VIEW)
def letters(request, *args, **kwargs):
    return HttpResponse("letters: to be written")


@case_view(Permission.WRITE_LETTERS)
def new_letter(request, *args, **kwargs):
    return HttpResponse("new_letter: to be written")


@case_view(Permission.VIEW)
def letter(request, *args, **kwargs):
    return HttpResponse("letter: to be written")


@case_view(Permission.VIEW)
def status(request, *args, **kwargs):
    return HttpResponse("status: to be written")


@case_view(Permission.VIEW)
def page(request, *args, **kwargs):
    return HttpResponse("page: to be written")


@case_view(Permission.VIEW)
def pdf(request, *args, **kwargs):
    return HttpResponse("pdf: to be written")


@case_view(Permission.WRITE_LETTERS)
def again(request, *args, **kwargs):
    return HttpResponse("again: to be written")


@case_view(Permission.WRITE_LETTERS)
def posted(request, *args, **kwargs):
    return HttpResponse("posted: to be written")

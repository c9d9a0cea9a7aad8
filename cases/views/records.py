"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import signed_in


@signed_in
def records(request, *args, **kwargs):
    return HttpResponse("records: to be written")


@signed_in
def open_record(request, *args, **kwargs):
    return HttpResponse("open_record: to be written")

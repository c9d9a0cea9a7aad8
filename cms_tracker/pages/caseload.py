"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import signed_in


@signed_in
def caseload(request, *args, **kwargs):
    return HttpResponse("caseload: to be written")

"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import public


@public
def check(request, *args, **kwargs):
    return HttpResponse("check: to be written")

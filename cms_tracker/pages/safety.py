"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import public


@public
def safety(request, *args, **kwargs):
    return HttpResponse("safety: to be written")


@public
def leave(request, *args, **kwargs):
    return HttpResponse("leave: to be written")

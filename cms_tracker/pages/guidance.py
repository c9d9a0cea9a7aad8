"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import public


@public
def privacy(request, *args, **kwargs):
    return HttpResponse("privacy: to be written")


@public
def sources(request, *args, **kwargs):
    return HttpResponse("sources: to be written")

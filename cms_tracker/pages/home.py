"""To be written."""

from django.http import HttpRequest, HttpResponse

from cms_tracker.web.gates import public


@public
def home(request, *args, **kwargs):
    return HttpResponse("home: to be written")

"""The root of every URL: includes only."""

from django.urls import include, path

urlpatterns = [
    path("", include("cms_tracker.pages.urls")),
    path("", include("cms_tracker.users.urls")),
    path("", include("cases.urls")),
    path("", include("arrears.urls")),
    path("", include("correspondence.urls")),
    path("account/", include("allauth.account.urls")),
]

"""The root of every URL: includes only."""

from django.urls import include, path

urlpatterns = [
    path("", include("cms_tracker.pages.urls")),
    path("", include("cms_tracker.users.urls")),
    path("", include("cms_tracker.rights.urls")),
    path("", include("cases.urls")),
    path("", include("arrears.urls")),
    path("", include("correspondence.urls")),
    path("account/", include("cms_tracker.users.sign_in_urls")),
]

handler400 = "cms_tracker.pages.errors.bad_request"
handler403 = "cms_tracker.pages.errors.not_allowed"
handler404 = "cms_tracker.pages.errors.not_found"
handler429 = "cms_tracker.pages.errors.too_many"
handler500 = "cms_tracker.pages.errors.failed"

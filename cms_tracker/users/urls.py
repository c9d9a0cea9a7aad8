"""Routes of cms_tracker.users. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.users import confirming, session_pages, views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/confirm/", confirming.confirm, name="confirm"),
    path("account/devices/", session_pages.sessions, name="sessions"),
    path("account/devices/end-others/", session_pages.end_others, name="end-other-sessions"),
    path("account/devices/<uuid:name>/end/", session_pages.end, name="end-session"),
    path("account/stay/", views.stay, name="stay"),
]

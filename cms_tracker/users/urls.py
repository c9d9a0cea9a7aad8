"""Routes of cms_tracker.users. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.users import confirming, views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/confirm/", confirming.confirm, name="confirm"),
    path("account/stay/", views.stay, name="stay"),
]

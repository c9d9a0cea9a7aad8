"""Routes of cms_tracker.users. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.users import views

app_name = "users"

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/stay/", views.stay, name="stay"),
]

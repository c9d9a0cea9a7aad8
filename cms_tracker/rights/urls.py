"""Routes of cms_tracker.rights. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.rights import views

app_name = "rights"

urlpatterns = [
    path("account/copy/", views.copy, name="copy"),
    path("account/copy/<uuid:copy_id>/file/", views.copy_file, name="copy-file"),
]

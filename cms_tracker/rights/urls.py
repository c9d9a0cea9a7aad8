"""Routes of cms_tracker.rights. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.rights.views import complaining, copies, deleting

app_name = "rights"

urlpatterns = [
    path("account/copy/", copies.copy, name="copy"),
    path("account/copy/<uuid:copy_id>/file/", copies.copy_file, name="copy-file"),
    path("account/days/", deleting.days, name="days"),
    path("account/close/", deleting.close, name="close"),
    path("complain/", complaining.complain, name="complain"),
    path("complain/answer/", complaining.answer, name="answer"),
    path("back/", deleting.bring_back, name="bring-back"),
    path("records/<uuid:case_id>/delete/", deleting.delete_record, name="delete-record"),
]

"""Routes of correspondence. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from correspondence.views import contacts, letter_steps, letters, timeline, writing

app_name = "correspondence"

urlpatterns = [
    path("records/<uuid:case_id>/contacts/new/", contacts.new_contact, name="new-contact"),
    path("records/<uuid:case_id>/contacts/<uuid:contact_id>/", contacts.contact, name="contact"),
    path("records/<uuid:case_id>/promises/<uuid:promise_id>/", contacts.promise_outcome, name="promise-outcome"),
    path("records/<uuid:case_id>/letters/", letters.letters, name="letters"),
    path("records/<uuid:case_id>/letters/new/<slug:kind>/", writing.new_letter, name="new-letter"),
    path("records/<uuid:case_id>/letters/new/<slug:kind>/check/", writing.check_letter, name="check-letter"),
    path("records/<uuid:case_id>/letters/new/<slug:kind>/read/", writing.preview_letter, name="preview-letter"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/", letters.letter, name="letter"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/status/", letters.status, name="status"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/page/", letters.page, name="page"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/pdf/", letters.pdf, name="pdf"),
    path("records/<uuid:case_id>/letters/<uuid:letter_id>/again/", letters.again, name="again"),
    path(
        "records/<uuid:case_id>/letters/<uuid:letter_id>/steps/<slug:kind>/",
        letter_steps.letter_step,
        name="letter-step",
    ),
    path("records/<uuid:case_id>/timeline/", timeline.timeline, name="timeline"),
]

"""Routes of cases. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cases.views import authority, decisions, people, records, safe_contact

app_name = "cases"

urlpatterns = [
    path("records/", records.records, name="records"),
    path("records/new/", records.open_record, name="open-record"),
    path("records/join/", people.join, name="join"),
    path("records/<uuid:case_id>/details/edit/", records.edit_details, name="edit-details"),
    path("records/<uuid:case_id>/details/service/new/", decisions.new_service, name="new-service"),
    path("records/<uuid:case_id>/details/dates/new/", decisions.new_dates, name="new-dates"),
    path("records/<uuid:case_id>/reach/", safe_contact.safe_contact, name="safe-contact"),
    path("records/<uuid:case_id>/reach/check/", safe_contact.check, name="check-safe-contact"),
    path("records/<uuid:case_id>/reach/<slug:page>/", safe_contact.ask, name="ask-safe-contact"),
    path("records/<uuid:case_id>/people/", people.people, name="people"),
    path("records/<uuid:case_id>/people/invite/", people.invite, name="invite"),
    path("records/<uuid:case_id>/people/invitations/<uuid:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
    path("records/<uuid:case_id>/people/<uuid:membership_id>/end/", people.end_access, name="end-access"),
    path("records/<uuid:case_id>/authority/", authority.authority, name="authority"),
    path("records/<uuid:case_id>/authority/new/", authority.give_authority, name="give-authority"),
    path("records/<uuid:case_id>/authority/to/<uuid:adviser_id>/", authority.give_authority_to, name="give-to-adviser"),
    path("records/<uuid:case_id>/authority/<uuid:authority_id>/end/", authority.end_authority, name="end-authority"),
]

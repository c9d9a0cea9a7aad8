"""Routes of cases. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cases.views import (
    assignments,
    authority,
    conflicts,
    decisions,
    intake,
    organisations,
    people,
    records,
    safe_contact,
)

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
    path("records/<uuid:case_id>/client/", intake.client_code, name="client-code"),
    path("records/<uuid:case_id>/look/end/", assignments.end_look, name="end-look"),
    path("organisation/", organisations.organisation, name="organisation"),
    path("organisation/join/", organisations.join_organisation, name="join-organisation"),
    path("organisation/leave/", organisations.leave_organisation, name="leave-organisation"),
    path("organisation/intakes/", organisations.choose_intake, name="choose-intake"),
    path("organisation/teams/new/", organisations.new_team, name="new-team"),
    path("organisation/people/new/", organisations.new_post, name="new-post"),
    path("organisation/people/codes/<uuid:code_id>/withdraw/", organisations.withdraw_post, name="withdraw-post"),
    path("organisation/people/<uuid:post_id>/", organisations.edit_post, name="edit-post"),
    path("organisation/people/<uuid:post_id>/end/", organisations.end_post, name="end-post"),
    path("organisation/records/new/", intake.intake, name="intake"),
    path("organisation/records/new/check/", intake.check_intake, name="check-intake"),
    path("organisation/records/new/<slug:page>/", intake.intake_page, name="intake-page"),
    path("organisation/records/<uuid:holding_id>/assign/", assignments.assign, name="assign"),
    path("organisation/records/<uuid:holding_id>/look/", assignments.ask_to_look, name="ask-to-look"),
    path("organisation/assignments/<uuid:assignment_id>/end/", assignments.unassign, name="unassign"),
    path("organisation/looks/<uuid:look_id>/", assignments.answer_look, name="answer-look"),
    path("organisation/conflicts/", conflicts.conflicts, name="conflicts"),
    path("organisation/conflicts/<uuid:holding_id>/clear/", conflicts.clear_intake, name="clear-intake"),
    path(
        "organisation/conflicts/<uuid:holding_id>/<uuid:other_holding_id>/",
        conflicts.decide_conflict,
        name="decide-conflict",
    ),
]

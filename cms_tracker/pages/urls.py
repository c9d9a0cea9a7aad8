"""Routes of cms_tracker.pages. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.pages import (
    case_overview,
    caseload,
    choosing,
    guidance,
    guides,
    hand_over,
    health,
    home,
    language,
    many,
    organisation_results,
    safety,
    saved_views,
    strike_out,
    supervision,
    today,
    together,
    transfer,
    who_looked,
)

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("safety/", safety.safety, name="safety"),
    path("leave/", safety.leave, name="leave"),
    path("language/", language.choose, name="language"),
    path("privacy/", guidance.privacy, name="privacy"),
    path("sources/", guidance.sources, name="sources"),
    path("reading/", guides.first_page, name="reading"),
    path("reading/door-<int:door>/", guides.behind, name="guides"),
    path("reading/<int:number>/", guides.guide, name="guide"),
    path("records/together/", together.debts, name="together"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/letters/", choosing.choose, name="choose"),
    path("caseload/views/new/", saved_views.new_view, name="new-view"),
    path("caseload/views/<uuid:view_id>/", saved_views.edit_view, name="edit-view"),
    path("caseload/views/<uuid:view_id>/delete/", saved_views.delete_view, name="delete-view"),
    path("caseload/hand-over/", hand_over.give, name="give"),
    path("organisation/hand-overs/", hand_over.hand_overs, name="hand-overs"),
    path("organisation/hand-overs/<uuid:hand_over_id>/take/", hand_over.take, name="take-hand-over"),
    path("organisation/hand-overs/<uuid:hand_over_id>/stop/", hand_over.stop, name="stop-hand-over"),
    path("organisation/checks/", supervision.checks, name="checks"),
    path("organisation/checks/mine/", supervision.my_checks, name="my-checks"),
    path("organisation/checks/<uuid:check_id>/", supervision.check, name="check"),
    path("organisation/checks/records/<uuid:checked_id>/", supervision.findings, name="findings"),
    path("organisation/checks/records/<uuid:checked_id>/open/", supervision.open_checked, name="open-checked"),
    path("organisation/results/", organisation_results.organisation_results, name="organisation-results"),
    path(
        "organisation/results/file/", organisation_results.organisation_results_file, name="organisation-results-file"
    ),
    path("records/<uuid:case_id>/hand-overs/", hand_over.handed, name="handed"),
    path("records/<uuid:case_id>/close/", hand_over.close, name="close"),
    path("records/<uuid:case_id>/", today.today, name="today"),
    path("records/<uuid:case_id>/overview/", case_overview.overview, name="overview"),
    path("records/<uuid:case_id>/overview/name/", case_overview.name_record, name="name-record"),
    path("records/<uuid:case_id>/entries/<uuid:fact_id>/strike-out/", strike_out.strike_out, name="strike-out"),
    path("records/<uuid:case_id>/many/", many.many, name="many"),
    path("records/<uuid:case_id>/people/looks/", who_looked.who_looked, name="who-looked"),
    path("records/<uuid:case_id>/export/", transfer.export, name="export"),
]

"""Routes of cms_tracker.pages. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from cms_tracker.pages import (
    case_overview,
    caseload,
    choosing,
    guidance,
    health,
    home,
    language,
    many,
    safety,
    saved_views,
    strike_out,
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
    path("records/together/", together.debts, name="together"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("caseload/letters/", choosing.choose, name="choose"),
    path("caseload/views/new/", saved_views.new_view, name="new-view"),
    path("caseload/views/<uuid:view_id>/", saved_views.edit_view, name="edit-view"),
    path("caseload/views/<uuid:view_id>/delete/", saved_views.delete_view, name="delete-view"),
    path("records/<uuid:case_id>/", today.today, name="today"),
    path("records/<uuid:case_id>/overview/", case_overview.overview, name="overview"),
    path("records/<uuid:case_id>/overview/name/", case_overview.name_record, name="name-record"),
    path("records/<uuid:case_id>/entries/<uuid:fact_id>/strike-out/", strike_out.strike_out, name="strike-out"),
    path("records/<uuid:case_id>/many/", many.many, name="many"),
    path("records/<uuid:case_id>/people/looks/", who_looked.who_looked, name="who-looked"),
    path("records/<uuid:case_id>/export/", transfer.export, name="export"),
]

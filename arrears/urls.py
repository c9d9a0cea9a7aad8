"""Routes of arrears. Paths say nothing of child maintenance: they stay in the browser history."""

from django.urls import path

from arrears.views import (
    bank,
    changes,
    comparing,
    decisions,
    details,
    entries,
    estimate,
    evidence,
    figures,
    first_decision,
    log,
    patterns,
    payments,
    plan_check,
    plans,
)

app_name = "arrears"

urlpatterns = [
    path("plan/", plan_check.check, name="check"),
    path("estimate/", estimate.illustrate, name="estimate"),
    path("records/<uuid:case_id>/payments/", payments.payments, name="payments"),
    path("records/<uuid:case_id>/payments/log/", log.log_payment, name="log-payment"),
    path("records/<uuid:case_id>/payments/bank/", bank.bank, name="bank"),
    path("records/<uuid:case_id>/payments/bank/columns/", bank.bank_columns, name="bank-columns"),
    path("records/<uuid:case_id>/payments/bank/save/", bank.bank_save, name="bank-save"),
    path("records/<uuid:case_id>/payments/<uuid:payment_id>/", payments.payment, name="payment"),
    path("records/<uuid:case_id>/payments/<uuid:payment_id>/proof/", evidence.add_proof, name="add-proof"),
    path("records/<uuid:case_id>/proof/<uuid:evidence_id>/", evidence.proof, name="proof"),
    path("records/<uuid:case_id>/changes/<uuid:decision_id>/", changes.working_of, name="working"),
    path("records/<uuid:case_id>/changes/", changes.changes, name="changes"),
    path("records/<uuid:case_id>/pattern/", patterns.pattern, name="pattern"),
    path("records/<uuid:case_id>/pattern/file/", patterns.pattern_file, name="pattern-file"),
    path("records/<uuid:case_id>/plans/", plans.plans, name="plans"),
    path("records/<uuid:case_id>/plans/new/", plans.new_plan, name="new-plan"),
    path("records/<uuid:case_id>/plans/compare/", plans.compare, name="compare"),
    path(
        "records/<uuid:case_id>/plans/compare/<uuid:proposal_id>/remove/",
        plans.remove_proposal,
        name="remove-proposal",
    ),
    path("records/<uuid:case_id>/figures/", figures.figures, name="figures"),
    path("records/<uuid:case_id>/figures/new/", figures.new_figure, name="new-figure"),
    path("records/<uuid:case_id>/figures/account/", figures.breakdown, name="breakdown"),
    path("records/<uuid:case_id>/figures/account/file/", figures.breakdown_file, name="breakdown-file"),
    path("records/<uuid:case_id>/figures/compare/", comparing.compare_records, name="compare-records"),
    path("records/<uuid:case_id>/figures/<uuid:figure_id>/", figures.figure, name="figure"),
    path("records/<uuid:case_id>/details/", details.details, name="details"),
    path("records/<uuid:case_id>/estimate/", estimate.plausible, name="plausible"),
    path("records/<uuid:case_id>/details/decisions/first/", first_decision.first_decision, name="first-decision"),
    path(
        "records/<uuid:case_id>/details/decisions/first/check/",
        first_decision.check_first,
        name="check-first-decision",
    ),
    path("records/<uuid:case_id>/details/decisions/first/<slug:page>/", first_decision.first_page, name="first-page"),
    path("records/<uuid:case_id>/details/decisions/new/", decisions.new_decision, name="new-decision"),
    path("records/<uuid:case_id>/details/decisions/new/check/", decisions.check_decision, name="check-decision"),
    path("records/<uuid:case_id>/details/opening/new/", entries.new_opening, name="new-opening"),
    path("records/<uuid:case_id>/details/adjustments/new/", entries.new_adjustment, name="new-adjustment"),
]

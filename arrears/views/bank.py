"""Payments from a bank statement: the file, what it may hold for this case, and one Save."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.bank.layouts import known_banks
from arrears.core.bank.lines import BankStatement, StatementError
from arrears.forms.bank import MAX_SHOWN, ChooseColumns, ChooseStatement, ConfirmLines, salt_of
from arrears.presenters import bank as presenters
from cases.core.facts import Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.RECORD, FORM)
def bank(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Ask for the file; read it; show what may be payments. Nothing of it is stored here."""
    form = ChooseStatement(sent(request), request.FILES or None)
    if form.is_valid():
        statement = form.cleaned_data["statement"]
        if isinstance(statement, BankStatement):
            return _check(request, case, statement)
        try:
            chosen = ChooseColumns.of(form.content, statement, salt=salt_of(case.pk, request.user.pk))
        except StatementError as error:
            form.add_error("statement", str(error))
        else:
            return _columns(request, case, chosen)
    context = {"case": case, "here": "payments", "form": form, "banks": ", ".join(known_banks())}
    return render(request, "arrears/bank.html", context)


@case_view(Permission.RECORD, FORM)
def bank_columns(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Read a table by the columns that a person chose. Opened on its own, it asks for the file."""
    if request.method != "POST":
        return redirect("arrears:bank", case_id=case.pk)
    form = ChooseColumns(request.POST, salt=salt_of(case.pk, request.user.pk))
    if form.is_valid():
        return _check(request, case, form.cleaned_data["statement"])
    return _columns(request, case, form)


@case_view(Permission.RECORD, FORM)
def bank_save(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Store the lines that are ticked, and nothing else. Opened on its own, it asks for the file."""
    if request.method != "POST":
        return redirect("arrears:bank", case_id=case.pk)
    form = ConfirmLines(request.POST, salt=salt_of(case.pk, request.user.pk), perspective=Perspective(case.perspective))
    if form.is_valid():
        try:
            done = operations.import_payments(
                actor=request.user, case=case, lines=form.cleaned_data["take"], recorded_on=today()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, presenters.done(done.added, done.already))
            return redirect("arrears:payments", case_id=case.pk)
    return _confirm(request, case, form)


def _columns(request: CaseRequest, case: "Case", form: ChooseColumns) -> HttpResponseBase:
    rows = presenters.preview(form.table) if form.table else []
    context = {"case": case, "here": "payments", "form": form, "rows": rows}
    return render(request, "arrears/bank_columns.html", context)


def _check(request: CaseRequest, case: "Case", statement: BankStatement) -> HttpResponseBase:
    """Match the lines of a statement to the case, and show what a person has to decide."""
    found = queries.bank_lines(case, statement.lines, on=today())
    shown = found.candidates[:MAX_SHOWN]
    form = ConfirmLines.of(shown, salt=salt_of(case.pk, request.user.pk), perspective=Perspective(case.perspective))
    more = {
        "statement": statement,
        "refused": presenters.refused(statement),
        "already": found.already,
        "others": found.others,
        "left": len(found.candidates) - len(shown),
    }
    return _confirm(request, case, form, more)


def _confirm(
    request: CaseRequest, case: "Case", form: ConfirmLines, more: dict[str, object] | None = None
) -> HttpResponseBase:
    context = {
        "case": case,
        "here": "payments",
        "form": form,
        "cards": presenters.page(form.candidates, ticked=form.ticked, routes=form.routes),
        "is_paying": case.perspective == Perspective.PAYING,
        **(more or {}),
    }
    return render(request, "arrears/bank_check.html", context)

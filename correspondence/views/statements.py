"""Statements: choose one, take it away as tables, or have it made as a PDF that stays as it was."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, presenters, queries, rendering
from correspondence.core.jobs import JobKind
from correspondence.core.statement_options import PaperKind, TableKind
from correspondence.core.statement_words import owed
from correspondence.forms.statements import StatementForm

if TYPE_CHECKING:
    from cases.models import Case
    from correspondence.models import AccountStatement

_MEDIA_TYPES = {
    TableKind.CSV: "text/csv; charset=utf-8",
    TableKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@case_view(Permission.WRITE_LETTERS, FORM)
def statements(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Choose what a statement shows and have its PDF made; below stand those made before."""
    form = StatementForm(sent(request), on=today())
    if form.is_valid():
        try:
            made = operations.make_statement(
                actor=request.user,
                case=case,
                chosen=form.chosen(),
                on=today(),
                statement_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("correspondence:statement", case.pk, made.pk)
    return _page(request, case, form)


@case_view(Permission.EXPORT, FORM)
def statement_file(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """The same choices as a file of tables, made at once, under a name that says nothing."""
    table = _table(kind)
    form = StatementForm(sent(request), on=today())
    if not form.is_valid():
        return _page(request, case, form)
    chosen = form.chosen()
    content = operations.take_tables(actor=request.user, case=case, chosen=chosen, kind=table)
    return _file(content, media_type=_MEDIA_TYPES[table], name=f"account-{chosen.until}.{table}")


@case_view(Permission.VIEW)
def statement(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> HttpResponseBase:
    """One statement: how far its PDF is."""
    return render(request, "correspondence/statement.html", _context(request, case, statement_id))


@case_view(Permission.VIEW, asked_by_timer=True)
def statement_status(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> HttpResponseBase:
    """How far one statement is: the part of its page that asks again while it is being made."""
    part = "statement_status" if request.headers.get("HX-Request") else "statement"
    context = _context(request, case, statement_id)
    return render(request, f"correspondence/{part}.html", context)


@case_view(Permission.VIEW)
def statement_page(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> HttpResponseBase:
    """The statement itself as a page, to read or to print from the browser. It needs no PDF."""
    found = _found(case, statement_id)
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "called": say("Summary") if found.paper == PaperKind.ONE_PAGE else say("Statement"),
            "style": rendering.paper_style(PaperKind(found.paper)),
            "html": rendering.statement_words(found.html),
            "dated": day(found.made_on),
            "back": reverse("correspondence:statement", args=[case.pk, found.pk]),
            "back_label": say("Back to this statement"),
        },
    )


@case_view(Permission.VIEW)
def statement_pdf(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> HttpResponseBase:
    """The PDF, under a name that says nothing, if it is the very file that was made."""
    found = _found(case, statement_id)
    content = operations.take_statement(actor=request.user, case=case, statement_id=found.pk)
    if content is None:
        messages.error(request, "The PDF is not there. You can print the statement, or make the PDF again.")
        return redirect("correspondence:statement", case.pk, found.pk)
    name = "summary" if found.paper == PaperKind.ONE_PAGE else "account"
    return _file(content, media_type="application/pdf", name=f"{name}-{found.until}.pdf")


@case_view(Permission.WRITE_LETTERS, PRESS)
def statement_again(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> HttpResponseBase:
    """Ask once more for the PDF of a statement that could not be made."""
    found = _found(case, statement_id)
    operations.try_again(
        actor=request.user,
        case=case,
        kind=JobKind.STATEMENT,
        subject=found.pk,
        stored_as=found.stored_as,
        sha256=found.sha256,
    )
    return redirect("correspondence:statement", case.pk, found.pk)


def _page(request: CaseRequest, case: "Case", form: StatementForm) -> HttpResponseBase:
    jobs = queries.jobs_of(case.pk, JobKind.STATEMENT)
    context = {
        "case": case,
        "here": "payments",
        "form": form,
        "today": today(),
        "rows": [(one, presenters.job_seen(jobs.get(one.pk))) for one in queries.statements_of(case.pk)],
        "may_export": Permission.EXPORT in request.rights,
    }
    return render(request, "correspondence/statements.html", context)


def _table(kind: str) -> TableKind:
    try:
        return TableKind(kind)
    except ValueError as error:
        raise Http404 from error


def _file(content: bytes, *, media_type: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": say('attachment; filename="{name}"', name=name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def _found(case: "Case", statement_id: uuid.UUID) -> "AccountStatement":
    found = queries.statement_of(case.pk, statement_id)
    if found is None:
        raise Http404
    return found


def _context(request: CaseRequest, case: "Case", statement_id: uuid.UUID) -> dict[str, object]:
    # The work before the statement: what is ready by the first look stands in what the second one reads.
    job = queries.job_of(JobKind.STATEMENT, statement_id)
    found = _found(case, statement_id)
    args = [case.pk, found.pk]
    return {
        "case": case,
        "here": "payments",
        "statement": found,
        "is_one_page": found.paper == PaperKind.ONE_PAGE,
        "opening": owed(found.figures.get("opening", 0)),
        "closing": owed(found.figures["closing"]),
        "may_write": Permission.WRITE_LETTERS in request.rights,
        "seen": presenters.job_seen(job),
        "thing": "statement",
        "page_url": reverse("correspondence:statement", args=args),
        "status_url": reverse("correspondence:statement-status", args=args),
        "again_url": reverse("correspondence:statement-again", args=args),
    }

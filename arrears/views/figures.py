"""Their figure and mine: what CMS says is owed, beside what this record says for the same day."""

import codecs
import csv
import io
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from arrears import operations, queries
from arrears.core.breakdown import departure, questions, questions_about, stages_of
from arrears.forms.figures import Figure, OneDay
from arrears.presenters import breakdown as account_words
from arrears.presenters import figures as presenter
from arrears.presenters.fact_links import FactLinks, addresses
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def figures(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """List every figure CMS gave, newest first, each beside the record's own."""
    found = queries.figures_of(case, known_on=today())
    context = {
        "case": case,
        "here": "details",
        "figures": presenter.rows(found, note=case.note),
        "intervals": presenter.intervals(stages_of([check for _, check in found if check])),
        "may_record": Permission.RECORD in request.rights,
        "today": today(),
    }
    return render(request, "arrears/figures.html", context)


@case_view(Permission.VIEW)
def figure(request: CaseRequest, case: "Case", figure_id: uuid.UUID) -> HttpResponseBase:
    """One figure of CMS, and what would explain the difference; ``?then=on`` by what was known when it was said."""
    by_then = request.GET.get("then") == "on"
    found = queries.figure_of(case, figure_id, on=today(), by_then=by_then)
    if found is None:
        raise Http404
    check, links = found.check, FactLinks(found.facts, addresses(case.pk))
    context = {
        "case": case,
        "here": "details",
        "row": presenter.rows([(found.statement, check)], note=case.note)[0],
        "by_then": by_then,
        "other": presenter.known_then(check, found.other) if check and found.other else "",
        "explanations": presenter.explained(check.explanations, links) if check else [],
        "partly": presenter.explained([check.partly], links) if check and check.partly else [],
        "questions": questions_about(found.stages, found.statement.id) if check else (),
        "compared": presenter.days_to_compare(found.stages, found.statement, found.facts),
        "may_record": Permission.RECORD in request.rights,
        "today": today(),
    }
    return render(request, "arrears/figure.html", context)


@case_view(Permission.VIEW)
def breakdown(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every line of the account up to ``?on=``, today where none is asked for."""
    form = OneDay.read(request.GET, today=today())
    day = form.day
    account = queries.account_of(case, on=day or today(), known_on=today())
    context = {
        "case": case,
        "here": "details",
        "form": form,
        "day": day,
        "account": account.lines,
        "years": account_words.years(account.lines, account.facts, FactLinks(account.facts, addresses(case.pk))),
        "first": departure(account.stages),
        "questions": questions(account.stages),
        "may_export": Permission.EXPORT in request.rights,
        "today": today(),
    }
    return render(request, "arrears/figure_breakdown.html", context)


@case_view(Permission.EXPORT)
def breakdown_file(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The same lines as a comma-separated file, under a name that tells a glance nothing."""
    day = OneDay.read(request.GET, today=today()).day or today()
    account = queries.account_of(case, on=day, known_on=today())
    text = io.StringIO(newline="")
    csv.writer(text).writerows(account_words.table(account.lines, account.facts))
    # With this mark a spreadsheet reads the file as UTF-8; without it some take it for something older.
    body = codecs.BOM_UTF8 + text.getvalue().encode()
    headers = {"Content-Disposition": say('attachment; filename="account-{day}.csv"', day=day)}
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers=headers)


@case_view(Permission.RECORD, FORM)
def new_figure(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Record a figure that CMS gave."""
    form = Figure(sent(request), on=today())
    if form.is_valid():
        try:
            operations.record_statement(
                actor=request.user,
                case=case,
                stated_on=form.cleaned_data["stated_on"],
                as_at=form.cleaned_data["as_at"],
                amount_pence=form.cleaned_data["amount"],
                source=form.cleaned_data["source"],
                entry_id=form.cleaned_data["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("The figure is in your record, with yours beside it."))
            return redirect("arrears:figures", case_id=case.pk)
    return render(request, "arrears/new_figure.html", {"case": case, "here": "details", "form": form})

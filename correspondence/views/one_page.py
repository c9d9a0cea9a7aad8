"""A case on one page: to read and to print at once, or as a PDF that stays as it was made."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import PRESS
from correspondence import operations, queries, rendering
from correspondence.core.statement_options import PaperKind

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def one_page(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The page as it stands today. It needs no PDF."""
    now = today()
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "called": say("Summary"),
            "style": rendering.paper_style(PaperKind.ONE_PAGE),
            "html": rendering.statement_words(rendering.one_page_html(queries.one_page_of(case, on=now))),
            "dated": day(now),
            "back": reverse("pages:overview", args=[case.pk]),
            "back_label": say("Back to the record"),
        },
    )


@case_view(Permission.WRITE_LETTERS, PRESS)
def make_one_page(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Have its PDF made, as it stands today."""
    try:
        made = operations.make_one_page(actor=request.user, case=case, on=today())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("pages:overview", case.pk)
    return redirect("correspondence:statement", case.pk, made.pk)

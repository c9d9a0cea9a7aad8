"""The letters of a case: what has been made, and what became of each."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.facts import Nation
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.web import storage
from cms_tracker.web.clock import today
from cms_tracker.web.methods import PRESS
from correspondence import operations, presenters, queries, rendering
from correspondence.core.jobs import JobKind
from correspondence.core.sending import NOT_SENT
from correspondence.core.sending_words import HOW, NUMBER_OF, STEP_TITLES

if TYPE_CHECKING:
    from cases.models import Case
    from correspondence.models import Letter


@case_view(Permission.VIEW)
def letters(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What can be written today, and every letter made so far."""
    may_write = Permission.WRITE_LETTERS in request.rights
    jobs = queries.jobs_of(case.pk, JobKind.LETTER)
    sendings = queries.sendings_of([case.pk])
    return render(
        request,
        "correspondence/letters.html",
        {
            "case": case,
            "here": "letters",
            "groups": presenters.offers_shown(queries.offers_of(case, on=today())) if may_write else [],
            "rows": [
                presenters.letter_row(one, jobs.get(one.pk), sendings.get(one.pk, NOT_SENT))
                for one in queries.letters_of(case.pk)
            ],
        },
    )


@case_view(Permission.VIEW)
def letter(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """One letter: how far it is, the PDF, and the day it was posted."""
    return render(request, "correspondence/letter.html", _context(request, case, letter_id))


@case_view(Permission.VIEW, asked_by_timer=True)
def status(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """How far one letter is: the part of its page that asks again while it is being made."""
    template = (
        "correspondence/letter_status.html" if request.headers.get("HX-Request") else "correspondence/letter.html"
    )
    return render(request, template, _context(request, case, letter_id))


@case_view(Permission.VIEW)
def page(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """The letter itself as a page, to read or to print from the browser. It needs no PDF."""
    found = _found(case, letter_id)
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "html": rendering.words(found.html),
            "dated": day(found.dated_on),
            "back": reverse("correspondence:letter", args=[case.pk, found.pk]),
            "back_label": say("Back to this letter"),
        },
    )


@case_view(Permission.VIEW)
def pdf(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """The PDF, under a name that says nothing, if it is the very file that was made."""
    found = _found(case, letter_id)
    content = storage.read_kept(found.pdf_name, sha256=found.pdf_sha256)
    if content is None:
        messages.error(request, "The PDF is not there. You can print the letter, or make the PDF again.")
        return redirect("correspondence:letter", case.pk, found.pk)
    name = f"letter-{found.dated_on.isoformat()}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": say('attachment; filename="{name}"', name=name)},
    )


@case_view(Permission.WRITE_LETTERS, PRESS)
def again(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> HttpResponseBase:
    """Ask once more for the PDF of a letter that could not be made."""
    found = _found(case, letter_id)
    operations.try_again(
        actor=request.user,
        case=case,
        kind=JobKind.LETTER,
        subject=found.pk,
        stored_as=found.pdf_name,
        sha256=found.pdf_sha256,
    )
    return redirect("correspondence:letter", case.pk, found.pk)


def _found(case: "Case", letter_id: uuid.UUID) -> "Letter":
    found = queries.letter_of(case.pk, letter_id)
    if found is None:
        raise Http404
    return found


def _context(request: CaseRequest, case: "Case", letter_id: uuid.UUID) -> dict[str, object]:
    # The work before the letter: what is ready by the first look stands in what the second one reads.
    job = queries.job_of(JobKind.LETTER, letter_id)
    found = _found(case, letter_id)
    sending = queries.sending_of(case.pk, found.pk)
    row = presenters.letter_row(found, job, sending)
    args = [case.pk, found.pk]
    return {
        "case": case,
        "here": "letters",
        "row": row,
        "letter": found,
        "steps": [(step, STEP_TITLES[step.kind], HOW[step.how], NUMBER_OF[step.how]) for step in sending.steps],
        "reply": queries.awaited_reply(found, sending, nation=Nation(case.nation)),
        "today": today(),
        "newer": queries.next_version(found),
        "counts_days": queries.starts_a_clock(found),
        "may_write": Permission.WRITE_LETTERS in request.rights,
        "files": queries.evidence_with(case.pk, found.pk),
        "add_file": reverse("correspondence:letter-file", args=args),
        "seen": row.seen,
        "thing": "letter",
        "page_url": reverse("correspondence:letter", args=args),
        "status_url": reverse("correspondence:status", args=args),
        "again_url": reverse("correspondence:again", args=args),
    }

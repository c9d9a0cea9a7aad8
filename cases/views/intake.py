"""Take a client in, one thing per page, all of it checked before it is kept; and give them their record later."""

import datetime as dt
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases import operations, queries
from cases.core import references, words
from cases.core.organisations import CODE_LASTS, PostRole
from cases.core.roles import Permission, Role
from cases.forms.intake import PAGES, AuthorityOfClient, CaseOfClient, LabelOfClient, PeopleOfClient
from cases.forms.organisations import Nothing
from cases.gate import CaseRequest, PostRequest, case_view, post_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now, today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case, Post

HERE = "organisation"


@post_view(PostRole.ADVISER)
def intake(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Lead to the first page that has no answer yet."""
    draft = _draft(request)
    page = next((page for page in PAGES if draft.answers(page) is None), None)
    return redirect("cases:check-intake") if page is None else redirect("cases:intake-page", page)


@post_view(PostRole.ADVISER, methods=FORM)
def intake_page(request: PostRequest, post: "Post", page: str) -> HttpResponseBase:
    """Ask for one part, with what was answered before filled in."""
    if page not in PAGES:
        raise Http404
    draft = _draft(request)
    form = PAGES[page](sent(request), on=today(), initial=draft.shown(page))
    if form.is_valid():
        draft.keep(page, form)
        return redirect("cases:intake")
    pages = list(PAGES)
    place = pages.index(page)
    context = {
        "here": HERE,
        "form": form,
        "page": page,
        "before": pages[place - 1] if place else None,
        "number": place + 1,
        "count": len(pages),
    }
    return render(request, "cases/intake_page.html", context)


@post_view(PostRole.ADVISER, methods=FORM)
def check_intake(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Show every answer; keep all of it at once, or nothing. Whoever else is a client makes no difference here."""
    draft = _draft(request)
    given = _answered(draft, on=today())
    if given is None:
        return redirect("cases:intake")
    if request.method == "POST":
        try:
            case = operations.take_in(
                actor=request.user, intake=given, at=now(), on=today(), case_id=draft.entry("case")
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("cases:organisation")
        draft.forget()
        return render(request, "cases/taken_in.html", {"here": HERE, "new_case": case, "post": post, "given": given})
    context = {
        "here": HERE,
        "given": given,
        "reference": references.grouped(given.reference),
        "side": words.SIDES[given.perspective],
        "nation": words.NATIONS[given.nation],
    }
    return render(request, "cases/check_intake.html", context)


@case_view(Permission.AUTHORITY, FORM, fresh=True)
def client_code(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Make a code by which the client comes to own the record. Not there once they do."""
    is_assigned = request.role is Role.ADVISER and request.membership.organisation_id is not None
    if not is_assigned or Permission.VIEW not in request.rights or queries.owner_of(case.pk) is not None:
        raise Http404
    form = Nothing(sent(request))
    context = {"case": case, "here": "details", "form": form}
    if form.is_valid():
        try:
            code = operations.make_client_code(
                actor=request.user, case=case, at=now(), code_id=form.cleaned_data["entry"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            context |= {"code": code, "until": now() + CODE_LASTS}
    return render(request, "cases/client_code.html", context)


def _draft(request: PostRequest) -> Draft:
    return Draft(request, "intake")


def _answered(draft: Draft, *, on: dt.date) -> operations.Intake | None:
    """What was typed, read and checked again; None where an answer is missing or no longer holds."""
    found = {page: kind(draft.answers(page) or {}, on=on) for page, kind in PAGES.items()}
    for page, form in found.items():
        if draft.answers(page) is None or not form.is_valid():
            draft.reopen(page)
            return None
    case, people, authority, label = (found[page] for page in PAGES)
    assert isinstance(people, PeopleOfClient)  # noqa: S101 - for the type checker: the order of PAGES
    assert isinstance(authority, AuthorityOfClient)  # noqa: S101
    assert isinstance(case, CaseOfClient)  # noqa: S101
    assert isinstance(label, LabelOfClient)  # noqa: S101
    return operations.Intake(
        label=label.cleaned_data["label"],
        reference=case.cleaned_data["reference"],
        nation=case.cleaned_data["nation"],
        perspective=case.cleaned_data["perspective"],
        children=["Child 1"],
        people=people.people,
        scope=authority.scope_given,
        said=authority.said,
    )

"""How the person of a case may be reached: see it, answer three short questions, check, save."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import operations, queries
from cases.core.roles import Permission, Role
from cases.core.safe_contact import CHANNELS, Channel, SafeContact, fingerprint, mark
from cases.forms.safe_contact import PAGES, How, Ways, Where, as_typed
from cases.gate import CaseRequest, case_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now
from cms_tracker.web.drafts import Draft, typed_before
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.web.forms import Form


class Line(NamedTuple):
    """One way, whether it is safe, and how."""

    name: str
    is_safe: bool
    how: str


@case_view(Permission.VIEW, fresh=True)
def safe_contact(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What was said about reaching the person of this case."""
    contact = queries.safe_contact_of(case.pk)
    context = {
        **_common(request, case),
        "contact": contact,
        "mark": mark(contact),
        "lines": list(_lines(contact)),
        "may_change": Permission.SAY_CONTACT in request.rights,
    }
    return render(request, "cases/safe_contact.html", context)


@case_view(Permission.SAY_CONTACT, FORM, fresh=True)
def ask(request: CaseRequest, case: "Case", page: str) -> HttpResponseBase:
    """Ask one of the three questions, with what was answered before filled in."""
    if page not in PAGES:
        raise Http404
    draft = _draft(request, case)
    on_record = queries.safe_contact_of(case.pk)
    shown = as_typed(on_record)[page] | ({"seen": fingerprint(on_record)} if page == "ways" else {})
    if draft.answers(page) is not None:
        shown |= draft.shown(page)
    shown |= typed_before(request)
    safe = _ticked(draft)
    if page == "how" and not safe:
        return redirect("cases:ask-safe-contact", case.pk, "ways" if draft.answers("ways") is None else "where")
    form = _form(page, sent(request), safe, initial=shown)
    if form.is_valid():
        if page == "ways" and set(form.cleaned_data["ways"]) != set(safe):
            draft.reopen("how")
        draft.keep(page, form)
        return _onward(draft, case)
    context = {**_common(request, case), "form": form, "page": page}
    return render(request, f"cases/safe_contact_{page}.html", context)


@case_view(Permission.SAY_CONTACT, FORM, fresh=True)
def check(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Show every answer; save all of it at once, or nothing."""
    draft = _draft(request, case)
    contact = _answered(draft)
    if contact is None:
        return _onward(draft, case)
    theirs, changed = None, False
    if request.method == "POST":
        seen = str((draft.answers("ways") or {}).get("seen", ""))
        try:
            operations.say_safe_contact(actor=request.user, case=case, contact=contact, seen=seen, at=now())
        except Refusal:
            changed, theirs = True, queries.safe_contact_of(case.pk)
            draft.put("ways", {**(draft.answers("ways") or {}), "seen": fingerprint(theirs)})
        else:
            draft.forget()
            messages.success(request, _("Saved."))
            return redirect("cases:safe-contact", case.pk)
    context = {
        **_common(request, case),
        "contact": contact,
        "lines": list(_lines(contact)),
        "changed": changed,
        "theirs": theirs,
        "their_lines": list(_lines(theirs)),
    }
    return render(request, "cases/check_safe_contact.html", context)


def _common(request: CaseRequest, case: "Case") -> dict[str, object]:
    return {"case": case, "here": "details", "is_own": request.role is Role.OWNER}


def _draft(request: CaseRequest, case: "Case") -> Draft:
    return Draft(request, case.pk, "reach")


def _form(page: str, data: Mapping[str, Any] | None, safe: list[Channel], **kwargs: Any) -> "Form":
    if page == "how":
        return How(data, ways=safe, **kwargs)
    return (Ways if page == "ways" else Where)(data, **kwargs)


def _ticked(draft: Draft) -> list[Channel]:
    """The ways that were ticked on the first page."""
    ticked = (draft.answers("ways") or {}).get("ways", [])
    return [one for one in Channel if one.value in ticked]


def _onward(draft: Draft, case: "Case") -> HttpResponseBase:
    """To the first page that has no answer yet, and then to the check."""
    for page in PAGES:
        if draft.answers(page) is None and not (page == "how" and not _ticked(draft)):
            return redirect("cases:ask-safe-contact", case.pk, page)
    return redirect("cases:check-safe-contact", case.pk)


def _answered(draft: Draft) -> SafeContact | None:
    """The answers as typed, read and checked again; None where one is missing or no longer holds."""
    safe = _ticked(draft)
    found: dict[str, Any] = {}
    for page in PAGES:
        if page == "how" and not safe:
            continue
        answers = draft.answers(page)
        form = _form(page, answers or {}, safe)
        if answers is None or not form.is_valid():
            draft.reopen(page)
            return None
        found |= form.cleaned_data
    return SafeContact(
        ways={one: found[one.value] for one in safe}, address=found["address"], telephone=found["telephone"]
    )


def _lines(contact: SafeContact | None) -> Iterator[Line]:
    ways = contact.ways if contact else {}
    for one, name in CHANNELS.items():
        yield Line(name, one in ways, ways.get(one, ""))

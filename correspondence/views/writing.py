"""Writing a letter: choose, check, read, make.

What is chosen waits in the session, which ends with the visit: an unfinished letter leaves
nothing in the record, and no address in the browser's history.
"""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from arrears.core.reporting import report_from
from cases.core.facts import Nation
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.drafts import Draft
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, presenters, queries, rendering
from correspondence.core import contact_data, reports
from correspondence.core.letter_facts import fingerprint
from correspondence.core.letters import LETTER_TYPES, LetterKind, LetterType
from correspondence.forms.letters import CallFollowUpForm, LetterForm, MakeForm, MissedPaymentsForm, PaymentProofForm

if TYPE_CHECKING:
    from cases.models import Case

_PAGE = "choices"
_ABOUT = {LetterKind.CALL_FOLLOW_UP: "call", LetterKind.PROOF_OF_PAYMENT: "payment"}  # what an address may name


@case_view(Permission.WRITE_LETTERS, FORM)
def new_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """Choose what goes into a letter."""
    letter_type = _type(kind)
    on = today()
    offer = queries.offer_of(case, letter_type.kind, on=on)
    if offer is None:
        raise Http404
    if offer.why_not:
        messages.error(request, offer.why_not)
        return redirect("correspondence:letters", case.pk)
    if request.method == "POST":
        form = _form(case, letter_type.kind, request.POST, on=on)
        if form.is_valid():
            _draft(request, case, letter_type.kind).keep(_PAGE, form)
            return redirect("correspondence:check-letter", case.pk, kind)
    else:
        form = _kept(request, case, letter_type.kind, on=on) or _form(
            case, letter_type.kind, None, on=on, about=request.GET.get(_ABOUT.get(letter_type.kind, ""), "")
        )
    context = _context(case, letter_type) | {"form": form}
    return render(request, "correspondence/new_letter.html", context)


@case_view(Permission.WRITE_LETTERS, FORM)
def check_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """Check every answer; the button makes the letter."""
    letter_type = _type(kind)
    on = today()
    form = _kept(request, case, letter_type.kind, on=on)
    if form is None or not form.is_valid():
        return redirect("correspondence:new-letter", case.pk, kind)
    press = MakeForm(sent(request))
    if press.is_valid():
        try:
            letter = operations.make_letter(
                actor=request.user,
                case=case,
                choices=form.choices(),
                on=on,
                checked=press.cleaned_data["checked"],
                letter_id=press.cleaned_data["entry"],
            )
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect("correspondence:check-letter", case.pk, kind)
        _draft(request, case, letter_type.kind).forget()
        return redirect("correspondence:letter", case.pk, letter.pk)
    try:
        facts = queries.draft(case, form.choices(), on=on)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:new-letter", case.pk, kind)
    context = _context(case, letter_type) | {
        "letter": facts,
        "form": MakeForm(initial={"checked": fingerprint(facts)}),
        "confirmed": sorted(form.choices().nothing_came),
        "beside": queries.beside_letter(case, facts.missed, on=on) if facts.missed else None,
        "fees": presenters.fees_hint(on),
    }
    return render(request, "correspondence/check_letter.html", context)


@case_view(Permission.WRITE_LETTERS)
def preview_letter(request: CaseRequest, case: "Case", kind: str) -> HttpResponseBase:
    """The exact words of the letter before it is made."""
    letter_type = _type(kind)
    form = _kept(request, case, letter_type.kind, on=today())
    if form is None or not form.is_valid():
        return redirect("correspondence:new-letter", case.pk, kind)
    try:
        facts = queries.draft(case, form.choices(), on=today())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:new-letter", case.pk, kind)
    return render(
        request,
        "letters/document.html",
        {
            "case": case,
            "html": rendering.words(rendering.letter_html(facts)),
            "dated": day(facts.dated_on),
            "back": reverse("correspondence:check-letter", args=[case.pk, kind]),
            "back_label": "Back to check your answers",
        },
    )


def _type(kind: str) -> LetterType:
    if kind not in set(LetterKind):
        raise Http404
    return LETTER_TYPES[LetterKind(kind)]


def _draft(request: CaseRequest, case: "Case", kind: LetterKind) -> Draft:
    return Draft(request, case.pk, "letter", kind)


def _kept(request: CaseRequest, case: "Case", kind: LetterKind, *, on: dt.date) -> LetterForm | None:
    answers = _draft(request, case, kind).answers(_PAGE)
    return None if answers is None else _form(case, kind, answers, on=on)


def _form(
    case: "Case", kind: LetterKind, data: Mapping[str, Any] | None, *, on: dt.date, about: str = ""
) -> LetterForm:
    address = contact_data.address_of(Nation(case.nation))
    known_address = address.lines if address else ()
    initial = _initial(case, known_address)
    if kind is LetterKind.MISSED_PAYMENTS:
        rows, told = queries.reportable_of(case, on=on), reports.told(queries.reports_sent(case.pk))
        payments = presenters.payment_choices(rows, told=told, since=report_from(on))
        return MissedPaymentsForm(
            data,
            initial=initial,
            known_address=known_address,
            logged=payments.logged,
            unlogged=payments.unlogged,
            ticked=payments.ticked,
            older=payments.older,
            hint=payments.hint,
            fees=presenters.fees_hint(on),
        )
    if kind is LetterKind.PROOF_OF_PAYMENT:
        paid = presenters.paid_choices(queries.payments_of(case, on=on))
        if about in {key for key, _, _ in paid}:
            initial["payments"] = [about]
        return PaymentProofForm(data, initial=initial, known_address=known_address, paid=paid)
    calls = presenters.call_choices(queries.calls_of(case.pk))
    if about in {value for value, _ in calls}:
        initial["call"] = about
    return CallFollowUpForm(data, initial=initial, known_address=known_address, calls=calls)


def _initial(case: "Case", known_address: tuple[str, ...]) -> dict[str, object]:
    """Name and addresses as on the last letter, so that nobody types them twice."""
    last = queries.last_sender(case.pk)
    if not last:
        return {}
    return {
        "sender": last.sender,
        "reply": "care_of" if last.sender_address else "held",
        "reply_address": "\n".join(last.sender_address),
        "to": "known" if last.addressee == known_address else "own",
        "addressee": "" if last.addressee == known_address else "\n".join(last.addressee),
    }


def _context(case: "Case", letter_type: LetterType) -> dict[str, object]:
    return {
        "case": case,
        "here": "letters",
        "type": letter_type,
        "address": contact_data.address_of(Nation(case.nation)),
        "reply_time": contact_data.reply_time(),
        "rule": contact_data.direct_pay_rule(),
    }

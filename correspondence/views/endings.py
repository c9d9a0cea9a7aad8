"""How it can end: every way, where each stands in this record, a notice to check, and a step to think about first."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases.core.facts import Nation, Perspective, Scheme
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM, sent
from correspondence import operations, queries
from correspondence.core import endings as core
from correspondence.core.ending_states import standing_of, standings
from correspondence.core.ending_words import grouped, links_of, old_debt_words, shown
from correspondence.core.endings import EndingCode
from correspondence.core.events import KINDS, number_of
from correspondence.core.old_debt import old_debt
from correspondence.core.write_off_notice import is_old
from correspondence.forms.endings import NoticeForm, NotWantedForm, OldDebtForm

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW)
def endings(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Every way in which arrears end, or seem to, and where each stands in this record."""
    on = today()
    facts = queries.ending_facts_of(case, on=on)
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "owed": facts.owed,
        "groups": grouped(standings(facts)),
        "is_receiving": facts.perspective is Perspective.RECEIVING,
        "is_ni": facts.nation is Nation.NORTHERN_IRELAND,
    }
    return render(request, "correspondence/endings.html", context)


@case_view(Permission.VIEW)
def ending(request: CaseRequest, case: "Case", number: int) -> HttpResponseBase:
    """One way: who decides, what cannot be taken back, what goes on, and what can be done.

    ``?amount=…&began_on_d=…`` on the page of an old debt asks what the guidance said of one of that size and age.
    """
    found, on = core.numbered(number), today()
    if found is None:
        raise Http404
    facts = queries.ending_facts_of(case, on=on)
    form = OldDebtForm(request.GET if "amount" in request.GET else None, on=on)
    answer = ""
    if found.code is EndingCode.OLD_DEBT and form.is_valid():
        amount, began_on = form.cleaned_data["amount"], form.cleaned_data["began_on"]
        answer = old_debt_words(old_debt(amount, began_on=began_on, on=on), amount=amount, on=on)
    writes = Permission.WRITE_LETTERS in request.rights
    offers = [one for one in queries.offers_of(case, on=on) if one.kind.code in found.letters] if writes else []
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "ending": found,
        "shown": shown(standing_of(facts, found.code)),
        "can_do": found.can_do(facts.perspective),
        "links": links_of(found.code, facts.perspective),
        "offers": offers,
        "records": [(number_of(one), KINDS[one]) for one in found.records],
        "happened": [one for one in queries.events_of(case.pk) if one.event.kind in found.records],
        "form": form if found.code is EndingCode.OLD_DEBT else None,
        "answer": answer,
        "takes_notice": bool(found.clocks),
        "is_ni": facts.nation is Nation.NORTHERN_IRELAND,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/ending.html", context)


@case_view(Permission.RECORD, FORM)
def check_notice(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Check a notice: what it lacks, and by when to answer. The second button keeps it, and counts the days."""
    on = today()
    start = {"debt": "csa" if is_old(Scheme(case.scheme)) else "cms"}
    form = NoticeForm(sent(request), on=on, initial=start)
    found = None
    if form.is_valid():
        found = queries.checked_notice(case, form.notice(), on=on)
        if request.POST.get("do") == "keep":
            try:
                operations.keep_notice(actor=request.user, case=case, found=found, entry_id=form.cleaned_data["entry"])
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, say("The notice is in your record. Its days stand under Deadlines."))
                return redirect("correspondence:deadlines", case.pk)
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "form": form,
        "found": found,
        "points": core.notice_points(),
        "is_receiving": case.perspective == Perspective.RECEIVING,
    }
    return render(request, "correspondence/check_notice.html", context)


@case_view(Permission.RECORD, FORM)
def not_wanted(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What is given up, to be read before it goes into the record that arrears are not wanted.

    A paying parent's file has no such page: 404.
    """
    if case.perspective != Perspective.RECEIVING:
        raise Http404
    on = today()
    owed = queries.ending_facts_of(case, on=on).owed
    form = NotWantedForm(sent(request), on=on)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            operations.record_not_wanted(
                actor=request.user,
                case=case,
                on=typed["on"],
                owed_when_read=typed["read"],
                today=on,
                words=typed["words"],
                entry_id=typed["entry"],
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("It is in your record. CMS decides what follows."))
            return redirect("correspondence:ending", case.pk, core.ending_of(EndingCode.NOT_WANTED).number)
    context = {
        "case": case,
        "here": "next",
        "on": on,
        "owed": owed,
        "form": form,
        "ending": core.ending_of(EndingCode.NOT_WANTED),
    }
    return render(request, "correspondence/not_wanted.html", context)

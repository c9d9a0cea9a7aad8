"""Anybody complains about this site, and reads the answer here: we write to nobody."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations, queries
from cms_tracker.rights.core.complaint_clock import ACKNOWLEDGED_WITHIN, REPLY_WITHIN_MONTHS
from cms_tracker.rights.forms import Complain, ReadAnswer
from cms_tracker.users import throttles
from cms_tracker.web.clock import now, today
from cms_tracker.web.gates import public
from cms_tracker.web.methods import FORM, sent


@public(FORM)
def complain(request: HttpRequest) -> HttpResponseBase:
    """Take a complaint, and say at once that it came, with what reads the answer."""
    form = Complain(sent(request))
    user = request.user if request.user.is_authenticated else None
    if form.is_valid():
        at = now()
        throttles.take("complain", get_adapter().place(request), at=at)
        try:
            receipt = operations.complain(
                said=form.cleaned_data["said"], user=user, at=at, on=today(), entry_id=form.cleaned_data["entry"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return render(request, "rights/complained.html", {"receipt": receipt})
    context = {
        "form": form,
        "mine": queries.complaints_by(user) if user else [],
        "days": ACKNOWLEDGED_WITHIN.days,
        "months": REPLY_WITHIN_MONTHS,
    }
    return render(request, "rights/complain.html", context)


@public(FORM)
def answer(request: HttpRequest) -> HttpResponseBase:
    """The answer to a complaint, for whoever has its reference and its code."""
    form = ReadAnswer(sent(request))
    found = None
    if form.is_valid():
        throttles.take("read_answer", get_adapter().place(request), at=now())
        found = operations.complaint_behind(reference=form.cleaned_data["reference"], code=form.cleaned_data["code"])
        if found is None:
            form.add_error(None, _("We have nothing for this reference and code. Check both."))
    return render(request, "rights/answer.html", {"form": form, "found": found})

"""Take back a slip: any recorded fact of any app, with a reason, both kept on the record."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arrears import operations
from arrears import queries as arrears
from arrears.core.previews import StrikeEffect
from arrears.presenters.descriptions import describe
from arrears.presenters.other_descriptions import Description
from cases.core.facts import StruckOut
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.forms import Form
from cms_tracker.web.methods import FORM, sent
from correspondence import queries as correspondence

if TYPE_CHECKING:
    from cases.models import Case


class Reason(Form):
    """Why the entry is a slip, in the person's own words."""

    reason = forms.CharField(
        max_length=500,
        label=_("Why are you striking it out?"),
        help_text=_("A few words. They stay on the record beside the entry."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why you are striking this out, in a few words.")},
    )


@case_view(Permission.RECORD, FORM)
def strike_out(request: CaseRequest, case: "Case", fact_id: uuid.UUID) -> HttpResponseBase:
    """Show what would be struck out and what that changes, and strike it out for a reason."""
    on = today()
    found = _find(case, fact_id, on=on)
    if found is None:
        raise Http404
    description, struck, effect = found
    back = reverse(description.page, args=[case.pk, description.key] if description.key else [case.pk])
    form = Reason(sent(request))
    if struck is None and form.is_valid():
        try:
            operations.strike_out_fact(
                actor=request.user, case=case, fact_id=fact_id, on=on, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Struck out. It stays on the record, with your reason."))
            return redirect(back)
    context = {
        "case": case,
        "here": "details",
        "form": form,
        "description": description,
        "struck": struck,
        "effect": effect,
        "back": back,
        "today": on,
    }
    return render(request, "pages/strike_out.html", context)


def _find(
    case: "Case", fact_id: uuid.UUID, *, on: dt.date
) -> tuple[Description, StruckOut | None, StrikeEffect | None] | None:
    """The fact in words, its strike-out, and what it would change (None: no figure); None if the case has none."""
    slip = arrears.slip_of(case, fact_id, on=on)
    if slip is not None:
        return describe(slip.fact, slip.subject), slip.fact.struck_out, slip.effect
    words = correspondence.slip_of(case.pk, fact_id)
    if words is None:
        return None
    found = Description(what=words.what, lines=list(words.lines), page=words.page, key=words.key, instead=words.instead)
    return found, words.struck_out, None

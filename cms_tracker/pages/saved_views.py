"""A person's own views of their list: kept under a name, changed, deleted. Addresses say nothing of what they show."""

import uuid
from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from arrears import caseload, operations
from arrears.core.caseload import Reason, Sort, View
from cases.core.facts import Perspective
from cms_tracker.language import say
from cms_tracker.pages.caseload import SIDES, SORTS, WHY, asked_in
from cms_tracker.refusal import Refusal
from cms_tracker.web.forms import EntryField, Form
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User


class ViewForm(Form):
    """A name for a set of filters and an order."""

    entry = EntryField()

    name = forms.CharField(
        label=_("Name of this view"),
        help_text=_("Say what it shows, like Broken plans. Do not use a person’s name."),
        max_length=40,
        error_messages={"required": _("Enter a name, like Broken plans.")},
    )
    why = forms.MultipleChoiceField(
        label=_("Reason to act"), choices=WHY, required=False, widget=forms.CheckboxSelectMultiple
    )
    side = forms.ChoiceField(label=_("Whose record"), choices=SIDES, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS)
    is_default = forms.BooleanField(label=_("Show this view first when I open my list"), required=False)

    def view(self, key: uuid.UUID) -> View:
        """What was typed, under a key."""
        typed = self.cleaned_data
        return View(
            id=key,
            name=typed["name"],
            reasons=tuple(map(Reason, typed["why"])),
            side=Perspective(typed["side"]) if typed["side"] else None,
            sort=Sort(typed["sort"]),
            is_default=typed["is_default"],
        )


@signed_in(FORM)
def new_view(request: HttpRequest) -> HttpResponseBase:
    """Keep the filters and the order of an address under a name."""
    form = ViewForm(sent(request), initial={"sort": Sort.REASON} | asked_in(request))
    if form.is_valid():
        key = form.cleaned_data["entry"] or uuid.uuid4()
        if _kept(request, form, form.view(key)):
            return redirect(_address(key))
    return render(request, "pages/saved_view.html", {"here": "caseload", "form": form})


@signed_in(FORM)
def edit_view(request: HttpRequest, view_id: uuid.UUID) -> HttpResponseBase:
    """Change a view: its name, its filters, its order, whether it comes first."""
    view = _own(request, view_id)
    initial = {
        "name": view.name,
        "why": list(view.reasons),
        "side": view.side or "",
        "sort": view.sort,
        "is_default": view.is_default,
    }
    form = ViewForm(sent(request), initial=initial)
    if form.is_valid() and _kept(request, form, form.view(view.id)):
        return redirect(_address(view.id))
    return render(request, "pages/saved_view.html", {"here": "caseload", "form": form, "view": view})


@signed_in(FORM)
def delete_view(request: HttpRequest, view_id: uuid.UUID) -> HttpResponseBase:
    """Ask once more, then forget a view. No record goes with it."""
    view = _own(request, view_id)
    if request.method != "POST":
        return render(request, "pages/delete_view.html", {"here": "caseload", "view": view})
    operations.forget_view(actor=cast("User", request.user), view_id=view.id)
    messages.success(request, _t(say("The view is deleted. No record went with it.")))
    return redirect("pages:caseload")


def _kept(request: HttpRequest, form: ViewForm, view: View) -> bool:
    try:
        operations.keep_view(actor=cast("User", request.user), view=view)
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _t(say("The view is saved.")))
    return True


def _own(request: HttpRequest, view_id: uuid.UUID) -> View:
    found = caseload.views_of(cast("User", request.user).pk)
    view = next((one for one in found if one.id == view_id), None)
    if view is None:
        raise Http404
    return view


def _address(view_id: uuid.UUID) -> str:
    return f"{reverse('pages:caseload')}?view={view_id}"

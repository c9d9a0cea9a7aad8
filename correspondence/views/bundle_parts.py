"""The parts of a bundle that is put together: period, names, sections, lists; and what is kept out of documents."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.language import Words, mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.forms import Form
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import operations, queries
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles.choices import Choices, moved, ordered
from correspondence.core.bundles.exhibits import Offered, picked
from correspondence.core.bundles.purposes import SAYS, SECTIONS, Section, template_of
from correspondence.forms.bundles import (
    KeepOutForm,
    LeaveOutForm,
    PartiesForm,
    PeriodForm,
    SectionsForm,
    parties_of,
    period_of,
)
from correspondence.views.bundles import found_bundle

if TYPE_CHECKING:
    from cases.models import Case
    from correspondence.models import Bundle

_LISTS = Words({"letters": mark("Letters"), "exhibits": mark("Evidence"), "contacts": mark("Contacts")})


@case_view(Permission.WRITE_LETTERS, FORM)
def bundle_period(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """From which day to which."""
    found, chosen = _chosen(case, bundle_id)
    form = PeriodForm(sent(request), initial=period_of(chosen), on=today())
    if form.is_valid():
        said = form.cleaned_data
        return _kept(request, case, found, replace(chosen, since=said["since"], until=said["until"]))
    return _page(request, case, found, form, "bundle_form.html", title=say("Which dates does it cover?"))


@case_view(Permission.WRITE_LETTERS, FORM)
def bundle_parties(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Names on the cover, and whether private words are taken out."""
    found, chosen = _chosen(case, bundle_id)
    form = PartiesForm(sent(request), initial=parties_of(chosen))
    if form.is_valid():
        return _kept(request, case, found, replace(chosen, **form.cleaned_data))
    return _page(request, case, found, form, "bundle_form.html", title=say("Names and private words"))


@case_view(Permission.WRITE_LETTERS, FORM)
def bundle_sections(request: CaseRequest, case: "Case", bundle_id: uuid.UUID) -> HttpResponseBase:
    """Which sections are in, and in which order."""
    found, chosen = _chosen(case, bundle_id)
    rows = [
        Offered(key=name, label=SECTIONS[Section(name)], on=chosen.until, detail=SAYS[Section(name)])
        for name in ordered(list(Section), chosen.sections)
    ]
    names = [(one.key, one.label) for one in rows]
    form = SectionsForm(sent(request), initial={"sections": list(chosen.sections)}, sections=names)
    if form.is_valid():
        ticked = [key for key, _ in names if key in form.cleaned_data["sections"]]
        every = _moved(request, [*ticked, *(key for key, _ in names if key not in ticked)])
        kept = replace(chosen, sections=tuple(Section(key) for key in every if key in ticked))
        return _kept(request, case, found, kept, stays=_is_move(request))
    return _list(request, case, found, form, rows, field="sections", title=say("Which sections are in it?"))


@case_view(Permission.WRITE_LETTERS, FORM)
def bundle_list(request: CaseRequest, case: "Case", bundle_id: uuid.UUID, part: str) -> HttpResponseBase:
    """Which letters, files or contacts stay out, and in which order letters and files stand."""
    if part not in _LISTS:
        raise Http404
    found, chosen = _chosen(case, bundle_id)
    ground = queries.bundle_ground(case)
    offered: Sequence[Offered] = getattr(ground, part)
    if part == "contacts":
        offered = [one for one in offered if chosen.in_period(one.on)]
        out = [one.key for one in offered if one.key in chosen.left_out]
    else:
        keys = ordered([one.key for one in offered], getattr(chosen, part))
        offered, out = picked(offered, keys), [key for key in keys if key not in getattr(chosen, part)]
    form = LeaveOutForm(sent(request), initial={"out": out}, offered=offered)
    if form.is_valid():
        leave = set(form.cleaned_data["out"])
        every = _moved(request, [one.key for one in offered])
        if part == "contacts":
            elsewhere = chosen.left_out - {one.key for one in offered}
            kept = replace(chosen, left_out=frozenset(elsewhere | leave))
        else:
            values: dict[str, Any] = {part: tuple(key for key in every if key not in leave)}
            kept = replace(chosen, **values)
        return _kept(request, case, found, kept, stays=_is_move(request))
    title = say("{lists}: what stays out?", lists=_LISTS[part])
    return _list(request, case, found, form, offered, field="out", title=title)


@case_view(Permission.WRITE_LETTERS, FORM)
def keep_out(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What must stand in no document that leaves, and a box for one more."""
    form = KeepOutForm(sent(request))
    if form.is_valid():
        try:
            operations.keep_out(actor=request.user, case=case, text=form.cleaned_data["text"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, say("Added. It is taken out of every bundle that you make from now on."))
            return redirect("correspondence:keep-out", case.pk)
    context = {"case": case, "here": "letters", "form": form, "rows": queries.kept_out(case.pk)}
    return render(request, "correspondence/keep_out.html", context)


@case_view(Permission.WRITE_LETTERS, PRESS)
def stop_keeping_out(request: CaseRequest, case: "Case", kept_id: uuid.UUID) -> HttpResponseBase:
    """Take one of them away."""
    operations.stop_keeping_out(actor=request.user, case=case, kept_id=kept_id)
    messages.success(request, say("Taken away. Bundles from now on may have it in."))
    return redirect("correspondence:keep-out", case.pk)


def _chosen(case: "Case", bundle_id: uuid.UUID) -> tuple["Bundle", Choices]:
    found = found_bundle(case, bundle_id)
    return found, bundle_choices.from_json(found.choices)


def _is_move(request: CaseRequest) -> bool:
    return bool(request.POST.get("up") or request.POST.get("down"))


def _moved(request: CaseRequest, keys: Sequence[str]) -> tuple[str, ...]:
    """The keys in their order, after the button that was pressed."""
    up, down = request.POST.get("up", ""), request.POST.get("down", "")
    return moved(keys, up, by=-1) if up else moved(keys, down, by=1)


def _kept(
    request: CaseRequest, case: "Case", found: "Bundle", choices: Choices, *, stays: bool = False
) -> HttpResponseBase:
    try:
        operations.change_bundle(actor=request.user, case=case, bundle_id=found.pk, choices=choices)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("correspondence:bundle", case.pk, found.pk)
    return redirect(request.path) if stays else redirect("correspondence:bundle", case.pk, found.pk)


def _page(request: CaseRequest, case: "Case", found: "Bundle", form: Form, name: str, **more: Any) -> HttpResponseBase:
    if found.made_on is not None:
        return redirect("correspondence:bundle", case.pk, found.pk)
    chosen = bundle_choices.from_json(found.choices)
    context = {
        "case": case,
        "here": "letters",
        "bundle": found,
        "form": form,
        "template": template_of(chosen.purpose),
        "back": reverse("correspondence:bundle", args=[case.pk, found.pk]),
    }
    return render(request, f"correspondence/{name}", context | more)


def _list(
    request: CaseRequest, case: "Case", found: "Bundle", form: Form, rows: Sequence[Offered], *, field: str, title: str
) -> HttpResponseBase:
    """A list to tick and to put in order. ``field`` holds the ticks."""
    ticked = set(form[field].value() or [])
    shown = [{"one": one, "is_ticked": one.key in ticked} for one in rows]
    more = {"rows": shown, "field": form[field], "title": title, "can_move": "contacts" not in request.path}
    return _page(request, case, found, form, "bundle_list.html", **more)

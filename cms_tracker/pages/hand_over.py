"""Hand records over to a colleague, take them, and close a record on one's own side."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cases import operations, queries
from cases.core.desk import CLOSINGS, MOST_IN_A_HAND_OVER, ClosingReason
from cases.core.organisations import PostRole
from cases.core.roles import Permission, Role
from cases.gate import CaseRequest, PostRequest, case_view, post_view
from cms_tracker.pages.choosing import CHOSEN
from cms_tracker.pages.core.hand_over import note_of
from cms_tracker.pages.worklist import rows_of
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now, today
from cms_tracker.web.forms import Form
from cms_tracker.web.methods import FORM, PRESS, sent
from correspondence import queries as correspondence

if TYPE_CHECKING:
    from cases.models import Case, CaseMembership, Post
    from cms_tracker.users.models import User

MOST = 25  # records at a time: each has a note to read through
_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class GiveForm(Form):
    """To whom, and a note for each record."""

    post = forms.ChoiceField(label=_("Who takes them?"), error_messages=_CHOOSE)

    def __init__(self, *args: Any, colleagues: "list[Post]", notes: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        """``notes`` are, by the key of a record, its name and what the record says of it now."""
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", ""), *((str(one.pk), one.name) for one in colleagues)]
        for key, (name, note) in notes.items():
            self.fields[f"note-{key}"] = forms.CharField(
                label=_t("What they need to know: {name}").format(name=name),
                max_length=MOST_IN_A_HAND_OVER,
                initial=note,
                widget=forms.Textarea(attrs={"rows": 14, "class": "input"}),
                error_messages={"required": _("Write what they need to know.")},
            )


class CloseForm(Form):
    """Why an adviser stops."""

    reason = forms.ChoiceField(
        label=_("Why do you close it?"),
        choices=list(CLOSINGS.items()),
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "input"}),
    )

    optional_words = {"note": "if you want to add it"}


@post_view(PostRole.ADVISER, methods=FORM)
def give(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Offer the records that were ticked to one colleague, each with a note."""
    mine = _chosen(request, post)
    if not mine:
        messages.error(request, _t("Tick the records on your list that you want to hand over."))
        return redirect("pages:caseload")
    posts = queries.posts_in(post.organisation_id).filter(is_adviser=True)
    notes = _notes(request.user, mine, on=today()) if request.method != "POST" else _names(mine)
    form = GiveForm(sent(request), colleagues=[one for one in posts if one.pk != post.pk], notes=notes)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            operations.offer_hand_overs(
                actor=request.user,
                notes={one.case_id: typed[f"note-{one.case_id}"] for one in mine},
                post_id=uuid.UUID(typed["post"]),
                at=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            request.session.pop(CHOSEN, None)
            messages.success(request, _t("Offered. The records stay with you until your colleague takes them."))
            return redirect("pages:hand-overs")
    return render(request, "pages/give.html", {"here": "caseload", "form": form, "count": len(mine)})


@post_view(PostRole.ADVISER)
def hand_overs(request: PostRequest, post: "Post") -> HttpResponseBase:
    """What waits for oneself to take, and for others."""
    found = queries.hand_overs_for(post)
    labels = queries.labels_of(post.organisation_id, [one.case_id for one in found])
    context = {
        "here": "caseload",
        "to_take": [(one, labels.get(one.case_id, "")) for one in found if one.taker_id == post.pk],
        "given": [(one, labels.get(one.case_id, "")) for one in found if one.giver_id == post.pk],
    }
    return render(request, "pages/hand_overs.html", context)


@post_view(PostRole.ADVISER, methods=PRESS, fresh=True)
def take(request: PostRequest, post: "Post", hand_over_id: uuid.UUID) -> HttpResponseBase:
    """Take a record: it is one's own from now on, and the giver's no more."""
    try:
        operations.take_hand_over(actor=request.user, hand_over_id=hand_over_id, at=now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect("pages:hand-overs")
    messages.success(request, _t("The record is yours now. It is on your list, with what was written for you."))
    return redirect("pages:caseload")


@post_view(PostRole.ADVISER, methods=PRESS)
def stop(request: PostRequest, post: "Post", hand_over_id: uuid.UUID) -> HttpResponseBase:
    """Say no to an offer, or withdraw one."""
    try:
        operations.stop_hand_over(actor=request.user, hand_over_id=hand_over_id, at=now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _t("Nothing is handed over. The record stays where it was."))
    return redirect("pages:hand-overs")


@case_view(Permission.VIEW)
def handed(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """From whom to whom a record went, when, and what was written. Its owner can read it too."""
    context = {"case": case, "here": "details", "hand_overs": queries.hand_overs_of(case.pk)}
    return render(request, "pages/handed.html", context)


@case_view(Permission.VIEW, FORM)
def close(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """End one's own work on a record. Nothing of it is deleted."""
    if request.role is not Role.ADVISER:
        raise Http404
    form = CloseForm(sent(request))
    if form.is_valid():
        typed = form.cleaned_data
        try:
            operations.close_for_adviser(
                actor=request.user, case=case, reason=ClosingReason(typed["reason"]), note=typed["note"], at=now()
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _t("Closed. It is off your list, and nothing of it was deleted."))
            return redirect("pages:caseload")
    return render(request, "pages/close_record.html", {"case": case, "here": "details", "form": form})


def _chosen(request: HttpRequest, post: "Post") -> "list[CaseMembership]":
    """The records that were ticked, as far as this person is assigned to them under their organisation."""
    chosen = set(request.session.get(CHOSEN, []))
    held = queries.assigned(post.organisation_id).filter(user=post.user_id).select_related("case")
    return [one for one in held if str(one.case_id) in chosen][:MOST]


def _names(mine: "list[CaseMembership]") -> dict[str, tuple[str, str]]:
    return {str(one.case_id): (one.label or f"{_t('record ending')} {one.case.reference[-4:]}", "") for one in mine}


def _notes(user: "User", mine: "list[CaseMembership]", *, on: dt.date) -> dict[str, tuple[str, str]]:
    """The name of each record, and the note that the record itself gives."""
    ids = [one.case_id for one in mine]
    rows, reaches = rows_of(user, ids, on=on), queries.contact_marks(ids)
    names = _names(mine)
    return {
        str(one.case_id): (
            names[str(one.case_id)][0],
            note_of(
                rows.get(one.case_id),
                promises=correspondence.open_promises(one.case_id, on=on),
                deadlines=correspondence.deadlines_of(one.case, on=on).open,
                reach=reaches[one.case_id].words,
                on=on,
            ),
        )
        for one in mine
    }

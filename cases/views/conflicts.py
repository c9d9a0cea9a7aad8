"""The queue of the conflicts lead: two labels, no record. Nobody else learns that a match was possible."""

import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases import operations, queries
from cases.core.organisations import PostRole
from cases.forms.organisations import DecideConflict
from cases.gate import PostRequest, post_view
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import now
from cms_tracker.web.methods import FORM, PRESS, sent

if TYPE_CHECKING:
    from cases.models import Post

HERE = "organisation"


@post_view(PostRole.CONFLICTS)
def conflicts(request: PostRequest, post: "Post") -> HttpResponseBase:
    """Every two records that may be two sides of one case, and intakes that wait without one."""
    context = {
        "here": HERE,
        "pairs": queries.possible_conflicts(post.organisation_id),
        "waiting": queries.waiting_intakes(post.organisation_id),
    }
    return render(request, "cases/conflicts.html", context)


@post_view(PostRole.CONFLICTS, methods=FORM)
def decide_conflict(
    request: PostRequest, post: "Post", holding_id: uuid.UUID, other_holding_id: uuid.UUID
) -> HttpResponseBase:
    """Keep what was decided about two records."""
    wanted = {holding_id, other_holding_id}
    pair = next(
        (two for two in queries.possible_conflicts(post.organisation_id) if {one.pk for one in two} == wanted), None
    )
    if pair is None:
        raise Http404
    form = DecideConflict(sent(request))
    if form.is_valid():
        try:
            operations.decide_conflict(
                actor=request.user,
                first_id=pair[0].pk,
                second_id=pair[1].pk,
                outcome=form.cleaned_data["outcome"],
                at=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your decision is kept, and counts from now."))
            return redirect("cases:conflicts")
    return render(request, "cases/decide_conflict.html", {"here": HERE, "form": form, "pair": pair})


@post_view(PostRole.CONFLICTS, methods=PRESS)
def clear_intake(request: PostRequest, post: "Post", holding_id: uuid.UUID) -> HttpResponseBase:
    """Let an intake go on."""
    try:
        operations.clear_intake(actor=request.user, holding_id=holding_id, at=now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("It goes on."))
    return redirect("cases:conflicts")

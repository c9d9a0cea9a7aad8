"""A person takes everything away."""

import uuid
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations, queries
from cms_tracker.rights.core.copies import LASTS, MOST_A_DAY
from cms_tracker.rights.forms import AskForCopy
from cms_tracker.web import downloads, storage
from cms_tracker.web.clock import now
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent
from correspondence import presenters
from correspondence import queries as papers
from correspondence.core.jobs import JobKind

if TYPE_CHECKING:
    from cms_tracker.users.models import User


@signed_in(FORM, fresh=True)
def copy(request: HttpRequest) -> HttpResponseBase:
    """Ask for a file with everything, and see how far it is."""
    user = cast("User", request.user)
    form = AskForCopy(sent(request))
    if form.is_valid():
        try:
            operations.ask_for_copy(actor=user, at=now(), entry_id=form.cleaned_data["entry"])
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return redirect("rights:copy")
    found = queries.copies_of(user, at=now())
    rows = [(one, presenters.job_seen(papers.job_of(JobKind.EVERYTHING, one.pk))) for one in found]
    context = {
        "form": form, "rows": rows, "here": "account", "hours": LASTS.total_seconds() // 3600, "most": MOST_A_DAY,
    }  # fmt: skip
    return render(request, "rights/copy.html", context)


@signed_in(fresh="file")
def copy_file(request: HttpRequest, copy_id: uuid.UUID) -> HttpResponseBase:
    """The file, to whoever asked for it, if they may still have all that is in it."""
    user = cast("User", request.user)
    found = queries.copy_of(user, copy_id)
    at = now()
    if found is None or found.expires_at is None or found.expires_at <= at:
        raise Http404
    if not queries.may_have(found):
        operations.forget_copy(actor=user, copy_id=found.pk)
        raise Http404
    if storage.sha256_of(found.stored_as) != found.sha256:
        messages.error(request, _("The file is damaged. Ask for it again."))
        return redirect("rights:copy")
    operations.note_copy_taken(actor=user, copy_id=found.pk)
    response = StreamingHttpResponse(_pieces(found.stored_as), content_type="application/zip")
    response.headers["Content-Length"] = str(found.size)
    return downloads.as_download(response, name=f"copy-{at:%Y-%m-%d}.zip")


def _pieces(stored_as: str) -> Iterator[bytes]:
    with storage.open_kept(stored_as) as file:
        yield from file.pieces()

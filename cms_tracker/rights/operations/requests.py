"""Keep the register of requests: what came, how long we waited, what was answered."""

import datetime as dt
import uuid

from django.db import IntegrityError, transaction

from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.rights.core.request_clock import Pause, due_on
from cms_tracker.rights.core.requests import RequestAnswer, RequestKind, RequestWho
from cms_tracker.rights.models import Release, RequestPause, RightsRequest

RELEASES_NEEDED = 2


@transaction.atomic
def add_request(
    *, label: str, kind: RequestKind, who: RequestWho, received_on: dt.date, is_complex: bool = False
) -> RightsRequest:
    """Enter a request on the day it came."""
    return RightsRequest.objects.create(label=label, kind=kind, who=who, received_on=received_on, is_complex=is_complex)


def due(request: RightsRequest) -> dt.date | None:
    """The last day to answer it; None while it is paused."""
    pauses = [Pause(asked_on=one.asked_on, answered_on=one.answered_on) for one in request.pauses.all()]
    return due_on(
        received_on=request.received_on,
        identity_shown_on=request.identity_checked_on,
        pauses=pauses,
        is_complex=request.is_complex,
    )


@transaction.atomic
def note_identity(*, request_id: uuid.UUID, on: dt.date) -> None:
    """The person has shown who they are. Raises Refusal for a day before the request."""
    request = open_request(request_id)
    if on < request.received_on:
        raise Refusal(say("This is before the request came."), field="on")
    RightsRequest.objects.filter(pk=request.pk).update(identity_checked_on=on)


@transaction.atomic
def pause(*, request_id: uuid.UUID, on: dt.date) -> None:
    """We asked the person what they mean, and wait. Raises Refusal where we wait already."""
    request = open_request(request_id)
    try:
        with transaction.atomic():
            RequestPause.objects.create(request=request, asked_on=on)
    except IntegrityError as error:
        raise Refusal(say("This request is paused already.")) from error


@transaction.atomic
def resume(*, request_id: uuid.UUID, on: dt.date) -> None:
    """The person has answered. Raises Refusal where we were not waiting, or for a day before we asked."""
    open_request(request_id)
    waiting = RequestPause.objects.filter(request_id=request_id, answered_on__isnull=True).first()
    if waiting is None:
        raise Refusal(say("This request is not paused."))
    if on < waiting.asked_on:
        raise Refusal(say("This is before the question was asked."), field="on")
    RequestPause.objects.filter(pk=waiting.pk).update(answered_on=on)


@transaction.atomic
def answer(*, request_id: uuid.UUID, on: dt.date, how: RequestAnswer) -> None:
    """The request is answered, which ends its clock."""
    request = open_request(request_id)
    RequestPause.objects.filter(request=request, answered_on__isnull=True).update(answered_on=on)
    RightsRequest.objects.filter(pk=request.pk).update(answered_on=on, answer=how)


def open_request(request_id: uuid.UUID) -> RightsRequest:
    """A request that is not answered. Raises Refusal where there is none."""
    found = RightsRequest.objects.filter(pk=request_id, answered_on__isnull=True).first()
    if found is None:
        raise Refusal(say("There is no open request with this id."), field="id")
    return found


@transaction.atomic
def release(*, request_id: uuid.UUID, by: str, sha256: str, at: dt.datetime) -> int:
    """One person's word that these very bytes may leave; return how many have given it. Twice by one counts once."""
    name = " ".join(by.split()).casefold()
    if not name:
        raise Refusal(say("Say who you are."), field="by")
    Release.objects.get_or_create(request=open_request(request_id), by=name, sha256=sha256, defaults={"at": at})
    return Release.objects.filter(request_id=request_id, sha256=sha256).count()

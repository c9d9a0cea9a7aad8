"""Reminders by e-mail, and a calendar elsewhere: off until somebody says that it is safe."""

import uuid
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cases import queries as case_queries
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.users import operations as users
from cms_tracker.users import throttles
from cms_tracker.users.queries import safe_mail_of
from cms_tracker.web import drafts
from cms_tracker.web.clock import now, today
from cms_tracker.web.drafts import typed_before
from cms_tracker.web.gates import public, signed_in
from cms_tracker.web.methods import FORM, PRESS, sent
from cms_tracker.web.too_many import TooManyTriesError
from correspondence import operations, queries
from correspondence.forms.reminders import OFF, OTHER, OWN, CalendarForm, ReminderForm
from correspondence.rendering import feed as feed_file

if TYPE_CHECKING:
    from cms_tracker.users.models import SafeMail, User

ALL = "all"
#: The same bytes for an address that never was, that was replaced, turned off or lost its record.
_NO_CALENDAR = b"Not found\n"


@signed_in(FORM, fresh=True)
def reminders(request: HttpRequest) -> HttpResponseBase:
    """Whether to be reminded by e-mail and where, and which calendars are on."""
    user = cast("User", request.user)
    mail = safe_mail_of(user)
    form = ReminderForm(sent(request), own_address=user.email, initial=_chosen(user, mail) | typed_before(request))
    if form.is_valid() and (answer := _save(request, user, form)) is not None:
        return answer
    open_feeds = queries.feeds_of(user)
    names = {str(one.case_id): one.label or _name(one.case) for one in case_queries.memberships_of(user)}
    context = {
        "here": "account",
        "form": form,
        "waits_at": mail.address if mail is not None and mail.confirmed_at is None else "",
        "was_left": mail is not None and _was_left(user, mail),
        "trouble": queries.reminder_trouble_of(user, on=today()),
        "feeds": [
            (
                feed_id,
                say("All my records")
                if case_id is None
                else names.get(str(case_id), say("A record you cannot open now")),
            )
            for case_id, feed_id in open_feeds.items()
        ],
        "has_records": bool(names),
    }
    return render(request, "correspondence/reminders.html", context)


@public(FORM)
def confirm(request: HttpRequest, key: str) -> HttpResponseBase:
    """Confirm the address that a link was sent to. Only the press counts: mail programs open links by themselves."""
    if request.method != "POST":
        return render(request, "correspondence/confirm_reminders.html", {"state": "ask"})
    is_done = users.confirm_mail(key, at=now())
    state = "done" if is_done else "void"
    return render(request, "correspondence/confirm_reminders.html", {"state": state}, status=200 if is_done else 404)


@signed_in(FORM, fresh=True)
def new_calendar(request: HttpRequest) -> HttpResponseBase:
    """Say who may see a calendar before it is turned on; the answer shows its address once."""
    user = cast("User", request.user)
    cases = {str(one.case_id): one for one in case_queries.memberships_of(user)}
    if not cases:
        raise Http404
    records = [(key, one.label or _name(one.case)) for key, one in cases.items()]
    form = CalendarForm(sent(request), records=records, initial=drafts.typed_before(request))
    if form.is_valid():
        which = form.cleaned_data["which"]
        token = operations.open_feed(actor=user, case=None if which == ALL else cases[which].case)
        return _shown_once(request, token)
    return render(request, "correspondence/new_calendar.html", {"here": "account", "form": form})


@signed_in(PRESS, fresh=True)
def replace_calendar(request: HttpRequest, feed_id: uuid.UUID) -> HttpResponseBase:
    """Give a calendar a new address. The old one is gone in the same moment."""
    try:
        token = operations.replace_feed(actor=cast("User", request.user), feed_id=feed_id)
    except Refusal:
        raise Http404 from None
    return _shown_once(request, token)


@signed_in(PRESS)
def close_calendar(request: HttpRequest, feed_id: uuid.UUID) -> HttpResponseBase:
    """Turn a calendar off."""
    try:
        operations.close_feed(actor=cast("User", request.user), feed_id=feed_id)
    except Refusal:
        raise Http404 from None
    messages.success(
        request, say("That calendar is off. Delete it from your calendar program too: it keeps what it has read.")
    )
    return redirect("correspondence:reminders")


@public()
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The days, for a calendar program. Nothing is logged of the address, and nothing is kept on the way."""
    found = queries.feed_behind(token, on=today())
    if found is None:
        answer = HttpResponse(_NO_CALENDAR, status=404, content_type="text/plain; charset=utf-8")
    else:
        content = feed_file.calendar_of(found.days, feed_id=found.id, name=settings.SITE_NAME, at=now())
        answer = HttpResponse(content, content_type=feed_file.CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _save(request: HttpRequest, user: "User", form: ReminderForm) -> HttpResponseBase | None:
    """Do as the form says; None where it was asked for too often."""
    address = form.wanted_address
    if not address:
        operations.stop_reminders(actor=user)
        messages.success(request, say("Reminders are off. We have forgotten the address."))
        return redirect("correspondence:reminders")
    if form.cleaned_data["where"] == OTHER:
        try:
            throttles.take("message", "reminders", user.pk, at=now())
        except TooManyTriesError:
            form.add_error("address", _("That was too many links. Wait an hour."))
            return None
    if operations.ask_for_reminders(actor=user, address=address, at=now(), on=today()):
        messages.success(request, _("Saved. Reminders are on."))
    else:
        messages.success(request, _("Saved. Open the link that we have sent there: until then nothing else is sent."))
    return redirect("correspondence:reminders")


def _shown_once(request: HttpRequest, token: str) -> HttpResponseBase:
    address = urljoin(settings.SITE_URL, reverse("correspondence:calendar", args=[token]))
    return render(request, "correspondence/calendar_on.html", {"here": "account", "address": address})


def _chosen(user: "User", mail: "SafeMail | None") -> dict[str, object]:
    chosen = queries.reminder_settings_of(user)
    if chosen is None or not chosen.is_on or mail is None or _was_left(user, mail):
        return {"where": OFF}
    if mail.address == user.email:
        return {"where": OWN, "safe": True}
    return {"where": OTHER, "address": mail.address, "safe": True}


def _was_left(user: "User", mail: "SafeMail") -> bool:
    """Say whether the address was that of the sign-in, and is not any more: nothing is sent to it."""
    return mail.of_sign_in and mail.address != user.email


def _name(case: object) -> str:
    """A record that has no name of its own is called by the end of its reference."""
    return say("Record ending {getattr}", getattr=str(getattr(case, "reference", ""))[-4:])

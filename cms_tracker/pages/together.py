"""A paying parent's own records beside each other, and one payment shared between them by children."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from arrears import queries as arrears
from arrears.core.in_force import decision_on
from arrears.core.ledger import known
from arrears.core.position import position, upcoming
from cases import queries as cases
from cases.core.facts import Perspective
from cases.core.roles import Role
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.pages import shared_payment
from cms_tracker.pages.core import together
from cms_tracker.pages.core.together import Debt, Share
from cms_tracker.refusal import Refusal
from cms_tracker.web.clock import today
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cases.models import CaseMembership
    from cms_tracker.users.models import User


class SharedPayment(DatedForm):
    """One sum that was paid to CMS for all the children, and its day."""

    entry = EntryField()
    amount = PenceField(
        what=_("the whole sum you paid"),
        label=_("How much did you pay in all?"),
        help_text=_("The whole sum that went to CMS, collection fees included."),
    )
    paid_on = DayField(label=_("When did you pay it?"), what=_("the day you paid"))


@signed_in(FORM)
def debts(request: HttpRequest) -> HttpResponseBase:
    """Show each debt apart; share one payment by children, first to look at, then to record."""
    on = today()
    own = _own(cast("User", request.user))
    found = together.told_apart(_debts(own, on=on))
    if len(found) < 2:
        raise Http404
    form = SharedPayment(sent(request), on=on)
    shares: Sequence[Share] = ()
    if form.is_valid() and together.can_share(found):
        given: dict[str, Any] = form.cleaned_data
        shares = together.share(given["amount"], found)
        if "save" in request.POST:
            try:
                shared_payment.record(
                    actor=cast("User", request.user),
                    cases=[one.case for one in own],
                    shares=shares,
                    paid_on=given["paid_on"],
                    recorded_on=on,
                    entry_id=given["entry"],
                )
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                amount = pounds(given["amount"])
                messages.success(request, say("{amount} is recorded, shared between your records.", amount=amount))
                return redirect("pages:together")
    context = {
        "here": "records",
        "on": on,
        "debts": found,
        "can_share": together.can_share(found),
        "split": together.split(found),
        "going_on": together.going_on(found),
        "ended": [debt for debt in found if debt.weekly == 0],
        "form": form,
        "shares": shares,
    }
    return render(request, "pages/together.html", context)


def _own(user: "User") -> "list[CaseMembership]":
    """The records that this person keeps as the paying parent; never one that somebody shared with them."""
    return [
        one
        for one in cases.memberships_of(user)
        if one.role == Role.OWNER and one.case.perspective == Perspective.PAYING
    ]


def _debts(own: "Sequence[CaseMembership]", *, on: dt.date) -> list[Debt]:
    facts = arrears.facts_for_many([one.case for one in own])
    children = cases.child_counts([one.case_id for one in own])
    found = []
    for member in own:
        case = member.case
        at = position(facts[case.pk], on=on, known_on=on)
        decision = decision_on(known(facts[case.pk], on), on)
        due = upcoming(facts[case.pk], after=on, known_on=on, count=1)
        found.append(
            Debt(
                case_id=case.pk,
                name=member.label or case.other_parent,
                reference=case.reference,
                children=children.get(case.pk, 0),
                weekly=decision.weekly if decision else None,
                owed=at.outstanding,
                ahead=at.credit,
                next_due=due[0] if due else None,
            )
        )
    return found

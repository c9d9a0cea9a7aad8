"""Moving between Direct Pay and Collect and Pay: where a case is, what it would cost, and what to record."""

from typing import TYPE_CHECKING

from django.http.response import HttpResponseBase
from django.shortcuts import render

from arrears.core.event_values import EventKind
from arrears.presenters import rates as rate_words
from cases.core.facts import Nation, Perspective
from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core import moving_words as words
from correspondence.core.events import KINDS, number_of

if TYPE_CHECKING:
    from cases.models import Case

_TO_RECORD = (
    EventKind.ASKED_COLLECT_AND_PAY, EventKind.REFUSED_COLLECT_AND_PAY, EventKind.FOUND_UNLIKELY_TO_PAY,
    EventKind.ASKED_DIRECT_PAY, EventKind.REFUSED_DIRECT_PAY, EventKind.FAILURE_NOTICE, EventKind.ARREARS_NOTICE,
)  # fmt: skip


@case_view(Permission.VIEW)
def moving(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Both services side by side for one case, in pounds, and what moving needs."""
    on, perspective = today(), Perspective(case.perspective)
    found = queries.moving_of(case, on=on)
    at, fees = found.standing, found.fees
    context = {
        "case": case,
        "here": "next",
        "today": on,
        "at": at,
        "where": words.where(at),
        "grounds": words.grounds(at, perspective=perspective),
        "notices": [(one, rate_words.shown(one.notice.rule, on=on)) for one in words.notices(at)],
        "fees": fees,
        "change": words.change(fees, perspective=perspective, service=at.service) if fees else "",
        "lines": words.spans(fees.lines) if fees else [],
        "fee_rates": [rate_words.shown(one, on=on) for one in (fees.paying, fees.receiving)] if fees else [],
        "planned": [(one, words.spans(one.lines)) for one in fees.planned] if fees else [],
        "kept_rule": rate_words.shown(at.rule, on=on),
        "topics": words.topics(perspective),
        "owed": found.owed,
        "late": found.late,
        "to_record": [(number_of(kind), KINDS[kind]) for kind in _TO_RECORD],
        "is_paying": perspective is Perspective.PAYING,
        "is_great_britain": Nation(case.nation) is not Nation.NORTHERN_IRELAND,
        "may_record": Permission.RECORD in request.rights,
    }
    return render(request, "correspondence/moving.html", context)

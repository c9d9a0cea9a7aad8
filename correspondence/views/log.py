"""Every call, letter and message of a record: found by words and filters, a page at a time.

What is looked for is sent and kept with the session: an address stays in the browser's history,
and the words of a search would tell whoever opens it what the record is about.
"""

from typing import TYPE_CHECKING, Any

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from cases.core.roles import Permission
from cases.gate import CaseRequest, case_view
from cms_tracker.web.clock import today
from cms_tracker.web.methods import FORM
from correspondence import queries
from correspondence.core.log import LetterEntry, LogPage
from correspondence.core.sending_words import WHERE
from correspondence.forms.log import LogSearchForm

if TYPE_CHECKING:
    from cases.models import Case


@case_view(Permission.VIEW, FORM)
def log(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """The log. A search that is sent takes the place of the one before; "Show everything" ends it."""
    key = f"log:{case.pk}"
    parties = queries.parties_of(case.pk)
    sought: dict[str, Any] = request.session.get(key, {})
    form = LogSearchForm(sought or None, on=today(), parties=parties)
    if request.method == "POST":
        form = LogSearchForm(request.POST, on=today(), parties=parties)
        if "clear" in request.POST:
            request.session.pop(key, None)
            return redirect("correspondence:log", case.pk)
        if form.is_valid():
            request.session[key] = {name: request.POST.get(name, "") for name in _names(form) if request.POST.get(name)}
            return redirect("correspondence:log", case.pk)
    wanted = form.wanted()
    page = queries.log_page(case.pk, wanted, number=_number(request))
    return render(
        request,
        "correspondence/log.html",
        {
            "case": case,
            "here": "log",
            "form": form,
            "page": page,
            "rows": _rows(page),
            "is_search": not wanted.is_anything,
            "earlier": page.number - 1,
            "later": page.number + 1 if page.number < page.pages else 0,
            "may_record": Permission.RECORD in request.rights,
        },
    )


def _names(form: LogSearchForm) -> list[str]:
    """The names under which a browser sends the form: of a date its three boxes."""
    return [name for field in form.fields for name in (field, *(f"{field}_{box}" for box in "dmy"))]


def _number(request: CaseRequest) -> int:
    typed = request.GET.get("page", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1


def _rows(page: LogPage) -> list[dict[str, object]]:
    on = today()
    return [
        {"letter": one, "where": WHERE[one.sending.whereabouts]}
        if isinstance(one, LetterEntry)
        else {
            "contact": one,
            "promises": [(each, each.standing(on=on)) for each in one.promises],
        }
        for one in page.entries
    ]

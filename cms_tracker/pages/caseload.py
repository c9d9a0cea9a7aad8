"""The list of an adviser, or of a helper: every case they were let into, by reason to act."""

import uuid
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from arrears.core.caseload import Reason, Sort, Wanted
from cases.core.facts import Perspective
from cms_tracker.pages.core.reason_words import BRIEF
from cms_tracker.pages.core.worklist import Row, wanted
from cms_tracker.pages.worklist import MOST_COUNTED, page_of, place_of
from cms_tracker.web.clock import today
from cms_tracker.web.forms import Form
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User

_FIND = "caseload-find"  # what was looked for, in the session
SIDES = [("", "Either parent"), (Perspective.RECEIVING, "Receiving parent"), (Perspective.PAYING, "Paying parent")]
WHY = [(reason, words) for reason, words in BRIEF.items() if reason is not Reason.NOTHING]
SORTS = [
    (Sort.REASON, "Most pressing first"),
    (Sort.OWED, "Most owed first"),
    (Sort.MISSED, "Oldest missed or not logged first"),
    (Sort.PROMISE, "Next promise first"),
    (Sort.CONTACT, "Longest without contact first"),
]


class FilterForm(Form):
    """What to show, and in which order. Anything it does not know is left aside."""

    why = forms.MultipleChoiceField(
        label="Reason to act", choices=WHY, required=False, widget=forms.CheckboxSelectMultiple
    )
    side = forms.ChoiceField(label="Whose record", choices=SIDES, required=False)
    sort = forms.ChoiceField(label="Order", choices=SORTS, required=False)


class FindForm(Form):
    """A reference or a name. It is sent, and kept with the session: an address stays in the browser's history."""

    optional_words = {"find": ""}

    find = forms.CharField(label="CMS reference, or your name for it", max_length=60, required=False)


@signed_in(FORM)
def caseload(request: HttpRequest) -> HttpResponseBase:
    """Say how many need something, then the rows, the most pressing first."""
    on = today()
    form = FilterForm({"sort": Sort.REASON.value} | request.GET.dict() | {"why": request.GET.getlist("why")})
    asked = form.cleaned_data if form.is_valid() else {}
    find = request.session.get(_FIND, "")
    find_form = FindForm(sent(request), initial={"find": find})
    if find_form.is_valid():
        request.session[_FIND] = find_form.cleaned_data["find"]
        return redirect(f"{request.path}?{_query(asked)}" if _query(asked) else request.path)
    sort = Sort(asked.get("sort") or Sort.REASON)
    page = page_of(
        cast("User", request.user),
        on=on,
        sort=sort,
        wanted=wanted(side=asked.get("side", ""), why=asked.get("why", ()), find=find),
        after=_place(request, "after", sort),
        before=_place(request, "before", sort),
    )
    return render(
        request,
        "pages/caseload.html",
        {
            "here": "caseload",
            "form": form,
            "find_form": find_form,
            "find": find,
            "on": on,
            "page": page,
            "most": f"{MOST_COUNTED:,}",
            "earlier": _with_place(asked, "before", page.rows[0] if page.earlier else None),
            "later": _with_place(asked, "after", page.rows[-1] if page.later else None),
            "chips": _chips(asked),
            "query": _query(asked),
            "chosen": len(request.session.get("letters-for", [])),
        },
    )


def wanted_in(request: HttpRequest) -> Wanted:
    """What the filters of an address, and what was looked for, leave on the list."""
    asked = _asked(request)
    find = request.session.get(_FIND, "")
    return wanted(side=str(asked.get("side", "")), why=_whys(asked), find=find)


def list_address(request: HttpRequest) -> str:
    """The address of the list with the filters of this one."""
    path, query = reverse("pages:caseload"), _query(_asked(request))
    return f"{path}?{query}" if query else path


def _asked(request: HttpRequest) -> dict[str, object]:
    form = FilterForm({"sort": Sort.REASON.value} | request.GET.dict() | {"why": request.GET.getlist("why")})
    return dict(form.cleaned_data) if form.is_valid() else {}


def _with_place(asked: dict[str, object], name: str, row: Row | None) -> str:
    """The address of the part of the list before or after a row; empty where there is none.

    It names the row by its record, as the row's own links do: what the list is ordered by may be a figure.
    """
    if row is None:
        return ""
    return "&".join(filter(None, [_query(asked), urlencode({name: str(row.case_id)})]))


def _place(request: HttpRequest, name: str, sort: Sort) -> str:
    """Where in the list the row of an address stands now; empty, which is the beginning, where it is on no list."""
    try:
        case_id = uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return ""
    return place_of(cast("User", request.user), case_id, sort=sort)


def _chips(asked: dict[str, object]) -> list[tuple[str, str]]:
    """The filters in use, each with the address of the list without it."""
    chips = [
        (label, _query(asked | {"why": [one for one in _whys(asked) if one != reason]}))
        for reason, label in WHY
        if reason in _whys(asked)
    ]
    if asked.get("side"):
        chips.append((dict(SIDES)[Perspective(str(asked["side"]))], _query(asked | {"side": ""})))
    return chips


def _query(asked: dict[str, object]) -> str:
    """The address of the list with these filters."""
    pairs = [("why", one) for one in _whys(asked)]
    pairs += [(name, str(asked[name])) for name in ("side", "sort") if asked.get(name) not in {None, "", Sort.REASON}]
    return urlencode(pairs)


def _whys(asked: dict[str, object]) -> list[str]:
    return [str(one) for one in cast("list[str]", asked.get("why") or [])]

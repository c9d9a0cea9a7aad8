"""The list of an adviser, or of a helper: every case they were let into, by reason to act."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from arrears.caseload import views_of
from arrears.core.caseload import Reason, Sort, View, Wanted
from cases.core.facts import Perspective
from cases.queries import contact_marks, lapsed, post_of
from cms_tracker.pages.core.lines import Line, line
from cms_tracker.pages.core.reason_words import BRIEF
from cms_tracker.pages.core.worklist import Row, wanted
from cms_tracker.pages.worklist import MOST_COUNTED, page_of, place_of
from cms_tracker.web.clock import today
from cms_tracker.web.forms import Form
from cms_tracker.web.gates import signed_in
from cms_tracker.web.methods import FORM, sent

if TYPE_CHECKING:
    from cms_tracker.users.models import User

MOST_LAPSED = 25  # named one by one
_FIND = "caseload-find"  # what was looked for, in the session
_NO_CASE = uuid.UUID(int=0)
_WAYS_IN = {"address": "pages:overview", "naming": "pages:name-record"}
SIDES = [
    ("", _("Either parent")),
    (Perspective.RECEIVING, _("Receiving parent")),
    (Perspective.PAYING, _("Paying parent")),
]
WHY = [(reason, words) for reason, words in BRIEF.items() if reason is not Reason.NOTHING]
SORTS = [
    (Sort.REASON, _("Most pressing first")),
    (Sort.OWED, _("Most owed first")),
    (Sort.MISSED, _("Oldest missed or not logged first")),
    (Sort.PROMISE, _("Next promise first")),
    (Sort.CONTACT, _("Longest without contact first")),
]


class FilterForm(Form):
    """What to show, and in which order. Anything it does not know is left aside."""

    why = forms.MultipleChoiceField(
        label=_("Reason to act"), choices=WHY, required=False, widget=forms.CheckboxSelectMultiple
    )
    side = forms.ChoiceField(label=_("Whose record"), choices=SIDES, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORTS, required=False)


class FindForm(Form):
    """A reference or a name. It is sent, and kept with the session: an address stays in the browser's history."""

    optional_words = {"find": ""}

    find = forms.CharField(label=_("CMS reference, or your name for it"), max_length=60, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the list shows: the filters as a form and as answers, and the view that gave them, if one did."""

    form: FilterForm
    asked: dict[str, object]
    view: View | None
    views: list[View]

    @property
    def sort(self) -> Sort:
        """The order."""
        return Sort(str(self.asked.get("sort") or Sort.REASON))

    @property
    def query(self) -> str:
        """The address of this list. Where a view of one's own comes first, that all are shown has to be said."""
        if self.view is not None:
            return urlencode({"view": str(self.view.id)})
        return self.without_view(self.asked)

    def without_view(self, asked: dict[str, object]) -> str:
        """The address of the list with these filters, whichever view comes first."""
        return _query(asked) or ("view=all" if any(one.is_default for one in self.views) else "")


@signed_in(FORM)
def caseload(request: HttpRequest) -> HttpResponseBase:
    """Say how many need something, then the rows, the most pressing first."""
    on, user = today(), cast("User", request.user)
    shown = _shown(request)
    find = request.session.get(_FIND, "")
    find_form = FindForm(sent(request), initial={"find": find})
    if find_form.is_valid():
        request.session[_FIND] = find_form.cleaned_data["find"]
        return redirect(f"{request.path}?{shown.query}" if shown.query else request.path)
    page = page_of(
        user,
        on=on,
        sort=shown.sort,
        wanted=_wanted(shown.asked, find),
        after=_place(request, "after", shown.sort),
        before=_place(request, "before", shown.sort),
    )
    context = {
        "here": "caseload",
        "form": shown.form,
        "find_form": find_form,
        "find": find,
        "on": on,
        "page": page,
        "lines": _lines(page.rows),
        "most": f"{MOST_COUNTED:,}",
        "counts": [(reason, words, page.counts[reason]) for reason, words in WHY if page.counts.get(reason)],
        "earlier": _with_place(shown, "before", page.rows[0] if page.earlier else None),
        "later": _with_place(shown, "after", page.rows[-1] if page.later else None),
        "chips": _chips(shown),
        "query": shown.query,
        "filters": _query(shown.asked),
        "view": shown.view,
        "views": shown.views,
        **_post(user),
        "lapsed": lapsed(user, count=MOST_LAPSED),
        "chosen": len(request.session.get("letters-for", [])),
    }
    return render(request, "pages/caseload.html", context)


def _post(user: "User") -> dict[str, object]:
    """The person's post, for the page and for its menu, which would ask once more."""
    found = post_of(user)
    return {"post": found, "has_post": found is not None}


def _lines(rows: Sequence[Row]) -> list[Line]:
    """The rows in words, each with the addresses of its record.

    One address is made and the others after it: making one costs as much as reading a row.
    """
    reaches = contact_marks([row.case_id for row in rows])
    patterns = {name: reverse(page, args=[_NO_CASE]) for name, page in _WAYS_IN.items()}
    found = []
    for row in rows:
        ways = {name: pattern.replace(str(_NO_CASE), str(row.case_id)) for name, pattern in patterns.items()}
        found.append(line(row, reaches[row.case_id], **ways))
    return found


def wanted_in(request: HttpRequest) -> Wanted:
    """What the filters of an address, and what was looked for, leave on the list."""
    return _wanted(_shown(request).asked, request.session.get(_FIND, ""))


def list_address(request: HttpRequest) -> str:
    """The address of the list with the filters of this one."""
    path, query = reverse("pages:caseload"), _shown(request).query
    return f"{path}?{query}" if query else path


def asked_in(request: HttpRequest) -> dict[str, object]:
    """The filters of an address; nothing where it holds what the list does not know."""
    given = request.GET.dict() | {"why": request.GET.getlist("why")}
    form = FilterForm({"sort": Sort.REASON.value} | given)
    return dict(form.cleaned_data) if form.is_valid() else {}


def _shown(request: HttpRequest) -> Shown:
    """What an address asks for: filters, a view of one's own, or neither, which is the view that comes first."""
    views = views_of(cast("User", request.user).pk)
    named = request.GET.get("view", "")
    view = next((one for one in views if str(one.id) == named), None)
    if not request.GET.keys() & {"why", "side", "sort", "view"}:
        view = next((one for one in views if one.is_default), None)
    if view is not None:
        chosen: dict[str, object] = {"why": list(view.reasons), "side": view.side or "", "sort": view.sort}
        return Shown(form=FilterForm(chosen), asked=chosen, view=view, views=views)
    given = request.GET.dict() | {"why": request.GET.getlist("why")}
    form = FilterForm({"sort": Sort.REASON.value} | given)
    return Shown(form=form, asked=dict(form.cleaned_data) if form.is_valid() else {}, view=None, views=views)


def _wanted(asked: dict[str, object], find: str) -> Wanted:
    return wanted(side=str(asked.get("side") or ""), why=_whys(asked), find=find)


def _with_place(shown: Shown, name: str, row: Row | None) -> str:
    """The address of the part of the list before or after a row; empty where there is none.

    It names the row by its record, as the row's own links do: what the list is ordered by may be a figure.
    """
    if row is None:
        return ""
    return "&".join(filter(None, [shown.query, urlencode({name: str(row.case_id)})]))


def _place(request: HttpRequest, name: str, sort: Sort) -> str:
    """Where in the list the row of an address stands now; empty, which is the beginning, where it is on no list."""
    try:
        case_id = uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return ""
    return place_of(cast("User", request.user), case_id, sort=sort)


def _chips(shown: Shown) -> list[tuple[str, str]]:
    """The filters in use, each with the address of the list without it."""
    asked = shown.asked
    chips = [
        (label, shown.without_view(asked | {"why": [one for one in _whys(asked) if one != reason]}))
        for reason, label in WHY
        if reason in _whys(asked)
    ]
    if asked.get("side"):
        side = str(dict(SIDES)[Perspective(str(asked["side"]))])
        chips.append((side, shown.without_view(asked | {"side": ""})))
    return chips


def _query(asked: dict[str, object]) -> str:
    """The address of the list with these filters."""
    pairs = [("why", one) for one in _whys(asked)]
    pairs += [(name, str(asked[name])) for name in ("side", "sort") if asked.get(name) not in {None, "", Sort.REASON}]
    return urlencode(pairs)


def _whys(asked: dict[str, object]) -> list[str]:
    return [str(one) for one in cast("list[str]", asked.get("why") or [])]

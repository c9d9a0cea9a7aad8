"""What came of the work of an organisation: tables for its managers that tell nothing of a single family."""

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cases.core import words
from cases.core.facts import Nation
from cases.core.organisations import PostRole
from cases.gate import PostRequest, post_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import plain
from cms_tracker.web.clock import today
from correspondence import queries
from correspondence.core import results
from correspondence.core.result_tables import FEWEST, Table, tables

if TYPE_CHECKING:
    from cases.models import Post

QUARTERS = 8
TITLES = {
    "kind": _("What changed"),
    "stage": _("How far it had to go"),
    "quarter": _("When"),
    "nation": _("Where"),
}


class Shown(NamedTuple):
    """A table with its title, and its lines in words: their names, numbers and pence, None where left out."""

    title: object
    lines: list[tuple[str, int | None, int | None]]


@post_view(PostRole.SUPERVISOR, PostRole.MANAGER)
def organisation_results(request: PostRequest, post: "Post") -> HttpResponseBase:
    """The tables of the last finished quarters."""
    shown, since, until = _tables(post, on=today())
    context = {"here": "organisation", "tables": shown, "since": since, "until": until, "fewest": FEWEST}
    return render(request, "pages/organisation_results.html", context)


@post_view(PostRole.SUPERVISOR, PostRole.MANAGER)
def organisation_results_file(request: PostRequest, post: "Post") -> HttpResponseBase:
    """The same lines as the page, for a spreadsheet. What the page leaves out is not in it either."""
    shown, *_days = _tables(post, on=today())
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([say("Table"), say("Line"), say("Results"), say("Gained, to the nearest hundred pounds")])
    few = say("fewer than {fewest} cases, or left out with them", fewest=FEWEST)
    for one in shown:
        for name, number, gained in one.lines:
            cells = [few, ""] if number is None or gained is None else [str(number), plain(gained)]
            writer.writerow([str(one.title), name, *cells])
    headers = {"Content-Disposition": 'attachment; filename="results.csv"'}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _tables(post: "Post", *, on: dt.date) -> tuple[list[Shown], dt.date, dt.date]:
    quarters = results.quarters_before(on, count=QUARTERS)
    since, until = results.first_day(quarters[0]), results.first_day(results.quarter_of(on))
    names = {
        "kind": {key.value: name for key, name in results.KINDS.items()},
        "stage": {key.value: name for key, name in results.STAGES.items()},
        "quarter": {key: say("Three months from {day}", day=day(results.first_day(key))) for key in quarters},
        "nation": {nation.value: words.NATIONS[nation] for nation in Nation},
    }
    counted = queries.counted_for(post.organisation_id, since=since, until=until)
    made = tables(counted, {by: list(keys) for by, keys in names.items()})
    return [_shown(one, names[one.by]) for one in made], since, until - dt.timedelta(days=1)


def _shown(one: Table, names: dict[str, str]) -> Shown:
    lines = [(names[line.key], line.results, line.gained) for line in one.lines]
    return Shown(TITLES[one.by], [*lines, (say("Total"), one.total.results, one.total.gained)])

"""One case at a glance, as of a day; and a person's own name for it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from arrears import queries as arrears
from arrears.core import plan_review, statements
from arrears.core.activity import OLD_DAYS, last_entry_on
from arrears.core.facts import CaseFacts, Statement
from arrears.core.in_force import decision_on, schedule_on, service_on
from arrears.core.plan_coming import Planned, coming_by_plan
from arrears.core.position import next_due
from arrears.core.results import Beside, Due, Kind, Position, StatementCheck
from arrears.presenters import cms_plans as plan_words
from arrears.presenters.words import ENTRIES
from cases import operations
from cases import queries as cases
from cases.core.facts import Nation
from cases.core.notes import inferred_amounts, is_inferred
from cases.core.roles import Permission, Role
from cases.core.words import FREQUENCIES, NATIONS, SERVICES
from cases.gate import CaseRequest, case_view
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.pages.as_of import AsOfForm
from cms_tracker.web.clock import today
from cms_tracker.web.forms import Form
from cms_tracker.web.methods import FORM, sent
from correspondence import queries as correspondence
from correspondence.core.contacts import ContactSeen, PromiseSeen
from correspondence.core.deadline_words import left
from correspondence.core.deadlines import Deadline, next_ones, past
from correspondence.core.next_steps import Answer, answer

if TYPE_CHECKING:
    from cases.models import Case


DAYS_SHOWN = 4
# Where each cause of what is owed can be followed to what it comes from; the others on the page of all changes.
_WHERE = {Kind.INSTALMENT: "arrears:payments", Kind.OPENING: "arrears:details"}


class Why(NamedTuple):
    """A cause of what is owed on the day: what it is, the pence of it, and the page it comes from."""

    name: str
    amount: int
    page: str


class Ahead(NamedTuple):
    """What can be done next, and the days to keep: the next ones, and how many are past."""

    next: Answer
    deadlines: list[tuple[Deadline, str]]
    past: int


class Sure(NamedTuple):
    """A fact as a page writes it, and whether the record marks it as inferred."""

    text: str
    detail: str
    is_inferred: bool


class Stated(NamedTuple):
    """A figure that CMS or a letter gave, beside ours for the same day.

    ``check`` has what would explain the difference; None where the search was left to the page of figures.
    """

    statement: Statement
    beside: Beside
    check: StatementCheck | None
    is_inferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What the page shows: all of it computed for the day ``on``, by what is known today."""

    on: dt.date
    at: Position
    why: list[Why]
    ahead: Ahead
    stated: list[Stated]
    stated_before: int
    service: Sure | None
    decision: Sure | None
    dates: Sure | None
    openings: list[Sure]
    next_due: Due | None
    planned: Planned | None
    plans: list[plan_words.CmsPlan]
    contacts: list[ContactSeen]
    promises: list[PromiseSeen]
    last_entry_on: dt.date | None
    inferred: list[str]
    has_anything: bool

    @property
    def is_old(self) -> bool:
        """Say whether the last entry lies so far back that its own day says more."""
        return self.last_entry_on is not None and (self.on - self.last_entry_on).days > OLD_DAYS

    @property
    def since_last_entry(self) -> str:
        """What became of the payments that fell due after the last entry, in a sentence or two."""
        last = self.last_entry_on
        later = [one for one in self.at.instalments if last is not None and one.due_on > last]
        if not later:
            return say("Nothing has fallen due since.")
        covered = sum(one.amount - one.outstanding for one in later)
        if not any(one.outstanding for one in later):
            return say("What has fallen due since is covered by money paid ahead.")
        if not covered:
            return say("Everything due since then counts as not paid.")
        return say(
            "{covered} of what fell due since is covered by money paid ahead. The rest counts as not paid.",
            covered=pounds(covered),
        )


class NameForm(Form):
    """A person's own name for a case."""

    optional_words = {"label": ""}

    label = forms.CharField(
        label=_("Your name for this record"),
        help_text=_("Only you see it. Leave it empty to use the CMS reference alone"),
        max_length=60,
        required=False,
    )


@case_view(Permission.VIEW)
def overview(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """What is owed on a day, what CMS says, and where the case stands."""
    now = today()
    form = AsOfForm.read(request.GET, today=now)
    return render(
        request,
        "pages/overview.html",
        {
            "case": case,
            "here": "overview",
            "form": form,
            "today": now,
            "o": _overview(case, on=form.day, known_on=now, role=request.role),
            "nation": NATIONS[Nation(case.nation)],
            "children": cases.children_of(case.pk),
            "own_name": request.membership.label,
            "is_mine": request.role is Role.OWNER,
            "may_record": Permission.RECORD in request.rights,
            "may_write": Permission.WRITE_LETTERS in request.rights,
            "note_is_inferred": is_inferred(case.note),
        },
    )


@case_view(Permission.VIEW, FORM)
def name_record(request: CaseRequest, case: "Case") -> HttpResponseBase:
    """Give the case a name that only this person is shown."""
    form = NameForm(sent(request), initial={"label": request.membership.label})
    if form.is_valid():
        operations.name_case(actor=request.user, case=case, label=form.cleaned_data["label"])
        messages.success(request, say("The name is saved. Only you see it."))
        return redirect("pages:overview", case.pk)
    return render(request, "pages/name_record.html", {"case": case, "here": "overview", "form": form})


def _overview(case: "Case", *, on: dt.date, known_on: dt.date, role: Role) -> Overview:
    record = arrears.record_of(case, on=on, known_on=known_on)
    facts, seen, at = record.facts, record.seen, record.at
    marked = inferred_amounts(case.note)
    contacts = [one for one in correspondence.contacts_of(case.pk) if one.struck_out is None and one.at_date <= on]
    given = sorted((one for one in seen.statements if one.as_at <= on), key=lambda one: (one.as_at, one.stated_on))
    return Overview(
        on=on,
        at=at,
        why=_why(at),
        ahead=_ahead(case, record, on),
        stated=_stated(seen, given[-arrears.MOST_CHECKED :], known_on=known_on),
        stated_before=max(len(given) - arrears.MOST_CHECKED, 0),
        service=_service(seen, on),
        decision=_decision(seen, on, marked),
        dates=_dates(seen, on),
        openings=[
            Sure(one.source or say("From before this record"), _money_on(one.amount, one.on), is_inferred(one.note))
            for one in seen.openings
            if one.on <= on
        ],
        next_due=next_due(facts, after=on, known_on=known_on),
        planned=coming_by_plan(seen, on=on + dt.timedelta(days=1), known_on=known_on, nation=Nation(case.nation)),
        plans=[
            plan_words.cms_plan(one, reader=role)
            for one in plan_review.review(facts, on=on, known_on=known_on, nation=Nation(case.nation))
            if one.plan.agreed_on <= on
        ],
        contacts=contacts[:3],
        promises=correspondence.open_promises(case.pk, on=on),
        last_entry_on=last_entry_on(seen, on=on),
        inferred=_inferred(seen, marked),
        has_anything=bool(at.instalments or at.others or at.paid or seen.schedules),
    )


def _ahead(case: "Case", record: arrears.Record, on: dt.date) -> Ahead:
    deadlines = correspondence.deadlines_of(case, on=on)
    return Ahead(
        next=answer(correspondence.snapshot_of(case, on=on, record=record, deadlines=deadlines)),
        deadlines=[(one, left(one)) for one in next_ones(deadlines, count=DAYS_SHOWN)],
        past=past(deadlines),
    )


def _why(at: Position) -> list[Why]:
    """What the figure is made of, cause by cause, as the engine splits it."""
    found = []
    for kind in map(Kind, at.by_cause):
        name = say("Payments that fell due") if kind is Kind.INSTALMENT else say(ENTRIES[kind])
        found.append(Why(name, at.by_cause[kind], _WHERE.get(kind, "arrears:changes")))
    return found


def _stated(seen: CaseFacts, given: Sequence[Statement], *, known_on: dt.date) -> list[Stated]:
    """Each of these figures beside the record's, and what would explain the last of them."""
    check = statements.check(seen, given[-1], known_on=known_on) if given else None
    found = [
        Stated(one, beside, None, is_inferred(one.note))
        for one, beside in zip(given[:-1], statements.beside_all(seen, given[:-1], known_on=known_on), strict=True)
    ]
    return [*found, Stated(given[-1], check, check, is_inferred(given[-1].note))] if check else []


def _service(seen: CaseFacts, on: dt.date) -> Sure | None:
    found = service_on(seen, on)
    if found is None:
        return None
    return Sure(SERVICES[found.type], say("Since {from_on}", from_on=day(found.from_on)), is_inferred(found.note))


def _decision(seen: CaseFacts, on: dt.date, marked: frozenset[int]) -> Sure | None:
    found = decision_on(seen, on)
    if found is None:
        return None
    stated = (
        say(". The letter states payments of {instalment}", instalment=pounds(found.instalment))
        if found.instalment
        else ""
    )
    return Sure(
        say("{weekly} a week", weekly=pounds(found.weekly)),
        say(
            "From {effective_on}, told on {notified_on}{stated}",
            effective_on=day(found.effective_on),
            notified_on=day(found.notified_on),
            stated=stated,
        ),
        is_inferred(found.note) or found.weekly in marked,
    )


def _dates(seen: CaseFacts, on: dt.date) -> Sure | None:
    found = schedule_on(seen, on)
    if found is None:
        return None
    return Sure(
        FREQUENCIES[found.frequency],
        say("Counted from {first_due_on}", first_due_on=day(found.first_due_on)),
        is_inferred(found.note),
    )


def _inferred(seen: CaseFacts, marked: frozenset[int]) -> list[str]:
    """Every weekly amount that the note of the record marks as inferred, in words."""
    return [
        say(
            "{weekly} a week, the decision from {effective_on}",
            weekly=pounds(one.weekly),
            effective_on=day(one.effective_on),
        )
        for one in seen.decisions
        if one.weekly in marked or is_inferred(one.note)
    ]


def _money_on(amount: int, on: dt.date) -> str:
    return say("{amount} on {on}", amount=pounds(amount), on=day(on))

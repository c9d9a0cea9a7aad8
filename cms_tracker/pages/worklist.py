"""The list of a person who helps or advises: kept in the order of an index, and never shown out of date.

Every write leaves a mark on its case, in its own transaction, and every kept row names the day on
which the clock changes it. A reader first works out anew what is marked or due in their own list,
then reads one page. The timer does the same for everybody, so that a reader seldom finds any.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from arrears import caseload
from arrears import queries as arrears
from arrears.core.caseload import Entry, Reason, Sort, Wanted, unmask
from arrears.core.engine_version import engine_version
from arrears.core.plan_watch import PlanWatch, watch
from arrears.core.snapshots import Snapshot
from arrears.operations import snapshots
from cases import queries as cases
from cases.core.facts import Nation, Perspective
from cms_tracker.pages.core.worklist import Dated, Promised, Row, entry_of, row_of
from cms_tracker.pages.hands import Hands, uncollected
from correspondence import queries as correspondence
from correspondence.core.pressing import Pressing

if TYPE_CHECKING:
    from cases.models import Case, CaseMembership
    from cms_tracker.users.models import User

PAGE = 25
MOST_COUNTED = 1_000  # beyond it a count is "more than": counting would take longer the longer the list is
TITLE = 200  # characters of the title of a deadline that are kept
BATCH = 256  # cases in one transaction: a fifth of a second, and all that an interruption takes back


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a list: the rows, and the keys from which the parts before and after it are read.

    ``earlier`` and ``later`` are None where there is nothing. ``needing`` and ``resting`` count the
    whole list, whatever is wanted of it, each up to ``MOST_COUNTED`` + 1. ``counts`` says how many
    cases have each reason; it is empty where more need something than are counted.
    """

    rows: tuple[Row, ...]
    earlier: str | None
    later: str | None
    needing: int
    resting: int
    counts: Mapping[Reason, int] = field(default_factory=dict)

    @property
    def everyone(self) -> int:
        """How many are on the list, as far as they are counted."""
        return self.needing + self.resting

    @property
    def has_more_needing(self) -> bool:
        """Say whether more need something than are counted."""
        return self.needing > MOST_COUNTED

    @property
    def has_more_resting(self) -> bool:
        """Say whether more need nothing than are counted."""
        return self.resting > MOST_COUNTED


def page_of(
    user: "User",
    *,
    on: dt.date,
    sort: Sort = Sort.REASON,
    wanted: Wanted | None = None,
    after: str = "",
    before: str = "",
) -> Page:
    """One page of the list of cases in which this person helps or advises, as of a day.

    ``after`` and ``before`` are keys of another page. Without one, or where less than a page comes
    before it, or nothing after it, the page is the first.
    """
    catch_up(user, on=on)
    asked, column = wanted or Wanted(), sort.column
    back = caseload.before(user.pk, column, asked, key=before, count=PAGE + 1) if before else []
    if len(back) > PAGE:
        found, start, has_later = back[1:], before, True
    else:
        start = "" if before else after
        forth = caseload.after(user.pk, column, asked, key=start, count=PAGE + 1)
        if start and not forth:
            start, forth = "", caseload.after(user.pk, column, asked, key="", count=PAGE + 1)
        found, has_later = forth[:PAGE], len(forth) > PAGE
    keys = [str(getattr(one.entry.keys, column)) for one in found]
    needing = caseload.needing(user.pk, most=MOST_COUNTED)
    return Page(
        rows=tuple(row_of(one.entry, one.figures, on=on) for one in found),
        earlier=keys[0] if start else None,
        later=keys[-1] if has_later else None,
        needing=len(needing),
        resting=caseload.resting(user.pk, most=MOST_COUNTED),
        counts=_counts(needing) if len(needing) <= MOST_COUNTED else {},
    )


def place_of(user: "User", case_id: uuid.UUID, *, sort: Sort) -> str:
    """The key of a case in the order of this person's list, to read on from; empty where it is not on it."""
    return caseload.key_of(user.pk, case_id, sort.column)


def rows_of(user: "User", case_ids: Collection[uuid.UUID], *, on: dt.date) -> dict[uuid.UUID, Row]:
    """The rows of these cases in this person's list; a case that is not on it is left out."""
    catch_up(user, on=on)
    found = caseload.listed(user.pk, case_ids)
    return {one.entry.case_id: row_of(one.entry, one.figures, on=on) for one in found}


def ids_of(user: "User", *, on: dt.date, wanted: Wanted, count: int) -> list[uuid.UUID]:
    """The first ``count`` cases of this person's list that fit, in the order of their reasons."""
    catch_up(user, on=on)
    column = Sort.REASON.column
    return [one.entry.case_id for one in caseload.after(user.pk, column, wanted, key="", count=count)]


def catch_up(user: "User", *, on: dt.date) -> int:
    """Work out anew what is marked or due in one person's list; return how many cases."""
    return _work_off(lambda count: caseload.waiting_for(user.pk, on=on, engine=engine_version(), count=count), on=on)


def roll_forward(*, on: dt.date, say: Callable[[int], object] = lambda _: None, hands: Hands | None = None) -> int:
    """Work out anew every case that is marked or due on a day, and no other; return how many.

    ``hands`` are processes that help. Safe to run twice, at once, or to break off: each batch is a
    transaction, and what is done is no longer due.
    """
    return _work_off(
        lambda count: caseload.waiting(on=on, engine=engine_version(), count=count), on=on, say=say, hands=hands
    )


def _work_off(
    waiting: Callable[[int], list[uuid.UUID]],
    *,
    on: dt.date,
    say: Callable[[int], object] = lambda _: None,
    hands: Hands | None = None,
) -> int:
    done, helping = 0, hands or Hands(most=1)
    while case_ids := waiting(BATCH * helping.shares):
        refresh(case_ids, on=on, hands=helping)
        done += len(case_ids)
        say(done)
    return done


@transaction.atomic
def refresh(case_ids: Collection[uuid.UUID], *, on: dt.date, hands: Hands | None = None) -> None:
    """Work out these cases anew: their figures, and their rows in everybody's lists."""
    with uncollected():
        held = snapshots.hold(case_ids)
        figures = snapshots.refresh(held, on=on, by=(hands or Hands(most=1)).work_out)
        snapshots.keep_entries(held, entries_for(figures, on=on))
        snapshots.let_go(held)


def entries_for(figures: Mapping[uuid.UUID, Snapshot], *, on: dt.date) -> list[Entry]:
    """The entries that cases with these figures have in the lists of all who were let into them."""
    members = cases.let_into(figures)
    if not members:
        return []
    found = _Found({one.case_id: one.case for one in members}, on=on)
    return [entry_of(found.row(one, figures[one.case_id]), user_id=one.user_id) for one in members]


class _Found:
    """What the rows of these cases say, read in a number of queries that does not grow with them."""

    def __init__(self, of: Mapping[uuid.UUID, "Case"], *, on: dt.date) -> None:
        self.on = on
        self.children = cases.child_counts(of)
        self.promises = correspondence.next_promises(of)
        self.contacts = correspondence.last_contacts(of)
        self.pressing = correspondence.pressing_in(list(of.values()), on=on)
        with_plans = caseload.with_plans(of)
        planned = [case for key, case in of.items() if key in with_plans]
        self.plans = {
            key: watch(facts, on=on, known_on=on, nation=Nation(of[key].nation))
            for key, facts in (arrears.facts_for_many(planned) if planned else {}).items()
        }

    def row(self, member: "CaseMembership", figures: Snapshot) -> Row:
        """The row of one case in one person's list."""
        key, case = member.case_id, member.case
        promise, contact = self.promises.get(key), self.contacts.get(key)
        presses, plan = self.pressing.get(key, Pressing()), self.plans.get(key, PlanWatch(None, dt.date.max))
        return Row(
            case_id=key,
            name=member.label,
            reference=case.reference,
            side=Perspective(case.perspective),
            children=self.children.get(key, 0),
            figures=figures,
            promise=Promised(promise.party, promise.text, promise.due_on) if promise else None,
            contact_on=contact.on if contact else None,
            quiet_since=contact.on if contact else case.opened_at.date(),
            on=self.on,
            act=Dated(presses.act_title[:TITLE], presses.act_on) if presses.act_on else None,
            act_from=presses.act_from,
            reply=Dated(presses.reply_title[:TITLE], presses.reply_on) if presses.reply_on else None,
            broken_since=plan.broken_since,
            asks_authority=bool(member.organisation_id or getattr(member, "is_asked", False)),
            authority_until=getattr(member, "until", None),
            turns_on=min(presses.changes_on, plan.changes_on),
        )


def _counts(masks: Collection[int]) -> Mapping[Reason, int]:
    """How many cases have each reason."""
    found: Counter[Reason] = Counter()
    for number, times in Counter(masks).items():  # a list has few kinds of case
        found.update(dict.fromkeys(unmask(number), times))
    return found

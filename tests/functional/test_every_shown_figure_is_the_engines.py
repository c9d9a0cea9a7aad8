"""Histories typed into the forms: what each page shows is the position of the exported case file.

There is one engine. Whatever a person enters, in whatever order, the figures on *Today*, on the
payments page, in its chart's table, under *why it changed*, on the overview and in an adviser's
list are those that ``position`` gives for the case file that the person can take away.
"""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, note, settings
from hypothesis import strategies as st

from arrears import queries
from arrears.core import case_file
from arrears.core.facts import CaseFacts, Route
from arrears.core.position import next_due, payment_uses, position
from arrears.core.sums import sums
from cases.core.facts import Frequency, Perspective, ServiceType
from cases.models import Case
from cms_tracker.days import day as written
from cms_tracker.money import plain, pounds
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from cms_tracker.web.clock import now
from tests.cast import ADA, ROSA
from tests.factories import let_in, make_user
from tests.filled_form import filled
from tests.pages import pence, rows, words
from tests.typed import RECORD, day

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 12, 1)
amounts = st.one_of(st.sampled_from([1, 6000, 26000, 31200, 24960]), st.integers(1, 90_000))
weeklies = st.one_of(st.sampled_from([0, 6000, 11240]), st.integers(1, 20_000))


def days_from(first: dt.date) -> st.SearchStrategy[dt.date]:
    return st.dates(first, TODAY)


@st.composite
def first_letters(draw: st.DrawFn) -> dict[str, dict[str, str]]:
    """What the four pages of a first decision are answered with."""
    effective = draw(st.dates(dt.date(2025, 1, 1), dt.date(2025, 6, 1)))
    told = draw(st.dates(effective, min(effective + dt.timedelta(days=120), TODAY)))
    brought = draw(st.booleans())
    return {
        "amount": {"weekly": plain(draw(weeklies)), **day("effective_on", effective.isoformat())},
        "letter": {**day("decided_on", effective.isoformat()), **day("notified_on", told.isoformat())},
        "payments": {
            "service": draw(st.sampled_from(list(ServiceType))),
            "frequency": draw(st.sampled_from(list(Frequency))),
            **day("first_due_on", draw(st.dates(effective, effective + dt.timedelta(days=60))).isoformat()),
        },
        "before": {
            "brought": "yes",
            "amount": plain(draw(amounts)),
            "source": "Liability order",
            **day("carried_on", effective.isoformat()),
        }
        if brought
        else {"brought": "no"},
    }


@st.composite
def actions(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """One thing that a person enters: which form, and the answers."""
    kind = draw(st.sampled_from(["log", "log", "log", "log", "decision", "adjustment", "strike"]))
    on = draw(days_from(dt.date(2025, 1, 1))).isoformat()
    if kind == "log":
        came = draw(st.sampled_from(["all", "none", "other", "other"]))
        when = draw(st.sampled_from(["today", "due", "other"]))
        answers = {"came": came, "amount": pounds(draw(amounts)), "when": when, **day("day", on)}
        if draw(st.booleans()):
            answers["due"] = on
        if draw(st.booleans()):
            answers["route"] = Route.DIRECT
        return kind, answers
    if kind == "decision":
        told = draw(days_from(dt.date.fromisoformat(on))).isoformat()
        return kind, {
            "weekly": plain(draw(weeklies)),
            "reason": "annual_review",
            **day("effective_on", on),
            **day("decided_on", on),
            **day("notified_on", told),
        }
    if kind == "adjustment":
        return kind, {
            "kind": draw(st.sampled_from(["correction_up", "correction_down", "write_off", "offset"])),
            "amount": plain(draw(amounts)),
            "reason": "A letter",
            **day("changed_on", on),
        }
    return kind, {"reason": "A slip", "which": str(draw(st.integers(0, 9)))}


class Keeper:
    """Somebody who keeps a record, through the forms only."""

    def __init__(self, client: Client, side: Perspective, letter: dict[str, dict[str, str]]) -> None:
        self.client = client
        opened = self.send("cases:open-record", [], {**RECORD, "perspective": side})
        assert opened.status_code == 302
        self.case = Case.objects.get()
        for page, typed in letter.items():
            sent = client.post(reverse("arrears:first-page", args=[self.case.pk, page]), typed)
            assert sent.status_code == 302, (page, words(sent))
        checked = self.url("arrears:check-first-decision")
        client.post(checked, filled(client.get(checked).content.decode()))

    def url(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.case.pk, *args])

    def page(self, name: str, query: str = "") -> Any:
        found = self.client.get(self.url(name) + query)
        assert found.status_code == 200
        return found

    def send(self, name: str, args: list[object], typed: dict[str, Any], query: str = "") -> Any:
        """Open a form, fill in the answers and press the button."""
        url = reverse(name, args=args) + query
        return self.client.post(url, {**filled(self.client.get(url).content.decode()), **typed})

    def do(self, kind: str, typed: dict[str, str]) -> None:
        """Enter one thing. A refusal is a person's answer too: then nothing is written."""
        here: list[object] = [self.case.pk]
        if kind == "log":
            due = typed.pop("due", "")
            self.send("arrears:log-payment", here, typed, f"?due={due}" if due else "")
        elif kind == "adjustment":
            self.send("arrears:new-adjustment", here, typed)
        elif kind == "decision":
            if self.send("arrears:new-decision", here, typed).status_code == 302:
                self.send("arrears:check-decision", here, {})
        else:
            paid = queries.facts_for(self.case).payments
            if paid:
                chosen = paid[int(typed["which"]) % len(paid)]
                self.send("pages:strike-out", [*here, uuid.UUID(chosen.id)], {"reason": typed["reason"]})

    def facts(self) -> CaseFacts:
        """What the exported case file says."""
        return case_file.parse(case_file.dump(case_transfer.take_out(self.case))).facts


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def ada() -> User:
    return make_user(ADA)


def first_of_november_and_twenty_first() -> dict[str, Any]:
    """Two payments that each went to several dates, on days of which one is written within the other."""
    first = dt.date(2025, 1, 3).isoformat()
    return {
        "side": Perspective.RECEIVING,
        "letter": {
            "amount": {"weekly": "60.00", **day("effective_on", first)},
            "letter": {**day("decided_on", first), **day("notified_on", first)},
            "payments": {
                "service": ServiceType.DIRECT_PAY,
                "frequency": Frequency.MONTHLY,
                **day("first_due_on", first),
            },
            "before": {"brought": "no"},
        },
        "history": [
            ("log", {"came": "other", "amount": "£600.00", "when": "other", **day("day", on)})
            for on in ("2025-11-01", "2025-11-21")
        ],
        "since": dt.date(2025, 6, 1),
    }


@example(**first_of_november_and_twenty_first())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    side=st.sampled_from(list(Perspective)),
    letter=first_letters(),
    history=st.lists(actions(), max_size=7),
    since=days_from(dt.date(2025, 1, 1)),
)
def test_every_shown_figure_is_the_position_of_the_exported_file(
    rosa: User,
    ada: User,
    side: Perspective,
    letter: dict[str, dict[str, str]],
    history: list[tuple[str, dict[str, str]]],
    since: dt.date,
) -> None:
    noon = dt.datetime(2025, 12, 1, 12, tzinfo=dt.UTC)
    with time_machine.travel(noon, tick=False), transaction.atomic():
        client = Client()
        client.force_login(rosa)
        keeper = Keeper(client, side, letter)
        for kind, typed in history:
            keeper.do(kind, dict(typed))
        keeper.page("pages:today")  # shows once what each entry did
        facts = keeper.facts()
        note(f"{facts}")
        check_today(keeper, facts)
        check_payments(keeper, facts)
        check_changes(keeper, facts, since)
        check_lists(keeper, facts, rosa, ada)
        transaction.set_rollback(True)


def check_today(keeper: Keeper, facts: CaseFacts) -> None:
    at = position(facts, on=TODAY)
    page = keeper.page("pages:today")
    shown = words(page)
    headline = shown.partition("See how it adds up")[0]
    if at.outstanding:
        assert pence(headline)[0] == at.outstanding
        assert ("You are owed" if facts.perspective is Perspective.RECEIVING else "You owe") in headline
        if len(at.by_cause) > 1:
            assert set(at.by_cause.values()) <= set(pence(headline))
    elif at.credit > at.paid_ahead:
        assert headline.partition("Overpaid by")[2].strip().startswith(pounds(at.credit - at.paid_ahead))
    elif facts.decisions:
        assert "Nothing is owed" in headline or not page.context["has_anything"]
    assert (f"{pounds(at.fees_outstanding)} of collection fees" in shown) is bool(at.fees_outstanding)
    assert f"{pounds(sums(at).due)} has fallen due" in shown or not page.context["has_anything"]
    assert f"{pounds(at.paid)} has" in shown or not page.context["has_anything"]
    due = next_due(facts, after=TODAY, known_on=TODAY)
    if due is not None and page.context["next"].due_on == due.due_on:
        # Credit waits until something falls due: what is left to pay then is the position of that day.
        later = position(facts, on=due.due_on, known_on=TODAY).instalments
        (then,) = [one for one in later if one.due_on == due.due_on]
        assert page.context["next"].amount == (then.outstanding or due.amount)
        assert page.context["next"].is_covered is (bool(due.amount) and not then.outstanding)
        assert pounds(then.outstanding or due.amount) in shown
        assert ("Next payment, covered already" in shown) is page.context["next"].is_covered


def check_payments(keeper: Keeper, facts: CaseFacts) -> None:
    at = position(facts, on=TODAY)
    page = keeper.page("arrears:payments")
    posted = [one for one in at.entries if one.amount]
    if not (at.instalments or posted):
        return
    pages = [page]
    while pages[-1].context["older"]:
        pages.append(keeper.page("arrears:payments", f"?page={len(pages) + 1}"))
    lines = [row for one in pages for row in rows(one)]
    shown = [row for row in lines if row[3]]
    owed = sorted(one.outstanding for one in at.entries if one.amount >= 0 and (one.amount or one.kind == "instalment"))
    assert sorted(pence(row[3])[0] for row in shown) == owed
    if at.fees_due:
        assert sum(pence(row[4])[0] for row in lines if row[4]) == at.fees_outstanding
    for instalment, row in zip(
        reversed(at.instalments), [row for row in lines if _is_due(row, at.instalments)], strict=True
    ):
        after = position(facts, on=instalment.due_on, known_on=TODAY)
        assert _balance(row[-1]) == after.net
        assert pence(row[2])[: len({c.payment_id for c in instalment.covers})] or not instalment.covers
    for used in payment_uses(facts, on=TODAY, known_on=TODAY):
        alone = [row for row in lines if row[0].startswith("Money ") and f" {written(used.on)}" in row[0]]
        if len({one.due_on for one in used.uses}) > 1:
            assert any(pence(row[2])[0] == _paid(facts, used.payment_id) for row in alone)
        for row in alone:
            assert _balance(row[-1]) == position(facts, on=used.on, known_on=TODAY).net
    history = page.context["history"]
    if history is not None and not history.is_by_month:
        for row in history.rows:
            on = dt.datetime.strptime(row.day, "%d %B %Y").date()  # noqa: DTZ007
            assert _balance(row.owed) == position(facts, on=on, known_on=TODAY).net
            assert row.owed in words(page)
    foot = words(page).partition(f"Still owed on {TODAY.day} December 2025")[2]
    assert pence(foot)[0] == at.outstanding


def check_changes(keeper: Keeper, facts: CaseFacts, since: dt.date) -> None:
    if since >= TODAY:
        return
    page = keeper.page("arrears:changes", f"?from={since}&to={TODAY}")
    said = page.context["said"]
    if said is None:
        return
    before, after = (position(facts, on=day, known_on=TODAY).net for day in (since, TODAY))
    assert (_balance(said.before), _balance(said.after)) == (before, after)
    assert sum(pence(row.amount)[0] for row in said.rows) == after - before
    if said.rows:
        assert sum(pence(row[1])[0] for row in rows(page)[1:]) == after - before
        assert _balance(rows(page)[-1][2]) == after


def check_lists(keeper: Keeper, facts: CaseFacts, rosa: User, ada: User) -> None:
    at = position(facts, on=TODAY)
    overview = words(keeper.page("pages:overview"))
    assert (pounds(at.outstanding) if at.outstanding else "Nothing is owed") in overview
    assert pounds(at.credit) in overview or not at.credit
    let_in(ada, keeper.case, by=rosa, at=now())
    adviser = Client()
    adviser.force_login(ada)
    listed = words(adviser.post(reverse("pages:caseload"), {"find": keeper.case.reference}, follow=True))
    assert f"Owed, 1 December 2025 {pounds(at.outstanding)}" in listed


def _is_due(row: list[str], instalments: Any) -> bool:
    """Say whether a row is an instalment that has fallen due, and not one to come or another entry."""
    names = {f"{one.due_on:%B %Y} {one.due_on.day} {one.due_on:%B}," for one in instalments}
    days = {f"{one.due_on.day} {one.due_on:%B %Y} £" for one in instalments}
    return any(row[0].startswith(name) for name in names | days)


def _paid(facts: CaseFacts, payment_id: str) -> int:
    return next(one.amount for one in facts.payments if one.id == payment_id)


def _balance(text: str) -> int:
    return -pence(text)[0] if text.startswith("overpaid") else pence(text)[0]

"""Kept figures are what the facts give: after every write, on every day, and with many hands at once."""

import datetime as dt
import io
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from celery import current_app
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from arrears import operations as arrears
from arrears.core.snapshots import snapshot
from arrears.models import CaseloadEntry, PositionSnapshot, SnapshotMark
from arrears.operations import snapshots
from arrears.queries import facts_for
from cases import operations as cases
from cases.core.facts import Frequency
from cases.core.roles import Role
from cases.models import Case, CaseMembership
from cms_tracker.pages import tasks, worklist
from cms_tracker.pages.core.worklist import Sort
from cms_tracker.pages.verifying import verify
from cms_tracker.pages.worklist import entries_for, page_of, refresh, roll_forward
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import import_example, let_in, make_case, make_user
from tests.integration.writes import DAY, NOON, WRITES, World

TODAY = dt.date(2025, 3, 3)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_FILES_DIR = tmp_path / "files"


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def helper() -> User:
    return make_user(PAUL)


@pytest.fixture
def case(rosa: User, helper: User) -> Case:
    """£10 due every week from 27 January 2025, in the list of a helper."""
    case = make_case(rosa)
    CaseMembership.objects.create(case=case, user=helper, role=Role.HELPER)
    owe(rosa, case)
    return case


def owe(rosa: User, case: Case) -> None:
    known, first = {"actor": rosa, "case": case}, DAY - dt.timedelta(weeks=1)
    cases.record_calculation(**known, weekly_pence=1000, effective_on=first, decided_on=None, notified_on=None)
    cases.record_schedule(**known, frequency=Frequency.WEEKLY, first_due_on=first)


def pay(rosa: User, case: Case, amount: int = 100) -> None:
    arrears.record_payment(actor=rosa, case=case, paid_on=DAY, amount_pence=amount, recorded_on=None)


def plan_of(sql: str) -> list[str]:
    """How SQLite goes about a read, step by step."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql.replace('%', '%%')}")
        return [step for *_, step in cursor.fetchall()]


def is_shown_as_worked_out(helper: User, *, on: dt.date = TODAY) -> None:
    """Hold what a list shows, and everything that is kept, against the facts."""
    rows = page_of(helper, on=on).rows
    for row in rows:
        assert row.figures[1:] == snapshot(facts_for(Case.objects.get(pk=row.case_id)), on=on)[1:]
    figures = {row.case_id: row.figures for row in rows}
    fresh = {(one.case_id, one.user_id): one for one in entries_for(figures, on=on)}
    assert len(rows) == sum(user_id == helper.pk for _, user_id in fresh)
    for row in rows:
        assert worklist.row_of(fresh[row.case_id, helper.pk], row.figures, on=on) == row
    assert verify(on=on).first is None


@pytest.mark.django_db
class TestAfterEachWrite:
    @pytest.mark.parametrize("name", list(WRITES))
    def test_a_reader_sees_what_the_facts_give(self, rosa: User, helper: User, case: Case, name: str) -> None:
        act = WRITES[name][0](World(rosa=rosa, case=case, actor=rosa))
        is_shown_as_worked_out(helper)
        act()
        assert verify(on=TODAY).first is None
        is_shown_as_worked_out(helper)
        roll_forward(on=TODAY)
        found = verify(on=TODAY)
        assert (found.first, found.waiting, found.cases) == (None, 0, Case.objects.count())

    def test_which_moves_money_the_figure_has_moved(self, rosa: User, helper: User, case: Case) -> None:
        (before,) = page_of(helper, on=TODAY).rows
        pay(rosa, case, 250)
        (after,) = page_of(helper, on=TODAY).rows
        assert before.owed - after.owed == 250

    def test_that_was_taken_back_nothing_is_marked(self, rosa: User, helper: User, case: Case) -> None:
        page_of(helper, on=TODAY)
        with transaction.atomic():
            pay(rosa, case)
            transaction.set_rollback(True)
        assert not SnapshotMark.objects.filter(case_id=case.pk).exists()

    def test_that_comes_while_a_case_is_worked_out_the_case_is_worked_out_again(
        self, rosa: User, helper: User, case: Case
    ) -> None:
        with transaction.atomic():
            held = snapshots.hold([case.pk])
            snapshots.refresh(held, on=TODAY)
            pay(rosa, case)
            snapshots.let_go(held)
        is_shown_as_worked_out(helper)

    def test_of_a_whole_case_file_nothing_is_left_out(self, rosa: User, helper: User) -> None:
        let_in(helper, import_example("p-002456", rosa), by=rosa, role=Role.HELPER, at=NOON)
        is_shown_as_worked_out(helper)


@pytest.mark.django_db
class TestAsDaysGoBy:
    def test_a_reader_sees_what_the_facts_give_on_each(self, rosa: User, helper: User, case: Case) -> None:
        pay(rosa, case, 1500)
        for days in range(60):
            is_shown_as_worked_out(helper, on=TODAY + dt.timedelta(days=days))

    def test_a_figure_for_a_day_to_come_is_not_shown_before(self, helper: User, case: Case) -> None:
        roll_forward(on=TODAY + dt.timedelta(days=100))
        is_shown_as_worked_out(helper)

    def test_the_night_touches_only_what_the_day_changes(self, rosa: User, case: Case) -> None:
        make_case(rosa, reference="120000000010")
        assert roll_forward(on=TODAY) == 2
        assert roll_forward(on=TODAY) == 0
        assert roll_forward(on=TOMORROW) == 1  # what fell due on the third is overdue
        assert set(PositionSnapshot.objects.filter(on=TOMORROW).values_list("pk", flat=True)) == {case.pk}
        assert roll_forward(on=TOMORROW) == 0

    def test_a_night_that_breaks_off_is_taken_up_again(self, rosa: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(worklist, "BATCH", 2)
        for _ in range(5):
            make_case(rosa)

        def break_off(_: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            roll_forward(on=TODAY, say=break_off)
        assert PositionSnapshot.objects.count() == 2
        assert roll_forward(on=TODAY) == 3
        assert verify(on=TODAY).waiting == 0

    def test_other_rules_have_everything_worked_out_again(self, helper: User, case: Case) -> None:
        page_of(helper, on=TODAY)
        PositionSnapshot.objects.update(engine="0" * 16, outstanding=1)
        assert verify(on=TODAY).waiting == 1
        is_shown_as_worked_out(helper)
        PositionSnapshot.objects.update(engine="f" * 16)
        assert roll_forward(on=TODAY) == 1

    def test_the_timer_does_it(self, case: Case) -> None:
        named = {entry["task"] for entry in current_app.conf.beat_schedule.values()}
        assert tasks.roll_forward.name in named
        with time_machine.travel(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC), tick=False):
            tasks.roll_forward()
        assert PositionSnapshot.objects.get().on == TODAY


@pytest.mark.django_db
class TestLookingForWhatIsOutOfDate:
    @pytest.mark.engine("sqlite")
    def test_in_one_list_reads_an_index_and_not_all_that_there_is(self, helper: User, case: Case) -> None:
        roll_forward(on=TODAY)
        with CaptureQueriesContext(connection) as asked:
            assert worklist.catch_up(helper, on=TODAY) == 0
        plans = [plan for one in asked for plan in plan_of(one["sql"])]
        assert any("arrears_positionsnapshot" in step for step in plans)
        assert not [step for step in plans if step.startswith("SCAN arrears_positionsnapshot")]


@pytest.mark.django_db
class TestAccess:
    def test_that_has_ended_is_not_shown_even_where_the_entry_is_left(
        self, rosa: User, helper: User, case: Case
    ) -> None:
        assert len(page_of(helper, on=TODAY).rows) == 1
        membership = case.memberships.get(user=helper)
        cases.end_access(actor=rosa, case=case, membership_id=membership.pk, at=NOON)
        SnapshotMark.objects.all().delete()
        assert CaseloadEntry.objects.count() == 1
        assert page_of(helper, on=TODAY).rows == ()

    def test_that_has_ended_takes_the_entry_along(self, rosa: User, helper: User, case: Case) -> None:
        page_of(helper, on=TODAY)
        membership = case.memberships.get(user=helper)
        cases.end_access(actor=rosa, case=case, membership_id=membership.pk, at=NOON)
        assert page_of(helper, on=TODAY).everyone == 0
        assert not CaseloadEntry.objects.exists()

    def test_leaves_nothing_of_a_deleted_case(self, rosa: User, helper: User, case: Case) -> None:
        page_of(helper, on=TODAY)
        cases.delete_case(actor=rosa, case=case)
        assert not PositionSnapshot.objects.exists()
        assert not CaseloadEntry.objects.exists()
        roll_forward(on=TODAY)
        assert not SnapshotMark.objects.exists()


@pytest.mark.django_db
class TestPages:
    @pytest.mark.parametrize("sort", list(Sort))
    def test_go_through_the_whole_list_and_back(self, rosa: User, helper: User, sort: Sort) -> None:
        for number in range(60):
            case = make_case(rosa, reference=f"{130000000000 + number}")
            CaseMembership.objects.create(case=case, user=helper, role=Role.HELPER)
            if number % 3:
                owe(rosa, case)
                pay(rosa, case, 100 + number % 5)

        pages = [page_of(helper, on=TODAY, sort=sort)]
        while pages[-1].later:
            pages.append(page_of(helper, on=TODAY, sort=sort, after=pages[-1].later))
        back = [pages[-1]]
        while back[-1].earlier:
            back.append(page_of(helper, on=TODAY, sort=sort, before=back[-1].earlier))

        assert [len(page.rows) for page in pages] == [25, 25, 10]
        there, back_again = ([row for page in way for row in page.rows] for way in (pages, back[::-1]))
        assert len({row.case_id for row in there}) == 60
        # Going back ends with the whole first page, however the last one was cut.
        assert back[-1].rows == pages[0].rows
        assert back_again[-60:] == there


@pytest.mark.django_db
class TestVerifyLedger:
    @pytest.fixture(autouse=True)
    def _on_a_day(self) -> Iterator[None]:
        with time_machine.travel(dt.datetime(2025, 3, 3, 12, tzinfo=dt.UTC), tick=False):
            yield

    @pytest.fixture(autouse=True)
    def _kept(self, _on_a_day: None, case: Case) -> None:
        roll_forward(on=TODAY)

    def _refused(self) -> str:
        with pytest.raises(CommandError) as error:
            call_command("verify_ledger", stdout=io.StringIO(), stderr=io.StringIO())
        assert error.value.returncode == 1
        return str(error.value)

    def test_counts_what_it_has_checked(self) -> None:
        out = io.StringIO()
        call_command("verify_ledger", stdout=out, stderr=io.StringIO())
        assert out.getvalue() == "1 cases and 1 rows of lists checked: all as their facts give.\n"

    def test_answers_as_json(self) -> None:
        out = io.StringIO()
        call_command("verify_ledger", json=True, stdout=out, stderr=io.StringIO())
        assert json.loads(out.getvalue()) == {"cases": 1, "entries": 1, "waiting": 0, "first_difference": None}

    def test_says_what_waits(self, rosa: User, case: Case) -> None:
        pay(rosa, case)
        out = io.StringIO()
        call_command("verify_ledger", stdout=out, stderr=io.StringIO())
        assert "1 cases wait to be worked out anew" in out.getvalue()

    def test_names_the_first_case_that_differs_with_both_values(self, case: Case) -> None:
        PositionSnapshot.objects.update(overdue=1)
        assert self._refused() == f"case {case.pk}: overdue is kept as 1, and its facts give 5000"

    def test_finds_figures_that_are_missing(self, case: Case) -> None:
        PositionSnapshot.objects.all().delete()
        assert "figures is kept as None" in self._refused()

    def test_finds_a_row_of_a_list_that_is_missing(self, helper: User) -> None:
        CaseloadEntry.objects.all().delete()
        assert f"entry in the list of {helper.pk} is kept as False" in self._refused()

    def test_finds_a_row_of_a_list_that_says_something_else(self, helper: User) -> None:
        CaseloadEntry.objects.update(by_owed="0")
        assert f"keys in the list of {helper.pk}" in self._refused()


@pytest.mark.django_db
class TestRollForward:
    def test_says_how_many_it_touched(self, case: Case) -> None:
        out = io.StringIO()
        call_command("roll_forward", on="2025-03-03", stdout=out, stderr=io.StringIO())
        assert out.getvalue() == "1 cases worked out anew for 2025-03-03.\n"

    def test_refuses_what_is_no_day(self) -> None:
        with pytest.raises(CommandError, match="on: is not a date"):
            call_command("roll_forward", on="2025-02-30", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.mark.django_db(transaction=True)
class TestManyAtOnce:
    def test_leave_the_figures_that_the_facts_give(self, rosa: User, helper: User, case: Case) -> None:
        page_of(helper, on=TODAY)
        failures: list[BaseException] = []
        started = threading.Barrier(6)

        def at_once(act: Callable[[], object]) -> threading.Thread:
            def run() -> None:
                started.wait()
                try:
                    for _ in range(8):
                        act()
                except BaseException as error:
                    failures.append(error)
                finally:
                    connection.close()

            thread = threading.Thread(target=run)
            thread.start()
            return thread

        threads = [at_once(lambda: pay(rosa, case, 7)) for _ in range(2)]
        threads += [at_once(lambda: cases.name_case(actor=helper, case=case, label=uuid.uuid4().hex))]
        threads += [at_once(lambda: page_of(helper, on=TODAY)), at_once(lambda: refresh([case.pk], on=TODAY))]
        threads += [at_once(lambda: roll_forward(on=TODAY))]
        for thread in threads:
            thread.join()

        assert failures == []
        is_shown_as_worked_out(helper)
        (row,) = page_of(helper, on=TODAY).rows
        assert row.owed == 6000 - 2 * 8 * 7
        assert verify(on=TODAY).waiting == 0

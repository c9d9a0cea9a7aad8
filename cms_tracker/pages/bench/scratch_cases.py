"""Many invented cases of five years each, written straight into a scratch database in few statements."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import psycopg
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from arrears.core.schedule import nth_month
from cms_tracker.audit import append_only

MONTHS = 60
TOLD_AFTER = dt.timedelta(days=40)
BATCH = 20_000
FIRST_PLACE = 1_000  # beyond those of a case's own rows
_NOON = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def case_id(number: int) -> uuid.UUID:
    """The key of a case: ascending, as keys that are made one after the other may be."""
    return uuid.UUID(int=(number << 64) + 1)


def add(first: int, last: int, *, until: dt.date) -> None:
    """Add the cases from ``first`` to before ``last``; each has fallen due for five years by ``until``."""
    append_only.remove(connection)
    numbers = range(first, last)
    _write("cases.Case", (_case(number) for number in numbers))
    _write("cases.PaymentSchedule", (_schedule(number, until) for number in numbers))
    _write("cases.ServicePeriod", (_service(number, until) for number in numbers))
    _write("cases.Calculation", (row for number in numbers for row in _decisions(number, until)))
    _write("arrears.Payment", (row for number in numbers for row in _payments(number, until)))
    _write("arrears.SnapshotMark", ({"case_id": case_id(number)} for number in numbers))
    append_only.install(connection)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def let_in(helper: uuid.UUID, size: int, *, place: int = 9) -> None:
    """Let a person into the first cases, as far as they are not in yet; ``place`` tells several people apart."""
    members = apps.get_model("cases.CaseMembership").objects
    known = members.filter(user_id=helper).count()
    _write("cases.CaseMembership", (_membership(number, helper, place) for number in range(known, size)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def enter(people: Iterable[tuple[uuid.UUID, str, range]]) -> None:
    """Let each of these people, who are in no case yet, into a range of the cases, in a role. Once only."""
    rows = (
        _membership(number, person, FIRST_PLACE + place, role=role)
        for place, (person, role, numbers) in enumerate(people)
        for number in numbers
    )
    _write("cases.CaseMembership", rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _first_due(number: int, until: dt.date) -> dt.date:
    month = until.year * 12 + until.month - 1 - MONTHS
    return dt.date(month // 12, month % 12 + 1, number % 28 + 1)


def _case(number: int) -> dict[str, object]:
    return {
        "id": case_id(number), "reference": f"{number:012}", "nation": "england", "scheme": "cms_2012",
        "perspective": "paying" if number % 5 == 0 else "receiving", "other_parent": "Other parent",
        "allocation_rule": "ongoing_first", "note": "", "opened_at": _NOON,
    }  # fmt: skip


def _key(number: int, place: int) -> uuid.UUID:
    return uuid.UUID(int=(number << 64) + place)


def _schedule(number: int, until: dt.date) -> dict[str, object]:
    return {
        "id": _key(number, 2), "case_id": case_id(number), "note": "", "entered_at": _NOON, "frequency": "monthly",
        "first_due_on": _first_due(number, until),
    }  # fmt: skip


def _service(number: int, until: dt.date) -> dict[str, object]:
    return {
        "id": _key(number, 3), "case_id": case_id(number), "note": "", "entered_at": _NOON, "type": "direct_pay",
        "from_on": _first_due(number, until),
    }  # fmt: skip


def _decisions(number: int, until: dt.date) -> Iterator[dict[str, object]]:
    first = _first_due(number, until)
    for place, starts_on in enumerate((first, nth_month(first, MONTHS // 2))):
        yield {
            "id": _key(number, 4 + place), "case_id": case_id(number), "note": "", "entered_at": _NOON,
            "weekly_pence": _weekly(number, place), "instalment_pence": None, "effective_on": starts_on,
            "decided_on": None, "notified_on": starts_on + TOLD_AFTER if place else None, "sequence": 0,
            "reason": "review",
        }  # fmt: skip


def _weekly(number: int, place: int) -> int:
    return 4000 + 25 * (number % 97) + 200 * place


def _payments(number: int, until: dt.date) -> Iterator[dict[str, object]]:
    """Most in full, some a day or two late, some short, a few not at all; one in three cases owes much."""
    first = _first_due(number, until)
    for month in range(MONTHS + 1):
        due_on = nth_month(first, month)
        asked = _weekly(number, int(month > MONTHS // 2)) * 52 // 12
        if due_on > until or (month + number) % (7 if number % 3 == 0 else 29) == 0:
            continue
        yield {
            "id": _key(number, 10 + month), "case_id": case_id(number), "note": "", "entered_at": _NOON,
            "paid_on": due_on + dt.timedelta(days=(0, 0, 0, 1, 2)[month % 5]),
            "amount_pence": asked - 2000 if (month + number) % 13 == 0 else asked + 1,
            "route": "direct", "paid_to_cms_on": None, "recorded_on": None,
        }  # fmt: skip


def _membership(number: int, helper: uuid.UUID, place: int, role: str = "adviser") -> dict[str, object]:
    return {
        "id": _key(number, place), "case_id": case_id(number), "user_id": helper, "role": role, "label": "",
        "began_at": _NOON, "ended_at": None,
    }  # fmt: skip


def _write(label: str, rows: Iterator[dict[str, object]]) -> None:
    model = apps.get_model(label)
    fields = {field.attname: field for field in model._meta.concrete_fields}
    while some := list(islice(rows, BATCH)):
        names = list(some[0])
        columns = [fields[name].column for name in names]
        adapted: dict[object, object] = {}
        for row in some:
            for name in names:
                if name not in {"amount_pence", "reference"} and row[name] not in adapted:
                    adapted[row[name]] = fields[name].get_db_prep_save(row[name], connection)
        cells: list[list[Any]] = [[adapted.get(cell, cell) for cell in row.values()] for row in some]
        _insert(model._meta.db_table, columns, cells)


def _insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
            at: psycopg.Cursor[Any] = cursor.cursor
            with at.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
            return
        names_of = ", ".join(map(connection.ops.quote_name, columns))
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(table)} ({names_of}) "  # noqa: S608 - our own tables
            f"VALUES ({', '.join(['%s'] * len(columns))})",
            rows,
        )

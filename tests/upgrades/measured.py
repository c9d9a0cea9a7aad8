"""`python -m tests.upgrades.measured CASES`: fill the tables of the last version, then take each migration since.

In an empty database that the environment names. What is said of a migration is the whole time that it took, and so
an upper bound of any lock that it held.
"""

import json
import sys
import time
from typing import Any

import django

from tests.upgrades import last_release, names


def main(cases: int) -> None:
    """Fill, then measure one migration after the other."""
    django.setup()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.migrate([(app, applied[-1]) for app, applied in last_release()["migrations"].items()])
    began = time.perf_counter()
    rows = _fill(cases)
    _say(f"filled as {names()[-1]} had it, {cases:,} cases", time.perf_counter() - began, f"{rows:,} rows")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    state = executor._create_project_state(with_applied_migrations=True)
    state.apps  # noqa: B018 - rendered once, and not within what is measured
    for migration, _ in plan:
        began = time.perf_counter()
        state = executor.apply_migration(state, migration)
        _say(str(migration), time.perf_counter() - began, "", is_step=True)
    if not plan:
        _say("nothing came since", 0, "")


def _fill(cases: int) -> int:
    """Cases of five years, and an event of the audit and a finished job for each; by the columns of that time."""
    import datetime as dt

    from django.db import connection

    from cms_tracker.pages.bench import scratch_cases

    scratch_cases.add(0, cases, until=dt.date(2026, 11, 23))
    noon = "2026-11-23 12:00:00+00:00"
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO audit_event (kind, actor_id, case_id, subject, at, chain, seq, seal)"
            " VALUES ('case.opened', %s, %s, '', %s, %s, 1, '')",
            [(_key(number), _key(number), noon, _key(number)) for number in range(cases)],
        )
        cursor.execute("SELECT COUNT(*) FROM arrears_payment")
        return int(cursor.fetchone()[0]) + 7 * cases


def _key(number: int) -> str:
    from cms_tracker.pages.bench.scratch_cases import case_id

    return case_id(number).hex


def _say(what: str, seconds: float, note: str, **more: Any) -> None:
    sys.stdout.write(json.dumps({"what": what, "seconds": seconds, "note": note, "is_step": False, **more}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""What keeps the site from reading or writing is told apart from a fault of ours."""

import errno
import sqlite3
from pathlib import Path

import psycopg
import pytest
from django.db import Error, IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError

from cms_tracker.web.trouble import Trouble, trouble_of


def caused(error: Error, by: Exception) -> Error:
    """As Django raises it: its own error, from the driver's."""
    error.__cause__ = by
    return error


def said_by_sqlite(*statements: str, at: str = ":memory:") -> Error:
    """What SQLite says to the last of these statements."""
    line = sqlite3.connect(at)
    try:
        for statement in statements:
            line.execute(statement)
    except sqlite3.OperationalError as error:
        return caused(OperationalError(), error)
    finally:
        line.close()
    raise AssertionError("SQLite did as it was told")


class TestTroubleOf:
    def test_knows_a_full_sqlite(self) -> None:
        many = "INSERT INTO t SELECT randomblob(9000)"
        assert said_by_sqlite_full(many) is Trouble.NO_ROOM

    def test_knows_an_sqlite_that_takes_no_writes(self) -> None:
        found = said_by_sqlite("CREATE TABLE t (a)", "PRAGMA query_only = 1", "INSERT INTO t VALUES (1)")
        assert trouble_of(found) is Trouble.READ_ONLY

    def test_knows_an_sqlite_that_cannot_be_opened(self, tmp_path: Path) -> None:
        with pytest.raises(sqlite3.OperationalError) as found:
            sqlite3.connect(tmp_path / "no" / "such")
        assert trouble_of(caused(OperationalError(), found.value)) is Trouble.NO_ANSWER

    def test_leaves_a_table_that_is_not_there_to_us(self) -> None:
        assert trouble_of(said_by_sqlite("SELECT a FROM nowhere")) is None

    @pytest.mark.parametrize(
        ("kind", "said", "trouble"),
        [
            (OperationalError, psycopg.errors.DiskFull, Trouble.NO_ROOM),
            (OperationalError, psycopg.errors.AdminShutdown, Trouble.NO_ANSWER),
            (OperationalError, psycopg.errors.CannotConnectNow, Trouble.NO_ANSWER),
            (OperationalError, psycopg.OperationalError, Trouble.NO_ANSWER),
            (InterfaceError, psycopg.InterfaceError, Trouble.NO_ANSWER),
            (InternalError, psycopg.errors.ReadOnlySqlTransaction, Trouble.READ_ONLY),
            (InternalError, psycopg.errors.InFailedSqlTransaction, None),
            (ProgrammingError, psycopg.errors.UndefinedTable, None),
            (IntegrityError, psycopg.errors.UniqueViolation, None),
        ],
    )
    def test_goes_by_what_postgresql_calls_it(
        self, kind: type[Error], said: type[Exception], trouble: Trouble | None
    ) -> None:
        assert trouble_of(caused(kind(), said())) is trouble

    @pytest.mark.parametrize(
        ("number", "trouble"),
        [
            (errno.ENOSPC, Trouble.NO_ROOM),
            (errno.EDQUOT, Trouble.NO_ROOM),
            (errno.EFBIG, Trouble.NO_ROOM),
            (errno.EROFS, Trouble.READ_ONLY),
            (errno.EIO, Trouble.NO_ANSWER),
            (errno.ENOENT, None),
        ],
    )
    def test_goes_by_the_number_of_what_a_disk_says(self, number: int, trouble: Trouble | None) -> None:
        assert trouble_of(OSError(number, "said")) is trouble

    @pytest.mark.parametrize("other", [None, ValueError(), OSError("no number"), RuntimeError()])
    def test_leaves_everything_else_to_us(self, other: BaseException | None) -> None:
        assert trouble_of(other) is None


def said_by_sqlite_full(statement: str) -> Trouble | None:
    """What comes of a statement that needs more pages than there may be."""
    few = ("CREATE TABLE t (a)", "PRAGMA max_page_count = 2", statement)
    return trouble_of(said_by_sqlite(*few))

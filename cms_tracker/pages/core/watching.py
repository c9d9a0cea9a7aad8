"""How an installation fares, and what of it is wrong. Nothing here is about any person or record.

Each alert stands here once: its rule over what is known, the same rule in Prometheus' words
(``deploy/alerts.yml`` holds the two equal by a test), and what an operator reads.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

PAPERS_WAIT = dt.timedelta(minutes=5)
WORKER_SILENT = dt.timedelta(minutes=5)
REMINDERS_LATE = dt.timedelta(hours=12)  # none is sent by night
FIGURES_BEHIND = dt.timedelta(minutes=15)
ANCHOR_OLD = dt.timedelta(hours=26)
BACKUP_OLD = dt.timedelta(hours=26)
ROOM_LEFT = 10  # of a hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Papers of one kind in one state: how many, and since when the one that was asked for first is."""

    kind: str
    state: str
    count: int
    since: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of an installation at a moment. What the database would say is empty where it does not answer.

    ``reminders`` counts those not sent by state, ``reminders_since`` is when the one waiting longest
    could have gone. ``marked`` counts records written to since their figures were worked out, up to a
    most. ``figures_due_on`` is the earliest day on which a kept figure should have changed. ``free``
    and ``room`` are bytes where files are kept on this machine.
    """

    at: dt.datetime
    database: bool
    broker: bool
    files: bool
    migrated: bool = False
    papers: tuple[Papers, ...] = ()
    reminders: Mapping[str, int] = field(default_factory=dict)
    reminders_since: dt.datetime | None = None
    marked: int = 0
    marked_since: dt.datetime | None = None
    figures_due_on: dt.date | None = None
    anchor_at: dt.datetime | None = None
    runs: Mapping[str, dt.datetime] = field(default_factory=dict)
    free: int = 0
    room: int = 0

    @property
    def worker_at(self) -> dt.datetime | None:
        """When a worker last did what the timer tells it to do every few seconds."""
        return self.runs.get("correspondence.sweep")

    @property
    def rolled_at(self) -> dt.datetime | None:
        """When kept figures were last brought up to date for everybody."""
        return self.runs.get("pages.roll_forward")

    @property
    def backup_at(self) -> dt.datetime | None:
        """When a backup was last finished; None where none was noted here."""
        return self.runs.get("backup")

    @property
    def waiting_since(self) -> dt.datetime | None:
        """Since when the paper that waits longest does."""
        return min((one.since for one in self.papers if one.state == "queued"), default=None)

    @property
    def days_behind(self) -> int:
        """By how many days the oldest kept figure is behind."""
        return max(0, (self.at.date() - self.figures_due_on).days) if self.figures_due_on else 0

    @property
    def is_ready(self) -> bool:
        """Say whether pages can be served. Papers may wait: a broker or a worker that is gone stops no page."""
        return self.database and self.migrated and self.files

    def parts(self) -> dict[str, bool]:
        """Each part, and whether it is well; the ones that pages need come first."""
        return {
            "database": self.database,
            "migrations": self.migrated,
            "files": self.files,
            "broker": self.broker,
            "worker": not _older(self.worker_at, self, WORKER_SILENT),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that may be wrong: its name, its rule here and in Prometheus' words, what it means, what to do."""

    name: str
    is_on: Callable[[Standing], bool]
    expr: str
    means: str
    do: str


def _older(moment: dt.datetime | None, standing: Standing, age: dt.timedelta) -> bool:
    """Say whether something is longer ago than this, or never was."""
    return moment is None or standing.at - moment > age


def _longer(since: dt.datetime | None, standing: Standing, age: dt.timedelta) -> bool:
    """Say whether something has lasted longer than this; what is not there has not."""
    return since is not None and standing.at - since > age


def _seconds(age: dt.timedelta) -> int:
    return int(age.total_seconds())


#: The worst first.
ALERTS = (
    Alert(
        name="RecordsDatabaseDown",
        is_on=lambda one: not one.database,
        expr="records_database_up == 0",
        means="The database does not answer. No page that shows a record works.",
        do="Start the database. Look at its own log and at the room on its disk.",
    ),
    Alert(
        name="RecordsNotMigrated",
        is_on=lambda one: one.database and not one.migrated,
        expr="records_migrated == 0 and records_database_up == 1",
        means="The program is newer than the tables. Pages may fail.",
        do="Run the migrations that this version brings.",
    ),
    Alert(
        name="RecordsFilesNotWritable",
        is_on=lambda one: not one.files,
        expr="records_files_writable == 0",
        means="No file can be kept. Letters wait, and nobody can hand a file in.",
        do="Look at the disk or the store of files: full, read-only, or not there.",
    ),
    Alert(
        name="RecordsDiskNearlyFull",
        is_on=lambda one: one.room > 0 and one.free * 100 < one.room * ROOM_LEFT,
        expr=f"records_files_free_bytes / records_files_size_bytes < {ROOM_LEFT / 100}",
        means="Less than a tenth of the disk is free.",
        do="Make room, or a larger disk, before it is full.",
    ),
    Alert(
        name="RecordsWorkerSilent",
        is_on=lambda one: one.database and _older(one.worker_at, one, WORKER_SILENT),
        expr=f"records_worker_heard_seconds > {_seconds(WORKER_SILENT)}",
        means="No worker has done its round for five minutes. Letters wait and no reminder goes out.",
        do="Start the worker and the timer. Look at their last lines.",
    ),
    Alert(
        name="RecordsBrokerDown",
        is_on=lambda one: not one.broker,
        expr="records_broker_up == 0",
        means="The broker does not answer. Pages work; letters wait.",
        do="Start the broker. Nothing in it is worth saving.",
    ),
    Alert(
        name="RecordsPapersWait",
        is_on=lambda one: _longer(one.waiting_since, one, PAPERS_WAIT),
        expr=f"max(records_papers_oldest_seconds) > {_seconds(PAPERS_WAIT)}",
        means="A paper has waited for more than five minutes.",
        do="See whether workers run and how many papers wait. Start more workers for a rush.",
    ),
    Alert(
        name="RecordsRemindersLate",
        is_on=lambda one: _longer(one.reminders_since, one, REMINDERS_LATE),
        expr=f"records_reminders_oldest_seconds > {_seconds(REMINDERS_LATE)}",
        means="A reminder could not be sent for half a day. Somebody may miss a deadline.",
        do="See whether the mail server takes mail from here.",
    ),
    Alert(
        name="RecordsFiguresBehind",
        is_on=lambda one: _longer(one.marked_since, one, FIGURES_BEHIND) or one.days_behind > 1,
        expr=f"records_figures_oldest_seconds > {_seconds(FIGURES_BEHIND)} or records_figures_behind_days > 1",
        means="Figures that lists are sorted by are behind. Pages work them out first, and so take longer.",
        do="See whether the timer runs; then run manage.py roll_forward.",
    ),
    Alert(
        name="RecordsAnchorOld",
        is_on=lambda one: one.database and _older(one.anchor_at, one, ANCHOR_OLD),
        expr=f"records_anchor_seconds > {_seconds(ANCHOR_OLD)}",
        means="The audit has had no anchor for more than a day. A tail cut off now would be missed later.",
        do="See whether the timer runs; then run manage.py anchor_audit.",
    ),
    Alert(
        name="RecordsBackupOld",
        is_on=lambda one: one.database and _older(one.backup_at, one, BACKUP_OLD),
        expr=f"records_backup_seconds > {_seconds(BACKUP_OLD)}",
        means="No backup was finished here for more than a day.",
        do="No backup is made by itself. Run manage.py backup, and see what became of the one you put on a clock.",
    ),
)  # fmt: skip


def on(standing: Standing) -> list[Alert]:
    """What is wrong, the worst first."""
    return [one for one in ALERTS if one.is_on(standing)]

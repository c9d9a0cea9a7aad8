"""``manage.py bench``, with one group more: how long everything of a case of ten years takes as one file."""

import resource
import time
import uuid
from collections.abc import Iterator

from arrears.core import case_file
from cases import queries as cases
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench.groups import Ask, Figure, at_most, section
from cms_tracker.pages.bench.ledger import ADDRESS, ten_years_weekly
from cms_tracker.pages.management.commands.bench import Command as Command  # the same command, which finds the group
from cms_tracker.rights import archive
from cms_tracker.users import operations as users
from cms_tracker.web import storage
from cms_tracker.web.clock import today
from correspondence import operations as correspondence
from correspondence.core.bundles.purposes import Purpose

MOST_SECONDS = 30
MOST_MEBIBYTES = 150
FILES, BYTES = 40, 5 * 2**20


@section("export")
def export(_: Ask) -> Iterator[Figure]:
    """A case of 520 weekly payments with 40 files of 5 MB, written out once."""
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    case = case_transfer.bring_in(case_file.parse(ten_years_weekly(today())), owner=owner)
    correspondence.begin_bundle(actor=owner, case=case, purpose=Purpose.COMPLAINT, on=today())
    try:
        for number in range(FILES):
            storage.put([bytes([number]) * BYTES], case_id=case.pk, name=f"{number:032}")
        before, began, size = _peak(), time.perf_counter(), 0
        for piece in archive.zipped(_entries(owner.pk, case.pk)):
            size += len(piece)
        ms, grown = (time.perf_counter() - began) * 1000, _peak() - before
    finally:
        storage.remove_all(case.pk)
    assert cases.case_by_id(case.pk)  # noqa: S101 - it was there all the time
    yield at_most("export", f"ten years, {FILES} files, {size / 2**20:.0f} MB", ms, goal_ms=MOST_SECONDS * 1000)
    yield Figure(
        part="memory", name="more than before it began", ms=None, goal=f"<= {MOST_MEBIBYTES} MiB",
        is_met=grown <= MOST_MEBIBYTES, note=f"{grown} MiB",
    )  # fmt: skip


def _entries(user_id: uuid.UUID, case_id: uuid.UUID) -> Iterator[archive.Entry]:
    yield from archive.entries(user_id, [case_id], on=today())
    for number in range(FILES):
        with storage.open_kept(f"{case_id.hex}/{number:032}") as file:
            yield archive.Entry(f"files/{number}", iter(lambda: file.read(2**20), b""), packs=False)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

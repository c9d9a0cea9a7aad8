"""A bundle of 300 pages: letters, a schedule of ten years, scans and photographs. Run by ``manage.py bench bundle``."""

import datetime as dt
import functools
import io
import resource
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PIL import Image

from arrears.core import case_file
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench.groups import Ask, Figure, at_most, section
from cms_tracker.pages.bench.ledger import ADDRESS, ten_years_weekly
from cms_tracker.users import operations as users
from cms_tracker.web.clock import today
from correspondence import queries, rendering
from correspondence.core.bundles import choices, hiding
from correspondence.core.bundles.exhibits import Exhibit, Ground, LetterCopy
from correspondence.core.bundles.purposes import Purpose
from correspondence.rendering import bundle_pieces, bundles

if TYPE_CHECKING:
    from cases.models import Case

PAGES = 300
MOST_SECONDS = 30
MOST_MEBIBYTES = 512
LETTERS, SCANS, SHEETS, PHOTOS = 60, 36, 5, 20  # each scan is a PDF of so many sheets


@section("bundle")
def bundle(_: Ask) -> Iterator[Figure]:
    """From the record to the searched PDF, in this process and its two children, once: it takes seconds."""
    wanted = _wanted(_case(), on=today())
    needles = hiding.needles_of(["12 Rose Lane, Leeds LS1 4AB", "07700 900123", "20-00-00 12345678", "A. Parent"])
    rendering.warm()  # as a worker does at its start
    steps: list[float] = []
    computed, began = _computed(), time.perf_counter()
    made = bundles.make(
        bundle_pieces.pieces_of(wanted),
        cover=bundle_pieces.cover_of(wanted),
        needles=needles,
        progress=lambda done, of: steps.append(time.perf_counter()),
    )
    ended = time.perf_counter()
    rendering.stop()  # so that the memory it took is counted
    name = f"{made.pages} pages, {len(made.documents)} documents, {len(made.content) / 2**20:.1f} MB, searched"
    yield at_most("bundle", name, (ended - began) * 1000, goal_ms=MOST_SECONDS * 1000)
    yield Figure(part="bundle", name="of which laying out", ms=(steps[-1] - began) * 1000)
    yield Figure(part="bundle", name="of which binding, stamping and searching", ms=(ended - steps[-1]) * 1000)
    spent = (_computed() - computed) * 1000
    yield Figure(part="bundle", name="computing in all, which a busy machine does not lengthen", ms=spent)
    yield _memory()


def _computed() -> float:
    """Seconds of computing by this process and by its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _memory() -> Figure:
    """The largest of the children beside this process: the two never work at the same moment."""
    own, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    taken = (own + children) // 1024
    return Figure(
        part="memory", name="this process and the larger child, at their peaks", ms=None,
        goal=f"<= {MOST_MEBIBYTES} MiB", is_met=taken <= MOST_MEBIBYTES, note=f"{taken} MiB",
    )  # fmt: skip


def _case() -> "Case":
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    return case_transfer.bring_in(case_file.parse(ten_years_weekly(today())), owner=owner)


def _wanted(case: "Case", *, on: dt.date) -> bundle_pieces.Wanted:
    letters = [
        LetterCopy(
            key=f"letter:{number}", label=f"Letter: number {number}", on=on, sha256="0" * 64,
            html=f"<h1>Letter {number}</h1>" + "<p>I write again about the payments that did not come.</p>" * 12,
        )
        for number in range(LETTERS)
    ]  # fmt: skip
    kinds = ["application/pdf"] * SCANS + ["image/jpeg"] * PHOTOS
    files = [
        Exhibit(
            key=f"file:{number}",
            label=f"Bank statement {number}",
            on=on,
            media_type=kind,
            stored_as="",
            sha256="0" * 64,
        )
        for number, kind in enumerate(kinds)
    ]
    keys = ([one.key for one in letters], [one.key for one in files])
    chosen = choices.begin(Purpose.ADVISER, until=on, letters=keys[0], exhibits=keys[1])
    return bundle_pieces.Wanted(
        case=case, choices=chosen, on=on, version=1,
        ground=Ground(letters=tuple(letters), exhibits=tuple(files), contacts=()),
        account=queries.bundle_account(case, chosen, on=on),
        read=lambda one: (_scan() if one.media_type == bundle_pieces.PDF else _photo(), one.media_type),
    )  # fmt: skip


@functools.lru_cache(maxsize=1)
def _scan() -> bytes:
    """A bank statement of some sheets, with a line for each day."""
    rows = "".join(f"<p>{day:02} March 2025 card payment {day * 37}.50</p>" for day in range(1, 32))
    page = f"<html lang='en'><title>x</title><body>{(rows + '<hr style=break-after:page>') * SHEETS}</body></html>"
    return rendering.lay_out(page, style="bundle.css", limits=bundles.PART).content


@functools.lru_cache(maxsize=1)
def _photo() -> bytes:
    """What a telephone makes of a letter: 12 million pixels that do not pack well."""
    packed = io.BytesIO()
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(packed, "JPEG", quality=80)
    return packed.getvalue()

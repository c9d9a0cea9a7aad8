"""What goes into a copy of everything, in which order, and under which names."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string

from arrears.core import case_file
from cases import queries as cases
from cms_tracker import uploads
from cms_tracker.audit import queries as audit
from cms_tracker.pages import case_transfer
from cms_tracker.rights.archive.rows import rows_of_person, rows_of_record
from cms_tracker.rights.archive.zipped import Entry
from cms_tracker.web import storage
from correspondence import queries as correspondence
from correspondence.core.letters.registry import title_of

if TYPE_CHECKING:
    from cases.models import Case

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file in private storage, with its place in the ZIP and what a person calls it."""

    place: str
    title: str
    on: dt.date
    stored_as: str
    sha256: str


@dataclass(slots=True, kw_only=True)
class Listed:
    """What the index says of one record."""

    number: int
    case: "Case"
    children: Sequence[str] = ()
    papers: list[Kept] = field(default_factory=list)
    files: list[Kept] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    log: Sequence[object] = ()
    deadlines: Sequence[object] = ()
    acts: int = 0

    @property
    def folder(self) -> str:
        """The folder of this record in the ZIP."""
        return f"records/{self.number}"


def entries(
    user_id: uuid.UUID, case_ids: Sequence[uuid.UUID], *, on: dt.date, progress: Progress = lambda done, of: None
) -> Iterator[Entry]:
    """Every file of a copy of everything. ``progress`` hears of each record that begins; what it raises passes."""
    yield Entry("account.json", rows_of_person(user_id))
    listed: list[Listed] = []
    for number, case_id in enumerate(case_ids, start=1):
        progress(number - 1, len(case_ids))
        case = cases.case_by_id(case_id)
        if case is not None:
            listed.append(_listed(case, number, on=on))
            yield from _record(listed[-1], user_id, lambda at=number: progress(at - 1, len(case_ids)))  # type: ignore[misc]
    yield _page("index.html", "rights/copy_index.html", {"records": listed, "on": on})
    progress(len(case_ids), len(case_ids))


def _record(one: Listed, user_id: uuid.UUID, alive: Callable[[], object]) -> Iterator[Entry]:
    text = case_file.dump(case_transfer.take_out(one.case, with_proofs=False))
    yield Entry(f"{one.folder}/record.json", [text.encode()])
    yield Entry(f"{one.folder}/every-entry.json", rows_of_record(one.case.pk))
    yield Entry(f"{one.folder}/who-did-what.json", _acts(one, user_id))
    for kept in (*one.papers, *one.files):
        alive()
        if storage.sha256_of(kept.stored_as) != kept.sha256:
            one.missing.append(kept.title)
            continue
        yield Entry(f"{one.folder}/{kept.place}", _content(kept), packs=False)
    given = [kept for kept in (*one.papers, *one.files) if kept.title not in one.missing]
    yield _page(f"{one.folder}/index.html", "rights/copy_record.html", {"one": one, "given": given})


def _listed(case: "Case", number: int, *, on: dt.date) -> Listed:
    return Listed(
        number=number,
        case=case,
        children=cases.children_of(case.pk),
        papers=list(_papers(case.pk)),
        files=list(_files(case)),
        log=correspondence.contacts_of(case.pk),
        deadlines=_days(case, on=on),
    )


def _days(case: "Case", *, on: dt.date) -> list[object]:
    found = correspondence.deadlines_of(case, on=on)
    return [*found.open, *found.passed, *found.ended]


def _papers(case_id: uuid.UUID) -> Iterator[Kept]:
    """Every PDF that was made: letters, statements, bundles."""
    for number, letter in enumerate(correspondence.letters_of(case_id), start=1):
        if letter.pdf_name:
            yield Kept(
                place=f"papers/letter-{number:03}.pdf", title=f"Letter {number}: {title_of(letter.kind)}",
                on=letter.dated_on, stored_as=letter.pdf_name, sha256=letter.pdf_sha256,
            )  # fmt: skip
    for number, statement in enumerate(correspondence.statements_of(case_id), start=1):
        if statement.stored_as:
            yield Kept(
                place=f"papers/statement-{number:03}.pdf", title=f"Statement {number}", on=statement.made_on,
                stored_as=statement.stored_as, sha256=statement.sha256,
            )  # fmt: skip
    for number, bundle in enumerate(correspondence.bundles_of(case_id), start=1):
        if bundle.pdf_name and bundle.made_on:
            yield Kept(
                place=f"papers/bundle-{number:03}.pdf", title=f"Bundle {number}", on=bundle.made_on,
                stored_as=bundle.pdf_name, sha256=bundle.pdf_sha256,
            )  # fmt: skip


def _files(case: "Case") -> Iterator[Kept]:
    """Every file that was handed in, as it came, and the copy of each that may be shared."""
    found = [(one.shows, one.happened_on, one.media_type, one.stored_as, one.sha256)
             for one in correspondence.evidence_of(case.pk)]  # fmt: skip
    found += [("Proof of a payment", payment.paid_on, file.media_type, file.stored_as, file.sha256)
              for payment, file in correspondence.payment_files(case)]  # fmt: skip
    copies = cases.shared_copies(case.pk)
    for number, (shows, on, media_type, stored_as, sha256) in enumerate(found, start=1):
        if not stored_as:
            continue  # its row came out of a case file, which holds no file
        name = uploads.safe_name(f"file-{number:03}", media_type)
        title = f"File {number}: {shows}"
        yield Kept(place=f"files/as-it-came/{name}", title=title, on=on, stored_as=stored_as, sha256=sha256)
        copy = copies.get(sha256)
        if copy is not None:
            name = uploads.safe_name(f"file-{number:03}", copy.media_type)
            yield Kept(
                place=f"files/to-share/{name}", title=f"{title} (the copy that may be shared)", on=on,
                stored_as=copy.stored_as, sha256=copy.sha256,
            )  # fmt: skip


def _content(kept: Kept) -> Iterator[bytes]:
    with storage.open_kept(kept.stored_as) as file:
        yield from file.pieces()


def _acts(one: Listed, user_id: uuid.UUID) -> Iterator[bytes]:
    """Who did what and when: by the word that the owner has for each person, never by an address."""
    names = {member.user_id: _called(member) for member in cases.everyone_ever_in(one.case.pk)}
    names[user_id] = "You"
    yield b"["
    for act in audit.acts_on(one.case.pk):
        said = {"at": act.at.isoformat(), "what": act.kind, "who": names.get(act.actor_id, "Somebody else")}
        yield ((",\n " if one.acts else "\n ") + json.dumps(said, ensure_ascii=False)).encode()
        one.acts += 1
    yield b"\n]\n"


def _called(member: object) -> str:
    invitation = getattr(member, "invitation", None)
    return invitation.label if invitation else "Somebody with access"


def _page(name: str, template: str, context: dict[str, object]) -> Entry:
    text = render_to_string(template, context | {"site_name": settings.SITE_NAME})
    return Entry(name, [text.encode()])

"""Put bundles together, have them made, and let them go: each operation is one transaction with its audit row."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import transaction

from cms_tracker.audit import operations as audit
from cms_tracker.audit.keys import key_within
from cms_tracker.language import mark, say
from cms_tracker.refusal import Refusal
from correspondence import queries, tasks
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles import hiding
from correspondence.core.bundles.choices import Choices
from correspondence.core.bundles.purposes import Purpose
from correspondence.core.jobs import JobKind
from correspondence.models import Bundle, Job, KeepOut

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

MOST_KEPT_OUT = 100
_GONE = mark("This bundle is not in your record.")
_MADE = mark("This bundle has been made already. Begin a new one, or its next version.")


@transaction.atomic
def begin_bundle(
    *, actor: "User", case: "Case", purpose: Purpose, on: dt.date, bundle_id: uuid.UUID | None = None
) -> Bundle:
    """Begin a bundle with what its purpose usually holds, up to the day ``on``. Sent twice, it is begun once."""
    bundle_id = key_within(Bundle, bundle_id, owner=case.pk)
    found = Bundle.objects.filter(pk=bundle_id).first() if bundle_id else None
    if found is not None:
        return found
    ground = queries.bundle_ground(case)
    chosen = bundle_choices.begin(
        purpose,
        until=on,
        letters=[one.key for one in ground.letters],
        exhibits=[one.key for one in ground.exhibits],
    )
    row = Bundle.objects.create(
        id=bundle_id or uuid.uuid4(), case_id=case.pk, choices=bundle_choices.as_json(chosen)
    )  # fmt: skip
    audit.record("bundle.begun", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def change_bundle(*, actor: "User", case: "Case", bundle_id: uuid.UUID, choices: Choices) -> Bundle:
    """Keep other choices for a bundle that has not been made yet."""
    row = _open(case, bundle_id)
    kept = bundle_choices.as_json(choices)
    if row.choices != kept:
        row.choices = kept
        row.save(update_fields=["choices"])
        audit.record("bundle.changed", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def make_bundle(*, actor: "User", case: "Case", bundle_id: uuid.UUID, on: dt.date) -> Bundle:
    """Have a bundle made, with the record as it is known on the day ``on``. Asked for twice, it is made once."""
    row = _held(case, bundle_id)
    if row.made_on is None:
        row.made_on, row.findings = on, []
        row.save(update_fields=["made_on", "findings"])
        audit.record("bundle.asked", actor=actor, case_id=case.pk, subject=str(row.pk))
        tasks.ask(JobKind.BUNDLE, subject=row.pk, case_id=case.pk, requested_by=actor.pk)
    return row


@transaction.atomic
def reopen_bundle(*, actor: "User", case: "Case", bundle_id: uuid.UUID) -> Bundle:
    """Stop a bundle that is being made, or take up again one that was stopped, to change what is in it.

    Raises Refusal for one that is finished: somebody may hold it.
    """
    row = _held(case, bundle_id)
    if row.pdf_sha256:
        raise Refusal(say(_MADE))
    if row.made_on is not None:
        Job.objects.filter(kind=JobKind.BUNDLE, subject=row.pk).delete()  # a worker that has it finds it gone
        row.made_on, row.findings = None, []
        row.save(update_fields=["made_on", "findings"])
        audit.record("bundle.reopened", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def release_bundle(
    *, actor: "User", case: "Case", bundle_id: uuid.UUID, looked_at: Collection[str], at: dt.datetime
) -> Bundle:
    """Let a finished bundle go. Raises Refusal while a page that nobody could read has not been looked at.

    ``looked_at`` are the keys of the documents that the person says they have looked at.
    """
    row = _held(case, bundle_id)
    if not row.pdf_sha256:
        raise Refusal(say("This bundle is not ready yet."))
    if any(one.unread and one.key not in looked_at for one in queries.documents_of(row)):
        raise Refusal(say("Look at each of these, and tick it."), field="looked_at")
    if row.released_at is None:
        row.released_at = at
        row.save(update_fields=["released_at"])
        audit.record("bundle.released", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def continue_bundle(*, actor: "User", case: "Case", bundle_id: uuid.UUID, on: dt.date) -> Bundle:
    """Begin the next version of a finished bundle, to add what is new since; there is one at a time."""
    row = _held(case, bundle_id)
    if not row.pdf_sha256:
        raise Refusal(say("This bundle is not ready yet."))
    begun = Bundle.objects.filter(case_id=case.pk, continues=row).first()
    if begun is not None:
        return begun
    ground = queries.bundle_ground(case)
    before = bundle_choices.from_json(row.choices)
    chosen = bundle_choices.next_version(
        before,
        until=on,
        letters=[one.key for one in ground.letters],
        exhibits=[one.key for one in ground.exhibits],
    )
    new = Bundle.objects.create(
        case_id=case.pk, continues=row, version=row.version + 1, choices=bundle_choices.as_json(chosen)
    )
    audit.record("bundle.begun", actor=actor, case_id=case.pk, subject=str(new.pk))
    return new


@transaction.atomic
def remove_bundle(*, actor: "User", case: "Case", bundle_id: uuid.UUID) -> None:
    """Throw away a bundle that was never made. One that is gone already is left so."""
    row = Bundle.objects.filter(case_id=case.pk, pk=bundle_id).first()
    if row is None:
        return
    if row.made_on is not None:
        raise Refusal(say(_MADE))
    row.delete()
    audit.record("bundle.removed", actor=actor, case_id=case.pk, subject=str(bundle_id))


@transaction.atomic
def note_download(*, actor: "User", case: "Case", bundle_id: uuid.UUID) -> None:
    """Leave a line in the audit that somebody took a copy."""
    audit.record_look("bundle.taken", actor=actor, case_id=case.pk, subject=str(bundle_id))


@transaction.atomic
def keep_out(*, actor: "User", case: "Case", text: str) -> KeepOut:
    """Keep something out of every document that leaves from now on. Raises Refusal where it is too short to find."""
    text = text.strip()
    if not hiding.is_long_enough(text):
        raise Refusal(say("Write at least {shortest} letters or figures.", shortest=hiding.SHORTEST), field="text")
    # Held, so that of two sendings at once the second finds the row of the first: sealed words cannot be unique.
    list(type(case)._default_manager.select_for_update(no_key=True).filter(pk=case.pk).values_list("pk"))
    rows = list(KeepOut.objects.filter(case_id=case.pk))
    for row in rows:
        if row.text == text:
            return row
    if len(rows) >= MOST_KEPT_OUT:
        raise Refusal(
            say("A record can hold {most_kept_out} of these. Take one away first.", most_kept_out=MOST_KEPT_OUT),
            field="text",
        )
    row = KeepOut.objects.create(case_id=case.pk, text=text)
    audit.record("keepout.added", actor=actor, case_id=case.pk, subject=str(row.pk))
    return row


@transaction.atomic
def stop_keeping_out(*, actor: "User", case: "Case", kept_id: uuid.UUID) -> None:
    """Keep something out no longer. What is gone already is left so."""
    if KeepOut.objects.filter(case_id=case.pk, pk=kept_id).delete()[0]:
        audit.record("keepout.removed", actor=actor, case_id=case.pk, subject=str(kept_id))


def _held(case: "Case", bundle_id: uuid.UUID) -> Bundle:
    """The row, held, so that of two presses at once the second sees what the first did."""
    row = Bundle.objects.select_for_update(no_key=True).filter(case_id=case.pk, pk=bundle_id).first()
    if row is None:
        raise Refusal(say(_GONE))
    return row


def _open(case: "Case", bundle_id: uuid.UUID) -> Bundle:
    row = _held(case, bundle_id)
    if row.made_on is not None:
        raise Refusal(say(_MADE))
    return row

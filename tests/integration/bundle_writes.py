"""The writes of bundles, entered beside the others in ``WRITES``."""

from collections.abc import Callable
from typing import Any

from correspondence import operations as correspondence
from correspondence.core.bundles import choices as bundle_choices
from correspondence.core.bundles.purposes import Purpose, Section
from correspondence.models import Bundle
from tests.integration.writes import DAY, NOON, World, writes


def _begun(world: World) -> Bundle:
    return correspondence.begin_bundle(actor=world.rosa, case=world.case, purpose=Purpose.COMPLAINT, on=DAY)


def _finished(world: World, **more: Any) -> Bundle:
    bundle = _begun(world)
    Bundle.objects.filter(pk=bundle.pk).update(made_on=DAY, pdf_name="x", pdf_sha256="0" * 64, pages=1, **more)
    return bundle


@writes("bundle.begun")
def begin_bundle(world: World) -> Callable[[], object]:
    return lambda: correspondence.begin_bundle(**world.known, purpose=Purpose.TRIBUNAL, on=DAY)


@writes("bundle.changed")
def change_bundle(world: World) -> Callable[[], object]:
    bundle = _begun(world)
    other = bundle_choices.begin(Purpose.COMPLAINT, until=DAY, letters=[], exhibits=["file:x"])
    return lambda: correspondence.change_bundle(**world.known, bundle_id=bundle.pk, choices=other)


@writes("bundle.asked")
def make_bundle(world: World) -> Callable[[], object]:
    bundle = _begun(world)
    return lambda: correspondence.make_bundle(**world.known, bundle_id=bundle.pk, on=DAY)


@writes("bundle.reopened")
def reopen_bundle(world: World) -> Callable[[], object]:
    bundle = _begun(world)
    Bundle.objects.filter(pk=bundle.pk).update(made_on=DAY)
    return lambda: correspondence.reopen_bundle(**world.known, bundle_id=bundle.pk)


@writes("bundle.released")
def release_bundle(world: World) -> Callable[[], object]:
    bundle = _finished(world)
    return lambda: correspondence.release_bundle(**world.known, bundle_id=bundle.pk, looked_at=[], at=NOON)


@writes("bundle.begun")
def continue_bundle(world: World) -> Callable[[], object]:
    bundle = _finished(world)
    return lambda: correspondence.continue_bundle(**world.known, bundle_id=bundle.pk, on=DAY)


@writes("bundle.removed")
def remove_bundle(world: World) -> Callable[[], object]:
    bundle = _begun(world)
    return lambda: correspondence.remove_bundle(**world.known, bundle_id=bundle.pk)


@writes("bundle.taken")
def note_download(world: World) -> Callable[[], object]:
    bundle = _finished(world)
    return lambda: correspondence.note_download(**world.known, bundle_id=bundle.pk)


@writes("keepout.added")
def keep_out(world: World) -> Callable[[], object]:
    return lambda: correspondence.keep_out(**world.known, text=f"1 {Section.CALLS} Road")


@writes("keepout.removed")
def stop_keeping_out(world: World) -> Callable[[], object]:
    kept = correspondence.keep_out(actor=world.rosa, case=world.case, text="1 Example Road")
    return lambda: correspondence.stop_keeping_out(**world.known, kept_id=kept.pk)

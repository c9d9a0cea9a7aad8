"""The operations of a person's own list, prepared and ready to be tried: they join ``WRITES``."""

import uuid
from collections.abc import Callable

from arrears import operations
from arrears.core.caseload import Reason, View
from tests.integration.writes import World, writes


def _view() -> View:
    return View(id=uuid.uuid4(), name="Broken plans", reasons=(Reason.BROKEN_PLAN,), is_default=True)


@writes("view.kept")
def keep_view(world: World) -> Callable[[], object]:
    view = _view()
    return lambda: operations.keep_view(actor=world.actor, view=view)


@writes("view.forgotten")
def forget_view(world: World) -> Callable[[], object]:
    view = _view()
    operations.keep_view(actor=world.rosa, view=view)
    return lambda: operations.forget_view(actor=world.actor, view_id=view.id)

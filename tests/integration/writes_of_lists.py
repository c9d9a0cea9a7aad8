"""The operations of a person's own list, prepared and ready to be tried: they join ``WRITES``."""

import uuid
from collections.abc import Callable

from arrears import operations
from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from arrears.core.caseload import Reason, View
from correspondence import operations as correspondence
from tests.integration.writes import DAY, World, writes


def _view() -> View:
    return View(id=uuid.uuid4(), name="Broken plans", reasons=(Reason.BROKEN_PLAN,), is_default=True)


RESULT = Result(
    on=DAY, kind=ResultKind.ARREARS_PAID, stage=ResultStage.LETTER, means=ResultMeans.CHASING, gained=12050, children=2
)


@writes("caseresult.recorded")
def record_result(world: World) -> Callable[[], object]:
    return lambda: correspondence.record_result(**world.known, result=RESULT)


@writes("view.kept")
def keep_view(world: World) -> Callable[[], object]:
    view = _view()
    return lambda: operations.keep_view(actor=world.actor, view=view)


@writes("view.forgotten")
def forget_view(world: World) -> Callable[[], object]:
    view = _view()
    operations.keep_view(actor=world.rosa, view=view)
    return lambda: operations.forget_view(actor=world.actor, view_id=view.id)

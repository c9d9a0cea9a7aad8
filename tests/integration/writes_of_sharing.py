"""The operations by which a plan is shown to the other parent, prepared and ready to be tried: they join ``WRITES``."""

import uuid
from collections.abc import Callable

from arrears import operations as arrears
from arrears.models import SharedPlan
from tests.integration.writes import NOON, World, _keep, _rosas, writes


def _share(world: World) -> uuid.UUID:
    key = _keep(_rosas(world)).pk
    arrears.share_plan(**_rosas(world).known, proposal_id=key, at=NOON)
    return SharedPlan.objects.get().pk


@writes("shared_plan.made")
def share_plan(world: World) -> Callable[[], object]:
    key = _keep(_rosas(world)).pk
    return lambda: arrears.share_plan(**world.known, proposal_id=key, at=NOON)


@writes("shared_plan.withdrawn")
def withdraw_shared_plan(world: World) -> Callable[[], object]:
    key = _share(world)
    return lambda: arrears.withdraw_shared_plan(**world.known, share_id=key, at=NOON)

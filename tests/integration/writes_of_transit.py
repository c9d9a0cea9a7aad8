"""The operations of money on its way, prepared and ready to be tried: they join ``WRITES``."""

import uuid
from collections.abc import Callable

from arrears import operations as arrears
from arrears.core.transit_facts import Leg, LegKind, Way
from tests.integration.writes import DAY, World, writes


@writes("transitleg.recorded")
def record_leg(world: World) -> Callable[[], object]:
    leg = Leg(
        number=0, kind=LegKind.DEDUCTED, way=Way.EARNINGS, on=DAY, recorded_on=DAY, gross=100, id=str(uuid.uuid4())
    )
    return lambda: arrears.record_leg(**world.known, leg=leg)

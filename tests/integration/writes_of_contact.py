"""The operations that keep how a person may be reached, for the table of every write."""

from collections.abc import Callable

from cases import operations as cases
from cases.core.safe_contact import Channel, SafeContact
from tests.integration.writes import NOON, World, writes


@writes("contact.said")
def say_safe_contact(world: World) -> Callable[[], object]:
    said = SafeContact(ways={Channel.TEXT: "after 6pm"}, telephone="07700 900123")
    return lambda: cases.say_safe_contact(**world.known, contact=said, seen="", at=NOON)

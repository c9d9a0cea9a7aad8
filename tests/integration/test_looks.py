"""Whoever looks at a page of a case leaves one event: who, which page, when. Never what stood there."""

import pytest

from cms_tracker.audit.models import Event
from tests.integration.access_calls import LOOKS, ROUTES, Route, call, path_of, step, taken_back
from tests.integration.access_world import World

pytestmark = pytest.mark.django_db

OWNER = "the owner"
PAGES = [route for route in ROUTES if route.rule.startswith("case:") and route.row.get == 200]


def looks(case_id: object) -> list[tuple[str, object, str]]:
    events = Event.objects.filter(case_id=case_id, kind__in=LOOKS).order_by("seq")
    return list(events.values_list("kind", "actor_id", "subject"))


class TestAPageOfACase:
    @pytest.mark.parametrize("route", PAGES, ids=lambda route: route.name)
    def test_leaves_one_event_for_each_view(self, route: Route, world: World) -> None:
        record = getattr(world, route.row.record)
        with taken_back():
            client = world.client_of(OWNER)
            for first in route.row.first:
                step(client, world, route.row.record, first)
            before = looks(record.pk)
            for _ in range(2):
                assert call(client, "GET", path_of(route, world)).status_code == 200

            after = looks(record.pk)[len(before) :]

        assert [(kind, page) for kind, _, page in after] == [("case.seen", route.name)] * 2
        assert all(str(actor) == client.session["_auth_user_id"] for _, actor, _ in after)

"""Nothing that Rosa is answered differs because Paul's file of the same CMS case is here (security requirement 4).

Every URL is asked, and every form sent, twice: beside the twin of her record, and after it and its
owner are gone. Whatever is random in an answer is masked; everything else must be the same.
"""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from cases import operations
from cases.models import Case, Child
from tests.integration.access_calls import Route, as_owner
from tests.integration.access_world import OTHER_PARENT, OWNER, World
from tests.integration.test_access_matrix import LISTED
from tests.masking import bare, headers_of

pytestmark = pytest.mark.django_db

_ID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
_CODE = re.compile(r"\b(?:[2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}\b")
_SHOWN_ONCE = re.compile(
    r"<(output|code)>[^<]*<|<path d=\"[^\"]*\" fill=\"#000\"/>|<svg class=\"qr\" viewBox=\"[^\"]*\""
)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{40,}")
#: Forms in which the table sends what Paul hands over himself: a code of his, or his record as a file.
FROM_HIS_HAND = {"cases:join", "arrears:shared", "arrears:compare-records"}
HERS = [route for route in LISTED if route.row.who == OWNER and route.row.record != "twin"]


def masked(answer: HttpResponse, world: World) -> str:
    """An answer without what is made anew each time: ids of new rows, codes and tokens."""
    text = repr((answer.status_code, headers_of(answer)) if answer.streaming else bare(answer))
    known = {str(one) for one in (world.case.pk, *world.ids.values())}
    text = _ID.sub(lambda found: found[0] if found[0] in known else "an id", text)
    return _TOKEN.sub("a token", _CODE.sub("a code", _SHOWN_ONCE.sub("shown once", text)))


def answered(route: Route, world: World, method: str) -> str:
    answer, _ = as_owner(route, world, method)
    return masked(answer, world)


def take_away_the_twin(world: World) -> None:
    operations.delete_case(actor=world.people[OTHER_PARENT], case=Case.objects.get(pk=world.twin.pk))
    world.people[OTHER_PARENT].__class__.objects.filter(pk=world.people[OTHER_PARENT].pk).delete()


class TestEveryAnswer:
    @pytest.mark.parametrize("route", HERS, ids=str)
    def test_is_the_same_with_and_without_her_twin(self, world: World, route: Route) -> None:
        with time_machine.travel(dt.datetime.now(dt.UTC), tick=False), transaction.atomic():
            methods = ["GET"] + ["POST"] * (route.row.post is not None and route.name not in FROM_HIS_HAND)
            beside = [answered(route, world, method) for method in methods]
            take_away_the_twin(world)
            assert [answered(route, world, method) for method in methods] == beside
            transaction.set_rollback(True)

    @settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        route=some.sampled_from(HERS),
        twin=some.fixed_dictionaries(
            {
                "reference": some.sampled_from(["120000000017", "120000000025"]),
                "other_parent": some.text("Rosa Canary'<", max_size=12),
                "note": some.text(max_size=20).filter(lambda text: "\0" not in text and text.isprintable()),
            }
        ),
        child=some.sampled_from(["Canary child", "A", "Robin"]),
    )
    def test_is_the_same_whatever_her_twin_holds(
        self, world: World, route: Route, twin: dict[str, Any], child: str
    ) -> None:
        with time_machine.travel(dt.datetime.now(dt.UTC), tick=False), transaction.atomic():
            before = answered(route, world, "GET")
            Case.objects.filter(pk=world.twin.pk).update(**twin)
            Child.objects.create(case_id=world.twin.pk, label=child, position=9)
            assert answered(route, world, "GET") == before
            transaction.set_rollback(True)


class TestTheMask:
    def test_leaves_the_ids_that_are_known(self, world: World) -> None:
        known, new = world.case.pk, uuid.uuid4()
        assert masked(HttpResponse(f"{known} {new}"), world).count("an id") == 1

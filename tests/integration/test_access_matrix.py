"""Every URL x everybody x every method: it works for those who may, and is not there for anyone else.

The URLs are read from the running configuration; what a person who may sends there stands in
``access_rows``. A request is only held against others after it has worked for the owner.
"""

import re
import uuid

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cases.core.organisations import PostRole
from cases.core.roles import PERMISSIONS, Permission, Role
from cms_tracker.users.models import User
from cms_tracker.web.gates import OPERATOR as OPERATOR_ONLY
from cms_tracker.web.gates import PUBLIC, SIGNED_IN
from tests.integration.access_calls import (
    ROUTES,
    Route,
    as_owner,
    call,
    form_page,
    path_of,
    step,
    taken_back,
    what_to_send,
)
from tests.integration.access_places import ELSEWHERE_ADVISER, WORKING
from tests.integration.access_rows import ROWS
from tests.integration.access_world import (
    ADVISER,
    ANONYMOUS,
    CANARY,
    EVERYBODY,
    INSIDE,
    OPERATOR,
    OTHER_PARENT,
    OUTSIDE,
    OWNER,
    STRANGER,
    World,
)
from tests.masking import bare

pytestmark = pytest.mark.django_db

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE"]
REFUSED = 405
LISTED = [route for route in ROUTES if route.name in ROWS]
OF_A_RECORD = [route for route in LISTED if route.rule.startswith("case:")]
WITH_ROWS = [route for route in OF_A_RECORD if route.rows_named]


class TestTheTable:
    def test_has_a_row_for_every_url_and_no_other(self) -> None:
        assert {route.name for route in ROUTES} == set(ROWS)

    def test_covers_urls_whose_views_all_declare_a_rule(self) -> None:
        rules = {PUBLIC, SIGNED_IN, OPERATOR_ONLY} | {f"case:{permission}" for permission in Permission}
        of_cases = {route.rule for route in ROUTES if not route.rule.startswith("post:")}
        roles = {role for route in ROUTES if route.rule not in of_cases for role in route.rule[5:].split("+")}
        assert of_cases <= rules
        assert roles <= set(PostRole)

    def test_covers_every_kind_of_person(self) -> None:
        assert len(EVERYBODY) == len({*INSIDE, *OUTSIDE, ANONYMOUS}) == 15

    def test_has_urls_that_say_nothing_of_what_the_site_is_for(self) -> None:
        for route in ROUTES:
            assert not any(word in route.pattern for word in ("child", "maintenance", "arrears", "cms", "abuse"))


@pytest.mark.parametrize("route", LISTED, ids=str)
class TestTheOwner:
    def test_sees_what_the_table_says_and_seeing_writes_nothing(self, world: World, route: Route) -> None:
        for method in ("GET", "HEAD"):
            answer, writes = as_owner(route, world, method)
            assert answer.status_code == (route.row.get or REFUSED), method
            assert [sql for sql in writes if not (route.row.audited and '"audit_event"' in sql)] == [], method

    def test_can_send_what_the_table_says(self, world: World, route: Route) -> None:
        answer, writes = as_owner(route, world, "POST")
        if route.row.post is None:
            assert answer.status_code == REFUSED
            assert writes == []
            return
        assert answer.status_code == route.row.answer, _errors(answer)
        assert bool(writes) == route.row.writes

    def test_changes_nothing_by_other_methods(self, world: World, route: Route) -> None:
        for method in ("PUT", "DELETE"):
            answer, writes = as_owner(route, world, method)
            assert answer.status_code == REFUSED, method
            assert answer["Allow"] == ", ".join(_taken(route)), method
            assert writes == [], method

    def test_cannot_be_made_to_send_it_by_another_site(self, world: World, route: Route) -> None:
        with taken_back() as writes:
            client = world.client_of(route.row.who, checks_tokens=True)
            answer = client.post(
                path_of(route, world), what_to_send(route, world), headers={"Sec-Fetch-Site": "cross-site"}
            )
            assert answer.status_code == 403
            assert writes == []


def _taken(route: Route) -> list[str]:
    """The methods that the table gives an answer for."""
    return ["GET", "HEAD"] * (route.row.get is not None) + ["POST"] * (route.row.post is not None)


def _errors(answer: HttpResponse) -> str:
    form = (answer.context or {}).get("form") if hasattr(answer, "context") else None
    return str(getattr(form, "errors", ""))


#: What an adviser without a second step may reach besides the pages that are for everybody (requirement 12).
TO_SET_UP_A_SECOND_STEP = {
    "users:add-app",
    "users:add-passkey",
    "users:confirm",
    "users:second-step",
    "users:stay",
}


@pytest.mark.parametrize("route", [route for route in LISTED if route.rule != PUBLIC], ids=str)
@pytest.mark.one_engine
class TestAnAdviserWithoutASecondStep:
    def test_is_led_to_set_it_up_from_every_page_of_the_work(self, world: World, route: Route) -> None:
        with taken_back() as writes:
            Authenticator.objects.filter(user=world.people[ADVISER]).delete()
            client = world.client_of(ADVISER)
            for method in METHODS:
                writes.clear()
                answer = call(client, method, path_of(route, world), what_to_send(route, world))
                if route.name in TO_SET_UP_A_SECOND_STEP:
                    assert answer.status_code in {200, REFUSED}, method
                elif method in _taken(route) or route.name != "users:recovery-codes":
                    assert answer["Location"] == reverse("users:second-step"), method
                    assert writes == [], method


ASKING_WHO = [route for route in LISTED if route.asks_who]


@pytest.mark.one_engine
class TestTheUrlsThatAskWho:
    def test_are_those_that_could_do_harm_in_the_wrong_hands(self) -> None:
        """Security requirement 14: a view that lost its ``fresh`` fails here, and so does a new name without a line."""
        assert {route.name for route in ASKING_WHO} == {
            "account_change_password",
            "cases:answer-look",
            "cases:ask-to-look",
            "cases:assign",
            "cases:client-code",
            "cases:edit-post",
            "cases:end-post",
            "cases:give-authority",
            "cases:new-post",
            "cases:unassign",
            "cases:give-to-adviser",
            "cases:ask-safe-contact",
            "cases:check-safe-contact",
            "arrears:share-plan",
            "arrears:shared-plans",
            "arrears:withdraw-shared-plan",
            "cases:end-access",
            "cases:invite",
            "cases:safe-contact",
            "cases:withdraw",
            "correspondence:new-calendar",
            "correspondence:reminders",
            "correspondence:replace-calendar",
            "pages:export",
            "pages:open-checked",
            "pages:take-hand-over",
            "rights:delete-record",
            "rights:copy",
            "rights:close",
            "rights:copy-file",
            "rights:days",
            "users:add-app",
            "users:add-passkey",
            "users:change-address",
            "users:recovery-codes",
            "users:remove-app",
            "users:remove-passkey",
        }


@pytest.mark.parametrize("route", ASKING_WHO, ids=str)
@pytest.mark.one_engine
class TestSomebodyWhoSignedInAWhileAgo:
    def test_is_asked_who_they_are_and_nothing_is_written(self, world: World, route: Route) -> None:
        for method, taken in [("GET", route.row.get), ("HEAD", route.row.get), ("POST", route.row.post)]:
            with taken_back() as writes:
                client = world.client_left_alone(route.row.who)
                writes.clear()
                answer = call(client, method, path_of(route, world), what_to_send(route, world))
                assert writes == [], method
            if taken is None:
                assert answer.status_code == REFUSED, method
            else:
                assert answer.status_code == 302, method
                assert answer["Location"].startswith(f"{reverse('users:confirm')}?next=/"), method

    def test_goes_on_after_the_password(self, world: World, route: Route) -> None:
        with taken_back():
            client = world.client_left_alone(route.row.who)
            client.post(reverse("users:confirm"), {"password": world.passwords[route.row.who]})
            for first in route.row.first:
                step(client, world, route.row.record, first)
            path = path_of(route, world)
            if route.row.post is None:
                assert call(client, "GET", path).status_code == route.row.get
                return
            answer = call(client, "POST", path, what_to_send(route, world, form_page(client, route, world, path)))
            assert answer.status_code == route.row.answer, _errors(answer)
            assert not str(answer.get("Location", "")).startswith(reverse("users:confirm"))

    @pytest.mark.parametrize("who", [OTHER_PARENT, STRANGER])
    def test_from_outside_is_told_nothing(self, world: World, route: Route, who: str) -> None:
        if not route.rule.startswith("case:"):
            return
        with taken_back():
            client = world.client_left_alone(who)
            for method in METHODS:
                assert call(client, method, path_of(route, world)).status_code == 404, method


@pytest.mark.parametrize("route", OF_A_RECORD, ids=str)
class TestThoseLetIn:
    @pytest.mark.parametrize("who", [who for who in INSIDE if who != OWNER])
    def test_may_do_what_their_role_allows_and_no_more(self, world: World, route: Route, who: str) -> None:
        may = Permission(route.rule.removeprefix("case:")) in PERMISSIONS[Role(INSIDE[who])]
        for method, owners in [("GET", route.row.get), ("POST", route.row.answer if route.row.post else None)]:
            theirs, writes = as_owner(route, world, method, who, prepares=may)
            if may and owners is not None:
                assert theirs.status_code == route.row.theirs.get(who, owners), f"{method}: {_errors(theirs)}"
            elif not may:
                assert theirs.status_code == 403, method
                assert writes == [], method


@pytest.mark.parametrize("route", OF_A_RECORD, ids=str)
@pytest.mark.one_engine
class TestThoseOutside:
    @pytest.mark.parametrize("who", [*OUTSIDE, ANONYMOUS])
    def test_get_the_answer_of_a_record_that_was_never_there(self, world: World, route: Route, who: str) -> None:
        real = path_of(route, world)
        never = path_of(route, world, **{name: uuid.uuid4() for name in {"case_id", *route.rows_named}})
        for method in METHODS:
            answer, absent = both(world.client_of(who), method, real, never, route, world)
            if who == ANONYMOUS:
                assert answer["Location"] == f"{reverse('account_login')}?next={real}"
            else:
                assert answer.status_code == 404, method
            assert bare(answer, but_for=[real]) == bare(absent, but_for=[never]), method
            assert CANARY.encode() not in answer.content


@pytest.mark.parametrize("route", WITH_ROWS, ids=str)
class TestARowOfOneRecordUnderAnother:
    @pytest.mark.parametrize("who", [OTHER_PARENT, OWNER])
    def test_is_not_there(self, world: World, route: Route, who: str) -> None:
        """Paul, in his own record, with the ids of Rosa's rows; and Rosa with the ids of his."""
        record, foreign = (world.twin, world.ids) if who == OTHER_PARENT else (world.case, world.twins_ids)
        ids = {name: foreign[name] for name in route.rows_named}
        mixed = path_of(route, world, case_id=record.pk, **ids)
        never = path_of(route, world, case_id=record.pk, **{name: uuid.uuid4() for name in ids})
        for method in METHODS:
            answer, absent = both(world.client_of(who), method, mixed, never, route, world)
            assert answer.status_code in {404, REFUSED} or route.row.forgiving, method
            assert bare(answer, but_for=[mixed]) == bare(absent, but_for=[never]), method
            assert who == OWNER or CANARY.encode() not in answer.content


def both(
    client: Client, method: str, real: str, never: str, route: Route, world: World
) -> tuple[HttpResponse, HttpResponse]:
    """Ask for a thing that is there and for one that never was; nothing may be written for either."""
    with taken_back() as writes:
        answers = [call(client, method, path, what_to_send(route, world)) for path in (real, never)]
        assert writes == [], method
    return answers[0], answers[1]


# Figures that follow from the facts, kept so that a list need not work them out.
KEPT_FIGURES = re.compile(r'"arrears_(positionsnapshot|caseloadentry|snapshotmark)"')


@pytest.mark.parametrize("route", [route for route in LISTED if route not in OF_A_RECORD], ids=str)
@pytest.mark.one_engine
class TestPagesOfNoRecord:
    @pytest.mark.parametrize("who", [*OUTSIDE, ANONYMOUS])
    def test_show_nobody_anything_of_another_persons_record(self, world: World, route: Route, who: str) -> None:
        for method in METHODS:
            with taken_back() as writes:
                client = world.client_of(who)
                answer = call(client, method, path_of(route, world), what_to_send(route, world))
                closed = who == ANONYMOUS and (
                    route.rule in {SIGNED_IN, OPERATOR_ONLY} or route.rule.startswith("post:")
                )
                writes = [sql for sql in writes if not (route.row.works_out and KEPT_FIGURES.search(sql))]
                assert writes == [] or (method == "POST" and not closed), method
            assert answer.status_code < 500
            assert str(world.case.pk) not in str(answer.get("Location", ""))
            assert who == OTHER_PARENT or CANARY.encode() not in answer.content
            if closed:
                assert answer.status_code == 302
                assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("route", [route for route in LISTED if route.rule.startswith("post:")], ids=str)
@pytest.mark.one_engine
class TestPagesOfAnOrganisation:
    @pytest.mark.parametrize("who", [*INSIDE, *OUTSIDE])
    def test_are_not_there_for_whoever_has_no_such_role(self, world: World, route: Route, who: str) -> None:
        roles = set(route.rule.removeprefix("post:").split("+"))
        for method in METHODS:
            with taken_back() as writes:
                answer = call(world.client_of(who), method, path_of(route, world), what_to_send(route, world))
            if not roles & set(WORKING[who][1] if who in WORKING else ()):
                assert answer.status_code == 404, method
                assert writes == [], method
            assert CANARY.encode() not in answer.content

    def test_are_not_there_with_the_rows_of_another_organisation(self, world: World, route: Route) -> None:
        for method in METHODS if route.rows_named else ():
            with taken_back() as writes:
                client = world.client_of(ELSEWHERE_ADVISER)
                answer = call(client, method, path_of(route, world), what_to_send(route, world))
            assert answer.status_code in {404, 405} or (method == "POST" and route.row.get is None), method
            assert writes == [], method


@pytest.mark.parametrize("route", [route for route in LISTED if route.rule == OPERATOR_ONLY], ids=str)
@pytest.mark.one_engine
class TestPagesOfWhoRunsTheSite:
    @pytest.mark.parametrize("who", [who for who in [*INSIDE, *OUTSIDE] if who != OPERATOR])
    def test_are_not_there_for_anybody_else(self, world: World, route: Route, who: str) -> None:
        for method in METHODS:
            with taken_back() as writes:
                answer = call(world.client_of(who), method, path_of(route, world))
            assert answer.status_code == 404, method
            assert writes == [], method

    def test_show_an_operator_nothing_of_anybody(self, world: World, route: Route) -> None:
        with taken_back():
            answer = call(world.client_of(OPERATOR), "GET", path_of(route, world))
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert CANARY not in shown
        assert not [person.email for person in world.people.values() if person.email in shown]

    def test_are_not_there_once_the_mark_is_taken_away(self, world: World, route: Route) -> None:
        with taken_back():
            User.objects.filter(pk=world.people[OPERATOR].pk).update(is_operator=False)
            assert call(world.client_of(OPERATOR), "GET", path_of(route, world)).status_code == 404

    def test_ask_an_operator_for_a_second_step(self, world: World, route: Route) -> None:
        with taken_back():
            Authenticator.objects.filter(user=world.people[OPERATOR]).delete()
            answer = call(world.client_of(OPERATOR), "GET", path_of(route, world))
        assert answer["Location"] == reverse("users:second-step")

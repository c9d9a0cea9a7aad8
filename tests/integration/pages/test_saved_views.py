"""A person's own views of their list: kept under a name, shown first, changed, deleted, and nobody else's."""

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears import caseload, operations
from arrears.core.caseload import Reason, Sort, View
from arrears.models import SavedView
from arrears.operations import MOST_VIEWS
from cases.core.facts import Perspective
from cases.core.roles import Role
from cases.models import CaseMembership
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA, SAM
from tests.factories import let_in, make_case, make_user

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
LIST = "/caseload/"
NEW = "/caseload/views/new/"
QUIET = {"name": "Quiet ones", "why": ["quiet"], "side": "paying", "sort": "contact"}


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ada(client: Client) -> User:
    """Ada, signed in, with a receiving parent's record and a paying parent's, both quiet."""
    rosa, ada = make_user(ROSA), make_user(ADA)
    for number, side in enumerate(Perspective):
        case = make_case(rosa, reference=f"{130000000000 + number}", perspective=side)
        let_in(ada, case, by=rosa, at=NOON - dt.timedelta(days=60))
        type(case).objects.update(opened_at=NOON - dt.timedelta(days=60))
    client.force_login(ada)
    return ada


def view(**values: object) -> View:
    known: dict[str, object] = {"id": uuid.uuid4(), "name": "Mine"}
    return View(**known | values)  # type: ignore[arg-type]


def only(person: User) -> View:
    (found,) = caseload.views_of(person.pk)
    return found


class TestAView:
    def test_keeps_filters_and_order_under_a_name(self, client: Client, ada: User) -> None:
        answer = client.post(NEW, QUIET)

        assert only(ada) == View(
            id=only(ada).id, name="Quiet ones", reasons=(Reason.QUIET,), side=Perspective.PAYING, sort=Sort.CONTACT
        )
        assert answer["Location"] == f"{LIST}?view={only(ada).id}"
        shown = client.get(answer["Location"])
        assert [row.side for row in shown.context["page"].rows] == [Perspective.PAYING]
        assert shown.context["form"]["sort"].value() == Sort.CONTACT

    def test_begins_with_the_filters_in_use(self, client: Client, ada: User) -> None:
        page = client.get(LIST, {"why": "quiet", "side": "paying", "sort": "owed"}).content.decode()
        assert "/caseload/views/new/?why=quiet&amp;side=paying&amp;sort=owed" in page

        form = client.get(NEW, {"why": "quiet", "side": "paying", "sort": "owed"}).context["form"]

        assert (form["why"].value(), form["side"].value(), form["sort"].value()) == (["quiet"], "paying", "owed")

    def test_that_comes_first_is_what_the_list_opens_with(self, client: Client, ada: User) -> None:
        client.post(NEW, QUIET | {"is_default": "on"})

        assert len(client.get(LIST).context["page"].rows) == 1
        assert len(client.get(LIST, {"view": "all"}).context["page"].rows) == 2
        assert len(client.get(LIST, {"side": "receiving"}).context["page"].rows) == 1

    def test_gives_way_when_another_comes_first(self, ada: User) -> None:
        first, second = view(name="One", is_default=True), view(name="Two", is_default=True)
        for one in (first, second):
            operations.keep_view(actor=ada, view=one)
        assert [(one.name, one.is_default) for one in caseload.views_of(ada.pk)] == [("One", False), ("Two", True)]

    def test_is_changed_in_place(self, client: Client, ada: User) -> None:
        client.post(NEW, QUIET)
        address = reverse("pages:edit-view", args=[only(ada).id])
        assert client.get(address).context["form"]["name"].value() == "Quiet ones"

        client.post(address, QUIET | {"name": "Silent ones", "why": []})

        assert (only(ada).name, only(ada).reasons) == ("Silent ones", ())

    def test_is_deleted_and_no_record_with_it(self, client: Client, ada: User) -> None:
        client.post(NEW, QUIET)
        address = reverse("pages:delete-view", args=[only(ada).id])
        assert "Quiet ones" in client.get(address).content.decode()
        assert caseload.views_of(ada.pk) != []

        client.post(address)

        assert caseload.views_of(ada.pk) == []
        assert len(client.get(LIST).context["page"].rows) == 2

    def test_is_kept_once_when_its_form_is_sent_twice(self, client: Client, ada: User) -> None:
        for _ in range(2):
            client.post(NEW, QUIET | {"entry": str(uuid.UUID(int=5))})
        assert only(ada).id == uuid.UUID(int=5)

    def test_takes_a_name_once(self, client: Client, ada: User) -> None:
        client.post(NEW, QUIET)
        answer = client.post(NEW, QUIET | {"name": "QUIET ones"})
        assert "You have a view of that name already." in answer.content.decode()
        assert only(ada).name == "Quiet ones"

    def test_is_refused_beyond_the_most(self, ada: User) -> None:
        for number in range(MOST_VIEWS):
            operations.keep_view(actor=ada, view=view(name=str(number)))
        with pytest.raises(Refusal, match="Delete one first"):
            operations.keep_view(actor=ada, view=view())

    @pytest.mark.parametrize("wrong", [{"name": ""}, {"name": "x" * 41}, {"why": ["mood"]}, {"sort": "mood"}])
    def test_is_not_kept_with_an_answer_that_is_wrong(
        self, client: Client, ada: User, wrong: dict[str, object]
    ) -> None:
        answer = client.post(NEW, QUIET | wrong)
        assert answer.context["form"].errors
        assert caseload.views_of(ada.pk) == []

    def test_stays_with_a_page_of_the_list(self, client: Client, ada: User) -> None:
        operations.keep_view(actor=ada, view=view(side=Perspective.RECEIVING))
        rosa = User.objects.get(email=ROSA.email)
        for number in range(30):
            CaseMembership.objects.create(
                case=make_case(rosa, reference=f"{140000000000 + number}"), user=ada, role=Role.ADVISER
            )

        first = client.get(LIST, {"view": str(only(ada).id)})

        assert first.context["later"].startswith(f"view={only(ada).id}&after=")
        second = client.get(f"{LIST}?{first.context['later']}")
        assert len(second.context["page"].rows) == 6


class TestSomebodyElses:
    @pytest.fixture
    def hers(self, ada: User) -> View:
        operations.keep_view(actor=ada, view=view(name="Canary", reasons=(Reason.QUIET,)))
        return only(ada)

    def test_view_is_not_there(self, client: Client, hers: View) -> None:
        for name in ("pages:edit-view", "pages:delete-view"):
            address = reverse(name, args=[hers.id])
            assert client.get(address).status_code == 200
            client.force_login(make_user(SAM) if name == "pages:edit-view" else User.objects.get(email=SAM.email))
            assert client.get(address).status_code == 404
            assert client.post(address, QUIET).status_code == 404
            client.force_login(User.objects.get(email=ADA.email))

    def test_view_changes_nothing_of_ones_own_list(self, client: Client, hers: View) -> None:
        client.force_login(make_user(SAM))
        answer = client.get(LIST, {"view": str(hers.id)})
        assert "Canary" not in answer.content.decode()
        assert answer.context["view"] is None

    def test_key_is_refused_like_one_that_was_used_before(self, hers: View) -> None:
        with pytest.raises(Refusal, match="used before"):
            operations.keep_view(actor=make_user(SAM), view=view(id=hers.id))
        assert SavedView.objects.get().pk == hers.id

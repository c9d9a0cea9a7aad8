"""Two parents of one CMS case: nothing that one does differs because the other is here."""

import pytest
from django.http import HttpResponse
from django.test import Client

from cases.models import Case
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import make_case, make_user
from tests.masking import bare

pytestmark = pytest.mark.django_db

REFERENCE = "120000000017"
OPEN = "/records/new/"


@pytest.fixture
def paul() -> Client:
    """Paul, signed in."""
    user = make_user(PAUL)
    User.objects.filter(pk=user.pk).update(safety_page_seen_at="2026-01-01T12:00Z")
    client = Client()
    client.force_login(user)
    return client


def open_record(client: Client, **answers: str) -> HttpResponse:
    given = {"reference": REFERENCE, "nation": "england", "perspective": "paying", "child_1": "A. Child"}
    return client.post(OPEN, given | answers, follow=True)


class TestOpeningARecord:
    def test_answers_alike_whether_or_not_the_other_parent_holds_the_same_reference(self, paul: Client) -> None:
        alone = open_record(paul)
        mine = Case.objects.get()
        make_case(make_user(ROSA), reference=REFERENCE, children=["A. Child"])
        beside = open_record(paul)
        second = Case.objects.filter(perspective="paying").exclude(pk=mine.pk).get()
        assert bare(alone, but_for=[str(mine.pk)]) == bare(beside, but_for=[str(second.pk)])

    def test_answers_alike_when_something_is_wrong_in_the_form(self, paul: Client) -> None:
        alone = open_record(paul, nation="")
        make_case(make_user(ROSA), reference=REFERENCE)
        assert bare(alone) == bare(open_record(paul, nation=""))

    def test_with_the_id_of_anothers_record_opens_one_of_ones_own(self, paul: Client) -> None:
        hers = make_case(make_user(ROSA), reference=REFERENCE)
        open_record(paul, entry=str(hers.pk))
        assert Case.objects.count() == 2
        assert Client().get(f"/records/{hers.pk}/").status_code == 302
        assert paul.get(f"/records/{hers.pk}/").status_code == 404

    def test_lists_only_ones_own(self, paul: Client) -> None:
        make_case(make_user(ROSA), reference=REFERENCE, other_parent="Canary")
        assert "Canary" not in paul.get("/records/").content.decode()
        assert paul.get("/")["Location"] == OPEN

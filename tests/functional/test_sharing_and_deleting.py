"""Rosa lets Ada in with a code, shuts her out again, and deletes her record for good."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ADA, ROSA, SAM
from tests.corpus import PLACE, photo
from tests.factories import make_case, make_user
from tests.integration.access_world import one_row_of_each

pytestmark = pytest.mark.django_db


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


class TestRosaAndHerAdviser:
    def test_share_one_record_until_she_ends_it(self, rosa: User, case: Case) -> None:
        mine, theirs = browser_of(rosa), browser_of(make_user(ADA))
        made = mine.post(f"/records/{case.pk}/people/invite/", {"label": "Citizens Advice", "role": "adviser"})
        code = re.search(r"<output>([A-Z0-9-]+)</output>", made.content.decode())
        assert code

        refused = browser_of(make_user(SAM)).post("/records/join/", {"code": code[1]})
        assert "That code does not work" in refused.content.decode()
        joined = theirs.post("/records/join/", {"code": code[1]})
        assert joined["Location"] == f"/records/{case.pk}/"
        assert theirs.get(f"/records/{case.pk}/people/invite/").status_code == 403

        people = mine.get(f"/records/{case.pk}/people/").content.decode()
        assert "Citizens Advice" in people
        assert ADA.email in people
        end = re.search(r'href="(/records/[^"]+/end/)"', people)
        assert end
        mine.post(end[1])
        assert theirs.get(f"/records/{case.pk}/people/").status_code == 404
        assert ADA.email not in mine.get(f"/records/{case.pk}/people/").content.decode()

    def test_see_a_photo_without_the_place_where_it_was_taken(self, rosa: User, case: Case) -> None:
        mine, theirs = browser_of(rosa), browser_of(make_user(ADA))
        made = mine.post(f"/records/{case.pk}/people/invite/", {"label": "Citizens Advice", "role": "adviser"})
        code = re.search(r"<output>([A-Z0-9-]+)</output>", made.content.decode())
        assert code
        theirs.post("/records/join/", {"code": code[1]})
        day = {"happened_on_d": 3, "happened_on_m": 3, "happened_on_y": 2025}
        file = SimpleUploadedFile("IMG_0001.jpg", photo(), content_type="image/jpeg")
        said = {"file": file, "shows": "Proof of posting", **day}
        kept = mine.post(f"/records/{case.pk}/files/new/", said)["Location"]

        assert "Proof of posting" in theirs.get(f"/records/{case.pk}/files/").content.decode()
        copy = theirs.get(f"{kept}copy/").content
        assert copy.startswith(b"\xff\xd8\xff")
        assert PLACE not in copy
        assert theirs.get(f"{kept}original/").status_code == 403
        assert mine.get(f"{kept}original/").content == photo()


class TestRosaDeletesHerRecord:
    def test_only_with_the_word_and_then_for_good(
        self, rosa: User, case: Case, django_capture_on_commit_callbacks: object
    ) -> None:
        ids = one_row_of_each(case, rosa, mark="Mine")
        other = make_case(rosa)
        below = Path(settings.PRIVATE_FILES_DIR).rglob("*")
        files = [path for path in below if path.is_file() and case.pk.hex in str(path).replace("-", "")]
        # A proof, a file, the copy of both that may be shared, papers, and the copy of everything.
        assert len(files) > 4
        assert any(path.parent.name == rosa.pk.hex for path in files)
        client, path = browser_of(rosa), f"/records/{case.pk}/delete/"
        client.post(reverse("rights:days"), {"days": 0})  # she wants every trace gone at once

        for word in ("", "yes", "delete it"):
            assert "Nothing is deleted without this word" in client.post(path, {"word": word}).content.decode()
        assert Case.objects.filter(pk=case.pk).exists()

        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(path, {"word": " Delete "})["Location"] == "/records/"
        assert client.get(f"/records/{case.pk}/").status_code == 404
        assert [case.pk for case in Case.objects.all()] == [other.pk]
        assert CaseMembership.objects.count() == 1
        assert not any(path.exists() for path in files)
        assert Event.objects.filter(kind="case.deleted", case_id=case.pk, actor_id=rosa.pk).count() == 1
        assert ids

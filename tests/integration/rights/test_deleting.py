"""What is deleted is gone at once for everybody, destroyed on its day, and leaves nothing behind."""

import datetime as dt
import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from arrears import operations as money
from arrears.core.case_values import Proposal
from cases import queries as case_queries
from cases.core.facts import Frequency
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Holding, Post
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.rights import operations
from cms_tracker.rights.models import Deletion, LegalHold, SecondThoughts
from cms_tracker.rights.tasks import sweep
from cms_tracker.users import codes, second_step
from cms_tracker.users import operations as user_operations
from cms_tracker.users.models import User
from correspondence import tasks
from correspondence.models import CalendarFeed, Job, Letter
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import let_in, make_case, make_organisation, make_post, make_user, take_in
from tests.integration.access_world import one_row_of_each
from tests.masking import bare

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
OFFER = Proposal(
    label="Offer", arrears=100_000, first_payment_on=dt.date(2026, 12, 1), frequency=Frequency.MONTHLY, instalment=5000
)


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    case = make_case(rosa, other_parent="Canary parent", note="Canary note")
    one_row_of_each(case, rosa, mark="Canary")
    return case


def delete_everything(rosa: User, *, days: int | None = None, at: dt.datetime = NOON) -> str:
    """Delete Rosa's account as she chose; the code that brings it back, where she has one."""
    code = operations.choose_days(actor=rosa, days=days) if days is not None else ""
    operations.delete_account(actor=rosa, at=at)
    return code


def back(address: str, *, password: str = "", code: str) -> bool:
    return operations.bring_everything_back(address=address, password=password, code=code, at=NOON)


class TestDeletingEverything:
    def test_leaves_no_page_no_sign_in_and_no_session(self, rosa: User, case: Case) -> None:
        open_tab, page = Client(), reverse("pages:today", args=[case.pk])
        open_tab.force_login(rosa)
        assert open_tab.get(page).status_code == 200
        delete_everything(rosa, days=14)
        assert open_tab.get(page).status_code == 302
        assert not rosa.sessions.exists()
        assert not rosa.devices.exists()
        answer = Client().post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
        assert answer.status_code == 200
        assert "could not sign you in" in answer.content.decode()

    def test_shuts_everybody_else_out_at_once(self, rosa: User, case: Case) -> None:
        sam = make_user(SAM)
        let_in(sam, case, by=rosa, role=Role.HELPER, at=NOON)
        helper, page = Client(), reverse("pages:today", args=[case.pk])
        helper.force_login(sam)
        assert helper.get(page).status_code == 200
        delete_everything(rosa, days=14)
        assert helper.get(page).status_code == 404

    def test_stops_feeds_codes_and_work_that_waits(self, rosa: User, case: Case) -> None:
        """Security requirement 16."""
        from correspondence.core import feeds
        from correspondence.queries import feed_behind

        token = feeds.new_token()
        CalendarFeed.objects.filter(user=rosa, case=case).update(token_hash=feeds.fingerprint(token))
        assert feed_behind(token, on=NOON.date()) is not None
        letter = Letter.objects.get(case=case)
        Job.objects.filter(subject=letter.pk).update(state="queued", attempts=0, requested_by=rosa.pk)
        delete_everything(rosa, days=14)
        tasks.do_what_waits()
        assert feed_behind(token, on=NOON.date()) is None
        assert Job.objects.get(subject=letter.pk).failure == "not_allowed"
        assert not case_queries.open_invitations(case.pk, at=NOON).exists()

    def test_stops_a_plan_that_was_shared(self, rosa: User) -> None:
        """Security requirement 16: the code worked until then, and is answered like one that never was."""
        case = make_case(rosa)
        proposal = money.keep_proposal(actor=rosa, case=case, proposal=OFFER)
        codes = [money.share_plan(actor=rosa, case=case, proposal_id=proposal.pk, at=NOON) for _ in range(2)]
        assert money.open_shared_plan(code=codes[0], at=NOON)
        delete_everything(rosa, days=14)
        with pytest.raises(Refusal, match="does not work"):
            money.open_shared_plan(code=codes[1], at=NOON)

    def test_writes_to_nobody(self, rosa: User, case: Case) -> None:
        delete_everything(rosa, days=0)
        assert mail.outbox == []

    def test_looks_the_same_whatever_days_were_chosen(self, case: Case, rosa: User) -> None:
        """Nobody who looks on learns whether it can still be brought back (threat T23)."""
        pages = {}
        for days in (0, 14):
            person = make_user(type(ROSA)(name="X", email=f"x{days}@example.com", password=ROSA.password))
            operations.choose_days(actor=person, days=days)
            client = Client()
            client.force_login(person)
            asked = client.get(reverse("rights:close"))
            chosen = client.get(reverse("rights:days"))
            done = client.post(reverse("rights:close"), {"word": "delete"}, follow=True)
            pages[days] = [bare(one) for one in (asked, chosen, done)], done.redirect_chain
        assert pages[0] == pages[14]
        assert Deletion.objects.count() == 1  # that of the fourteen days

    def test_an_address_that_signs_up_again_is_new(self, rosa: User, case: Case) -> None:
        delete_everything(rosa, days=14)
        again = user_operations.sign_up(ROSA.email)
        assert again is not None
        assert again.pk != rosa.pk

    def test_belongs_to_the_person_whose_records_they_are(self, rosa: User) -> None:
        paul = make_user(PAUL)
        his = make_case(paul)
        let_in(rosa, his, by=paul, role=Role.HELPER, at=NOON)
        delete_everything(rosa, days=0)
        assert Case.objects.filter(pk=his.pk).exists()
        assert case_queries.owner_of(his.pk) == paul
        assert not CaseMembership.objects.filter(user_id=rosa.pk).exists()

    def test_says_before_what_happens_to_those_who_were_let_in(self, client: Client, rosa: User, case: Case) -> None:
        let_in(make_user(SAM), case, by=rosa, role=Role.HELPER, at=NOON)
        client.force_login(rosa)
        page = client.get(reverse("rights:close")).content.decode()
        assert "The people you let in, advisers too, lose your records at once." in page


class TestTheDay:
    def test_comes_after_the_days_that_were_chosen_and_not_before(self, rosa: User, case: Case) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            delete_everything(rosa, days=14)
            clock.shift(14 * DAY - dt.timedelta(seconds=1))
            sweep()
            assert Case.objects.filter(pk=case.pk).exists()
            clock.shift(dt.timedelta(seconds=1))
            sweep()
            sweep()
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not User.objects.filter(pk=rosa.pk).exists()
        assert not Deletion.objects.exists()

    def test_is_now_where_nought_was_chosen(self, rosa: User, case: Case) -> None:
        delete_everything(rosa, days=0)
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not User.objects.filter(pk=rosa.pk).exists()

    def test_is_a_week_later_where_nobody_has_chosen(self, rosa: User, case: Case) -> None:
        delete_everything(rosa)
        assert set(Deletion.objects.values_list("due_at", flat=True)) == {NOON + 7 * DAY}

    def test_is_of_one_record_alone_where_one_was_deleted(self, client: Client, rosa: User, case: Case) -> None:
        other = make_case(rosa)
        client.force_login(rosa)
        client.post(reverse("rights:delete-record", args=[case.pk]), {"word": "Delete"})
        assert client.get(reverse("pages:today", args=[case.pk])).status_code == 404
        assert client.get(reverse("pages:today", args=[other.pk])).status_code == 200
        assert Case.objects.filter(pk=case.pk).exists()
        assert operations.destroy_due(at=dt.datetime.now(dt.UTC) + 8 * DAY) == 1
        assert set(Case.objects.values_list("pk", flat=True)) == {other.pk}


class TestBringingBack:
    def test_with_the_code_gives_everything_and_everybody_back(self, rosa: User, case: Case) -> None:
        let_in(make_user(SAM), case, by=rosa, role=Role.HELPER, at=NOON)
        before = _memberships(case)
        code = delete_everything(rosa, days=14)
        assert back(ROSA.email, code=code.lower().replace("-", " "))
        assert _memberships(case) == before
        client = Client()
        answer = client.post(reverse("account_login"), {"login": ROSA.email, "password": ROSA.password})
        assert answer.status_code == 302
        assert client.get(reverse("pages:today", args=[case.pk])).status_code == 200
        assert not Deletion.objects.exists()

    def test_does_not_give_back_who_was_shut_out_before(self, rosa: User, case: Case) -> None:
        sam = make_user(SAM)
        let_in(sam, case, by=rosa, role=Role.HELPER, at=NOON)
        CaseMembership.objects.filter(user=sam).update(ended_at=NOON - DAY)
        code = delete_everything(rosa, days=14)
        assert back(ROSA.email, code=code)
        assert not case_queries.cases_for(sam)

    def test_works_for_one_record_too(self, rosa: User, case: Case) -> None:
        code = operations.choose_days(actor=rosa, days=3)
        operations.delete_record(actor=rosa, case=case, at=NOON)
        assert case_queries.cases_for(rosa) == []
        assert back(ROSA.email, code=code)
        assert case_queries.cases_for(rosa) == [case]

    def test_works_with_the_password_and_a_code_of_ones_app(self, rosa: User, case: Case) -> None:
        secret = codes.new_secret()
        now = codes.code_of(secret, codes.step_at(NOON))
        earlier = NOON - DAY
        second_step.add_app(rosa, secret=secret, code=codes.code_of(secret, codes.step_at(earlier)), at=earlier)
        delete_everything(rosa, days=14)
        assert not back(ROSA.email, password="wrong", code=now)
        assert not back(ROSA.email, password=ROSA.password, code="000000")
        assert back(ROSA.email, password=ROSA.password, code=now)
        assert case_queries.cases_for(User.objects.get(pk=rosa.pk)) == [case]

    def test_is_not_stopped_by_a_sign_up_that_nobody_confirmed(self, rosa: User, case: Case) -> None:
        """Whoever knows her address could otherwise make a deletion final."""
        code = delete_everything(rosa, days=14)
        assert Client().post(reverse("account_signup"), {"email": ROSA.email}).status_code == 302
        assert back(ROSA.email, code=code)
        assert case_queries.cases_for(User.objects.get(email=ROSA.email)) == [case]

    def test_takes_a_code_once(self, rosa: User, case: Case) -> None:
        code = delete_everything(rosa, days=14)
        assert back(ROSA.email, code=code)
        operations.delete_account(actor=User.objects.get(pk=rosa.pk), at=NOON)
        assert not back(ROSA.email, code=code)

    @pytest.mark.parametrize("days", [0, 14])
    def test_is_not_told_apart_from_nothing_being_there(self, rosa: User, case: Case, days: int) -> None:
        """Her password alone brings nothing back, and the answer is that for an address that never was."""
        code = delete_everything(rosa, days=days)
        sent = [
            {"address": ROSA.email, "password": ROSA.password, "code": "123456"},
            {"address": ROSA.email, "password": "wrong", "code": "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"},
            {"address": "never@example.com", "password": "wrong", "code": code},
        ]
        answers = [Client().post(reverse("rights:bring-back"), one) for one in sent]
        shown = {bare(one, but_for=list(typed.values())) for one, typed in zip(answers, sent, strict=True)}
        assert {one.status_code for one in answers} == {200}
        assert len(shown) == 1

    def test_is_refused_where_somebody_has_confirmed_the_address_since(self, rosa: User, case: Case) -> None:
        code = delete_everything(rosa, days=14)
        somebody = user_operations.sign_up(ROSA.email)
        assert somebody is not None
        user_operations.confirm_address(somebody, password="marble-thistle-kettle")
        assert not back(ROSA.email, code=code)
        assert Deletion.objects.filter(user_id=rosa.pk).count() == 2

    def test_is_counted(self, rosa: User) -> None:
        client = Client()
        sent = {"address": ROSA.email, "password": "x", "code": "x"}
        assert [client.post(reverse("rights:bring-back"), sent).status_code for _ in range(11)] == [200] * 10 + [429]


def _memberships(case: Case) -> set[tuple[Any, ...]]:
    return set(CaseMembership.objects.filter(case=case).values_list("user_id", "role", "ended_at"))


class TestALegalHold:
    @pytest.fixture
    def hold(self, case: Case) -> LegalHold:
        return LegalHold.objects.create(
            case_id=case.pk, placed_by="Jo", why="Canary court", from_on=NOON.date(), until_on=NOON.date() + 30 * DAY
        )

    def test_keeps_a_record_out_of_sight_until_it_ends(self, rosa: User, case: Case, hold: LegalHold) -> None:
        delete_everything(rosa, days=0)
        assert Case.objects.filter(pk=case.pk).exists()
        assert case_queries.owner_of(case.pk) is None
        assert not User.objects.filter(pk=rosa.pk).exists()
        assert operations.destroy_due(at=NOON + 30 * DAY) == 0
        assert operations.destroy_due(at=NOON + 31 * DAY) == 1
        assert not Case.objects.filter(pk=case.pk).exists()

    def test_is_told_to_the_person_before_they_delete_but_not_why(
        self, client: Client, rosa: User, case: Case, hold: LegalHold
    ) -> None:
        with time_machine.travel(NOON, tick=False):
            client.force_login(rosa)
            for page in (reverse("rights:delete-record", args=[case.pk]), reverse("rights:close")):
                text = client.get(page).content.decode()
                assert "has to be kept for now" in text
                assert "Canary court" not in text


@pytest.mark.django_db(transaction=True)
class TestTheRawStorage:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, settings: Any) -> None:
        """Files of this test alone: others hand in letters that name the same people."""
        settings.PRIVATE_FILES_DIR = tmp_path

    def test_holds_nothing_of_a_person_afterwards(self) -> None:
        """Security requirement 54: every byte of the database and of the files, after VACUUM."""
        rosa = make_user(ROSA)
        case = make_case(rosa, other_parent="Canary parent", note="Canary note", children=["Canary child"])
        one_row_of_each(case, rosa, mark="Canary")
        client = Client()
        client.force_login(rosa)
        client.get(reverse("pages:overview", args=[case.pk]))
        operations.ask_for_copy(actor=rosa, at=NOON)
        tasks.do_what_waits()
        marks = [b"Canary", ROSA.email.encode(), b"rosa@"]
        assert any(mark in _everything_stored() for mark in marks)
        assert list(Path(settings.PRIVATE_FILES_DIR).rglob("*"))
        delete_everything(User.objects.get(pk=rosa.pk), days=0)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        left = _everything_stored()
        assert [mark for mark in marks if mark in left] == []
        files = [path for path in Path(settings.PRIVATE_FILES_DIR).rglob("*") if path.is_file()]
        assert [path for path in files if case.pk.hex in str(path) or rosa.pk.hex in str(path)] == []
        _no_row_names(rosa.pk, case.pk)

    def test_keeps_only_random_keys_in_the_audit(self) -> None:
        rosa = make_user(ROSA)
        case = make_case(rosa)
        delete_everything(rosa, days=0)
        rows = Event.objects.filter(case_id=case.pk) | Event.objects.filter(actor_id=rosa.pk)
        assert {"case.deleted", "user.deleted"} <= set(rows.values_list("kind", flat=True))
        for subject in rows.values_list("subject", flat=True):
            assert subject == "" or uuid.UUID(subject)


def _everything_stored() -> bytes:
    """The bytes of the database with its journal, or all its rows, and of every private file."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        stored = [path.read_bytes() for path in name.parent.glob(f"{name.name}*")]
    else:
        stored = [str(list(model._base_manager.values_list())).encode() for model in apps.get_models()]
    files = [path for path in Path(settings.PRIVATE_FILES_DIR).rglob("*") if path.is_file()]
    return b"".join([*stored, *(path.read_bytes() for path in files)])


def _no_row_names(*keys: uuid.UUID) -> None:
    """No row of any table but the audit names the person or the record."""
    for model in apps.get_models():
        # Both hold random keys alone; a mark goes when figures are next worked out.
        if model._meta.app_label == "audit" or model._meta.label == "arrears.SnapshotMark":
            continue
        for field in model._meta.concrete_fields:
            if field.get_internal_type() in {"UUIDField", "ForeignKey", "OneToOneField"}:
                for value in model._base_manager.values_list(field.attname, flat=True):
                    assert value not in keys, f"{model._meta.label}.{field.name}"
    assert not SecondThoughts.objects.exists()


class TestAnAdviserWhoDeletesTheirSignIn:
    def test_leaves_the_record_of_a_client_and_no_name(self) -> None:
        ada = make_user(ADA)
        make_post(ada, make_organisation(), PostRole.ADVISER, name="Canary Ada")
        case = take_in(ada, label="Client 7")
        delete_everything(ada, days=0)
        assert Case.objects.filter(pk=case.pk).exists()
        user = User.objects.get(pk=ada.pk)
        assert not user.is_active
        assert user.email == f"{ada.pk.hex}@closed.invalid"
        assert not user.has_usable_password()
        assert not EmailAddress.objects.filter(user=user).exists()
        assert "Canary" not in str(list(Post.objects.values()))


class TestARecordThatAnOrganisationHolds:
    def test_is_out_of_its_list_too_and_comes_back(self, rosa: User) -> None:
        case, ada = make_case(rosa), make_user(ADA)
        post = make_post(ada, make_organisation(), PostRole.ADVISER)
        Holding.objects.create(organisation=post.organisation, case=case, taken_by=post, label="7", cleared_at=NOON)
        code = operations.choose_days(actor=rosa, days=14)
        operations.delete_record(actor=rosa, case=case, at=NOON)
        assert not Holding.objects.filter(ended_at=None).exists()
        assert back(ROSA.email, code=code)
        assert Holding.objects.filter(ended_at=None).exists()

"""Letting one person in with a code: once, for a week, for the right person, and out again at once."""

import datetime as dt
import re
import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases import operations
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Invitation
from cms_tracker.audit.models import Event
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import make_case, make_user
from tests.masking import bare

AT = dt.datetime(2026, 3, 2, 10, tzinfo=dt.UTC)
JOIN = "/records/join/"


@pytest.fixture
def rosa(db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return make_case(rosa)


@pytest.fixture
def sam(db: None) -> User:
    return make_user(SAM)


def code_for(case: Case, owner: User, role: Role = Role.HELPER, at: dt.datetime = AT) -> str:
    return operations.make_invitation(actor=owner, case=case, role=role, label="My sister", at=at)


def role_of(user: User, case: Case) -> str:
    """The role in which this person may open the case today."""
    return CaseMembership.objects.get(user=user, case=case, ended_at=None).role


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class TestACode:
    def test_cannot_be_guessed_can_be_copied_and_only_its_hash_is_kept(self, case: Case, rosa: User) -> None:
        code = code_for(case, rosa)
        assert len(code.replace("-", "")) * 5 >= 128  # bits, 32 letters to choose from
        assert len(code) <= 34  # one line of a phone
        assert {len(group) for group in code.split("-")} == {4}
        kept = Invitation.objects.values().get()
        assert code not in str(kept)
        assert len(kept["code_hash"]) == 64

    def test_lets_one_person_in_however_it_is_typed(self, case: Case, rosa: User, sam: User) -> None:
        typed = f"  {code_for(case, rosa).lower().replace('-', ' ')} "
        assert operations.accept_invitation(actor=sam, code=typed, at=AT) == case
        assert role_of(sam, case) == Role.HELPER

    def test_is_refused_a_second_time(self, case: Case, rosa: User, sam: User) -> None:
        code = code_for(case, rosa)
        operations.accept_invitation(actor=sam, code=code, at=AT)
        with pytest.raises(Refusal):
            operations.accept_invitation(actor=make_user(PAUL), code=code, at=AT)

    @pytest.mark.parametrize(("days", "works"), [(6.99, True), (7, False), (8, False)])
    def test_works_for_a_week(self, case: Case, rosa: User, sam: User, days: float, works: bool) -> None:
        code = code_for(case, rosa)
        later = AT + dt.timedelta(days=days)
        if works:
            operations.accept_invitation(actor=sam, code=code, at=later)
        else:
            with pytest.raises(Refusal):
                operations.accept_invitation(actor=sam, code=code, at=later)

    def test_for_an_adviser_works_for_an_adviser_only(self, case: Case, rosa: User, sam: User) -> None:
        code = code_for(case, rosa, Role.ADVISER)
        with pytest.raises(Refusal):
            operations.accept_invitation(actor=sam, code=code, at=AT)
        ada = make_user(ADA)
        operations.accept_invitation(actor=ada, code=code, at=AT)
        assert role_of(ada, case) == Role.ADVISER

    def test_does_not_change_what_its_owner_is(self, case: Case, rosa: User) -> None:
        with pytest.raises(Refusal):
            operations.accept_invitation(actor=rosa, code=code_for(case, rosa), at=AT)
        assert role_of(rosa, case) == Role.OWNER
        assert Invitation.objects.get().used_at is None

    def test_is_made_twenty_times_a_day_and_no_more(self, case: Case, rosa: User) -> None:
        other = make_case(rosa)
        for number in range(20):
            code_for(case if number % 2 else other, rosa)
        with pytest.raises(Refusal, match="in a day"):
            code_for(case, rosa)
        code_for(case, rosa, at=AT + dt.timedelta(days=1))

    def test_leaves_its_steps_in_the_audit(self, case: Case, rosa: User, sam: User) -> None:
        operations.accept_invitation(actor=sam, code=code_for(case, rosa), at=AT)
        member = CaseMembership.objects.get(user=sam)
        operations.end_access(actor=rosa, case=case, membership_id=member.pk, at=AT)
        kinds = list(Event.objects.filter(case_id=case.pk).order_by("pk").values_list("kind", "actor_id"))
        assert kinds[-3:] == [
            ("invitation.made", rosa.pk),
            ("invitation.accepted", sam.pk),
            ("access.ended", rosa.pk),
        ]


class TestCodesThatDoNotWork:
    def test_all_get_the_same_page(self, case: Case, rosa: User, sam: User) -> None:
        paul = make_user(PAUL)
        old = code_for(case, rosa, at=AT - dt.timedelta(days=8))
        used = code_for(case, rosa)
        operations.accept_invitation(actor=paul, code=used, at=AT)
        withdrawn = code_for(case, rosa)
        last = Invitation.objects.order_by("made_at").last()
        assert last is not None
        for row in Invitation.objects.filter(used_at=None, expires_at__gt=AT):
            operations.withdraw_invitation(actor=rosa, case=case, invitation_id=row.pk, at=AT)
        foreign = code_for(make_case(paul), paul, Role.ADVISER)
        never = "-".join(["2345"] * 13)
        with time_machine.travel(AT, tick=False):
            client = browser_of(sam)
            failing = (old, used, withdrawn, foreign, never)
            answers = {bare(client.post(JOIN, {"code": code}), but_for=[code]) for code in failing}
            works = code_for(case, rosa)
            assert client.post(JOIN, {"code": works}).status_code == 302
        assert len(answers) == 1
        assert b"That code does not work" in next(iter(answers))[-1]


@pytest.mark.django_db(transaction=True)
class TestTwoPeopleWithOneCode:
    def test_exactly_one_gets_in(self) -> None:
        rosa = make_user(ROSA)
        case = make_case(rosa)
        people = [make_user(person) for person in (PAUL, ADA, SAM)]
        for _ in range(5):
            code = code_for(case, rosa)
            CaseMembership.objects.exclude(role=Role.OWNER).update(ended_at=AT)
            assert len(self.race(people, code)) == 1
            assert CaseMembership.objects.filter(case=case, ended_at=None).count() == 2

    def race(self, people: list[User], code: str) -> list[User]:
        start = threading.Barrier(len(people))
        got_in: list[User] = []

        def accept(user: User) -> None:
            start.wait()
            try:
                operations.accept_invitation(actor=user, code=code, at=AT)
                got_in.append(user)
            except Refusal:
                pass
            finally:
                connection.close()

        threads = [threading.Thread(target=accept, args=[user]) for user in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return got_in


class TestThePages:
    def make(self, client: Client, case: Case, **given: str) -> str:
        path = reverse("cases:invite", args=[case.pk])
        answer = client.post(path, {"label": "My sister", "role": "helper", **given})
        return answer.content.decode()

    def test_show_the_code_once(self, case: Case, rosa: User) -> None:
        client = browser_of(rosa)
        entry = "5c2f7a52-0f65-4f0e-9d5e-2b1a7d9b6d11"
        shown = re.search(r"<output>([A-Z0-9-]+)</output>", self.make(client, case, entry=entry))
        assert shown
        again = self.make(client, case, entry=entry)
        assert shown[1] not in again
        assert "cannot be shown again" in again
        assert shown[1] not in client.get(reverse("cases:people", args=[case.pk])).content.decode()
        assert Invitation.objects.count() == 1

    def test_say_where_to_enter_the_code_and_until_when_it_works(self, case: Case, rosa: User) -> None:
        with time_machine.travel(dt.datetime(2026, 3, 2, 14, 41, tzinfo=dt.UTC), tick=False):
            browser = browser_of(rosa)
            page = self.make(browser, case)
            listed = browser.get(reverse("cases:people", args=[case.pk])).content.decode()
        assert "for one person, until 9 March 2026 at 2:41pm." in page
        assert "Works until 9 March 2026 at 2:41pm." in listed
        assert "<b>http://testserver</b>" in page
        assert "press <b>Enter the code</b>" in page

    def test_offer_the_code_form_to_somebody_who_has_no_record_yet(self, sam: User) -> None:
        page = browser_of(sam).get(reverse("cases:open-record")).content.decode()
        assert f'<a href="{JOIN}">Enter the code</a>' in page

    @pytest.mark.parametrize("role", ["owner", "", "OWNER", "helper adviser"])
    def test_never_make_another_owner(self, case: Case, rosa: User, role: str) -> None:
        self.make(browser_of(rosa), case, role=role)
        assert not Invitation.objects.exists()

    def test_show_the_owner_who_is_in_and_others_only_that_it_is_so(self, case: Case, rosa: User, sam: User) -> None:
        operations.accept_invitation(actor=sam, code=code_for(case, rosa), at=AT)
        path = reverse("cases:people", args=[case.pk])
        owners = browser_of(rosa).get(path).content.decode()
        assert "My sister" in owners
        assert SAM.email in owners
        helpers = browser_of(sam).get(path).content.decode()
        assert "My sister" not in helpers
        assert ROSA.email not in helpers
        assert "The person whose record this is" in helpers

    def test_end_access_at_once_in_an_open_session(self, case: Case, rosa: User, sam: User) -> None:
        operations.accept_invitation(actor=sam, code=code_for(case, rosa), at=AT)
        helper, member = browser_of(sam), CaseMembership.objects.get(user=sam)
        people = reverse("cases:people", args=[case.pk])
        assert helper.get(people).status_code == 200
        browser_of(rosa).post(reverse("cases:end-access", args=[case.pk, member.pk]))
        assert helper.get(people).status_code == 404

    def test_ask_before_they_end_or_withdraw_anything(self, case: Case, rosa: User, sam: User) -> None:
        operations.accept_invitation(actor=sam, code=code_for(case, rosa), at=AT)
        member = CaseMembership.objects.get(user=sam)
        page = browser_of(rosa).get(reverse("cases:end-access", args=[case.pk, member.pk])).content.decode()
        assert "End the access of My sister?" in page
        member.refresh_from_db()
        assert member.ended_at is None

    def test_cannot_end_the_owners_access(self, case: Case, rosa: User) -> None:
        own = CaseMembership.objects.get(user=rosa)
        answer = browser_of(rosa).post(reverse("cases:end-access", args=[case.pk, own.pk]))
        assert answer.status_code == 404
        assert role_of(rosa, case) == Role.OWNER

    def test_let_nobody_be_looked_up(self, case: Case, rosa: User, sam: User) -> None:
        known = self.make(browser_of(rosa), case, label=SAM.email)
        unknown = self.make(browser_of(rosa), case, label="nobody@example.com")
        take_out = re.compile(r"<output>.*?</output>|nobody@example.com|sam@example.com|value=\"[^\"]*\"")
        assert take_out.sub("", known) == take_out.sub("", unknown)

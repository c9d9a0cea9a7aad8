"""What keeps an adviser in a record ends with the next request, and for work that waits (requirements 3 and 16)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import access, operations, queries
from cases.core.authority import Given, Said, Scope
from cases.core.organisations import PostRole
from cases.core.roles import Permission, Role
from cases.models import Authority, Case, CaseMembership, Holding, Organisation, Post
from cms_tracker.users.models import User
from correspondence.core.jobs import JobKind
from correspondence.models import CalendarFeed, Job
from correspondence.queries import reminders
from correspondence.tasks.claims import is_allowed
from tests.cast import ADA, PAUL, ROSA, SAM, Person
from tests.factories import let_in, make_case, make_organisation, make_post, make_user, take_in

pytestmark = pytest.mark.django_db


class Place:
    """An organisation: Ada advises and took a client in, Paul manages and supervises, Sam is a colleague."""

    def __init__(self) -> None:
        self.organisation = make_organisation()
        self.ada = make_post(make_user(ADA), self.organisation, PostRole.ADVISER)
        self.paul = make_post(make_user(PAUL), self.organisation, PostRole.MANAGER, PostRole.SUPERVISOR)
        self.sam = make_post(make_user(SAM), self.organisation, PostRole.ADVISER)
        User.objects.update(safety_page_seen_at=timezone.now())
        self.case: Case = take_in(self.ada.user)
        self.holding = Holding.objects.get()
        self.member = CaseMembership.objects.get()

    @property
    def url(self) -> str:
        return f"/records/{self.case.pk}/"


@pytest.fixture
def place() -> Place:
    return Place()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def unassigned(place: Place) -> None:
    operations.unassign(actor=place.paul.user, membership_id=place.member.pk, at=timezone.now())


def post_ended(place: Place) -> None:
    operations.end_post(actor=place.paul.user, post_id=place.ada.pk, at=timezone.now())


def no_adviser_any_more(place: Place) -> None:
    operations.change_post(
        actor=place.paul.user, post_id=place.ada.pk, roles=[PostRole.CONFLICTS], team_id=None, at=timezone.now()
    )


def left(place: Place) -> None:
    operations.leave_organisation(actor=place.ada.user, at=timezone.now())


def closed(place: Place) -> None:
    call_command("close_organisation", place.organisation.name)


def unverified(place: Place) -> None:
    call_command("verify_organisation", place.organisation.name, withdraw=True)


def switched_off(place: Place) -> None:
    User.objects.filter(pk=place.ada.user_id).update(is_active=False)


def expired(place: Place) -> None:
    CaseMembership.objects.update(expires_at=timezone.now())


ENDS = [unassigned, post_ended, no_adviser_any_more, left, closed, unverified, switched_off, expired]


@pytest.mark.parametrize("end", ENDS)
class TestAnAssignment:
    def test_ends_between_two_requests(self, place: Place, end: Callable[[Place], None]) -> None:
        ada = browser(place.ada.user)
        assert ada.get(place.url).status_code == 200
        end(place)
        answer = ada.get(place.url)
        assert answer.status_code == (302 if end is switched_off else 404)
        assert place.url not in ada.get("/organisation/", follow=True).content.decode()

    def test_ends_between_the_asking_and_the_making_of_a_paper(
        self, place: Place, end: Callable[[Place], None]
    ) -> None:
        job = Job(case=place.case, kind=JobKind.LETTER, requested_by=place.ada.user_id)
        assert is_allowed(job)
        end(place)
        assert not is_allowed(job)

    def test_ends_for_lists_and_calendars(self, place: Place, end: Callable[[Place], None]) -> None:
        user = place.ada.user
        feed = CalendarFeed.objects.create(user=user, case=place.case, token_hash="x" * 64)
        assert [one.case for one in queries.memberships_of(user)] == [place.case]
        assert reminders.feeds_of(user) == {place.case.pk: feed.pk}
        end(place)
        user.refresh_from_db()
        if end is not switched_off:
            assert queries.memberships_of(user) == []
            assert not access.visible_to(user).exists()
            assert not queries.helping(user.pk).exists()
        assert access.rights_of(user.pk, place.case.pk) == frozenset()


class TestBelongingToAnOrganisation:
    @pytest.mark.parametrize("roles", [[role] for role in PostRole] + [list(PostRole)], ids=str)
    def test_opens_no_record(self, place: Place, roles: list[PostRole]) -> None:
        Post.objects.filter(pk=place.sam.pk).delete()
        make_post(place.sam.user, place.organisation, *roles)
        sam = browser(place.sam.user)
        assert browser(place.ada.user).get(place.url).status_code == 200
        assert sam.get(place.url).status_code == 404
        assert str(place.case.pk) not in sam.get("/organisation/").content.decode()

    def test_assignment_does(self, place: Place) -> None:
        sam = browser(place.sam.user)
        assert sam.get(place.url).status_code == 404
        operations.assign(actor=place.paul.user, holding_id=place.holding.pk, post_id=place.sam.pk, at=timezone.now())
        assert sam.get(place.url).status_code == 200

    def test_of_another_organisation_never_does(self, place: Place) -> None:
        CaseMembership.objects.create(
            case=place.case, user=place.sam.user, role=Role.ADVISER, organisation=make_organisation("Quay Advice")
        )
        assert browser(place.sam.user).get(place.url).status_code == 404

    def test_does_not_let_anybody_give_themselves_a_record(self, place: Place) -> None:
        Post.objects.filter(pk=place.paul.pk).update(is_adviser=True)
        make_post(make_user(ROSA), place.organisation, PostRole.SUPERVISOR)
        with pytest.raises(ValueError, match="cannot be given"):
            operations.assign(
                actor=place.paul.user, holding_id=place.holding.pk, post_id=place.paul.pk, at=timezone.now()
            )

    def test_shows_whoever_gives_records_out_their_labels_alone(self, place: Place) -> None:
        page = browser(place.paul.user).get("/organisation/").content.decode()
        assert place.holding.label in page
        assert place.case.reference not in page
        assert place.case.other_parent not in page


def _said(place: Place, scope: Scope, **days: Any) -> Authority:
    on = timezone.localdate()
    return operations.give_authority(
        actor=place.ada.user,
        case=place.case,
        scope=scope,
        said=Said(given=Given.SPOKEN, said_on=on, heard_by="Ada"),
        from_on=days.get("from_on", on),
        until=days.get("until"),
        at=timezone.now(),
    )


class TestAnAuthority:
    @pytest.mark.parametrize(
        ("scope", "may_write"), [(Scope.EXPLAIN, False), (Scope.ACT, True), (Scope.ATTORNEY, True)]
    )
    def test_decides_whether_letters_may_be_written(self, place: Place, scope: Scope, may_write: bool) -> None:
        _said(place, scope)
        rights = access.rights_of(place.ada.user_id, place.case.pk)
        assert {Permission.VIEW, Permission.RECORD} <= rights
        assert (Permission.WRITE_LETTERS in rights) is may_write
        letter = browser(place.ada.user).get(
            reverse("correspondence:new-letter", args=[place.case.pk, "subject-access"])
        )
        assert letter.status_code == (200 if may_write else 403)

    def test_lasts_a_year_where_nobody_says_otherwise(self, place: Place) -> None:
        given = _said(place, Scope.ACT, from_on=dt.date(2026, 2, 28))
        assert given.until == dt.date(2027, 2, 27)

    def test_cannot_be_given_for_good(self, place: Place) -> None:
        with pytest.raises(ValueError, match="two years"):
            _said(place, Scope.ACT, until=timezone.localdate() + dt.timedelta(days=800))

    @pytest.mark.parametrize("how", ["withdrawn", "over"])
    def test_that_has_ended_leaves_its_own_page_and_no_more(self, place: Place, how: str) -> None:
        ada = browser(place.ada.user)
        job = Job(case=place.case, kind=JobKind.LETTER, requested_by=place.ada.user_id)
        assert is_allowed(job)
        if how == "withdrawn":
            standing = Authority.objects.get()
            operations.end_authority(actor=place.ada.user, case=place.case, authority_id=standing.pk, at=timezone.now())
        else:
            yesterday = timezone.localdate() - dt.timedelta(days=1)
            Authority.objects.update(from_on=yesterday, until=yesterday)
        answer = ada.get(place.url, follow=True)
        assert answer.redirect_chain == [(f"{place.url}authority/", 302)]
        assert "The client's authority has ended" in answer.content.decode()
        assert place.case.reference not in answer.content.decode()
        assert ada.post(reverse("pages:name-record", args=[place.case.pk]), {"label": "x"}).status_code == 403
        assert not is_allowed(job)
        assert queries.memberships_of(place.ada.user) == []

    def test_holds_through_its_last_day(self, place: Place) -> None:
        Authority.objects.update(until=timezone.localdate())
        assert Permission.VIEW in access.rights_of(place.ada.user_id, place.case.pk)

    def test_is_given_by_the_client_alone_once_they_have_a_sign_in(self, place: Place) -> None:
        rosa = make_user(ROSA)
        code = operations.make_client_code(actor=place.ada.user, case=place.case, at=timezone.now())
        operations.accept_invitation(actor=rosa, code=code, at=timezone.now())
        standing = Authority.objects.get()
        operations.end_authority(actor=rosa, case=place.case, authority_id=standing.pk, at=timezone.now())
        with pytest.raises(ValueError, match="client has a sign-in"):
            _said(place, Scope.ACT)
        operations.give_authority(
            actor=rosa, case=place.case, scope=Scope.EXPLAIN, said=Said(given=Given.HERE),
            from_on=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
        assert Permission.VIEW in access.rights_of(place.ada.user_id, place.case.pk)

    def test_limits_an_adviser_whom_the_owner_let_in(self) -> None:
        rosa, ada = make_user(ROSA), make_user(ADA)
        case = let_in(ada, make_case(rosa), by=rosa, at=timezone.now())
        assert Permission.WRITE_LETTERS in access.rights_of(ada.pk, case.pk)
        member = CaseMembership.objects.get(user=ada)
        operations.give_authority(
            actor=rosa, case=case, scope=Scope.EXPLAIN, said=Said(given=Given.HERE), from_on=timezone.localdate(),
            at=timezone.now(), membership_id=member.pk,
        )  # fmt: skip
        explaining = {Permission.VIEW, Permission.RECORD, Permission.AUTHORITY, Permission.SAY_CONTACT}
        assert access.rights_of(ada.pk, case.pk) == explaining


class TestAHelper:
    def test_has_the_same_rights_and_limits_as_an_adviser_whom_the_owner_let_in(self) -> None:
        rosa, sam, ada = make_user(ROSA), make_user(SAM), make_user(ADA)
        case = make_case(rosa)
        let_in(sam, case, by=rosa, role=Role.HELPER, at=timezone.now())
        let_in(ada, case, by=rosa, at=timezone.now())
        theirs = access.rights_of(sam.pk, case.pk)
        # But for one: somebody who was sent could say that the owner is reached where she is not.
        assert theirs == access.rights_of(ada.pk, case.pk) - {Permission.SAY_CONTACT}
        assert not theirs & {Permission.SHARE, Permission.EXPORT, Permission.DELETE}
        assert [one.case for one in queries.memberships_of(sam)] == [case]


class TestAClientWithoutASignIn:
    def test_comes_to_own_their_record_with_a_code_once(self, place: Place) -> None:
        rosa = make_user(ROSA)
        code = operations.make_client_code(actor=place.ada.user, case=place.case, at=timezone.now())
        assert operations.accept_invitation(actor=rosa, code=code, at=timezone.now()) == place.case
        assert queries.owner_of(place.case.pk) == rosa
        with pytest.raises(ValueError, match="does not work"):
            operations.accept_invitation(actor=make_user(_somebody()), code=code, at=timezone.now())
        assert Permission.VIEW in access.rights_of(place.ada.user_id, place.case.pk)

    def test_has_a_week_for_it(self, place: Place) -> None:
        long_ago = timezone.now() - dt.timedelta(days=8)
        code = operations.make_client_code(actor=place.ada.user, case=place.case, at=long_ago)
        with pytest.raises(ValueError, match="does not work"):
            operations.accept_invitation(actor=make_user(ROSA), code=code, at=timezone.now())


class TestAnOrganisation:
    def test_that_is_not_verified_can_do_nothing(self, place: Place) -> None:
        Organisation.objects.update(verified_at=None)
        for who in (place.ada, place.paul):
            assert browser(who.user).get("/organisation/").status_code == 404
        with pytest.raises(ValueError, match="cannot do this"):
            take_in(place.ada.user)


def _somebody() -> Person:
    return Person(name="Quin", email="quin@example.com", password="not-typed-by-anyone")

"""The constraints of organisations, authorities and looks; run from ``test_constraints``."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import (
    Authority,
    Case,
    CaseMembership,
    ConflictDecision,
    ConflictMark,
    Holding,
    Look,
    Organisation,
    Post,
    PostCode,
    Team,
)
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import make_case, make_organisation, make_post, make_user
from tests.integration.constraints import copied, refused


@pytest.fixture
def post() -> Post:
    return make_post(make_user(ADA), make_organisation(), *PostRole)


@pytest.fixture
def held(post: Post) -> Holding:
    case = make_case(make_user(PAUL))
    return Holding.objects.create(case=case, organisation=post.organisation, taken_by=post, label="A1")


@pytest.fixture
def given(held: Holding) -> Authority:
    return Authority.objects.create(
        case=held.case,
        organisation=held.organisation,
        scope="act",
        given="signed",
        from_on=timezone.localdate(),
        until=timezone.localdate(),
    )


def _look(held: Holding, post: Post, **more: Any) -> dict[str, Any]:
    return {"case": held.case, "organisation": held.organisation, "asked_by": post, "reason": "x" * 20} | more


class TestTheOrganisations:
    def test_organisation_has_a_name(self) -> None:
        refused("organisation_has_a_name", Organisation, name="")

    def test_organisation_name_is_short(self) -> None:
        make_organisation("x" * 80)
        with pytest.raises(DatabaseError, match=r"organisation_name_is_short|value too long"), transaction.atomic():
            make_organisation("y" * 81)

    @pytest.mark.parametrize("name", ["Line\nbreak", "Line\rbreak", "See https://evil", "a@b"])
    def test_organisation_name_is_no_address(self, name: str) -> None:
        refused("organisation_name_is_no_address", Organisation, name=name)

    def test_organisation_once_by_name(self, post: Post) -> None:
        refused("organisation_once_by_name", Organisation, name=post.organisation.name.upper())

    def test_team_once_by_name(self, post: Post) -> None:
        Team.objects.create(organisation=post.organisation, name="North")
        refused("team_once_by_name", Team, organisation=post.organisation, name="NORTH")

    def test_post_has_a_role(self, post: Post) -> None:
        refused("post_has_a_role", Post, organisation=post.organisation, user=make_user(SAM), name="Sam")

    def test_post_has_a_name(self, post: Post) -> None:
        refused("post_has_a_name", Post, organisation=post.organisation, user=make_user(SAM), name="", is_manager=True)

    def test_post_once_per_person(self, post: Post) -> None:
        other = make_organisation("Another")
        named = "post_once_per_person|UNIQUE constraint failed: cases_post.user_id"
        refused(named, Post, organisation=other, user=post.user, name="Ada", is_adviser=True)
        Post.objects.update(ended_at=Now())
        make_post(post.user, other, PostRole.ADVISER)

    def test_post_code_gives_a_role(self, post: Post) -> None:
        values = {"organisation": post.organisation, "made_by": post, "name": "S", "email": "s@example.com"}
        refused("post_code_gives_a_role", PostCode, **values, code_hash="1", expires_at=Now())

    def test_holding_has_a_label(self, held: Holding) -> None:
        Holding.objects.update(ended_at=Now())
        refused("holding_has_a_label", Holding, **copied(Holding, label="", ended_at=None))

    def test_record_is_held_by_one_organisation(self, held: Holding) -> None:
        other = make_organisation("Another")
        named = "record_is_held_by_one_organisation|UNIQUE constraint failed: cases_holding.case_id"
        refused(named, Holding, case=held.case, organisation=other, taken_by=held.taken_by, label="A2")

    def test_membership_under_an_organisation_advises(self, held: Holding) -> None:
        values = {"case": held.case, "user": make_user(SAM)}
        named = "membership_under_an_organisation_advises"
        refused(named, CaseMembership, **values, organisation=held.organisation, role=Role.HELPER)
        refused(named, CaseMembership, **values, role=Role.VISITOR, expires_at=Now())

    def test_membership_of_a_visitor_expires(self, held: Holding) -> None:
        values = {"case": held.case, "user": make_user(SAM), "organisation": held.organisation, "role": Role.VISITOR}
        refused("membership_of_a_visitor_expires", CaseMembership, **values)

    def test_authority_scope_is_known(self, given: Authority) -> None:
        Authority.objects.update(ended_at=Now())
        refused("authority_scope_is_known", Authority, **copied(Authority, scope="everything"))

    def test_authority_is_given_in_a_known_way(self, given: Authority) -> None:
        refused("authority_is_given_in_a_known_way", Authority, **copied(Authority, given="dream", ended_at=Now()))

    def test_authority_is_for_one(self, given: Authority) -> None:
        refused("authority_is_for_one", Authority, **copied(Authority, organisation_id=None, ended_at=Now()))

    def test_authority_ends_in_order(self, given: Authority) -> None:
        day = given.from_on - dt.timedelta(days=1)
        refused("authority_ends_in_order", Authority, **copied(Authority, until=day, ended_at=Now()))

    def test_authority_that_was_spoken_was_heard(self, given: Authority) -> None:
        changed = copied(Authority, given="spoken", said_on=given.from_on, heard_by="", ended_at=Now())
        refused("authority_that_was_spoken_was_heard", Authority, **changed)

    def test_authority_of_an_organisation_stands_once(self, given: Authority) -> None:
        named = "authority_of_an_organisation_stands_once|cases_authority.case_id, cases_authority.organisation_id"
        refused(named, Authority, **copied(Authority))

    def test_authority_of_an_adviser_stands_once(self, held: Holding) -> None:
        member = CaseMembership.objects.create(case=held.case, user=make_user(SAM), role=Role.ADVISER)
        day = timezone.localdate()
        values = {"case": held.case, "membership": member, "scope": "act", "given": "here"}
        Authority.objects.create(**values, from_on=day, until=day)
        named = "authority_of_an_adviser_stands_once|UNIQUE constraint failed: cases_authority.membership_id"
        refused(named, Authority, **values, from_on=day, until=day)

    def test_look_has_a_reason(self, held: Holding, post: Post) -> None:
        refused("look_has_a_reason", Look, **_look(held, post, reason=""))

    def test_look_is_approved_by_another(self, held: Holding, post: Post) -> None:
        refused("look_is_approved_by_another", Look, **_look(held, post, approved_by=post))

    def test_look_is_opened_or_refused(self, held: Holding, post: Post) -> None:
        refused("look_is_opened_or_refused", Look, **_look(held, post, opened_at=Now(), refused_at=Now()))

    def test_conflict_mark_once_per_record(self, held: Holding) -> None:
        values = {"case": held.case, "organisation": held.organisation, "digest": "1" * 64}
        ConflictMark.objects.create(**values)
        refused("conflict_mark_once_per_record|cases_conflictmark.digest", ConflictMark, **values)

    def _pair(self, held: Holding) -> dict[str, Any]:
        first, second = sorted([held.case, make_case(make_user(ROSA))], key=lambda case: case.pk)
        return {"organisation": held.organisation, "first": first, "second": second, "decided_by": held.taken_by}

    def test_conflict_outcome_is_known(self, held: Holding) -> None:
        refused("conflict_outcome_is_known", ConflictDecision, **self._pair(held), outcome="perhaps")

    def test_conflict_is_between_two_in_order(self, held: Holding) -> None:
        pair = self._pair(held)
        turned = pair | {"first": pair["second"], "second": pair["first"]}
        refused("conflict_is_between_two_in_order", ConflictDecision, **turned, outcome="wall")

    def test_conflict_is_decided_once(self, held: Holding) -> None:
        pair = self._pair(held)
        ConflictDecision.objects.create(**pair, outcome="wall")
        named = "conflict_is_decided_once|cases_conflictdecision.first_id"
        refused(named, ConflictDecision, **pair, outcome="no_conflict")
        assert Case.objects.count() == 2

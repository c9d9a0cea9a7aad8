"""The constraints of checks, hand-overs and closings; collected with the others in ``test_constraints``."""

import pytest
from django.utils import timezone

from cases.core.organisations import PostRole
from cases.models import CaseMembership, Check, CheckedCase, Closing, HandOver, Post
from tests.cast import ADA, SAM
from tests.factories import make_organisation, make_post, make_user, take_in
from tests.integration.constraints import copied, refused


class TestTheDesk:
    @pytest.fixture
    def ada(self) -> Post:
        return make_post(make_user(ADA), make_organisation(), PostRole.ADVISER)

    @pytest.fixture
    def sam(self, ada: Post) -> Post:
        return make_post(make_user(SAM), ada.organisation, PostRole.ADVISER, PostRole.SUPERVISOR)

    def test_check_is_of_somebody_elses_work(self, ada: Post, sam: Post) -> None:
        values = {"organisation": ada.organisation, "supervisor": sam, "seed": 1, "checklist": "2026-11-23"}
        Check.objects.create(**values, adviser=ada)
        refused("check_is_of_somebody_elses_work", Check, **values, adviser=sam)

    def test_check_has_a_record_once(self, ada: Post, sam: Post) -> None:
        case = take_in(ada.user)
        check = Check.objects.create(
            organisation=ada.organisation, supervisor=sam, adviser=ada, seed=1, checklist="2026-11-23"
        )
        CheckedCase.objects.create(of=check, case=case)
        named = "check_has_a_record_once|cases_checkedcase.of_id, cases_checkedcase.case_id"
        refused(named, CheckedCase, **copied(CheckedCase))

    def test_hand_over_is_to_somebody_else(self, ada: Post, sam: Post) -> None:
        self._offered(ada, sam)
        refused(
            "hand_over_is_to_somebody_else", HandOver, **copied(HandOver, taker_id=ada.pk, stopped_at=timezone.now())
        )

    def test_hand_over_is_taken_or_stopped(self, ada: Post, sam: Post) -> None:
        self._offered(ada, sam)
        at = timezone.now()
        refused("hand_over_is_taken_or_stopped", HandOver, **copied(HandOver, taken_at=at, stopped_at=at))

    def test_hand_over_waits_once(self, ada: Post, sam: Post) -> None:
        self._offered(ada, sam)
        refused("hand_over_waits_once|cases_handover.case_id", HandOver, **copied(HandOver))

    def test_closing_reason_is_known(self, ada: Post) -> None:
        case = take_in(ada.user)
        membership = CaseMembership.objects.get(case=case)
        refused("closing_reason_is_known", Closing, case=case, membership=membership, reason="bored")

    def _offered(self, ada: Post, sam: Post) -> HandOver:
        return HandOver.objects.create(
            case=take_in(ada.user), organisation=ada.organisation, giver=ada, taker=sam, note="Note"
        )

"""The constraints of what people ask for about their data; ``test_constraints`` runs them."""

import datetime as dt
import uuid
from typing import Any

from cms_tracker.rights.models import (
    AccountCopy,
    Complaint,
    Deletion,
    LegalHold,
    OrganisationRetention,
    Release,
    RequestPause,
    RightsRequest,
    SecondThoughts,
)
from correspondence.models import Job
from tests.cast import ROSA
from tests.factories import make_organisation, make_user
from tests.integration.constraints import refused

DAY = dt.date(2025, 2, 3)
NOON = dt.datetime(2025, 2, 3, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def _asked() -> RightsRequest:
    return RightsRequest.objects.create(label="1", kind="access", who="another", received_on=DAY)


class TestTheRights:
    def test_job_belongs_to_a_record_or_a_person(self) -> None:
        values: dict[str, Any] = {"kind": "everything", "case": None}
        Job.objects.create(subject=uuid.uuid4(), requested_by=uuid.uuid4(), **values)
        refused("job_belongs_to_a_record_or_a_person", Job, subject=uuid.uuid4(), **values)

    def test_account_copy_file_has_its_hash_and_its_end(self) -> None:
        values = {"user": make_user(ROSA), "asked_at": NOON, "stored_as": "x", "sha256": "0" * 64}
        AccountCopy.objects.create(**values, expires_at=NOON)
        refused("account_copy_file_has_its_hash_and_its_end", AccountCopy, **values)

    def test_deletion_comes_after(self) -> None:
        Deletion.objects.create(user_id=uuid.uuid4(), asked_at=NOON, due_at=NOON)
        refused("deletion_comes_after", Deletion, user_id=uuid.uuid4(), asked_at=NOON, due_at=NOON - HOUR)

    def test_deletion_of_a_sign_in_is_one(self) -> None:
        values = {"user_id": uuid.uuid4(), "asked_at": NOON, "due_at": NOON}
        Deletion.objects.create(**values, case_id=uuid.uuid4())
        Deletion.objects.create(**values)
        refused("deletion_of_a_sign_in_is_one|UNIQUE constraint failed: rights_deletion.user_id", Deletion, **values)

    def test_deletion_of_a_record_keeps_no_address(self) -> None:
        values = {"user_id": uuid.uuid4(), "asked_at": NOON, "due_at": NOON, "address": "x@example.com"}
        Deletion.objects.create(**values)
        refused("deletion_of_a_record_keeps_no_address", Deletion, case_id=uuid.uuid4(), **values)

    def test_second_thoughts_take_a_month_at_most(self) -> None:
        rosa = make_user(ROSA)
        refused("second_thoughts_take_a_month_at_most", SecondThoughts, user=rosa, days=31)
        SecondThoughts.objects.create(user=rosa, days=30)

    def test_hold_says_who_and_why(self) -> None:
        values = {"case_id": uuid.uuid4(), "placed_by": "Jo", "from_on": DAY}
        LegalHold.objects.create(**values, why="A court asked")
        refused("hold_says_who_and_why", LegalHold, **values, why="")

    def test_hold_runs_forward(self) -> None:
        values = {"case_id": uuid.uuid4(), "placed_by": "Jo", "why": "A court asked", "from_on": DAY}
        LegalHold.objects.create(**values, until_on=DAY)
        refused("hold_runs_forward", LegalHold, **values, until_on=DAY - dt.timedelta(days=1))

    def test_request_kind_is_known(self) -> None:
        refused("request_kind_is_known", RightsRequest, label="1", kind="x", who="another", received_on=DAY)

    def test_request_comes_from_somebody(self) -> None:
        refused("request_comes_from_somebody", RightsRequest, label="1", kind="access", who="x", received_on=DAY)

    def test_request_identity_is_checked_after_it_came(self) -> None:
        values = {"label": "1", "kind": "access", "who": "holder", "received_on": DAY}
        RightsRequest.objects.create(**values, identity_checked_on=DAY)
        before = DAY - dt.timedelta(days=1)
        refused("request_identity_is_checked_after_it_came", RightsRequest, **values, identity_checked_on=before)

    def test_request_answer_has_its_day(self) -> None:
        values = {"label": "1", "kind": "access", "who": "holder", "received_on": DAY}
        RightsRequest.objects.create(**values, answered_on=DAY, answer="done")
        refused("request_answer_has_its_day", RightsRequest, **values, answer="done")

    def test_pause_runs_forward(self) -> None:
        asked = _asked()
        RequestPause.objects.create(request=asked, asked_on=DAY, answered_on=DAY)
        before = DAY - dt.timedelta(days=1)
        refused("pause_runs_forward", RequestPause, request=asked, asked_on=DAY, answered_on=before)

    def test_request_has_one_open_pause(self) -> None:
        asked = _asked()
        RequestPause.objects.create(request=asked, asked_on=DAY)
        named = "request_has_one_open_pause|UNIQUE constraint failed: rights_requestpause.request_id"
        refused(named, RequestPause, request=asked, asked_on=DAY)

    def test_release_once_by_each(self) -> None:
        values = {"request": _asked(), "sha256": "0" * 64, "at": NOON}
        Release.objects.create(**values, by="Jo")
        Release.objects.create(**values, by="Kit")
        refused("release_once_by_each|rights_release.request_id, rights_release.by", Release, **values, by="Jo")

    def test_release_says_by_whom(self) -> None:
        refused("release_says_by_whom", Release, request=_asked(), sha256="0" * 64, at=NOON, by="")

    def test_complaint_answer_says_by_whom(self) -> None:
        values = {"code_hash": "0", "said": "x", "made_at": NOON, "reply_by": DAY, "answered_at": NOON}
        Complaint.objects.create(**values, reference="C-1", answered_by="Jo")
        refused("complaint_answer_says_by_whom", Complaint, **values, reference="C-2")

    def test_retention_says_how_long_why_and_who(self) -> None:
        values = {"organisation": make_organisation(), "from_on": DAY, "set_by": "Jo", "why": "Our policy"}
        OrganisationRetention.objects.create(**values, months=12)
        refused("retention_says_how_long_why_and_who", OrganisationRetention, **values, months=0)

    def test_retention_once_from_a_day(self) -> None:
        values = {"organisation": make_organisation(), "from_on": DAY, "set_by": "Jo", "why": "Our policy"}
        OrganisationRetention.objects.create(**values, months=12)
        named = "retention_once_from_a_day|rights_organisationretention.organisation_id"
        refused(named, OrganisationRetention, **values, months=24)

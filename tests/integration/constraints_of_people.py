"""The constraints of who signs in; collected with the others in ``test_constraints``."""

import datetime as dt

import pytest

from cms_tracker.users.models import Device, User
from tests.cast import ROSA
from tests.factories import make_user
from tests.integration.constraints import refused


@pytest.mark.django_db
class TestThePeople:
    def test_users_one_account_per_address(self) -> None:
        make_user(ROSA)
        named = "users_one_account_per_address|email"
        refused(named, User, email=ROSA.email.upper(), password="x")

    def test_device_once_per_person(self) -> None:
        rosa = make_user(ROSA)
        values = {"user": rosa, "key_hash": "0" * 64, "used_at": dt.datetime(2025, 2, 3, tzinfo=dt.UTC)}
        Device.objects.create(**values)
        named = "device_once_per_person|users_device.user_id, users_device.key_hash"
        refused(named, Device, **values)

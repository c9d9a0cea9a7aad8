"""A server on which a person of the demo could sign in is found out."""

from typing import Any

import pytest

from cms_tracker.users import operations
from cms_tracker.users.checks import DEMO_ADDRESSES, nobody_of_the_demo
from tests.cast import CAST, PAUL
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def found() -> list[str | None]:
    return [message.id for message in nobody_of_the_demo(app_configs=None, databases=["default"])]


class TestNobodyOfTheDemo:
    def test_knows_everybody_whose_password_is_known(self) -> None:
        assert {person.email for person in CAST} == set(DEMO_ADDRESSES)

    def test_finds_a_person_of_the_demo_on_a_server(self, settings: Any) -> None:
        make_user(PAUL)
        assert found() == []
        settings.LOCAL = False
        assert found() == ["users.E001"]

    def test_is_content_when_that_person_is_let_in_no_more(self, settings: Any) -> None:
        settings.LOCAL = False
        paul = make_user(PAUL)
        paul.is_active = False
        paul.save()
        assert found() == []

    def test_lets_nobody_stop_a_server_by_typing_an_address(self, settings: Any) -> None:
        settings.LOCAL = False
        assert operations.sign_up(PAUL.email) is not None
        assert found() == []

    def test_is_not_asked_without_a_database(self) -> None:
        assert nobody_of_the_demo(app_configs=None, databases=None) == []

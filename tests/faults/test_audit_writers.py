"""Eight who write to the audit at once: nothing is lost, nothing waits for ever, and the chains stay whole."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from cms_tracker.audit import operations
from cms_tracker.audit.models import Event
from cms_tracker.audit.verifying import verify

WRITERS, TURNS = 8, 25


class Person:
    def __init__(self) -> None:
        self.pk = uuid.uuid4()


@pytest.mark.django_db(transaction=True)
class TestWritersAtOnce:
    def test_make_chains_without_a_gap_or_an_error(self) -> None:
        cases = [uuid.uuid4(), uuid.uuid4()]
        errors: list[Exception] = []

        def work(number: int) -> None:
            person = Person()
            try:
                for turn in range(TURNS):
                    with transaction.atomic():
                        operations.record_many("two", actor=person, case_id=cases[turn % 2], subjects=["a", "b"])
                        operations.record_look("one", actor=person, case_id=cases[turn % 2])
                        operations.record_look("own", actor=person)
            except Exception as error:
                errors.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=work, args=(number,)) for number in range(WRITERS)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert errors == []
        assert Event.objects.count() == WRITERS * TURNS * 4
        assert verify() == (WRITERS * TURNS * 4, 2 + WRITERS, None)

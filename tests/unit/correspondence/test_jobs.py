"""Whose turn it is: everybody's in their own time, however many papers one person waits for."""

import datetime as dt
import uuid

import pytest

from correspondence.core.jobs import JobKind, Queue, Waiting, next_in_turn, queue_of, wait_after

NOON = dt.datetime(2025, 7, 10, 12, 0, tzinfo=dt.UTC)
ADA, ROSA, PAUL = (uuid.UUID(int=number) for number in (1, 2, 3))


def minute(number: int) -> dt.datetime:
    return NOON + dt.timedelta(minutes=number)


class TestTheNextInTurn:
    def test_is_nobody_when_nobody_waits(self) -> None:
        assert next_in_turn([]) is None

    def test_is_who_had_nothing_begun_yet(self) -> None:
        ada = Waiting(requested_by=ADA, since=minute(0), last_start=minute(9))
        rosa = Waiting(requested_by=ROSA, since=minute(10), last_start=None)
        assert next_in_turn([ada, rosa]) == rosa

    def test_is_whose_last_start_is_longest_ago(self) -> None:
        ada = Waiting(requested_by=ADA, since=minute(0), last_start=minute(12))
        rosa = Waiting(requested_by=ROSA, since=minute(5), last_start=minute(11))
        assert next_in_turn([ada, rosa]) == rosa

    def test_is_who_waits_longest_among_those_who_had_nothing(self) -> None:
        rosa = Waiting(requested_by=ROSA, since=minute(2), last_start=None)
        paul = Waiting(requested_by=PAUL, since=minute(1), last_start=None)
        assert next_in_turn([rosa, paul]) == paul


@pytest.mark.parametrize("kind", list(JobKind))
def test_only_one_letter_by_itself_is_made_before_what_takes_long(kind: JobKind) -> None:
    assert queue_of(kind) is (Queue.LETTERS if kind is JobKind.LETTER else Queue.BULK)
    assert queue_of(kind, one_of_many=True) is Queue.BULK


def test_each_wait_is_twice_the_one_before() -> None:
    assert [wait_after(attempts).total_seconds() for attempts in (1, 2, 3)] == [2, 4, 8]

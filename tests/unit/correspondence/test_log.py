"""What is looked for in the log, and the pages it is shown on."""

import datetime as dt
import uuid

import pytest

from arrears.core.case_values import ContactKind, Direction
from correspondence.core.log import MOST_WORDS, PAGE, LogPage, Place, Wanted, page_of, words_of

NOON = dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC)


def place(number: int) -> Place:
    on = dt.date(2020, 1, 1) + dt.timedelta(days=number)
    key = uuid.UUID(int=number)
    return Place(on=on, has_time=False, at=dt.time.min, entered=NOON, key=key, is_letter=False)


class TestWanted:
    def test_is_anything_until_something_is_asked_for(self) -> None:
        assert Wanted().is_anything
        assert not Wanted(words=("ring",)).is_anything

    @pytest.mark.parametrize(
        ("wanted", "takes"),
        [
            (Wanted(), True),
            (Wanted(kind=ContactKind.LETTER, direction=Direction.OUT), True),
            (Wanted(kind=ContactKind.CALL), False),
            (Wanted(direction=Direction.IN), False),
            (Wanted(party="CMS"), False),
            (Wanted(with_open_promise=True), False),
        ],
    )
    def test_takes_letters_made_here_only_where_they_fit(self, wanted: Wanted, *, takes: bool) -> None:
        assert wanted.takes_letters is takes


class TestWords:
    def test_are_each_looked_for_once(self) -> None:
        assert words_of("  ring  me ring ") == ("ring", "me")
        assert len(words_of(" ".join(map(str, range(50))))) == MOST_WORDS


class TestPages:
    def test_hold_the_newest_first_and_end_with_the_rest(self) -> None:
        places = [place(number) for number in range(PAGE + 3)]
        assert page_of(places, 1) == (1, places[:2:-1])
        assert page_of(places, 2) == (2, places[2::-1])

    @pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (99, 2)])
    def test_are_those_that_there_are(self, asked: int, given: int) -> None:
        assert page_of([place(number) for number in range(PAGE + 1)], asked)[0] == given

    @pytest.mark.parametrize(("total", "pages"), [(0, 1), (PAGE, 1), (PAGE + 1, 2)])
    def test_are_counted(self, total: int, pages: int) -> None:
        assert LogPage(entries=(), total=total, number=1).pages == pages

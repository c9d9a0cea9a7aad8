"""Names at work, authorities and their ends, the draw of a check, and the hashes of a conflict check."""

import datetime as dt
import uuid

import pytest

from cases.core import authority, checks, conflicts
from cases.core.authority import Scope
from cases.core.organisations import MOST_IN_A_NAME, BadName, read_name
from cases.core.roles import PERMISSIONS, Permission, Role, allowed


class TestReadName:
    @pytest.mark.parametrize("typed", ["Harbour Advice", " Harbour Advice ", "Cyngor Môn (Ynys)", "A" * MOST_IN_A_NAME])
    def test_takes_what_people_are_called(self, typed: str) -> None:
        assert read_name(typed) == typed.strip()

    @pytest.mark.parametrize(
        "typed",
        [
            "",
            "  ",
            "A\nB",
            "A\u200bB",
            "A\u202eB",
            "A" * (MOST_IN_A_NAME + 1),
            "evil.example",
            "www evil",
            "a@b",
            "http://x",
        ],
    )
    def test_refuses_what_could_say_something_else(self, typed: str) -> None:
        with pytest.raises(BadName):
            read_name(typed)


class TestAnAuthority:
    @pytest.mark.parametrize(
        ("day", "months", "last"),
        [
            ("2026-11-23", 12, "2027-11-22"),
            ("2026-01-31", 1, "2026-02-28"),
            ("2024-01-31", 1, "2024-02-29"),
            ("2024-02-29", 12, "2025-02-28"),
            ("2026-12-01", 1, "2026-12-31"),
        ],
    )
    def test_ends_on_the_day_before(self, day: str, months: int, last: str) -> None:
        assert authority.months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(last)

    def test_lasts_a_year_unless_said_otherwise_and_two_at_most(self) -> None:
        day = dt.date(2026, 11, 23)
        assert authority.usual_end(day) == dt.date(2027, 11, 22)
        assert authority.latest_end(day) == dt.date(2028, 11, 22)

    def test_lasts_as_long_where_it_began_before_there_was_a_rule(self) -> None:
        assert authority.usual_end(dt.date(1990, 1, 1)) == dt.date(1990, 12, 31)

    def test_that_does_not_stand_allows_to_see_that_alone(self) -> None:
        assert allowed(Role.ADVISER, under=None) == {Permission.AUTHORITY}
        assert allowed(Role.ADVISER, under=Scope.ACT) <= PERMISSIONS[Role.ADVISER]
        assert Permission.WRITE_LETTERS not in allowed(Role.ADVISER, under=Scope.EXPLAIN)


class TestADraw:
    def test_is_the_same_for_the_same_seed_and_takes_all_where_there_are_few(self) -> None:
        records = [uuid.UUID(int=number) for number in range(20)]
        drawn = checks.draw(records, count=5, seed=7)
        assert drawn == checks.draw(list(reversed(records)), count=5, seed=7)
        assert len(set(drawn)) == 5
        assert sorted(checks.draw(records, count=50, seed=7)) == records

    def test_is_looked_at_by_a_list_with_a_day(self) -> None:
        found = checks.checklist()
        assert dt.date.fromisoformat(found.version[:10])
        assert len({item.code for item in found.items}) == len(found.items) > 3


class TestTheMarksOfAConflict:
    BORN = dt.date(2015, 5, 1)

    def marks(self, name: str, *, within: str = "one", key: bytes = b"key", reference: str = "1") -> set[str]:
        people = [conflicts.Named(name=name, born_on=self.BORN)]
        return conflicts.marks(reference=reference, people=people, within=within, key=key)

    def test_find_the_same_name_however_it_is_written(self) -> None:
        assert self.marks("Siân O'Neill") == self.marks("o neill SIAN")

    def test_find_nothing_in_another_organisation_or_under_another_key(self) -> None:
        assert not self.marks("A") & self.marks("A", within="two")
        assert not self.marks("A") & self.marks("A", key=b"other")

    def test_find_a_reference_whoever_the_people_are(self) -> None:
        assert len(self.marks("A") & self.marks("B")) == 1
        assert not self.marks("A") & self.marks("B", reference="2")

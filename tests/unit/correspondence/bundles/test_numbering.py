"""Pages keep their numbers for ever, and what comes later gets letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from correspondence.core.bundles.numbering import Sized, last_number, letters, numbered, parsed, spoken


class TestAFirstBundle:
    def test_is_numbered_without_a_gap(self) -> None:
        found = numbered([Sized(key="cover", pages=1), Sized(key="a", pages=3), Sized(key="b", pages=1)])
        assert found == {"cover": ("1",), "a": ("2", "3", "4"), "b": ("5",)}
        assert last_number(found) == "5"

    def test_may_be_empty(self) -> None:
        assert numbered([]) == {}
        assert last_number({}) == "0"


class TestALaterVersion:
    def test_keeps_every_number_and_letters_what_is_new(self) -> None:
        found = numbered(
            [
                Sized(key="cover", pages=1, before=("1",)),
                Sized(key="index", pages=2, before=("2",)),
                Sized(key="a", pages=2, before=("3", "4")),
                Sized(key="new", pages=2),
                Sized(key="b", pages=1, before=("5",)),
                Sized(key="last", pages=1),
            ]
        )
        assert found == {
            "cover": ("1",), "index": ("2", "2A"), "a": ("3", "4"), "new": ("4A", "4B"), "b": ("5",), "last": ("5A",),
        }  # fmt: skip
        assert last_number(found) == "5"

    def test_goes_on_after_the_letters_of_the_version_before(self) -> None:
        found = numbered(
            [
                Sized(key="a", pages=1, before=("12",)),
                Sized(key="b", pages=1, before=("12A",)),
                Sized(key="new", pages=1),
                Sized(key="c", pages=1, before=("13",)),
            ]
        )
        assert found["new"] == ("12B",)

    def test_gives_what_stands_before_everything_the_first_number(self) -> None:
        assert numbered([Sized(key="new", pages=1), Sized(key="a", pages=1, before=("2",))])["new"] == ("1A",)


@pytest.mark.parametrize(("place", "text"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ")])
def test_letters_go_on_after_z(place: int, text: str) -> None:
    assert letters(place) == text
    assert parsed(f"7{text}") == (7, place)


@pytest.mark.parametrize("label", ["", "A", "0", "012", "12a", "12 A"])
def test_a_label_that_is_none_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        parsed(label)


def test_pages_are_spoken_as_an_index_has_them() -> None:
    assert [spoken(one) for one in ((), ("12",), ("12", "13", "14"), ("12A",))] == ["", "12", "12 to 14", "12A"]


@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.data())
def test_no_two_pages_of_any_version_bear_one_label(pages: list[int], data: st.DataObject) -> None:
    every = [Sized(key=str(place), pages=count) for place, count in enumerate(pages)]
    labels = numbered(every)
    for version in range(3):
        kept = [Sized(key=one.key, pages=one.pages, before=labels[one.key]) for one in every]
        at = data.draw(st.integers(1, len(kept)))
        while at < len(kept) and parsed(kept[at].before[0])[1]:
            at += 1  # late documents of one place stand in the order in which they came
        every = [*kept[:at], Sized(key=f"new {version}", pages=data.draw(st.integers(1, 3))), *kept[at:]]
        before, labels = labels, numbered(every)
        assert {key: labels[key] for key in before} == before

    order = [label for one in every for label in labels[one.key]]
    assert len(order) == len(set(order))
    assert order == sorted(order, key=parsed)

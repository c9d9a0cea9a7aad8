"""What a session holds after two requests at once."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cms_tracker.users.merging import merged

NAMES = st.sampled_from(["visit", "drafts", "chosen"])
PLAIN = st.one_of(st.integers(0, 2), st.none())
ENTRIES = st.dictionaries(st.sampled_from("ab"), st.one_of(PLAIN, st.dictionaries(st.just("typed"), PLAIN)))
HELD = st.dictionaries(NAMES, st.one_of(PLAIN, ENTRIES))


@given(HELD, HELD)
def test_is_what_this_request_has_where_nobody_else_saved(loaded: dict[str, Any], ours: dict[str, Any]) -> None:
    assert merged(loaded, ours, loaded) == ours


@given(HELD, HELD)
def test_is_what_the_other_saved_where_this_request_changed_nothing(
    loaded: dict[str, Any], theirs: dict[str, Any]
) -> None:
    assert merged(loaded, loaded, theirs) == theirs


@given(HELD, HELD, HELD)
def test_keeps_what_only_one_of_them_changed(
    loaded: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    found = merged(loaded, ours, theirs)
    for key in loaded.keys() | ours.keys() | theirs.keys():
        if ours.get(key) == loaded.get(key) and (key in ours) == (key in loaded):
            assert (key in found, found.get(key)) == (key in theirs, theirs.get(key))
        if theirs.get(key) == loaded.get(key) and (key in theirs) == (key in loaded):
            assert (key in found, found.get(key)) == (key in ours, ours.get(key))


@given(HELD, HELD, HELD)
def test_changes_nothing_that_it_is_given(loaded: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    before = repr((loaded, ours, theirs))
    merged(loaded, ours, theirs)
    assert repr((loaded, ours, theirs)) == before


class TestDrafts:
    LETTER, PAYMENT = {"pages": {"why": {"words": "short again"}}}, {"pages": {"log": {"amount": "12"}}}

    def test_that_two_tabs_begin_at_once_are_both_kept(self) -> None:
        found = merged(
            {"visit": 1}, {"visit": 2, "drafts": {"l": self.LETTER}}, {"visit": 1, "drafts": {"p": self.PAYMENT}}
        )
        assert found == {"visit": 2, "drafts": {"l": self.LETTER, "p": self.PAYMENT}}

    def test_that_one_tab_saved_do_not_come_back_with_the_other(self) -> None:
        loaded = {"drafts": {"l": self.LETTER, "p": self.PAYMENT}}
        assert merged(loaded, loaded | {"visit": 2}, {"drafts": {"p": self.PAYMENT}}) == {
            "drafts": {"p": self.PAYMENT},
            "visit": 2,
        }

    def test_are_never_put_together_from_two(self) -> None:
        ours, theirs = {"pages": {"log": {"amount": "1"}}}, {"pages": {"log": {"day": "2"}, "why": {}}}
        assert merged({"drafts": {"p": {}}}, {"drafts": {"p": ours}}, {"drafts": {"p": theirs}}) == {
            "drafts": {"p": ours}
        }

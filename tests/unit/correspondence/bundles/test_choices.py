"""What is chosen for a bundle begins sensibly, is kept, and can be put in another order."""

import datetime as dt
from dataclasses import replace

import pytest

from correspondence.core.bundles import choices
from correspondence.core.bundles.choices import as_json, begin, from_json, moved, next_version, ordered
from correspondence.core.bundles.exhibits import Exhibit, Offered, next_mark, picked, section_letters
from correspondence.core.bundles.findings import DAMAGED, LEAK, Finding
from correspondence.core.bundles.findings import as_json as findings_json
from correspondence.core.bundles.findings import from_json as findings_of
from correspondence.core.bundles.purposes import SAYS, SECTIONS, Purpose, Section, template_of, templates

D = dt.date
ON = D(2026, 11, 22)


def begun() -> choices.Choices:
    return begin(Purpose.TRIBUNAL, until=ON, letters=["a", "b"], exhibits=["x"])


class TestChoices:
    def test_begin_with_the_sections_of_the_purpose_and_all_that_belongs_into_them(self) -> None:
        assert begun().sections == template_of(Purpose.TRIBUNAL).sections
        assert begun().has(Section.EVIDENCE)
        assert not begun().has(Section.CALLS)
        assert (begun().letters, begun().exhibits, begun().hides) == (("a", "b"), ("x",), True)

    @pytest.mark.parametrize("since", [None, D(2025, 1, 1)])
    def test_are_kept_and_read_back(self, since: dt.date | None) -> None:
        chosen = replace(begun(), since=since, left_out=frozenset({"q"}), your_name="R", hides=False)
        assert from_json(as_json(chosen)) == chosen

    def test_know_their_period(self) -> None:
        open_ended, bounded = begun(), replace(begun(), since=D(2025, 1, 1))
        assert open_ended.in_period(D(1999, 1, 1))
        assert not open_ended.in_period(D(2026, 11, 23))
        assert bounded.in_period(D(2025, 1, 1))
        assert not bounded.in_period(D(2024, 12, 31))

    def test_of_a_next_version_keep_the_order_and_add_what_is_new(self) -> None:
        later = next_version(replace(begun(), letters=("b", "a")), until=D(2027, 1, 1), letters="abc", exhibits="xy")
        assert (later.letters, later.exhibits, later.until) == (("b", "a", "c"), ("x", "y"), D(2027, 1, 1))


def test_keys_move_by_one_and_stop_at_the_ends() -> None:
    assert moved("abc", "b", by=-1) == ("b", "a", "c")
    assert moved("abc", "b", by=1) == ("a", "c", "b")
    assert moved("abc", "a", by=-1) == moved("abc", "c", by=1) == moved("abc", "?", by=1) == ("a", "b", "c")


def test_what_is_chosen_stands_first_and_what_is_gone_is_left_out() -> None:
    assert ordered("abc", ["c", "gone", "a"]) == ["c", "a", "b"]


@pytest.mark.parametrize("purpose", list(Purpose))
class TestATemplate:
    def test_says_what_the_reader_expects_and_who_sees_it(self, purpose: Purpose) -> None:
        found = template_of(purpose)
        assert all([found.title, found.reader, found.who_sees, found.expects, found.leaves_out, found.sections])

    def test_names_its_source_and_the_day_somebody_looked(self, purpose: Purpose) -> None:
        found = template_of(purpose)
        assert bool(found.source) == bool(found.url) == (purpose is not Purpose.ADVISER)
        assert found.checked >= D(2026, 11, 22)


def test_every_purpose_and_section_has_words() -> None:
    assert [one.purpose for one in templates()] == list(Purpose)
    assert set(SECTIONS) == set(SAYS) == set(Section)
    assert set(template_of(Purpose.ADVISER).sections) == set(Section)


def exhibit(media_type: str) -> Exhibit:
    return Exhibit(key="x", label="X", on=ON, media_type=media_type, stored_as="", sha256="")


class TestExhibits:
    def test_are_picked_in_the_order_of_the_keys(self) -> None:
        every = [Offered(key=key, label=key, on=ON) for key in "abc"]
        assert [one.key for one in picked(every, ["c", "gone", "a"])] == ["c", "a"]

    def test_know_whether_they_can_be_searched_or_cleaned(self) -> None:
        kinds = ["image/png", "application/pdf", "text/plain", "message/rfc822"]
        assert [exhibit(one).is_picture for one in kinds] == [True, False, False, False]
        assert [exhibit(one).is_text for one in kinds] == [False, False, True, True]

    def test_are_marked_by_section_and_number(self) -> None:
        letters = section_letters([Section.CALLS, Section.LETTERS, Section.PLANS], {"letters": "A", "evidence": "C"})
        assert letters == {Section.CALLS: "B", Section.LETTERS: "A", Section.PLANS: "D"}
        assert next_mark("D", []) == "D1"
        assert next_mark("D", ["C7", "D1", "D10", "D"]) == "D11"


class TestAFinding:
    def test_says_where_and_never_what(self) -> None:
        assert Finding(why=LEAK, label="31", title="E2 Letter").says == (
            "Something you keep out of documents is still there on page 31: E2 Letter."
        )
        assert Finding(why=LEAK, label="", title="").says == (
            "Something you keep out of documents is still there in a part that no page shows."
        )
        assert Finding(why=DAMAGED, label="", title="Photo").says == "This file cannot be drawn: Photo."

    def test_is_kept_and_read_back(self) -> None:
        found = (Finding(why=LEAK, label="31", title="E2"),)
        assert findings_of(findings_json(found)) == found

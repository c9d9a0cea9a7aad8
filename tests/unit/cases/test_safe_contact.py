"""How a person may be reached: nothing until it is said, and the same words everywhere."""

from hypothesis import given
from hypothesis import strategies as st

from cases.core.safe_contact import (
    NOBODY_ASKED,
    NONE_IS_SAFE,
    Channel,
    SafeContact,
    as_text,
    fingerprint,
    from_text,
    mark,
)

WAYS = st.dictionaries(st.sampled_from(list(Channel)), st.text(max_size=20))


class TestTheMark:
    def test_says_that_nobody_has_been_asked(self) -> None:
        assert mark(None) is NOBODY_ASKED
        assert not mark(None).may

    def test_says_that_no_way_is_safe(self) -> None:
        assert mark(SafeContact(ways={})) is NONE_IS_SAFE
        assert not mark(SafeContact(ways={})).may

    def test_names_what_is_safe_and_that_nothing_else_is(self) -> None:
        said = mark(SafeContact(ways={Channel.TEXT: "weekdays after 6pm", Channel.EMAIL: ""}))
        assert said.title == "Contact: E-mail or text message only"
        assert said.words == "E-mail. Text message: weekdays after 6pm. Nothing else is safe."
        assert said.may

    def test_does_not_speak_of_anything_else_where_every_way_is_safe(self) -> None:
        said = mark(SafeContact(ways=dict.fromkeys(Channel, "")))
        assert "else" not in said.words.replace("somebody else", "")
        assert not said.title.endswith("only")

    @given(WAYS)
    def test_never_holds_the_address_or_the_number(self, ways: dict[Channel, str]) -> None:
        said = mark(SafeContact(ways=ways, address="Canary Lane", telephone="07700 900123"))
        assert "Canary Lane" not in said.title + said.words
        assert "07700" not in said.title + said.words.replace(" ".join(ways.values()), "")


class TestTheAnswers:
    @given(WAYS)
    def test_come_back_as_they_were_kept(self, ways: dict[Channel, str]) -> None:
        assert from_text(as_text(ways)) == ways

    def test_name_what_changed_and_never_what_it_holds(self) -> None:
        before = SafeContact(ways={Channel.CALL: "", Channel.POST: ""}, address="1 Street")
        after = SafeContact(ways={Channel.CALL: "after 6pm", Channel.TEXT: ""}, address="2 Street", telephone="07700 9")
        assert after.changed_from(before) == ["call", "text", "post", "address", "telephone"]

    def test_count_as_an_answer_where_nothing_is_safe(self) -> None:
        assert SafeContact(ways={}).changed_from(None) == ["answered"]
        assert SafeContact(ways={}).changed_from(SafeContact(ways={})) == []

    def test_are_told_apart_by_their_fingerprint(self) -> None:
        seen = {
            fingerprint(one)
            for one in (
                None,
                SafeContact(ways={}),
                SafeContact(ways={Channel.CALL: ""}),
                SafeContact(ways={Channel.CALL: "x"}),
                SafeContact(ways={}, address="x"),
                SafeContact(ways={}, telephone="x"),
            )
        }
        assert len(seen) == 6

    def test_name_everything_in_fewer_letters_than_an_audit_row_holds(self) -> None:
        everything = SafeContact(ways=dict.fromkeys(Channel, "x"), address="x", telephone="x")
        assert len(", ".join(everything.changed_from(None))) <= 120


class TestWhatIsSaid:
    def test_differs_by_its_names_and_never_by_what_it_holds(self) -> None:
        before = SafeContact(ways={Channel.TEXT: "after 6pm"}, telephone="07700 900123")
        after = SafeContact(ways={Channel.EMAIL: ""}, address="1 Street", telephone="07700 900123")
        assert after.changed_from(before) == ["email", "text", "address"]
        assert before.changed_from(before) == []
        assert SafeContact(ways={}).changed_from(None) == ["answered"]

    def test_holds_words_that_may_stand_in_no_document(self) -> None:
        assert SafeContact(ways={}, address="1 Street", telephone="07700").secrets() == ["1 Street", "07700"]
        assert SafeContact(ways={}).secrets() == []

    def test_is_read_back_as_it_was_kept(self) -> None:
        ways = {Channel.SOMEBODY: "my sister", Channel.TEXT: ""}
        assert from_text(as_text(ways)) == ways
        assert from_text("") == {}

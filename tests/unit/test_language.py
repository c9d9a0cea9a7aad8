"""Words in the reader's language, without Django."""

import datetime as dt

from cms_tracker.days import day, days
from cms_tracker.language import Words, is_english, mark, month, say, say_count, speak, spoken, weekday


class Shouting:
    """A language that is easy to tell from English."""

    def gettext(self, text: str) -> str:
        return text.upper().replace("{AMOUNT}", "{amount}")

    def ngettext(self, one: str, many: str, count: int) -> str:
        return "{count}!" if count == 2 else "{count}?"


class TestSay:
    def test_leaves_english_as_it_stands(self) -> None:
        assert say("It came.") == "It came."
        assert say("{amount} came.", amount="£2.00") == "£2.00 came."

    def test_translates_the_sentence_and_not_what_stands_in_it(self) -> None:
        with spoken(Shouting()):
            assert say("{amount} came.", amount="two pounds") == "two pounds CAME."

    def test_reads_no_braces_in_what_a_person_typed(self) -> None:
        assert say("Note: {note}", note="{0.__class__}") == "Note: {0.__class__}"

    def test_leaves_braces_alone_where_there_is_nothing_to_put_in(self) -> None:
        assert say("{day} of {month}") == "{day} of {month}"


class TestSayCount:
    def test_chooses_by_the_number_and_writes_it_with_commas(self) -> None:
        assert say_count("{count} day", "{count} days", 1) == "1 day"
        assert say_count("{count} day", "{count} days", 1200) == "1,200 days"

    def test_leaves_the_choice_to_the_other_language(self) -> None:
        with spoken(Shouting()):
            assert (say_count("a", "b", 1), say_count("a", "b", 2)) == ("1?", "2!")


class TestWords:
    WORDS = Words({"a": mark("one"), "b": mark("two")})

    def test_are_read_in_the_readers_language_however_they_are_asked_for(self) -> None:
        with spoken(Shouting()):
            assert self.WORDS["a"] == self.WORDS.get("a") == "ONE"
            assert dict(self.WORDS.items()) == {"a": "ONE", "b": "TWO"}
            assert list(self.WORDS.values()) == ["ONE", "TWO"]
        assert self.WORDS["a"] == "one"

    def test_give_a_default_as_it_is(self) -> None:
        with spoken(Shouting()):
            assert self.WORDS.get("c", "none") == "none"


class TestSpoken:
    def test_goes_back_to_what_was_spoken_before(self) -> None:
        with spoken(None):
            speak(Shouting())
            assert not is_english()
        assert is_english()


class TestDays:
    def test_are_written_with_the_names_of_that_language(self) -> None:
        on = dt.date(2026, 11, 23)
        assert (day(on), month(on), weekday(on)) == ("23 November 2026", "November", "Monday")
        with spoken(Shouting()):
            assert (day(on), weekday(on), days(2)) == ("23 NOVEMBER 2026", "MONDAY", "2!")

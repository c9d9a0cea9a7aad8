"""How CMS is reached, by nation: the newest source, and nothing old that could be used."""

import datetime as dt

import pytest

from cases.core.facts import Nation
from correspondence.core import contact_data
from correspondence.core.contact_data import ForWhom, Way

GREAT_BRITAIN = (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND)
OLD = ("Mitcheldean", "GL17 1AJ", "0345 266 8795", "0800 171 2306")


def _value(nation: Nation, kind: Way, who: ForWhom = ForWhom.PARENTS) -> str:
    return next(one.value for one in contact_data.lines_of(nation) if one.kind is kind and one.who is who)


class TestTheLines:
    @pytest.mark.parametrize("nation", GREAT_BRITAIN)
    def test_give_the_newest_number_for_great_britain(self, nation: Nation) -> None:
        assert _value(nation, Way.TELEPHONE) == "0800 171 2345"
        assert _value(nation, Way.WELSH) == "0800 232 1979"
        assert _value(nation, Way.RELAY) == "18001 0800 171 2345"
        assert _value(nation, Way.TELEPHONE, ForWhom.EMPLOYERS) == "0800 232 1961"

    def test_give_no_number_for_northern_ireland(self) -> None:
        found = contact_data.lines_of(Nation.NORTHERN_IRELAND)
        assert [(one.value, one.dial) for one in found] == [("See nidirect", "")]
        assert "could not verify" in found[0].about
        assert contact_data.address_of(Nation.NORTHERN_IRELAND) is None

    @pytest.mark.parametrize("nation", Nation)
    def test_never_give_what_is_old_as_usable(self, nation: Nation) -> None:
        usable = " ".join(one.value for one in contact_data.lines_of(nation))
        address = contact_data.address_of(nation)
        usable += " ".join(address.lines) if address else ""
        assert not [old for old in OLD if old in usable]

    def test_keep_what_is_old_apart_and_never_to_be_dialled(self) -> None:
        found = contact_data.old_lines()
        assert {one.dial for one in found} == {""}
        assert all(any(old in one.value for one in found) for old in OLD)

    def test_each_say_who_says_so_and_when_it_was_checked(self) -> None:
        for one in [*contact_data.old_lines(), *(line for nation in Nation for line in contact_data.lines_of(nation))]:
            assert one.source
            assert one.about.endswith(".")
            assert one.checked >= dt.date(2026, 11, 1)
            assert one.url.startswith("https://") or not one.url

    def test_say_what_nobody_verified(self) -> None:
        unsure = {(one.kind, one.who) for one in contact_data.lines_of(Nation.ENGLAND) if not one.firm}
        assert unsure == {
            (Way.HOURS, ForWhom.PARENTS),
            (Way.SIGN_LANGUAGE, ForWhom.PARENTS),
            (Way.TELEPHONE, ForWhom.EMPLOYERS),
        }

    def test_dial_a_number_without_its_spaces(self) -> None:
        dialled = [one.dial for one in contact_data.lines_of(Nation.WALES) if one.dial]
        assert dialled == ["08001712345", "08002321979", "1800108001712345", "08002321961"]

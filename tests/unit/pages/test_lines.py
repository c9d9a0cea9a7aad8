"""What a row of an adviser's list says, part by part."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest

from arrears.core.snapshots import NEVER, Snapshot
from cases.core.facts import Perspective
from cases.core.safe_contact import NOBODY_ASKED
from cms_tracker.pages.core.lines import Line, line
from cms_tracker.pages.core.worklist import Row

TODAY = dt.date(2026, 11, 22)
NOTHING = Snapshot(
    TODAY, NEVER, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None, 0, None, 0, 0, 0, None, 0, None, 0
)  # fmt: skip
ROW = Row(
    case_id=uuid.UUID(int=7),
    name="",
    reference="120000002456",
    side=Perspective.RECEIVING,
    children=2,
    figures=NOTHING,
    promise=None,
    contact_on=None,
    quiet_since=TODAY,
    on=TODAY,
)


def written(row: Row) -> Line:
    return line(row, NOBODY_ASKED, address="/over/", naming="/name/")


class TestALine:
    def test_leads_to_its_record_and_to_where_it_is_named(self) -> None:
        found = written(ROW)
        assert (found["case_id"], found["address"], found["naming"]) == (str(ROW.case_id), "/over/", "/name/")

    def test_of_a_record_with_a_name_does_not_ask_for_one(self) -> None:
        assert written(replace(ROW, name="Rosa"))["naming"] == ""

    @pytest.mark.parametrize(
        ("side", "who"), [(Perspective.RECEIVING, "Receiving parent"), (Perspective.PAYING, "Paying parent")]
    )
    def test_says_whose_record_it_is_by_name_or_by_side(self, side: Perspective, who: str) -> None:
        unnamed, named = written(replace(ROW, side=side)), written(replace(ROW, side=side, name="Rosa"))
        assert (unnamed["who"], unnamed["side"]) == (who, "2 children")
        assert (named["who"], named["side"]) == ("Rosa", f"{who}, 2 children")

    def test_counts_one_child_as_one(self) -> None:
        assert written(replace(ROW, children=1))["side"] == "1 child"

    def test_says_when_somebody_was_last_in_touch(self) -> None:
        assert written(ROW)["contact"] == "No contact logged."
        assert written(replace(ROW, contact_on=TODAY))["contact"] == "Last contact: 22 November 2026."

    def test_says_what_is_paid_ahead_only_where_nothing_is_owed(self) -> None:
        ahead = NOTHING._replace(credit=1250)
        assert written(replace(ROW, figures=ahead))["ahead"] == "(£12.50 paid ahead)"
        owing = written(replace(ROW, figures=ahead._replace(outstanding=100)))
        assert (owing["owed"], owing["ahead"]) == ("£1.00", "")
        assert written(ROW)["ahead"] == ""

    def test_names_the_next_day_where_one_is_known(self) -> None:
        due = written(replace(ROW, figures=NOTHING._replace(next_due_on=TODAY + dt.timedelta(days=3))))
        assert (due["next"], due["next_title"]) == ("25 November 2026", "Next payment")
        assert (written(ROW)["next"], written(ROW)["next_title"]) == ("", "")

    def test_names_the_oldest_payment_and_whether_anybody_noted_it(self) -> None:
        day = TODAY - dt.timedelta(days=2)
        noted = written(replace(ROW, figures=NOTHING._replace(missed=1, missed_on=day, missed_amount=5, missed_left=5)))
        silent = written(replace(ROW, figures=NOTHING._replace(unlogged=1, unlogged_on=day, unlogged_amount=5)))
        assert noted["oldest"] == silent["oldest"] == "20 November 2026, 2 days"
        assert (noted["oldest_is"], silent["oldest_is"]) == ("Oldest missed", "Oldest not logged")
        assert written(ROW)["oldest"] == ""

    def test_adds_the_other_reasons_in_a_few_words(self) -> None:
        quiet = ROW.quiet_since - dt.timedelta(days=21)
        short = NOTHING._replace(missed=1, missed_on=TODAY - dt.timedelta(days=2), missed_amount=5, missed_left=5)
        assert written(replace(ROW, figures=short, quiet_since=quiet))["also"] == "Also: Quiet for 21 days."
        assert written(ROW)["also"] == ""

    def test_says_how_to_reach_the_person_once(self) -> None:
        found = written(ROW)
        assert (found["reach_title"], found["reach_words"]) == (NOBODY_ASKED.title, NOBODY_ASKED.words)
        same = line(ROW, NOBODY_ASKED._replace(words=NOBODY_ASKED.title), address="", naming="")
        assert same["reach_words"] == ""

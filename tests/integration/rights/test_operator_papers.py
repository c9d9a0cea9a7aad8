"""The numbers in the papers for operators, and on the privacy page, are those that the software goes by."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.test import Client
from django.urls import reverse

from cms_tracker.rights.core import breach, complaint_clock, copies, request_clock, second_thoughts
from cms_tracker.rights.core.retention import BACKUPS_AT_MOST, What, in_force, schedule

PAPERS = Path(__file__).parents[3] / "docs" / "operator"
WITHOUT_BLANKS = {"requests.md", "backups.md", "watching.md", "alerts.md"}  # they say what to do, not who does
TODAY = dt.date(2026, 11, 23)


def paper(name: str) -> str:
    return " ".join((PAPERS / f"{name}.md").read_text(encoding="utf-8").split())


class TestTheRetentionSchedule:
    @pytest.mark.parametrize("what", list(What))
    def test_says_of_each_thing_what_the_data_says(self, what: What) -> None:
        kept = in_force(what, on=TODAY)
        assert kept is not None
        assert f"| {what} | {kept.counted_from} | {kept.months} |" in paper("retention-schedule")

    def test_gives_for_each_period_a_reason_and_a_source(self) -> None:
        assert schedule()
        for kept in schedule():
            assert kept.why
            assert kept.source
            assert kept.from_on <= TODAY

    def test_says_when_files_deletions_and_backups_end(self) -> None:
        text = paper("retention-schedule")
        assert f"{second_thoughts.LEAST_DAYS} to {second_thoughts.MOST_DAYS} days later" in text
        assert f"{second_thoughts.DAYS_UNLESS_CHOSEN} days later where they chose nothing" in text
        assert f"after {copies.LASTS // dt.timedelta(hours=1)} hours" in text
        assert f"gone after {BACKUPS_AT_MOST.days} days at most" in text


class TestTheOtherPapers:
    def test_name_the_clocks_as_they_are(self) -> None:
        assert f"**{breach.WITHIN // dt.timedelta(hours=1)} hours**" in paper("breach-plan")
        notice = paper("privacy-notice")
        assert f"the law gives {complaint_clock.ACKNOWLEDGED_WITHIN.days} days" in notice
        assert f"within {complaint_clock.REPLY_WITHIN_MONTHS} month." in notice
        assert f"up to {copies.MOST_A_DAY} times a day" in notice
        assert (request_clock.MONTHS, request_clock.MORE_MONTHS_IF_COMPLEX) == (1, 2)
        assert "due one month later" in paper("requests")
        assert "with two months more" in paper("requests")

    def test_name_the_periods_of_the_schedule(self) -> None:
        record = paper("record-of-processing")
        for what in (What.COMPLAINTS, What.REQUESTS, What.QUIET_SIGN_INS, What.CLIENT_RECORDS):
            kept = in_force(what, on=TODAY)
            assert kept is not None
            assert f"{kept.months} months" in record

    def test_name_commands_that_are_there(self) -> None:
        texts = " ".join(path.read_text(encoding="utf-8") for path in PAPERS.glob("*.md"))
        named = set(re.findall(r"manage\.py ([a-z_]+)", texts)) | {"incident_report", "export_subject"}
        assert len(named) > 6
        assert named - set(get_commands()) == set()

    def test_mark_what_an_operator_fills_in(self) -> None:
        for path in PAPERS.glob("*.md"):
            if path.name not in WITHOUT_BLANKS:
                assert "[FILL IN" in path.read_text(encoding="utf-8"), path.name


@pytest.mark.django_db
class TestThePrivacyPage:
    def test_names_the_same_numbers(self, client: Client) -> None:
        page = " ".join(client.get(reverse("pages:privacy")).content.decode().split())
        assert f"after 0 to {second_thoughts.MOST_DAYS} days" in page
        assert f"after {second_thoughts.DAYS_UNLESS_CHOSEN} days if they chose nothing" in page
        assert f"for {BACKUPS_AT_MOST.days} days at most" in page
        for what in What:
            kept = in_force(what, on=TODAY)
            assert kept is not None
            assert f"{kept.title}: {kept.months} month" in page

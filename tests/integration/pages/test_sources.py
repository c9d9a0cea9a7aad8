"""The page that says where every number comes from."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from arrears.core import rates

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Any:
    """The page on a day."""
    with time_machine.travel(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC), tick=False):
        return Client().get(reverse("pages:sources"))


def _part(page: Any, name: str) -> str:
    text = str(page.content.decode())
    start = text.index(f'<div id="{name}">')
    return text[start : text.index("</dd>", start)]


class TestThePage:
    def test_lists_every_rate_with_its_source_and_the_day_it_was_checked(self, page: Any) -> None:
        text = page.content.decode()
        for name, found in rates.every().items():
            assert f'id="{name}"' in text
            for rate in found:
                assert f'href="{rate.url}"' in text

    def test_groups_them_by_theme(self, page: Any) -> None:
        headings = [heading for _, heading, shown in page.context["themes"] if shown]
        assert headings == [
            "Fees and charges",
            "Repayment plans",
            "When CMS takes money without a plan",
            "How the weekly amount is worked out",
            "Time limits",
            "Writing off",
        ]

    def test_writes_a_number_with_its_unit(self, page: Any) -> None:
        assert "<dt>20%</dt>" in _part(page, "collection_fee_paying_parent")
        assert "<dt>£50 to £300</dt>" in _part(page, "enforcement_charge")
        assert "Liability order: £300" in _part(page, "enforcement_charge")
        assert "<dt>£8.40</dt>" in _part(page, "benefit_deduction")
        assert "<dt>3 working days</dt>" in _part(page, "plan_grace_working_days")
        assert "<dt>1/7 to 1/2</dt>" in _part(page, "shared_care")
        assert "<dt>19th</dt>" in _part(page, "employer_pays_by")
        assert "21.2%" in _part(page, "reduced_rate")

    def test_says_since_when_and_until_when(self, page: Any) -> None:
        assert "From 26 February 2024." in _part(page, "application_fee")
        assert "Until 25 February 2024." in page.content.decode()
        for name in ("agreement_limit_years", "usual_share_of_net_income", "collection_fee_paying_parent"):
            assert "We do not know since when." in _part(page, name)
        assert "since when" not in _part(page, "plan_grace_working_days")
        assert "From " not in _part(page, "plan_grace_working_days")
        assert "No longer in force" in page.content.decode()
        assert "We do not know since when." in _part(page, "employer_pays_by")

    def test_says_what_is_not_verified_not_law_or_ours(self, page: Any) -> None:
        assert "Not verified by us" in _part(page, "ombudsman_months")
        assert "We could not check it." in _part(page, "ombudsman_months")
        assert "CMS policy, not law" in _part(page, "agreement_limit_years")
        assert "Our rule" in _part(page, "plan_grace_working_days")
        assert "Not verified" not in _part(page, "collection_fee_paying_parent")

    def test_says_what_is_announced_and_not_counted_with(self, page: Any) -> None:
        text = page.content.decode()
        start = text.index('id="announced"')
        part = text[start : text.index('id="counting"')]
        assert "One service for everybody, without Direct Pay" in part
        assert "Announced on 23 June 2025. Expected: 2027 to 2028." in part
        assert "We do not count with it." in part
        assert "2% to 20%" in part

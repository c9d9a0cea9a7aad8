"""A rehearsal of the announced single service: its data, given a day in a copy, run through the engine."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from arrears.core import expecting, rate_file, rates
from arrears.core.facts import CaseFacts, Route
from arrears.core.in_force import service_on
from arrears.core.position import position
from arrears.core.rate_values import Table
from cases.core.facts import ServiceType
from tests.unit.arrears.build import case, day, decision, payment, schedule, service

STARTS = day("2027-10-04")
BEFORE, AFTER = day("2027-09-27"), day("2027-10-25")
COMPLIANT, NOT = "compliant", "not_compliant"


def rehearse(folder: Path, *standings: tuple[dt.date, str]) -> Table:
    """The table of a copy of the files in which the change has a day."""
    for key, text in rates.files().items():
        (folder / f"{key}.toml").write_text(
            text.replace("[single_service]\n", f"[single_service]\nfrom = {STARTS}\n"), encoding="utf-8"
        )
    read = {key: (folder / f"{key}.toml").read_text(encoding="utf-8") for key in rates.files()}
    return rate_file.read(read["rates"], read["announced"], standings)


def family(kind: str, *more: object, perspective: str = "paying") -> CaseFacts:
    """£50 a week from 6 September 2027, paid every week on a Monday."""
    return case(
        service(kind, "2027-09-06"),
        decision("50.00", "2027-09-06"),
        schedule("weekly", "2027-09-06"),
        *more,
        perspective=perspective,
    )


def fees(facts: CaseFacts, on: dt.date) -> list[int]:
    """The fee of each instalment due by a day."""
    return [one.fee for one in position(facts, on=on).instalments]


@pytest.fixture
def in_use(tmp_path: Path) -> Iterator[Table]:
    """The rehearsal's table in use, nothing being said of the paying parent."""
    table = rehearse(tmp_path)
    with rates.using(table):
        yield table


class TestBeforeItHasADay:
    def test_changes_nothing(self) -> None:
        assert [(one.name, one.from_on) for one in rates.table().announced] == [("single_service", None)]
        assert rates.withdrawn_services() == ()
        assert rates.on(day("2040-01-01")).collection_fee_paying_parent.value == 20
        assert fees(family("direct_pay"), AFTER) == [0] * 8
        assert fees(family("collect_and_pay"), AFTER) == [1000] * 8


class TestWithADay:
    def test_charges_each_parent_less_from_that_day_on(self, in_use: Table) -> None:
        assert [one.from_on for one in in_use.announced] == [STARTS]
        assert fees(family("collect_and_pay"), AFTER) == [1000] * 4 + [100] * 4
        assert rates.on(BEFORE).collection_fee_receiving_parent.value == 4
        assert rates.on(AFTER).collection_fee_receiving_parent.value == 2

    def test_charges_a_paying_parent_by_what_cms_says_of_them(self, tmp_path: Path) -> None:
        table = rehearse(tmp_path, (day("2027-10-11"), NOT), (day("2027-10-25"), COMPLIANT))
        with rates.using(table):
            assert fees(family("collect_and_pay"), AFTER) == [1000] * 4 + [100, 1000, 1000, 100]
        with rates.using(rehearse(tmp_path, (day("2027-01-01"), NOT))):
            assert fees(family("collect_and_pay"), AFTER) == [1000] * 8

    def test_ends_direct_pay(self, in_use: Table) -> None:
        facts = family("direct_pay", service("direct_pay", "2027-11-01"))
        assert in_use.withdrawn == (("direct_pay", STARTS),)
        kinds = [service_on(facts, on) for on in (BEFORE, STARTS, day("2027-11-02"))]
        assert [one.type for one in kinds if one] == [
            ServiceType.DIRECT_PAY,
            ServiceType.COLLECT_AND_PAY,
            ServiceType.COLLECT_AND_PAY,
        ]
        assert fees(facts, AFTER) == [0] * 4 + [100] * 4
        assert [expecting.usual_route(facts, on) for on in (BEFORE, AFTER)] == [Route.DIRECT, Route.VIA_CMS_PAID]

    def test_leaves_what_is_owed_and_every_day_before_as_they_were(self, in_use: Table) -> None:
        facts = family("direct_pay", payment("50.00", "2027-09-06"), payment("20.00", "2027-10-04"))
        rehearsed = [position(facts, on=on) for on in (BEFORE, AFTER)]
        with rates.using(rate_file.read(**{"rates": rates.files()["rates"]})):
            now = [position(facts, on=on) for on in (BEFORE, AFTER)]
        assert in_use.withdrawn
        assert rehearsed[0] == now[0]
        assert rehearsed[1].outstanding == now[1].outstanding == 33_000
        assert (rehearsed[1].fees_due, now[1].fees_due) == (400, 0)

    def test_counts_what_a_receiving_parent_gets_before_the_smaller_fee(self, in_use: Table) -> None:
        sent = payment("49.00", "2027-10-04", route="via_cms_received")
        facts = family("collect_and_pay", sent, perspective="receiving")
        assert rates.table() is in_use
        assert position(facts, on=STARTS).paid == 5_000

"""What is wrong with an installation, as a rule over what is known of it; and the same rules for Prometheus."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Any

import pytest
import yaml
from prometheus_client import Counter, Histogram

from cms_tracker.pages.core.watching import ALERTS, Papers, Standing, on
from cms_tracker.web import counting
from tests.architecture.source import ROOT

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def ago(**given: float) -> dt.datetime:
    return NOON - dt.timedelta(**given)


WELL = Standing(
    at=NOON,
    database=True,
    broker=True,
    files=True,
    migrated=True,
    reminders={"claimed": 0},
    anchor_at=ago(hours=5),
    runs={"correspondence.sweep": ago(seconds=20), "pages.roll_forward": ago(minutes=1), "backup": ago(hours=8)},
    free=50,
    room=100,
)


def papers(state: str, **age: float) -> tuple[Papers, ...]:
    return (Papers(kind="letter", state=state, count=3, since=ago(**age)),)


class TestWhatIsWrong:
    def test_is_nothing_where_all_is_well(self) -> None:
        assert on(WELL) == []
        assert WELL.is_ready
        assert all(WELL.parts().values())

    @pytest.mark.parametrize(
        ("change", "names"),
        [
            ({"database": False, "migrated": False}, ["RecordsDatabaseDown"]),
            ({"migrated": False}, ["RecordsNotMigrated"]),
            ({"files": False}, ["RecordsFilesNotWritable"]),
            ({"free": 9}, ["RecordsDiskNearlyFull"]),
            ({"free": 10}, []),
            ({"free": 0, "room": 0}, []),  # no disk of this machine holds the files
            ({"broker": False}, ["RecordsBrokerDown"]),
            ({"runs": {}}, ["RecordsWorkerSilent", "RecordsBackupOld"]),
            ({"runs": {**WELL.runs, "correspondence.sweep": ago(minutes=6)}}, ["RecordsWorkerSilent"]),
            ({"runs": {**WELL.runs, "backup": ago(hours=27)}}, ["RecordsBackupOld"]),
            ({"papers": papers("queued", minutes=6)}, ["RecordsPapersWait"]),
            ({"papers": papers("queued", minutes=4)}, []),
            ({"papers": papers("failed", days=6)}, []),
            ({"reminders_since": ago(hours=13)}, ["RecordsRemindersLate"]),
            ({"reminders_since": ago(hours=11)}, []),
            ({"marked_since": ago(minutes=16), "marked": 1}, ["RecordsFiguresBehind"]),
            ({"figures_due_on": dt.date(2026, 11, 23)}, []),
            ({"figures_due_on": dt.date(2026, 11, 21)}, ["RecordsFiguresBehind"]),
            ({"anchor_at": ago(hours=27)}, ["RecordsAnchorOld"]),
            ({"anchor_at": None}, ["RecordsAnchorOld"]),
        ],
    )
    def test_follows_from_what_is_known(self, change: dict[str, Any], names: list[str]) -> None:
        assert [one.name for one in on(replace(WELL, **change))] == names


class TestBeingReady:
    @pytest.mark.parametrize("part", ["database", "migrated", "files"])
    def test_ends_with_what_pages_need(self, part: str) -> None:
        assert not replace(WELL, **{part: False}).is_ready

    def test_does_not_end_with_what_only_papers_need(self) -> None:
        without = replace(WELL, broker=False, runs={})

        assert without.is_ready
        assert [name for name, is_well in without.parts().items() if not is_well] == ["broker", "worker"]


class TestWhatIsKnown:
    def test_tells_how_far_figures_are_behind(self) -> None:
        assert replace(WELL, figures_due_on=dt.date(2026, 11, 20)).days_behind == 3
        assert replace(WELL, figures_due_on=dt.date(2026, 11, 24)).days_behind == 0
        assert WELL.days_behind == 0

    def test_tells_when_what_was_last_done(self) -> None:
        assert (WELL.worker_at, WELL.rolled_at, WELL.backup_at) == (ago(seconds=20), ago(minutes=1), ago(hours=8))
        assert WELL.waiting_since is None
        assert replace(WELL, papers=papers("queued", minutes=4)).waiting_since == ago(minutes=4)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of Prometheus, and its row in the table that an operator reads."""

    group: str
    name: str
    expr: str
    means: str
    do: str
    row: str


def _rules() -> list[Rule]:
    groups = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return [_rule(group["name"], rule) for group in groups for rule in group["rules"]]


def _rule(group: str, rule: dict[str, Any]) -> Rule:
    name, expr, said = rule["alert"], rule["expr"], rule["annotations"]
    means, do = said["summary"], said["action"]
    row = f"| `{name}` | `{expr}` | {rule['for']} | {means} | {do} |"
    return Rule(group=group, name=name, expr=expr, means=means, do=do, row=row)


class TestTheRulesForPrometheus:
    def test_are_those_of_the_page(self) -> None:
        rules = {one.name: one for one in _rules()}

        for one in ALERTS:
            assert rules[one.name].expr == one.expr, one.name
            assert (rules[one.name].means, rules[one.name].do) == (one.means, one.do)

    def test_say_how_it_stands_as_the_page_does(self) -> None:
        state = [one.name for one in _rules() if one.group == "records-state"]

        assert state == [one.name for one in ALERTS]

    def test_stand_each_in_the_table_of_what_to_do(self) -> None:
        text = (ROOT / "docs" / "operator" / "alerts.md").read_text(encoding="utf-8")

        assert [row for one in _rules() if (row := one.row) not in text] == []


class TestWhatIsCounted:
    def test_is_counted_somewhere(self) -> None:
        counted = [name for name, one in vars(counting).items() if isinstance(one, Counter | Histogram)]
        uses = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "cms_tracker").rglob("*.py"))
        at_work = r"\b{name}(?:\.labels\(.*\))?\.(?:inc|observe)\("

        assert "MAIL" in counted
        assert [name for name in counted if not re.search(at_work.replace("{name}", name), uses)] == []

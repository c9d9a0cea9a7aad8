"""The migrations since the last version that people have: it goes on working on them, and nobody waits for long."""

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models.functions import Now

from cms_tracker.web.gentle import AddIndexGently
from tests import upgrades
from tests.upgrades.expansion import contracted, heavy

#: Steps that are taken all the same, by migration: {("cases", "0042_…"): "why nobody notices"}.
ALLOWED: dict[tuple[str, str], str] = {
    ("correspondence", "0022_queues"): "writes only the papers that wait or are in hand at that moment",
}


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None, ignore_no_migrations=True)


@pytest.fixture(scope="module")
def released() -> set[tuple[str, str]]:
    return {(app, name) for app, names in upgrades.last_release()["migrations"].items() for name in names}


def _state(loader: MigrationLoader, of: set[tuple[str, str]]) -> ProjectState:
    inside = {key for key in of if not any(child.key in of for child in loader.graph.node_map[key].children)}
    return loader.project_state(sorted(inside))


class TestSinceTheLastVersion:
    def test_the_one_before_still_works_on_the_tables_of_this_one(
        self, loader: MigrationLoader, released: set[tuple[str, str]]
    ) -> None:
        assert contracted(_state(loader, released), loader.project_state()) == []

    def test_no_table_that_has_grown_is_held_or_written_anew(
        self, loader: MigrationLoader, released: set[tuple[str, str]]
    ) -> None:
        state, before = _state(loader, released), _state(loader, released)
        found = {}
        for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
            if key in released:
                continue
            migration = loader.graph.nodes[key]
            if lines := heavy(migration, state, released=before):
                found[key] = lines

        assert {key: lines for key, lines in found.items() if key not in ALLOWED} == {}
        assert [key for key in ALLOWED if key not in found] == []

    def test_every_migration_that_people_have_is_still_here(
        self, loader: MigrationLoader, released: set[tuple[str, str]]
    ) -> None:
        assert released - set(loader.disk_migrations) == set()


def _made(*operations: object) -> ProjectState:
    state = ProjectState()
    _apply(state, *operations)
    return state


def _apply(state: ProjectState, *operations: object) -> None:
    for operation in operations:
        operation.state_forwards("shop", state)  # type: ignore[attr-defined]


BEGIN = migrations.CreateModel(
    "Sale",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("till", models.CharField(max_length=20)),
        ("note", models.CharField(max_length=20, null=True)),
    ],
)

WRONG = {
    "a table that goes": (migrations.DeleteModel("Sale"), True, False),
    "a column that goes": (migrations.RemoveField("sale", "till"), True, False),
    "a column with a new name": (migrations.RenameField("sale", "till", "desk"), True, True),
    "a table with a new name": (migrations.RenameModel("Sale", "Deal"), True, True),
    "a new column that must be filled": (
        migrations.AddField("sale", "at", models.IntegerField(default=0), preserve_default=False), True, True,
    ),
    "a new column that is unique": (
        migrations.AddField("sale", "at", models.IntegerField(null=True, unique=True)), False, True,
    ),
    "a new column with an index": (
        migrations.AddField("sale", "at", models.IntegerField(db_default=0, db_index=True)), False, True,
    ),
    "a column that may no longer be empty": (
        migrations.AlterField("sale", "note", models.CharField(max_length=20, default="")), True, True,
    ),
    "a column of another type": (migrations.AlterField("sale", "till", models.IntegerField()), True, True),
    "a shorter column": (migrations.AlterField("sale", "till", models.CharField(max_length=10)), True, False),
    "a new rule": (
        migrations.AddConstraint("sale", models.UniqueConstraint(fields=["till"], name="one_a_till")), True, True,
    ),
    "an index that stops writers": (
        migrations.AddIndex("sale", models.Index(fields=["till"], name="by_till")), False, True,
    ),
    "a program over all rows": (migrations.RunPython(migrations.RunPython.noop), False, True),
}  # fmt: skip

RIGHT = {
    "a column that may be empty": migrations.AddField("sale", "at", models.DateTimeField(null=True)),
    "a column that the database fills": migrations.AddField("sale", "at", models.DateTimeField(db_default=Now())),
    "a column that the database fills with a word": migrations.AddField("sale", "at", models.CharField(db_default="")),
    "a longer column": migrations.AlterField("sale", "till", models.CharField(max_length=40)),
    "a new table": migrations.CreateModel("Till", [("id", models.BigAutoField(primary_key=True))]),
}


def _weigh(operation: object, *, atomic: bool = True) -> list[str]:
    migration = Migration("0002_next", "shop")
    migration.operations = [operation]  # type: ignore[list-item]
    migration.atomic = atomic
    return heavy(migration, _made(BEGIN), released=_made(BEGIN))


class TestTheRules:
    @pytest.mark.parametrize("named", WRONG)
    def test_refuse(self, named: str) -> None:
        operation, breaks_the_older, holds = WRONG[named]

        assert bool(contracted(_made(BEGIN), _made(BEGIN, operation))) == breaks_the_older
        assert bool(_weigh(operation)) == holds

    @pytest.mark.parametrize("named", RIGHT)
    def test_let_pass(self, named: str) -> None:
        assert contracted(_made(BEGIN), _made(BEGIN, RIGHT[named])) == []
        assert _weigh(RIGHT[named]) == []

    def test_let_an_index_pass_that_is_made_gently(self) -> None:
        gently = AddIndexGently("sale", models.Index(fields=["till"], name="by_till"))

        assert _weigh(gently, atomic=False) == []
        assert _weigh(gently) != []

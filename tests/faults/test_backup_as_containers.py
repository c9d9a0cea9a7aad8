"""The lines of the operator's paper on backups, run with the settings that docker-compose.yml gives."""

import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.faults.as_containers import Site, site

pytestmark = pytest.mark.own_database

_PAPER = (ROOT / "docs/operator/backups.md").read_text(encoding="utf-8")
_LENT = "/srv/data/.."  # what is lent by --volume lies beside the volume of the data here


def _said(command: str) -> list[str]:
    """The words of every line of the paper that borrows a service for a command of manage.py."""
    found = re.findall(rf"^docker compose .*run .* manage\.py {command} .*$", _PAPER, re.MULTILINE)
    assert found, command
    return found


def _run(on: Site, line: str) -> str:
    """Do what a line says; return what it printed. Fails where it names a path that nobody lent it."""
    words = shlex.split(line)
    at = words.index("migrate")
    lent = {one.split(":")[1] for option, one in pairwise(words[:at]) if option == "--volume"}
    assert all(any(one.startswith(path) for path in lent) for one in words[at + 1 :] if one.startswith("/"))
    assert {"--rm", "-T"} <= set(words[:at])
    here = [f"{_LENT}{one}" if one.startswith("/") else one for one in words[at + 1 :]]
    done = on.container("migrate").run(*here)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _lend(on: Site) -> Path:
    """The folder and the passphrase that the paper has an operator make."""
    backups = on.folder / "srv" / "backups"
    backups.mkdir(mode=0o700, parents=True)
    passphrase = on.folder / "srv" / "backup-passphrase"
    passphrase.write_text("seven herons over the estuary\n")
    passphrase.chmod(0o400)
    return backups


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that was started, and a backup of it."""
    with site(tmp_path_factory.mktemp("first")) as one:
        migrated = one.up("migrate")
        assert migrated.finish() == 0, migrated.printed.read_text()
        _lend(one)
        _run(one, _said("backup")[0])
        yield one


class TestTheLinesOfThePaper:
    def test_put_a_backup_into_a_site_that_was_never_started(
        self, first: Site, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with site(tmp_path_factory.mktemp("second")) as second:
            for name in ("SECRET_KEY", "FIELD_KEYS", "AUDIT_KEY"):
                for service in second.services.values():
                    if name in service.get("environment", {}):
                        service["environment"][name] = first.env[name]
            (made,) = (first.folder / "srv" / "backups").iterdir()
            (_lend(second) / made.name).write_bytes(made.read_bytes())

            said = _run(second, _said("restore")[0])

            assert "Put back as it was at" in said
            assert "every one follows from the one before" in said
            after = second.up("migrate")
            assert after.finish() == 0, after.printed.read_text()

    def test_say_the_same_of_the_drill_as_of_the_emergency(self) -> None:
        emergency, drill = _said("restore")
        assert drill.replace("--project-name drill ", "") == emergency

    def test_are_refused_by_a_site_that_was_started(self, first: Site) -> None:
        words = shlex.split(_said("restore")[0])
        here = [f"{_LENT}{one}" if one.startswith("/") else one for one in words[words.index("migrate") + 1 :]]
        done = first.container("migrate").run(*here)

        assert done.returncode == 1
        assert "This installation is not empty" in done.stderr

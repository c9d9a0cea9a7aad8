"""``manage.py`` on a machine of which it was told nothing: whose data it works on, and when it rather ends."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGES, ROOT
from tests.runner.steps import clean_environment

_PLAN = ["check_plan", "--arrears=100", "--instalment=10", "--frequency=monthly", "--first=2025-05-01"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The project in a folder of its own, with neither settings nor data."""
    shutil.copy(ROOT / "manage.py", tmp_path)
    for name in (*PACKAGES, "locale"):
        (tmp_path / name).symlink_to(ROOT / name)
    return tmp_path


def _ran(folder: Path, *arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = clean_environment() | {"CMS_DATA_DIR": str(folder / "var")} | variables
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


class TestACommandThatWasGivenNoSettings:
    @pytest.mark.parametrize("command", ["backup", "migrate", "verify_audit", "make_operator"])
    def test_ends_beside_those_of_a_server(self, folder: Path, command: str) -> None:
        (folder / ".env").write_text("SECRET_KEY=\n")
        (folder / "var").mkdir()
        (folder / "var" / "secret_key").write_text("kept by an earlier mistake")
        ran = _ran(folder, command)

        assert ran.returncode == 1
        assert ran.stderr.count("\n") == 1
        assert ".env" in ran.stderr
        assert "docs/guides/run-it.md" in ran.stderr

    def test_ends_where_nothing_was_ever_started(self, folder: Path) -> None:
        ran = _ran(folder, "verify_audit")

        assert ran.returncode == 1
        assert "`up` has kept none" in ran.stderr
        assert not (folder / "var").exists()

    def test_goes_on_with_what_up_keeps(self, folder: Path) -> None:
        assert _ran(folder, "check", CMS_LOCAL="1").returncode == 0  # keeps its keys, as `up` does
        assert (folder / "var" / "secret_key").exists()

        assert _ran(folder, "check").returncode == 0

    @pytest.mark.parametrize("arguments", [_PLAN, ["backup", "--help"]], ids=["reads a file", "help"])
    def test_needs_none_where_it_touches_no_data(self, folder: Path, arguments: list[str]) -> None:
        (folder / ".env").touch()
        ran = _ran(folder, *arguments)

        assert ran.returncode == 0, ran.stderr

    def test_is_told_what_is_missing_where_making_it_up_is_forbidden(self, folder: Path) -> None:
        ran = _ran(folder, "check", CMS_LOCAL="0")

        assert ran.returncode == 1
        assert "SECRET_KEY is missing" in ran.stderr

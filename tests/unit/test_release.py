"""The release script, in a small repository of its own, and the form of what it writes in."""

import datetime as dt
import re
import subprocess
from pathlib import Path

import pytest

from cms_tracker import version
from cms_tracker.processes import system_packages
from tests.architecture.source import PACKAGES, ROOT, modules, place
from tests.needs import absent
from tests.runner import release

DAY = dt.date(2026, 12, 1)
FOR_OPERATORS = ("cms_tracker/pages/management/commands/", "cms_tracker/watch/", "cms_tracker/pages/operator.py")
_HEADING = re.compile(r"## (?:Unreleased|\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d)")
_KINDS = {"### Added", "### Changed", "### Deprecated", "### Removed", "### Fixed", "### Security"}
CHANGES = "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n\n## 0.1.0 - 2026-11-01\n\n### Added\n\n- All.\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the two files that the script writes in."""
    if not system_packages.has_git():
        absent("git is not installed, so there is no repository to release from")
    tmp_path.joinpath("CHANGELOG.md").write_text(CHANGES)
    tmp_path.joinpath("pyproject.toml").write_text('[project]\nname = "a"\nversion = "0.1.0"\n')
    tmp_path.joinpath("tests", "upgrades").mkdir(parents=True)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@example.com")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "All")
    return tmp_path


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


def leave(root: Path, name: str) -> None:
    """Leave as little behind as can be: what a real version leaves is tried by the tests of upgrades."""
    (root / "tests" / "upgrades" / f"{name}.json").write_text("{}")


class TestTheScript:
    def test_only_says_what_it_would_do(self, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
        release.release(project, "0.2.0", day=DAY, check=["false"], leave=None)

        assert "Unreleased goes under 0.2.0 - 2026-12-01" in capsys.readouterr().out
        assert git(project, "status", "--porcelain") == ""
        assert git(project, "tag") == ""

    def test_commits_and_tags_the_changes_under_their_version_and_day(self, project: Path) -> None:
        release.release(project, "0.2.0", day=DAY, check=["true"], leave=leave)

        said = (project / "CHANGELOG.md").read_text()
        assert "## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n### Added\n\n- A thing.\n\n## 0.1.0" in said
        assert 'version = "0.2.0"' in (project / "pyproject.toml").read_text()
        assert git(project, "status", "--porcelain") == ""
        assert git(project, "log", "-1", "--format=%s", "v0.2.0").strip() == "Version 0.2.0"
        assert "tests/upgrades/2026-12-01-0.2.0.json" in git(project, "show", "--stat=200", "v0.2.0")

    def test_refuses_checks_that_fail(self, project: Path) -> None:
        with pytest.raises(release.CannotReleaseError, match="checks fail"):
            release.release(project, "0.2.0", day=DAY, check=["false"], leave=leave)
        assert git(project, "status", "--porcelain") == ""

    def test_refuses_a_tree_with_changes(self, project: Path) -> None:
        (project / "new").write_text("")
        with pytest.raises(release.CannotReleaseError, match="not committed"):
            release.release(project, "0.2.0", day=DAY, check=["true"], leave=leave)

    @pytest.mark.parametrize("asked", ["0.1.0", "0.0.9", "0.2", "v0.2.0"])
    def test_refuses_a_version_that_does_not_follow(self, project: Path, asked: str) -> None:
        with pytest.raises(release.CannotReleaseError):
            release.release(project, asked, day=DAY, check=["true"], leave=leave)

    def test_refuses_where_nothing_changed(self, project: Path) -> None:
        (project / "CHANGELOG.md").write_text(CHANGES.replace("- A thing.\n", ""))
        git(project, "commit", "--quiet", "--all", "--message", "Less")
        with pytest.raises(release.CannotReleaseError, match="nothing under Unreleased"):
            release.release(project, "0.2.0", day=DAY, check=["true"], leave=leave)


class TestTheChangelog:
    def test_has_the_form_that_the_script_reads(self) -> None:
        lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        versions = [line for line in lines if line.startswith("## ")]

        assert versions[0] == "## Unreleased"
        assert [line for line in versions if not _HEADING.fullmatch(line)] == []
        assert {line for line in lines if line.startswith("### ")} <= _KINDS

    def test_knows_no_version_above_the_present_one(self) -> None:
        lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
        said = [line.split()[1] for line in lines if line.startswith("## ") and line != "## Unreleased"]

        assert all(tuple(map(int, one.split("."))) <= tuple(map(int, version.current().split("."))) for one in said)


class TestTheVersion:
    def test_is_said_in_one_place(self) -> None:
        assert version.current() == release.present(ROOT)

    def test_is_unknown_where_that_place_is_not(self, tmp_path: Path) -> None:
        assert version.said_in(tmp_path / "pyproject.toml") == "unknown"

    def test_is_read_by_what_operators_see_alone(self) -> None:
        readers = {
            place(path)
            for path in modules(*PACKAGES)
            if re.search(r"cms_tracker(?:\.version| import .*\bversion\b)", path.read_text(encoding="utf-8"))
        }

        assert "cms_tracker/pages/management/commands/about.py" in readers
        assert [one for one in sorted(readers) if not one.startswith(FOR_OPERATORS)] == []

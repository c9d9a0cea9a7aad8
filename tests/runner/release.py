"""Make a release: `python3 -m tests.runner.release 0.2.0`, which only says what it would do; `--really` does it.

Refuses a tree with changes of its own, an empty "Unreleased", a version that is not above the present one, and
checks that fail. Then: CHANGELOG.md gets the version and the day, pyproject.toml the version, tests/upgrades the
installation that this version leaves behind; one commit and one tag hold it all. Nothing is pushed.
"""

import argparse
import datetime as dt
import os
import re
import secrets
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.runner.steps import ROOT, clean_environment

_VERSION = re.compile(r'^version = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
_UNRELEASED = re.compile(r"^## Unreleased\n(?P<what>.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class CannotReleaseError(Exception):
    """Why there is no release, as a sentence."""


def main(arguments: list[str]) -> None:
    """Read what is asked for; refuse, say or do it."""
    parser = argparse.ArgumentParser(prog="python3 -m tests.runner.release", description=__doc__.partition("\n")[0])
    parser.add_argument("version", help="three numbers, as in 0.2.0")
    parser.add_argument("--really", action="store_true", help="do it: without this it is only said")
    parser.add_argument("--check", default=".ci/run", metavar="COMMAND", help="what has to pass first (.ci/run)")
    asked = parser.parse_args(arguments)
    day = dt.datetime.now(dt.UTC).date()
    try:
        release(
            ROOT, asked.version, day=day, check=shlex.split(asked.check), leave=leave_behind if asked.really else None
        )
    except CannotReleaseError as error:
        sys.exit(f"No release: {error}")


def release(
    root: Path, version: str, *, day: dt.date, check: list[str], leave: Callable[[Path, str], object] | None
) -> None:
    """Go through the steps; each is said before it is done. Without ``leave`` none is done.

    ``leave`` writes what the version leaves behind, into the folder and under the name that it is given.
    """
    _refuse_unless_ready(root, version)
    changelog, project = _changelog(root, version, day), _project(root, version)
    name = f"{day}-{version}"
    print(f"1. run the checks: {shlex.join(check)}")
    if leave and subprocess.run(check, cwd=root, check=False).returncode:
        raise CannotReleaseError("the checks fail.")
    print(f"2. CHANGELOG.md: what is under Unreleased goes under {version} - {day}")
    print(f"3. pyproject.toml: version = {version!r}")
    print(f"4. tests/upgrades/{name}.json: what this version leaves behind")
    print(f"5. commit 'Version {version}' and tag v{version}")
    if leave is None:
        print("Nothing was done. With --really it is.")
        return
    (root / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    (root / "pyproject.toml").write_text(project, encoding="utf-8")
    leave(root, name)
    _git(root, "add", "CHANGELOG.md", "pyproject.toml", f"tests/upgrades/{name}.json")
    _git(root, "commit", "--quiet", "--message", f"Version {version}")
    _git(root, "tag", "--annotate", f"v{version}", "--message", f"Version {version}")


def _refuse_unless_ready(root: Path, version: str) -> None:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise CannotReleaseError(f"{version} is not three numbers.")
    if _numbers(version) <= _numbers(present(root)):
        raise CannotReleaseError(f"{version} is not above {present(root)}.")
    if _git(root, "status", "--porcelain"):
        raise CannotReleaseError("the tree has changes that are not committed.")
    if f"v{version}" in _git(root, "tag", "--list").split():
        raise CannotReleaseError(f"the tag v{version} is there already.")


def present(root: Path) -> str:
    """The version that pyproject.toml says."""
    found = _VERSION.search((root / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise CannotReleaseError("pyproject.toml says no version of three numbers.")
    return ".".join(found.groups())


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def _changelog(root: Path, version: str, day: dt.date) -> str:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = _UNRELEASED.search(text)
    if found is None or not re.search(r"^- ", found["what"], re.MULTILINE):
        raise CannotReleaseError("CHANGELOG.md has nothing under Unreleased.")
    return text.replace("## Unreleased\n", f"## Unreleased\n\n## {version} - {day}\n", 1)


def _project(root: Path, version: str) -> str:
    return _VERSION.sub(f'version = "{version}"', (root / "pyproject.toml").read_text(encoding="utf-8"), count=1)


def leave_behind(root: Path, name: str) -> None:
    """Fill an installation of its own with the demo, under keys that seal nothing else, and keep it."""
    with tempfile.TemporaryDirectory(prefix="records-release-") as folder:
        keys = {"SECRET_KEY": 64, "FIELD_KEYS": 32, "AUDIT_KEY": 32}
        environment = {
            **clean_environment(),
            **{key: secrets.token_urlsafe(length) for key, length in keys.items()},
            "CMS_LOCAL": "1",
            "CMS_DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "cms_tracker.settings",
        }
        _run(root, sys.executable, "-m", "tests.upgrades.prepare", environment=environment)
        _run(root, sys.executable, str(root / "tests" / "upgrades" / "leave.py"), name, environment=environment)


def _git(root: Path, *arguments: str) -> str:
    return _run(root, "git", *arguments, environment=dict(os.environ))


def _run(root: Path, *command: str, environment: Mapping[str, str]) -> str:
    found = subprocess.run(command, cwd=root, env=dict(environment), capture_output=True, text=True, check=False)
    if found.returncode:
        raise CannotReleaseError(f"{shlex.join(command)} failed:\n{found.stdout}{found.stderr}")
    return found.stdout


if __name__ == "__main__":
    main(sys.argv[1:])

"""The image is made of the lock and of nothing else that Python brings; the locks agree with each other."""

import json
import re
import tomllib
from importlib import metadata
from typing import Any

import pytest
import yaml

from cms_tracker.processes.system_packages import PANGO
from cms_tracker.supply import lock
from tests.architecture.source import ROOT

_DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
_BASES = re.findall(r"^FROM (\S+)", _DOCKERFILE, re.MULTILINE)
_SERVICES: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def _versions(name: str) -> dict[str, str]:
    return {one.name: one.version for one in lock.read(ROOT / name)}


class TestTheImage:
    def test_installs_a_lock_by_hash(self) -> None:
        installs = re.findall(r"\bpip\b[^&\n]*\binstall\b[^&\n]*", _DOCKERFILE)
        copied = set(re.findall(r"^COPY (requirements[\w-]*\.txt)", _DOCKERFILE, re.MULTILINE))
        assert installs
        for install in installs:
            assert "--require-hashes" in install
            assert set(re.findall(r"requirements[\w-]*\.txt", install)) <= copied
        assert copied <= {"requirements.txt", "requirements-server.txt"}

    def test_stands_on_pinned_bases_with_a_python_that_the_lock_was_made_for(self) -> None:
        with (ROOT / "pyproject.toml").open("rb") as file:
            oldest = tomllib.load(file)["project"]["requires-python"].removeprefix(">=")
        assert _BASES
        for base in _BASES:
            version = re.match(r"python:(\d+)\.(\d+)[.\d]*-slim-[a-z]+(@sha256:[0-9a-f]{64})?$", base)
            assert version, base
            assert (int(version[1]), int(version[2])) >= tuple(map(int, oldest.split(".")))
        assert len(set(_BASES)) == 1  # what is installed in one is run in the other

    def test_has_what_lays_out_letters(self) -> None:
        (installed,) = re.findall(r"apt-get install ([^&]+)", _DOCKERFILE)
        assert set(PANGO) <= set(installed.split())
        assert "--no-install-recommends" in installed

    @pytest.mark.parametrize("name", sorted(_SERVICES))
    def test_runs_programs_that_are_locked(self, name: str) -> None:
        service = _SERVICES[name]
        if "build" not in service:
            return
        said = service.get("command") or json.loads(re.findall(r"^CMD (\[.*\])$", _DOCKERFILE, re.MULTILINE)[-1])
        program = said if isinstance(said, str) else said[0]
        if program != "python":
            (owner,) = {
                entry.dist.name for entry in metadata.entry_points(group="console_scripts", name=program) if entry.dist
            }
            assert lock.plain(owner) in {one.name for one in lock.read()}


class TestTheLocks:
    @pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
    def test_name_one_version_of_a_package(self, name: str) -> None:
        server, other = _versions("requirements-server.txt"), _versions(name)
        shared = set(server) & set(other)
        assert len(shared) > 50
        assert {one: other[one] for one in shared} == {one: server[one] for one in shared}

    def test_are_those_that_are_installed_here(self) -> None:
        there = {name: metadata.version(name) for name in _versions("requirements-dev.txt") if _is_here(name)}
        locked = _versions("requirements-dev.txt")
        assert len(there) > 100
        assert {name: version for name, version in there.items() if locked[name] != version} == {}


def _is_here(name: str) -> bool:
    return next(iter(metadata.distributions(name=name)), None) is not None

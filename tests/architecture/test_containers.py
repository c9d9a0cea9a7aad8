"""docker-compose.yml, read as a file: what it starts is confined, watched, and configured by name."""

import re
from typing import Any

import pytest
import yaml

from tests.architecture.source import ROOT

_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
_SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(_TEXT)["services"]
_OWN_PASSWORDS = {"POSTGRES_PASSWORD", "VALKEY_PASSWORD"}


class TestCompose:
    def test_starts_the_whole_product(self) -> None:
        assert set(_SERVICES) == {"migrate", "web", "worker", "timer", "database", "broker"}

    @pytest.mark.parametrize("name", sorted(_SERVICES))
    def test_confines_every_service(self, name: str) -> None:
        service = _SERVICES[name]

        assert service["read_only"] is True
        assert service["user"] not in {"root", "0"}
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]

    @pytest.mark.parametrize("name", sorted(set(_SERVICES) - {"migrate"}))
    def test_watches_every_service_that_stays(self, name: str) -> None:
        assert _SERVICES[name]["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}

    @pytest.mark.parametrize("name", ["database", "broker"])
    def test_pins_the_version_of_what_it_does_not_build(self, name: str) -> None:
        assert re.fullmatch(r"[\w/]+:\d+[\w.-]*", _SERVICES[name]["image"])

    def test_opens_only_the_loopback(self) -> None:
        ports = [port for service in _SERVICES.values() for port in service.get("ports", [])]

        assert ports
        assert all(port.startswith("127.0.0.1:") for port in ports)

    def test_asks_for_no_variable_that_is_not_explained(self) -> None:
        asked = set(re.findall(r"(?<!\$)\$\{(\w+)", _TEXT))
        explained = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))

        assert asked - explained == _OWN_PASSWORDS
        assert all(name in _TEXT.split("x-records", maxsplit=1)[0] for name in _OWN_PASSWORDS)

    def test_gives_the_image_a_user_and_no_made_up_settings(self) -> None:
        dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")

        assert re.search(r"^USER records$", dockerfile, re.MULTILINE)
        assert "CMS_LOCAL=0" in dockerfile
        assert "--require-hashes" in dockerfile

    def test_starts_the_web_server_with_the_settings_that_up_gives_it(self) -> None:
        config = "--config=python:cms_tracker.processes.web_server"

        assert config in (ROOT / "Dockerfile").read_text(encoding="utf-8")
        assert config in (ROOT / "cms_tracker/processes/programs.py").read_text(encoding="utf-8")

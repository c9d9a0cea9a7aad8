"""docker-compose.yml, read as a file: what it starts is confined, watched, and configured by name."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cms_tracker.settings.worker import QUEUES
from cms_tracker.web.seen import HEADER
from tests.architecture.compose import COMPOSE, DOCKERFILE, MissingError, env_file, image, interpolated, services
from tests.architecture.source import ROOT

_TEXT = COMPOSE.read_text(encoding="utf-8")
_WHOLE = yaml.safe_load(_TEXT)
_OWN_PASSWORDS = {"POSTGRES_PASSWORD", "VALKEY_PASSWORD"}
_WANTED = {"SECRET_KEY", "FIELD_KEYS", "AUDIT_KEY", "ALLOWED_HOSTS", "SITE_URL"}
_ASKED = set(re.findall(r"(?<!\$)\$\{(\w+)", _TEXT))
_SERVICES = services(dict.fromkeys(_ASKED, "x"))
_OURS = sorted(name for name, service in _SERVICES.items() if service.get("image") == "family-records")
_WORKERS = sorted(name for name, service in _SERVICES.items() if "worker" in service.get("command", []))
_EXACT = r"[\w/.-]+:\d+(\.\d+)+-[\w-]+"
_PROXY = ROOT / "deploy" / "proxy"


def _network(name: str) -> dict[str, Any]:
    return _WHOLE["networks"][name] or {}


class TestCompose:
    def test_starts_the_whole_product(self) -> None:
        ours = {"migrate", "web", "letters", "bulk", "periodic", "timer"}
        assert set(_SERVICES) == ours | {"proxy", "database", "broker"}
        assert set(_OURS) == ours

    @pytest.mark.parametrize("name", sorted(_SERVICES))
    def test_confines_every_service(self, name: str) -> None:
        service = _SERVICES[name]

        assert service["read_only"] is True
        assert service["user"].split(":")[0] not in {"root", "0"}
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert "privileged" not in service
        assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])

    @pytest.mark.parametrize("name", sorted(set(_SERVICES) - {"migrate"}))
    def test_watches_every_service_that_stays(self, name: str) -> None:
        service = _SERVICES[name]
        check = service["healthcheck"]

        assert check["test"][0] in {"CMD", "CMD-SHELL"}
        assert {"interval", "timeout"} <= set(check)
        assert service["restart"] == "unless-stopped"

    @pytest.mark.parametrize("name", ["database", "broker"])
    def test_pins_the_exact_version_of_what_it_does_not_build(self, name: str) -> None:
        assert re.fullmatch(_EXACT, _SERVICES[name]["image"])

    @pytest.mark.parametrize("path", [DOCKERFILE, _PROXY / "Dockerfile"], ids=["site", "proxy"])
    def test_builds_on_an_exact_version(self, path: Path) -> None:
        froms = re.findall(r"^FROM (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)

        assert froms
        assert all(re.fullmatch(_EXACT, one) for one in froms)

    def test_opens_the_proxy_to_the_world_and_nothing_else(self) -> None:
        assert {name for name, service in _SERVICES.items() if service.get("ports")} == {"proxy"}
        assert {port.split(":")[1] for port in _SERVICES["proxy"]["ports"]} == {"80", "443"}

    def test_lets_nobody_in_whose_address_it_would_not_know(self) -> None:
        by_both = any(network.get("enable_ipv6") for network in map(_network, _SERVICES["proxy"]["networks"]))

        assert by_both or all(port.startswith("0.0.0.0:") for port in _SERVICES["proxy"]["ports"])

    def test_keeps_the_database_and_the_broker_on_a_network_without_a_way_out(self) -> None:
        assert _WHOLE["networks"]["inside"] == {"internal": True}
        assert {name for name, service in _SERVICES.items() if service["networks"] == ["inside"]} == {
            "database", "broker",
        }  # fmt: skip
        assert "inside" not in _SERVICES["proxy"]["networks"]

    def test_has_a_worker_for_every_queue(self) -> None:
        heard = [
            queue
            for name in _WORKERS
            for option in _SERVICES[name]["command"]
            if option.startswith("--queues=")
            for queue in option.removeprefix("--queues=").split(",")
        ]

        assert sorted(heard) == sorted(QUEUES)

    def test_names_each_worker_after_its_container(self) -> None:
        for name in _WORKERS:
            assert f"--hostname={name}@%h" in _SERVICES[name]["command"]

    def test_may_run_every_service_of_ours_twice(self) -> None:
        for name in _OURS:
            assert "container_name" not in _SERVICES[name]
            assert "ports" not in _SERVICES[name]

    def test_leaves_a_worker_the_time_to_finish(self) -> None:
        for name in _WORKERS:
            assert int(_SERVICES[name]["stop_grace_period"].removesuffix("s")) > 30

    def test_gives_every_process_of_ours_the_same_variables(self) -> None:
        assert all(_SERVICES[name]["environment"] == _SERVICES["web"]["environment"] for name in _OURS)
        assert all(_SERVICES[name]["env_file"] == ".env" for name in _OURS)


class TestTheVariables:
    def test_are_explained(self) -> None:
        explained = set(env_file((ROOT / ".env.example").read_text(encoding="utf-8")))

        assert _ASKED - explained == _OWN_PASSWORDS
        assert all(name in _TEXT.split("x-confined", maxsplit=1)[0] for name in _OWN_PASSWORDS)

    def test_that_are_secret_have_an_order_in_which_they_are_changed(self) -> None:
        page = (ROOT / "docs/security/keys.md").read_text(encoding="utf-8")
        order = page.split("## Changing one")[1].split("\n## ")[0]
        known = set(env_file((ROOT / ".env.example").read_text(encoding="utf-8"))) | _OWN_PASSWORDS
        secret = {name for name in known if re.search("KEY|PASSWORD|TOKEN", name)}

        assert secret >= {"SECRET_KEY", "METRICS_TOKEN", "EMAIL_HOST_PASSWORD", "S3_SECRET_ACCESS_KEY"} | _OWN_PASSWORDS
        assert [name for name in sorted(secret) if f"`{name}`" not in order] == []

    @pytest.mark.parametrize("name", sorted(_WANTED | _OWN_PASSWORDS))
    def test_that_are_wanted_stop_compose_where_they_are_missing(self, name: str) -> None:
        with pytest.raises(MissingError, match=name):
            services({**dict.fromkeys(_ASKED, "x"), name: ""})

    @pytest.mark.parametrize("name", ["LOG_FORMAT", "PROMETHEUS_MULTIPROC_DIR"])
    def test_of_the_image_outlive_a_copy_of_the_example(self, name: str) -> None:
        assert _SERVICES["web"]["environment"][name] == image().environment[name]

    def test_are_put_in_as_compose_puts_them_in(self) -> None:
        known = {"A": "one", "EMPTY": ""}
        assert interpolated(["$A ${A} $$A ${A:-two} ${EMPTY:-two} ${NONE}", 3], known) == ["one one $A one two ", 3]
        with pytest.raises(MissingError, match="EMPTY is missing"):
            interpolated({"key": "${EMPTY:?is missing}"}, known)


class TestTheImage:
    def test_has_a_user_and_no_made_up_settings(self) -> None:
        text = DOCKERFILE.read_text(encoding="utf-8")

        assert image().user == _SERVICES["web"]["user"] == "10001:10001"
        assert image().environment["CMS_LOCAL"] == "0"
        assert "--require-hashes -r /tmp/requirements-server.txt" in text

    def test_looks_after_itself_as_compose_does(self) -> None:
        assert image().healthcheck == _SERVICES["web"]["healthcheck"]["test"][1:]

    def test_leaves_out_what_no_server_needs(self) -> None:
        left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()

        assert {".git", ".env", ".venv", "var", "tests"} <= set(left_out)

    def test_starts_the_web_server_with_the_settings_that_up_gives_it(self) -> None:
        config = "--config=python:cms_tracker.processes.web_server"

        assert config in image().command
        assert config in (ROOT / "cms_tracker/processes/programs.py").read_text(encoding="utf-8")

    def test_serves_people_by_processes_that_share_nothing(self) -> None:
        assert "--worker-class=sync" in image().command

    def test_ends_a_request_within_the_time_that_compose_gives(self) -> None:
        (given,) = [part.partition("=")[2] for part in image().command if part.startswith("--graceful-timeout=")]

        assert int(given) < int(_SERVICES["web"]["stop_grace_period"].removesuffix("s"))


class TestTheProxy:
    TEXT = (_PROXY / "Caddyfile").read_text(encoding="utf-8")

    def test_serves_the_site_s_own_address_over_tls(self) -> None:
        assert "{$SITE_URL} {" in self.TEXT
        assert "http://" not in self.TEXT
        assert _SERVICES["proxy"]["environment"] == {"SITE_URL": "x"}

    def test_believes_no_header_of_a_client(self) -> None:
        assert "trusted_proxies" not in self.TEXT
        removed = set(re.findall(r"^\t\theader_up -([\w-]+)$", self.TEXT, re.MULTILINE))
        assert removed == {"Forwarded", "X-Real-Ip", HEADER.title()}

    def test_writes_no_request_into_its_log(self) -> None:
        (told,) = re.findall(r"^\tlog \{\n(.*?)\n\t\}$", self.TEXT, re.MULTILINE | re.DOTALL)
        (left_out,) = re.findall(r"^\t\texclude (.+)$", told, re.MULTILINE)

        assert "level WARN" in told
        assert set(left_out.split()) >= {"http.log.error", "http.handlers.reverse_proxy", "http.stdlib"}
        assert not re.search(r"^\tlog\b", self.TEXT.split("{$SITE_URL} {")[1], re.MULTILINE)

    def test_keeps_figures_and_readiness_inside(self) -> None:
        assert re.search(r"@inside_only path /metrics /metrics/\* /readyz\n\trespond @inside_only 404", self.TEXT)

    def test_takes_no_more_than_the_site_does(self) -> None:
        assert re.search(r"request_body \{\n\t\tmax_size \d+MB\n", self.TEXT)

    def test_asks_every_web_container_there_is(self) -> None:
        assert "dynamic a {\n\t\t\tname web\n\t\t\tport 8000\n" in self.TEXT
        assert "--bind=0.0.0.0:8000" in image().command

    def test_listens_where_compose_leads_people(self) -> None:
        assert "http_port 8080" in self.TEXT
        assert "https_port 8443" in self.TEXT
        assert _SERVICES["proxy"]["ports"][:2] == ["0.0.0.0:80:8080", "0.0.0.0:443:8443"]

"""docs/guides/deploy.md names services, variables and commands that there are, and units that do what compose does."""

import re
import shlex

import pytest
from django.core.management import get_commands

from cms_tracker.settings.worker import QUEUES
from cms_tracker.web.seen import HEADER
from tests.architecture.compose import COMPOSE, DOCKERFILE, env_file, image, services
from tests.architecture.source import ROOT
from tests.architecture.written import pages

_GUIDE = (ROOT / "docs/guides/deploy.md").read_text(encoding="utf-8")
_ASKED = set(re.findall(r"(?<!\$)\$\{(\w+)", COMPOSE.read_text(encoding="utf-8")))
_SERVICES = services(dict.fromkeys(_ASKED, "x"))
_WITH_A_VALUE = {"--env", "--volume", "--since", "--scale"}
_UNITS = dict(re.findall(r"^records-(\w+)\.service +ExecStart=(.*)$", _GUIDE, re.MULTILINE))


def _options(command: list[str]) -> set[str]:
    """What a process is told, but for where it lies and where it listens; a unit writes %% for %."""
    return {
        part.replace("%%", "%")
        for part in command[1:]
        if not part.startswith(("--bind", "--worker-tmp-dir", "--pool=prefork"))
    }


def _services_of(line: str) -> list[str]:
    """The services that a ``docker compose`` command names: ``logs`` takes several, ``run`` and ``exec`` one."""
    verb, *words = shlex.split(line.partition("|")[0])
    named = [
        word
        for before, word in zip(["", *words], words, strict=False)
        if not word.startswith("-") and before not in _WITH_A_VALUE
    ]
    return named if verb == "logs" else named[:1]


def _of_the_proxy(name: str) -> str:
    return (ROOT / "deploy/proxy" / name).read_text(encoding="utf-8")


class TestEveryPage:
    @pytest.mark.parametrize(
        "line",
        sorted(
            {
                line
                for page in pages()
                for line in re.findall(r"docker compose ((?:logs|run|exec) [^`'\n]+)", page.read_text(encoding="utf-8"))
            }
        ),
    )
    def test_asks_services_that_there_are(self, line: str) -> None:
        named = _services_of(line)

        assert named
        assert set(named) <= set(_SERVICES)


class TestThePageOnWatching:
    def test_has_prometheus_on_the_network_that_the_web_server_is_on(self) -> None:
        page = (ROOT / "docs/operator/watching.md").read_text(encoding="utf-8")
        ((project, network),) = re.findall(r"external: true, name: ([\w-]+)_(\w+)}", page)

        assert f"git clone <where you have it from> {project}\n" in _GUIDE  # Compose names networks after the folder
        assert network in _SERVICES["web"]["networks"]


class TestTheGuide:
    def test_names_every_service_and_no_other(self) -> None:
        table = _GUIDE.split("| service | does |")[1].split("\n\n")[0]
        first = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
        named = {one for cell in first for one in re.findall(r"`(\w+)`", cell)}

        assert named == set(_SERVICES)

    def test_has_every_variable_filled_in_without_which_compose_stops(self) -> None:
        filled_in = set(re.findall(r"^\| `(\w+)`", _GUIDE.split("| line | what goes in |")[1], re.MULTILINE))
        explained = set(env_file((ROOT / ".env.example").read_text(encoding="utf-8")))

        assert filled_in >= _ASKED
        assert filled_in & explained >= _ASKED & explained

    @pytest.mark.parametrize("line", re.findall(r'`python3 -c "([^`]+)"`', _GUIDE))
    def test_makes_secrets_by_lines_that_work(self, line: str, capsys: pytest.CaptureFixture[str]) -> None:
        exec(compile(line, "the guide", "exec"), {})
        assert len(capsys.readouterr().out.strip()) >= 43

    def test_runs_commands_that_there_are(self) -> None:
        named = set(re.findall(r"(?:manage\.py|(?:^|`)records) (\w+)", _GUIDE, re.MULTILINE))

        assert named >= {"make_adviser", "verify_organisation", "migrate"}
        assert named <= set(get_commands())

    def test_starts_commands_and_units_as_the_same_user_with_the_same_settings(self) -> None:
        (script,) = re.findall(r"^#!/bin/sh\n.*?\"\$@\"$", _GUIDE, re.MULTILINE | re.DOTALL)
        (unit,) = re.findall(r"^\[Unit\]\n.*?multi-user.target$", _GUIDE, re.MULTILINE | re.DOTALL)

        for shared in ("WorkingDirectory=/srv/records", "EnvironmentFile=/srv/records/.env", "UMask=0077"):
            assert f"--property={shared}" in script
            assert f"\n{shared}\n" in unit
        assert "--uid=records" in script
        assert "\nUser=records\n" in unit

    def test_prepares_before_it_starts(self) -> None:
        steps = [
            "apt-get update\napt-get install --no-install-recommends adduser",
            "git clone",
            "pip install --require-hashes -r /srv/records/requirements-server.txt",
            "-m cms_tracker.processes.translations",
            "install -d -o records",
            "ALTER SYSTEM",
            "install -m 0600 .env.example .env",
            "#!/bin/sh",
            "records migrate --no-input --skip-checks\n",
            "systemctl enable --now",
        ]
        places = [_GUIDE.split("## Without containers")[1].find(step) for step in steps]

        assert -1 not in places
        assert places == sorted(places)

    def test_starts_every_unit_that_it_has(self) -> None:
        (started,) = re.findall(r"^systemctl enable --now (.*)$", _GUIDE, re.MULTILINE)

        assert set(started.split()) == {"records-web", *(f"records-{name}" for name in _UNITS)}

    def test_installs_what_the_image_does(self) -> None:
        (ours,) = re.findall(r"adduser ca-certificates(.*?)\ngit clone", _GUIDE, re.DOTALL)
        (its,) = re.findall(r"--no-install-recommends (lib[^\n]*?) \\", DOCKERFILE.read_text(encoding="utf-8"))

        assert set(its.split()) <= set(ours.split())

    def test_scales_services_that_there_are(self) -> None:
        named = set(re.findall(r"--scale (\w+)=", _GUIDE))

        assert named == {"web", "letters", "proxy"}
        assert named <= set(_SERVICES)

    @pytest.mark.parametrize("name", ["letters", "bulk", "periodic", "timer"])
    def test_has_units_that_start_what_compose_starts(self, name: str) -> None:
        assert _options(shlex.split(_UNITS[name])) == _options(_SERVICES[name]["command"])

    def test_has_a_web_server_like_that_of_the_image(self) -> None:
        (command,) = re.findall(r"^ExecStart=(.*gunicorn.*)$", _GUIDE, re.MULTILINE)

        assert _options(shlex.split(command)) == _options(image().command)

    def test_wants_the_caddy_that_the_containers_have(self) -> None:
        (wanted,) = re.findall(r"For Caddy, take (\d+\.\d+) or newer", _GUIDE)
        (built_on,) = re.findall(r"^FROM caddy:(\d+\.\d+)\.", _of_the_proxy("Dockerfile"), re.MULTILINE)

        assert wanted == built_on

    @pytest.mark.parametrize("named", ["persist_config", "http_port", "https_port", "dynamic a"])
    def test_changes_lines_that_the_proxys_file_has(self, named: str) -> None:
        assert f"`{named}`" in _GUIDE
        assert named in _of_the_proxy("Caddyfile")

    def test_lets_nobody_in_where_the_proxy_lets_nobody_in(self) -> None:
        assert "location ~ ^/(metrics|readyz) { return 404; }" in _GUIDE

    def test_has_nginx_write_no_request_into_its_log(self) -> None:
        (sample,) = re.findall(r"^server \{.*?^\}", _GUIDE, re.MULTILINE | re.DOTALL)

        assert re.search(r"^    access_log off;$", sample, re.MULTILINE)
        assert re.search(r"^    error_log \S+ emerg;$", sample, re.MULTILINE)

    def test_has_nginx_pass_on_no_name_that_a_client_gave_a_request(self) -> None:
        assert f'proxy_set_header {HEADER} "";' in _GUIDE

    def test_says_what_browsers_are_told_for_how_long(self) -> None:
        settings = (ROOT / "cms_tracker/settings/browser.py").read_text(encoding="utf-8")
        before = _GUIDE.split("### 2. The settings")[0]

        assert "SECURE_HSTS_SECONDS = 0 if LOCAL else 2 * 365 * 24 * 60 * 60\n" in settings
        assert "for two years" in before
        for setting, word in (("INCLUDE_SUBDOMAINS", "includeSubDomains"), ("PRELOAD", "preload")):
            assert f"SECURE_HSTS_{setting} = not LOCAL\n" in settings
            assert f"`{word}`" in before

    def test_names_every_queue(self) -> None:
        heard = ",".join(re.findall(r"--queues=([\w,]+)", _GUIDE)).split(",")
        assert sorted(heard) == sorted(QUEUES)

"""The settings stop a start that would not be safe, and say what to do. Each case is a process of its own."""

import os
import re
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

KEY = "kQ7vZr2mXw9LtB4nYc8HsJ5pDg6FeA1uTi3oRb0VqNxMzKlWyPhSdGjCfUaE"
SEALING = {"FIELD_KEYS": "A" * 43, "AUDIT_KEY": "B" * 42 + "A"}
SERVER = {
    "SECRET_KEY": KEY,
    **SEALING,
    "ALLOWED_HOSTS": "records.example",
    "SITE_URL": "https://records.example",
    "REDIS_URL": "rediss://:secret@broker:6379/0",
    "BEHIND_TLS_PROXY": "1",
}


def start(variables: dict[str, str], *, shown: str = "SESSION_COOKIE_NAME") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", f"from cms_tracker import settings; print(settings.{shown})"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        check=False,
    )


class TestASafeStart:
    def test_needs_seven_variables_only(self) -> None:
        started = start(SERVER)

        assert (started.returncode, started.stdout.strip()) == (0, "__Host-session")

    @pytest.mark.parametrize("name", ["SESSION", "CSRF", "DEVICE"])
    def test_binds_its_cookies_to_the_host(self, name: str) -> None:
        assert start(SERVER, shown=f"{name}_COOKIE_NAME").stdout.startswith("__Host-")

    def test_is_eased_on_this_machine_alone(self) -> None:
        started = start({"SECRET_KEY": KEY, **SEALING, "CMS_LOCAL": "1"})

        assert (started.returncode, started.stdout.strip()) == (0, "session")

    @pytest.mark.parametrize(
        ("change", "address"),
        [
            ({}, "http://localhost:8000"),
            ({"PORT": "8123"}, "http://localhost:8123"),
            ({"SITE_URL": "http://127.0.0.1:9000/"}, "http://127.0.0.1:9000"),
        ],
    )
    def test_knows_its_address_on_this_machine(self, change: dict[str, str], address: str) -> None:
        started = start({"SECRET_KEY": KEY, **SEALING, "CMS_LOCAL": "1", **change}, shown="SITE_URL")

        assert (started.returncode, started.stdout.strip()) == (0, address)

    @pytest.mark.parametrize(
        "change",
        [
            {"DATABASE_URL": "postgres://a:secret@other/records?sslmode=verify-full&sslrootcert=system"},
            {"DATABASE_URL": "postgres://a:secret@other/records", "PRIVATE_NETWORK": "1"},
            {"DATABASE_URL": "postgres://a@%2Frun%2Fdatabase/records"},
            {"DATABASE_URL": "postgres://a@localhost/records?connect_timeout=5", "PGHOST": "other"},
            {"DATABASE_URL": "sqlite:////srv/records.sqlite3", "PGHOSTADDR": "10.0.0.7"},
            {"REDIS_URL": "redis://:secret@broker:6379/0", "PRIVATE_NETWORK": "1"},
            {"REDIS_URL": "redis://localhost:6379/0"},
            {"DEBUG": "0"},
        ],
    )
    def test_may_reach_its_database_and_broker_where_nobody_listens(self, change: dict[str, str]) -> None:
        assert start({**SERVER, **change}).returncode == 0

    @pytest.mark.parametrize(("pooled", "told"), [({}, "False"), ({"DATABASE_POOLED": "1"}, "True")])
    def test_leaves_no_cursor_open_where_connections_are_pooled(self, pooled: dict[str, str], told: str) -> None:
        started = start({**SERVER, **pooled}, shown="DATABASES['default']['DISABLE_SERVER_SIDE_CURSORS']")

        assert started.stdout.strip() == told


class TestAnUnsafeStart:
    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
            ({"SECRET_KEY": "short"}, "SECRET_KEY must be at least 50 random characters"),
            ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be at least 50 random characters"),
            ({"SECRET_KEY": "django-insecure-" + KEY}, "SECRET_KEY must be at least 50 random characters"),
            ({"FIELD_KEYS": ""}, "FIELD_KEYS is missing"),
            ({"FIELD_KEYS": "short"}, "FIELD_KEYS must be different keys of 32 random bytes"),
            ({"FIELD_KEYS": f"{SEALING['FIELD_KEYS']} {SEALING['FIELD_KEYS']}"}, "FIELD_KEYS must be different keys"),
            ({"FIELD_KEYS_FILE": "/no/such/file"}, "FIELD_KEYS_FILE cannot be read"),
            ({"AUDIT_KEY": ""}, "AUDIT_KEY is missing"),
            ({"AUDIT_KEY": "short"}, "AUDIT_KEY must be a key of 32 random bytes"),
            ({"AUDIT_KEY": SEALING["FIELD_KEYS"]}, "AUDIT_KEY must be a key of its own"),
            ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is missing"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name each host in full"),
            ({"ALLOWED_HOSTS": ".example"}, "ALLOWED_HOSTS must name each host in full"),
            ({"SITE_URL": ""}, "SITE_URL is missing"),
            ({"SITE_URL": "http://records.example"}, "SITE_URL must be https://"),
            ({"SITE_URL": "https://records.example/here"}, "SITE_URL must be https://"),
            ({"SITE_URL": "https://a@records.example"}, "SITE_URL must be https://"),
            ({"SITE_URL": "https://elsewhere.example"}, "SITE_URL must be at one of the ALLOWED_HOSTS"),
            ({"CMS_LOCAL": "1"}, "CMS_LOCAL is for this machine only"),
            ({"CMS_LOCAL": "yes"}, "CMS_LOCAL must be 0 or 1"),
            ({"REDIS_URL": ""}, "REDIS_URL is missing"),
            ({"REDIS_URL": "redis://broker:6379/0"}, "REDIS_URL names another machine, so it must carry a password"),
            ({"REDIS_URL": "redis://:secret@broker:6379/0"}, "REDIS_URL names another machine, so it must start with"),
            ({"REDIS_URL": "amqp://broker"}, "REDIS_URL must start with"),
            (
                {"DATABASE_URL": "postgres://a:secret@other/records"},
                "DATABASE_URL names another machine, so it must end",
            ),
            ({"DATABASE_URL": "postgres://a:secret@other/records?sslmode=require"}, "DATABASE_URL names another"),
            ({"DATABASE_URL": "mysql://a:secret@other/records"}, "DATABASE_URL must be postgres"),
            ({"DATABASE_URL": "what"}, "DATABASE_URL must be postgres"),
            *(
                ({"DATABASE_URL": f"postgres:///records?{way}"}, f"alone where the database is, and {named} would lead")
                for way, named in [
                    ("host=other", "host"),
                    ("sslmode=verify-full&hostaddr=10.0.0.7", "hostaddr"),
                    ("port=5433", "port"),
                    ("service=other", "service"),
                    ("servicefile=other&user=a", "servicefile"),
                    ("dbname=other", "dbname"),
                    ("conninfo=host%3Dother", "conninfo"),
                ]
            ),
            ({"DATABASE_URL": "sqlite:///records?database=other"}, "and database would lead elsewhere"),
            *(
                ({"DATABASE_URL": f"postgres://a@{host}/records", way: "other"}, f"and {way} would lead elsewhere")
                for host, way in [("", "PGHOST"), ("localhost", "PGHOSTADDR"), ("localhost", "PGSERVICE")]
            ),
            ({"DATABASE_URL": "postgres://a@%2Frun%2Fdatabase,other/records"}, "DATABASE_URL names another machine"),
            (
                {"DATABASE_URL": "postgres://a@other/records?sslmode=verify-full&sslmode=disable"},
                "DATABASE_URL names another machine",
            ),
            ({"BEHIND_TLS_PROXY": ""}, "BEHIND_TLS_PROXY is missing"),
            ({"PRIVATE_NETWORK": "yes"}, "PRIVATE_NETWORK must be 0 or 1"),
            ({"DEBUG": "1"}, "DEBUG is set, and there is no debug mode"),
            ({"DJANGO_DEBUG": "true"}, "DJANGO_DEBUG is set, and there is no debug mode"),
            ({"EMAIL_HOST": "mail", "EMAIL_PORT": "25x"}, "EMAIL_PORT must be a whole number"),
        ],
    )
    def test_is_refused_by_name(self, change: dict[str, str], named: str) -> None:
        started = start({**SERVER, **change})

        assert started.returncode == 1
        (line,) = started.stderr.splitlines()
        assert named in line
        assert line.endswith("It is explained in .env.example.")
        assert not {KEY, *SEALING.values(), "secret"} & set(re.split(r"[\s:/@,]", line))

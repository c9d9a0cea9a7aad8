"""A measurement on a server reaches nothing of that server: not its files, its mail, its broker or its keys."""

from pathlib import Path
from typing import Any

import pytest

from cms_tracker.pages.bench import apart

#: What stands in the environment of a server. None of the values may be found by what is measured.
SERVER = {
    "DATABASE_URL": "postgres://records:of-the-server@database/records", "DATABASE_POOLED": "1",
    "REDIS_URL": "rediss://:of-the-server@broker:6379/0", "SECRET_KEY": "of-the-server" * 5, "FIELD_KEYS": "C" * 43,
    "FIELD_KEYS_FILE": "/run/secrets/field-keys", "AUDIT_KEY": "D" * 42 + "A", "AUDIT_KEY_FILE": "/run/secrets/audit",
    "S3_BUCKET": "family-records", "S3_ENDPOINT": "https://files.example", "S3_ACCESS_KEY_ID": "of-the-server",
    "S3_SECRET_ACCESS_KEY": "key-of-the-server", "S3_SECRET_ACCESS_KEY_FILE": "/run/secrets/files",
    "EMAIL_HOST": "mail.example", "EMAIL_HOST_PASSWORD": "mail-of-the-server", "METRICS_TOKEN": "of-the-server" * 3,
    "DEFAULT_FROM_EMAIL": "records@server.example", "SITE_URL": "https://server.example",
    "ALLOWED_HOSTS": "server.example", "ALIVE_FILE": "/run/alive", "PROMETHEUS_MULTIPROC_DIR": "/run/counts",
    "PGHOST": "server-of-postgres", "PGHOSTADDR": "192.0.2.7", "PGSERVICE": "service-of-the-server",
    "SOMETHING_NEW": "that-nobody-thought-of",
}  # fmt: skip


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What a process says that is started for a measurement on a server."""
    for name, value in SERVER.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("JOB_LEASE_SECONDS", "7")
    with apart.on_sqlite() as settings:
        (one,) = apart.said_by("tests.integration.pages.settings_of_a_bench", settings=settings)
        return one | {"folder": settings["CMS_DATA_DIR"]}


class TestAMeasurementOnAServer:
    def test_keeps_everything_in_its_own_folder(self, said: dict[str, Any]) -> None:
        assert Path(said["database"]).parent == Path(said["folder"])
        assert said["folder"] in said["broker"]
        assert (said["store"], said["mail"], said["site"]) == (None, "filebased", "http://localhost:8000")
        assert (said["metrics"], said["alive"]) == ("", "")

    def test_has_keys_of_its_own(self, said: dict[str, Any]) -> None:
        assert len(set(said["keys"])) == 3
        assert not {SERVER[name] for name in apart.KEYS} & set(said["keys"])

    def test_is_given_nothing_else_of_the_server_either(self, said: dict[str, Any]) -> None:
        assert not set(SERVER.values()) - {"1"} & set(said["environment"])

    def test_is_as_patient_as_it_is_told_to_be(self, said: dict[str, Any]) -> None:
        assert said["lease"] == 7

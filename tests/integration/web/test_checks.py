"""A database that may lose what it has saved is found out."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed
from django.db import connection

from cms_tracker.web import checks


@pytest.mark.django_db
class TestDurableDatabase:
    def test_accepts_the_settings_the_project_ships_for_sqlite(self) -> None:
        found = checks.durable_database(app_configs=None, databases=["default"])

        # The PostgreSQL that the tests start gives up durability for speed, and is found out.
        assert [message.id for message in found] == ([] if connection.vendor == "sqlite" else ["web.E001"])

    @pytest.mark.django_db(transaction=True)
    def test_finds_a_database_that_does_not_wait_for_the_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        if connection.vendor == "sqlite":
            monkeypatch.setitem(connection.settings_dict["OPTIONS"], "init_command", "PRAGMA synchronous=OFF")
            connection.close()

        found = checks.durable_database(app_configs=None, databases=["default"])
        connection.close()

        assert [message.id for message in found] == ["web.E001"]

    def test_is_not_asked_without_a_database(self) -> None:
        assert checks.durable_database(app_configs=None, databases=None) == []


class TestPdfLibrary:
    def test_is_new_enough(self) -> None:
        assert checks.safe_pdf_library(app_configs=None) == []

    def test_is_refused_when_it_could_fetch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(checks.metadata, "version", lambda name: "69.1")

        assert [message.id for message in checks.safe_pdf_library(app_configs=None)] == ["web.E002"]


class TestPrivateDataFolder:
    @pytest.mark.parametrize(("mode", "stops"), [(0o700, []), (0o750, ["web.E003"]), (0o705, ["web.E003"])])
    def test_is_open_to_nobody_else_on_a_server(
        self, tmp_path: Path, settings: Any, mode: int, stops: list[str]
    ) -> None:
        folder = tmp_path / "data"
        folder.mkdir()
        folder.chmod(mode)
        settings.DATA_DIR = folder
        assert checks.private_data_folder(app_configs=None) == []
        settings.LOCAL = False
        assert [message.id for message in checks.private_data_folder(app_configs=None)] == stops

    def test_need_not_be_there_yet(self, tmp_path: Path, settings: Any) -> None:
        settings.LOCAL, settings.DATA_DIR = False, tmp_path / "none"
        assert checks.private_data_folder(app_configs=None) == []


class TestPrivateFiles:
    def test_have_no_url(self) -> None:
        assert installed.MEDIA_URL in {"", "/"}
        assert Path(installed.DATA_DIR) in Path(installed.MEDIA_ROOT).parents

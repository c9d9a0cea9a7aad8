"""The settings of a store of files stop a start that would not be safe, and one on a folder needs no client."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cms_tracker.settings import files
from tests.architecture.source import ROOT
from tests.unit.web.test_settings import KEY, SEALING, SERVER, start

STORE = {
    "S3_BUCKET": "family-records",
    "S3_ENDPOINT": "https://files.example:9000",
    "S3_ACCESS_KEY_ID": "an-id",
    "S3_SECRET_ACCESS_KEY": "a-secret",
}


@pytest.fixture
def variables(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name, value in STORE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


class TestAStore:
    def test_needs_four_variables_only(self, variables: pytest.MonkeyPatch) -> None:
        found = files._bucket()
        assert found is not None
        assert (found.name, found.endpoint, found.region) == ("family-records", STORE["S3_ENDPOINT"], "us-east-1")
        assert (found.prefix, found.encryption, found.timeout) == ("", "", 4)
        assert "secret" not in repr(found).replace("a-secret", "SHOWN")
        assert "SHOWN" not in repr(found)

    def test_is_none_where_no_bucket_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert files._bucket() is None

    @pytest.mark.parametrize("endpoint", ["http://127.0.0.1:9000", "http://localhost:9000", "https://files.example"])
    def test_may_do_without_tls_on_this_machine_alone(self, variables: pytest.MonkeyPatch, endpoint: str) -> None:
        variables.setenv("S3_ENDPOINT", endpoint)
        found = files._bucket()
        assert found is not None
        assert found.endpoint == endpoint

    def test_lies_below_its_prefix(self, variables: pytest.MonkeyPatch) -> None:
        variables.setenv("S3_PREFIX", "/family/records/")
        found = files._bucket()
        assert found is not None
        assert found.prefix == "family/records/"

    def test_takes_its_secret_from_a_file_of_its_owners_own(
        self, variables: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secret"
        secret.write_text("from-a-file\n", encoding="ascii")
        secret.chmod(0o600)
        variables.setenv("S3_SECRET_ACCESS_KEY", "")
        variables.setenv("S3_SECRET_ACCESS_KEY_FILE", str(secret))
        found = files._bucket()
        assert found is not None
        assert found.secret_access_key == "from-a-file"
        secret.chmod(0o640)
        with pytest.raises(ImproperlyConfigured, match="may be read by its owner alone"):
            files._bucket()

    @pytest.mark.parametrize(
        ("change", "named"),
        [
            ({"S3_BUCKET": ""}, "S3_BUCKET is missing, and S3_ENDPOINT is set"),
            ({"S3_BUCKET": "Family Records"}, "S3_BUCKET must be the name of a bucket"),
            ({"S3_ENDPOINT": "http://files.example"}, "names another machine, so it must be https://"),
            ({"S3_ENDPOINT": "http://10.0.0.7:9000"}, "names another machine, so it must be https://"),
            ({"S3_ENDPOINT": "https://files.example/here"}, "S3_ENDPOINT must be https:// and a host"),
            ({"S3_ENDPOINT": "files.example"}, "S3_ENDPOINT must be https:// and a host"),
            ({"S3_ENDPOINT": "https://a:b@files.example"}, "S3_ENDPOINT must not carry a key"),
            ({"S3_ENDPOINT": ""}, "S3_REGION is missing"),
            ({"S3_PREFIX": "../others"}, "S3_PREFIX must be names"),
            ({"S3_ACCESS_KEY_ID": ""}, "S3_ACCESS_KEY_ID is missing"),
            ({"S3_SECRET_ACCESS_KEY": ""}, "S3_SECRET_ACCESS_KEY is missing"),
            ({"S3_SECRET_ACCESS_KEY_FILE": "/no/such/file"}, "S3_SECRET_ACCESS_KEY_FILE cannot be read"),
            ({"S3_ENCRYPTION": "rot13"}, "S3_ENCRYPTION must be AES256"),
            ({"S3_CA_FILE": "/no/such/file"}, "S3_CA_FILE is not a file"),
            ({"S3_TIMEOUT_SECONDS": "0"}, "S3_TIMEOUT_SECONDS must be from 1 to 20"),
            ({"S3_TIMEOUT_SECONDS": "60"}, "S3_TIMEOUT_SECONDS must be from 1 to 20"),
        ],
    )
    def test_that_is_not_safe_is_refused_by_name(
        self, variables: pytest.MonkeyPatch, change: dict[str, str], named: str
    ) -> None:
        for name, value in change.items():
            variables.setenv(name, value)
        with pytest.raises(ImproperlyConfigured, match=named.replace(".", r"\.")):
            files._bucket()

    @pytest.mark.parametrize(
        ("change", "code", "said"),
        [
            ({}, 1, "Not started: DATABASE_URL is missing, and S3_BUCKET is set. It is explained in .env.example.\n"),
            ({"DATABASE_URL": "sqlite:////srv/records.sqlite3"}, 0, ""),
        ],
    )
    def test_stands_on_a_server_beside_a_database_that_is_named(
        self, change: dict[str, str], code: int, said: str
    ) -> None:
        started = start({**SERVER, **STORE, **change})
        assert (started.returncode, started.stderr) == (code, said)

    def test_is_refused_where_its_client_is_not_installed(self, variables: pytest.MonkeyPatch) -> None:
        variables.setattr("importlib.util.find_spec", lambda _: None)
        with pytest.raises(ImproperlyConfigured, match=r"requirements-server\.txt"):
            files._bucket()


class TestAFolder:
    def test_needs_no_client_of_a_store(self, tmp_path: Path) -> None:
        program = (
            "import django, sys, uuid; django.setup(); from cms_tracker.web import storage; "
            "storage.keep([b'a'], case_id=uuid.UUID(int=1)); assert not storage.is_empty(); "
            "print(sorted({'boto3', 'botocore'} & set(sys.modules)))"
        )
        ended = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cms_tracker.settings", "CMS_LOCAL": "1",
                 "CMS_DATA_DIR": str(tmp_path), "SECRET_KEY": KEY, **SEALING},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip
        assert (ended.stdout, ended.returncode) == ("[]\n", 0), ended.stderr

"""The bill of materials is whole, valid by its published schema, and the same for the same files."""

import json
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from cms_tracker.supply import bill, lock


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(bill.bill())
    return told


class TestTheBill:
    def test_is_valid(self) -> None:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill.bill()) is None

    def test_would_not_be_valid_with_a_word_of_our_own(self, made: dict[str, Any]) -> None:
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps({**made, "made": "up"})) is not None

    def test_is_the_same_for_the_same_files(self) -> None:
        assert bill.bill() == bill.bill()
        assert "serialNumber" not in bill.bill()
        assert "timestamp" not in bill.bill()

    def test_names_every_locked_package_with_version_hashes_and_licence(self, made: dict[str, Any]) -> None:
        found = {one["purl"]: one for one in made["components"]}
        for one in lock.read():
            told = found[f"pkg:pypi/{one.name}@{one.version}"]
            assert [each["content"] for each in told["hashes"]] == list(one.hashes)
            assert told["licenses"][0]["expression"]

    def test_names_what_is_not_of_python(self, made: dict[str, Any]) -> None:
        purls = {one["purl"] for one in made["components"]}
        assert {"pkg:deb/debian/libpango-1.0-0", "pkg:deb/debian/fonts-dejavu-core"} <= purls
        images = {purl.partition("@")[0] for purl in purls if purl.startswith("pkg:docker/")}
        assert {"pkg:docker/python", "pkg:docker/postgres", "pkg:docker/valkey/valkey"} <= images

    def test_names_no_address_to_fetch_from(self, made: dict[str, Any]) -> None:
        del made["$schema"]
        assert "://" not in json.dumps(made)

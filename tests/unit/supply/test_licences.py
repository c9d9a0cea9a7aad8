"""Every package that runs on a server says its licence, and none asks for more than we can give."""

import pytest

from cms_tracker.supply import licences, lock


class TestThePage:
    def test_is_what_the_command_makes(self) -> None:
        kept = (lock.ROOT / "docs/reference/licences.md").read_text(encoding="utf-8")
        assert kept == licences.page(), "python3 manage.py licences --output docs/reference/licences.md"

    def test_lists_the_whole_lock(self) -> None:
        page = licences.page()
        assert len(lock.read()) > 50
        assert [one.name for one in lock.read() if f"| {one.name} | {one.version} |" not in page] == []


class TestALicence:
    def test_is_allowed_for_everything_that_runs(self) -> None:
        told = {one.name: licences.of(one.name) for one in lock.read()}
        assert {name: said for name, said in told.items() if not licences.is_allowed(said)} == {}

    @pytest.mark.parametrize(
        "expression",
        ["MIT", "GPL-2.0-or-later OR MPL-1.1", "Apache-2.0 AND BSD-2-Clause", "(MIT AND MPL-2.0) OR AGPL-3.0-only"],
    )
    def test_may_offer_one_way_that_is_open_to_us(self, expression: str) -> None:
        assert licences.is_allowed(expression)

    @pytest.mark.parametrize(
        "expression", ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "SSPL-1.0", "", "Proprietary"]
    )
    def test_is_refused_where_no_way_is(self, expression: str) -> None:
        assert not licences.is_allowed(expression)

    def test_is_never_guessed(self) -> None:
        with pytest.raises(LookupError, match="not installed here"):
            licences.of("no-such-package-at-all")


class TestTheLock:
    def test_gives_every_package_its_hashes(self) -> None:
        assert [one.name for one in lock.read() if not one.hashes] == []

    def test_holds_everything_that_the_project_asks_for(self) -> None:
        assert len(lock.reasons()) > 20
        assert set(lock.reasons()) <= {one.name for one in lock.read()}

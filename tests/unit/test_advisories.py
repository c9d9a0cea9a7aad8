"""The step that asks for known weaknesses tells a clean answer from none at all."""

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.runner import advisories

CLEAN: dict[str, Any] = {"name": "good", "version": "1", "vulns": []}
WEAK: dict[str, Any] = {"name": "bad", "version": "2", "vulns": [{"id": "PYSEC-2"}, {"id": "PYSEC-1"}]}
SKIPPED: dict[str, Any] = {"name": "far", "skip_reason": "not found"}


def program(folder: Path, does: str) -> list[str]:
    """A stand-in for pip-audit that answers, or does not."""
    script = folder / "program.py"
    script.write_text(f"import json, sys, time\n{does}\n")
    return [sys.executable, str(script)]


class TestVerdict:
    @pytest.mark.parametrize(
        ("packages", "expected"),
        [
            ([CLEAN, CLEAN], (True, "2 packages, no known weakness")),
            ([CLEAN, SKIPPED], (True, "1 packages, no known weakness; 1 could not be looked up")),
            ([CLEAN, WEAK, SKIPPED], (False, "known weaknesses: bad 2 (PYSEC-1, PYSEC-2)")),
            ([SKIPPED], (True, advisories.NOT_REACHED)),
            ([], (True, advisories.NOT_REACHED)),
        ],
    )
    def test_is_clean_only_where_somebody_looked(self, packages: list[Any], expected: tuple[bool, str]) -> None:
        assert advisories.verdict(packages) == expected


class TestAudit:
    def test_reads_what_the_program_found(self, tmp_path: Path) -> None:
        found = program(tmp_path, f"print(json.dumps({{'dependencies': {[WEAK]!r}}})); sys.exit(1)")
        assert advisories.audit(found) == (False, "known weaknesses: bad 2 (PYSEC-1, PYSEC-2)")

    @pytest.mark.parametrize(
        "does",
        [
            "print('no such host: https://advisories.example/api', file=sys.stderr); sys.exit(1)",
            "print('{}')",
            "print(json.dumps({'dependencies': [{'name': 'uv', 'skip_reason': 'https://advisories.example'}]}))",
        ],
    )
    def test_says_when_nobody_answered_and_names_no_address(self, tmp_path: Path, does: str) -> None:
        assert advisories.audit(program(tmp_path, does)) == (True, advisories.NOT_REACHED)

    def test_waits_for_nobody(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(advisories, "PROBE_SECONDS", 1)
        assert advisories.audit(program(tmp_path, "time.sleep(100)")) == (True, advisories.NOT_REACHED)

    def test_asks_about_every_lock(self) -> None:
        there = {path.name for path in advisories.ROOT.glob("requirements*.txt")}
        assert set(advisories.LOCKS) | {"requirements.txt"} == there  # which stands in the server's whole

    def test_leaves_nothing_of_the_smallest_lock_out(self) -> None:
        smaller, larger = (
            {line for line in (advisories.ROOT / name).read_text().splitlines() if "==" in line}
            for name in ("requirements.txt", "requirements-server.txt")
        )
        assert smaller <= larger

"""Where counts are kept: in a folder that is named, else in the process alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

_COUNTS = (
    "from cms_tracker.web import counting; counting.LOGIN_FAILURES.inc(); "
    "print(counting.events().get_sample_value('records_login_failures_total'))"
)


def _counted(folder: Path, **variables: str) -> str:
    """What a process that works in this folder has counted."""
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **variables}
    done = subprocess.run(
        [sys.executable, "-c", _COUNTS], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


class TestCounting:
    @pytest.mark.parametrize("variables", [{}, {"PROMETHEUS_MULTIPROC_DIR": ""}], ids=["unset", "empty"])
    def test_writes_nothing_where_no_folder_is_named(self, tmp_path: Path, variables: dict[str, str]) -> None:
        assert _counted(tmp_path, **variables) == "1.0"
        assert list(tmp_path.iterdir()) == []

    def test_is_kept_in_the_folder_that_is_named(self, tmp_path: Path) -> None:
        assert _counted(tmp_path, PROMETHEUS_MULTIPROC_DIR="counts") == "1.0"
        assert [path.name for path in tmp_path.iterdir()] == ["counts"]
        assert list((tmp_path / "counts").glob("counter_*.db"))

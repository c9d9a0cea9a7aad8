"""The contracts of pyproject.toml: apps point one way, and core/ is plain Python."""

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.source import ROOT


class TestImports:
    def test_keep_every_contract(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.chdir(ROOT)

        status = lint_imports(no_cache=True)

        assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out

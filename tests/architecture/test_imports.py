"""The contracts of pyproject.toml: apps point one way, and core/ is plain Python."""

import ast

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.source import ROOT, place, tree


class TestImports:
    def test_keep_every_contract(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.chdir(ROOT)

        status = lint_imports(no_cache=True)

        assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out

    def test_of_the_pdf_library_wait_until_a_test_needs_it(self) -> None:
        """Where Pango is missing it cannot be imported, and none of the tests of a run would be found."""
        at_once = [
            place(path, one.lineno)
            for path in sorted((ROOT / "tests").rglob("*.py"))
            for one in tree(path).body
            if (isinstance(one, ast.ImportFrom) and one.module == "weasyprint")
            or (isinstance(one, ast.Import) and any(name.name == "weasyprint" for name in one.names))
        ]
        assert at_once == []

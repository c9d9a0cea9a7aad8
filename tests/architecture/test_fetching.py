"""The one module that lays out pages hands its closed fetcher to everything that could fetch."""

import ast

from tests.architecture.source import ROOT, tree

ENGINE = ROOT / "correspondence" / "rendering" / "engine.py"
#: How the library's own classes are called there; both would fetch by themselves what a page names.
FETCHING = {"CSS", "_html"}


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


class TestTheEngine:
    def test_passes_its_fetcher_to_whatever_could_fetch(self) -> None:
        calls = [node for node in ast.walk(tree(ENGINE)) if isinstance(node, ast.Call) and _name(node) in FETCHING]
        assert {_name(call) for call in calls} == FETCHING
        assert [call.lineno for call in calls if "url_fetcher" not in {one.arg for one in call.keywords}] == []

    def test_attaches_nothing_when_it_writes(self) -> None:
        calls = [node for node in ast.walk(tree(ENGINE)) if isinstance(node, ast.Call) and _name(node) == "write_pdf"]
        assert len(calls) == 1
        assert {one.arg for one in calls[0].keywords} == {"pdf_variant"}

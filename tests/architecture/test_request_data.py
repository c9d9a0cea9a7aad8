"""What a request says never becomes the name of a column or an attribute (CVE-2025-64459 and its like)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, modules, place, tree

#: What a browser sends, by whatever name it is at hand in a view.
SENT = {"POST", "GET", "FILES", "COOKIES", "META", "headers", "body", "cleaned_data", "data", "query_params"}
#: The calls whose keywords are columns, or are written to them.
ORM = {
    "filter", "exclude", "get", "create", "update", "annotate", "aggregate", "alias", "order_by", "values",
    "values_list", "get_or_create", "update_or_create", "extra", "Q", "only", "defer", "distinct", "bulk_create",
}  # fmt: skip


def sent_parts(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Attribute) and one.attr in SENT for one in ast.walk(node))


def named_by_a_request(module: ast.Module) -> Iterator[int]:
    """Lines where a call of the ORM, or a model, is given keywords or column names that a request chose."""
    for node in ast.walk(module):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        expanded = [one.value for one in node.keywords if one.arg is None]
        expanded += [one.value for one in node.args if isinstance(one, ast.Starred)]
        made = bool(called) and called[0].isupper()
        if (called in ORM or made) and any(sent_parts(one) for one in expanded):
            yield node.lineno
        if called in {"order_by", "extra", "RawSQL", "raw"} and any(sent_parts(one) for one in node.args):
            yield node.lineno
        if called in {"getattr", "setattr"} and len(node.args) > 1 and sent_parts(node.args[1]):
            yield node.lineno


def found_in(paths: Iterator[Path]) -> list[str]:
    return [place(path, line) for path in paths for line in named_by_a_request(tree(path))]


class TestWhatARequestSays:
    def test_is_never_expanded_into_columns(self) -> None:
        assert found_in(modules(*PACKAGES)) == []

    def test_is_found_where_it_is(self) -> None:
        guilty = [
            "Case.objects.filter(**request.GET.dict())",
            "Case.objects.order_by(request.GET['sort'])",
            "Q(**form.cleaned_data)",
            "Case(**form.cleaned_data)",
            "rows.annotate(**{key: value for key, value in request.POST.items()})",
            "setattr(case, request.POST['name'], 1)",
            "rows.values(*request.GET.getlist('column'))",
        ]
        for line in guilty:
            assert list(named_by_a_request(ast.parse(line))) == [1], line
        for line in ("Case.objects.filter(pk=form.cleaned_data['id'])", "record(**known)", "Case(**values)"):
            assert list(named_by_a_request(ast.parse(line))) == [], line

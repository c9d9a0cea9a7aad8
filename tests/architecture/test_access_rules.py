"""Every URL says who may call it and how. LoginRequiredMiddleware closes a view that forgot; this finds it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PACKAGES, modules, place


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield route, entry


class TestEveryUrl:
    def test_declares_its_rule_and_its_methods(self) -> None:
        routes = list(_routes(get_resolver()))

        undeclared = [
            route
            for route, pattern in routes
            if not all(getattr(pattern.callback, name, None) for name in ("access_rule", "allowed_methods"))
        ]

        assert len(routes) > 1
        assert undeclared == []


class TestMethods:
    def test_are_refused_by_the_gate_alone(self) -> None:
        """A decorator above the gate would answer a stranger 405, where only 404 tells nothing."""
        other = [place(path) for path in modules(*PACKAGES) if "django.views.decorators.http" in path.read_text()]

        assert other == []

    def test_are_asked_for_in_one_way_where_a_form_is_made(self) -> None:
        ways = ("request.POST or None", "request.POST if ")
        other = [place(path) for path in modules(*PACKAGES) if any(way in path.read_text() for way in ways)]

        assert other == ["cms_tracker/web/methods.py"]

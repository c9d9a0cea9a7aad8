"""Every URL says who may call it. LoginRequiredMiddleware closes a view that forgot; this finds it."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def _routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _routes(entry, route)
        else:
            yield route, entry


class TestEveryUrl:
    def test_declares_its_rule(self) -> None:
        routes = list(_routes(get_resolver()))

        undeclared = [route for route, pattern in routes if not getattr(pattern.callback, "access_rule", None)]

        assert len(routes) > 1
        assert undeclared == []

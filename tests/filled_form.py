"""What a browser would send when somebody presses the button of a page's form and has typed nothing."""

from html.parser import HTMLParser
from typing import Any


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input":
            self._input(given.get("type") or "text", name, value, ticked="checked" in given)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.forms[-1]):
            self.forms[-1][self._select] = value
        elif tag == "textarea":
            self._textarea = name
            self.forms[-1][name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1][self._textarea] += data.removeprefix("\n")

    def _input(self, kind: str, name: str, value: str, *, ticked: bool) -> None:
        form = self.forms[-1]
        if not name or kind in {"submit", "button", "file"}:
            return
        if kind == "checkbox":
            if ticked:
                form.setdefault(name, []).append(value or "on")
        elif kind != "radio" or ticked:
            form[name] = value


def filled(page: str) -> dict[str, Any]:
    """The fields of the longest form of a page, as they stand, without its token."""
    parser = _Forms()
    parser.feed(page)
    form = max(parser.forms, key=len, default={})
    return {name: value for name, value in form.items() if name != "csrfmiddlewaretoken"}

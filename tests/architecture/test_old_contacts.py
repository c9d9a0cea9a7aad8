"""A number or an address that is out of date stands in the data that says so, and nowhere else in the product."""

from tests.architecture.source import PACKAGES, ROOT, files, place

_OLD = ("Mitcheldean", "GL17 1AJ", "0345 266 8795", "0800 171 2306")
_MARKED_AS_OLD = "correspondence/core/contact_data.toml"


class TestAnOldContact:
    def test_stands_only_where_it_is_marked_as_old(self) -> None:
        ours = [path for path in files() if path.relative_to(ROOT).parts[0] in {*PACKAGES, "templates", "locale"}]
        texts = {place(path): path.read_text(encoding="utf-8", errors="ignore") for path in ours}

        found = {name for name, text in texts.items() if any(old in text for old in _OLD)}

        assert found == {_MARKED_AS_OLD}

"""The map of the code shows the code as it is: each package that it names exists, and it names each."""

import re

from tests.architecture.source import PACKAGES, ROOT, files

MAP = (ROOT / "docs/explanation/map.md").read_text(encoding="utf-8")
#: What a reader sees as a part of its own: the packages, and within an app those that hold the rules.
_WITHIN = re.compile(r"(?:cms_tracker/\w+|cms_tracker/pages/(?!core)\w+|(?:arrears|correspondence)/core/\w+)")
_NO_PARTS = {"migrations", "management", "templatetags"}


def _packages() -> set[str]:
    found = {str(path.parent.relative_to(ROOT)) for path in files() if path.name == "__init__.py"}
    return {name for name in found if name in PACKAGES or _WITHIN.fullmatch(name)}


def _folders_of_tests() -> set[str]:
    return {str(path.relative_to(ROOT)) for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] != "_"}


def _layers() -> set[str]:
    """The parts of the three apps, as the contract of layers has them."""
    inside = (path.relative_to(ROOT).parts for path in files() if path.suffix == ".py")
    return {parts[1].removesuffix(".py") for parts in inside if parts[0] in PACKAGES[1:] and len(parts) > 1}


class TestTheMap:
    def test_names_every_package(self) -> None:
        wanted = {name for name in _packages() if name.rpartition("/")[2] not in _NO_PARTS}
        assert sorted(name for name in wanted if not re.search(rf"(?<![\w/]){name}\b", MAP)) == []

    def test_names_no_package_or_file_that_is_not_there(self) -> None:
        named = re.findall(rf"(?<![\w/.])(?:{'|'.join(PACKAGES)}|templates|tests|static)/[\w/.]*\w", MAP)
        assert len(named) > 50
        gone = [name for name in named if not (ROOT / name.replace("KIND", "complaint")).exists()]
        assert gone == []

    def test_names_every_layer_of_an_app(self) -> None:
        wanted = _layers() - {"__init__", "apps", *_NO_PARTS}
        assert sorted(name for name in wanted if f"`{name}" not in MAP) == []

    def test_names_every_folder_of_tests(self) -> None:
        assert sorted(name for name in _folders_of_tests() if f"`{name}`" not in MAP) == []

"""What lies in the repository, and what must not."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, files, modules, place, tree, without_git

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LARGEST_FILE = 1_000_000
_TEXT = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".html", ".css", ".js", ".json", ".svg", ".example", ""}

# Written so that this file does not match itself.
_REGISTRY = re.compile(
    r"py[p]i\.org|pythonhost[e]d|npmj[s]\.(?:org|com)|deb[i]an\.org/(?:debian|pool)|registry\.y[a]rn"
)
_SOMEBODYS_FOLDER = re.compile(r"(?<![\w.$}-])/(?:roo[t]|wor[k]|hom[e]/\w+|User[s]/\w+)/")
_FOREIGN = re.compile(
    r"\.min\.(?:js|css)$|\.(?:woff2?|ttf|otf|eot|map|whl|so|exe)$|(?:^|/)(?:node_modules|vendor|third_party)/"
)


def _texts() -> Iterator[tuple[Path, str]]:
    for path in files():
        if path.suffix in _TEXT:
            yield path, path.read_text(encoding="utf-8")


def _named_variables() -> set[str]:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^([A-Z0-9_]+)=", example, re.MULTILINE))


def _read_variables(path: Path) -> Iterator[str]:
    """Yield names given as literals to os.environ, os.getenv or the readers of the settings."""
    readers = {"text", "flag", "number"} if "settings" in path.parts else set()
    for node in ast.walk(tree(path)):
        key: ast.expr | None = None
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            key = node.slice
        elif isinstance(node, ast.Call) and node.args:
            function = ast.unparse(node.func)
            of_os = {f"os.environ.{name}" for name in ("get", "setdefault")} | {"os.getenv"}
            key = node.args[0] if function in of_os | readers else None
        if isinstance(key, ast.Constant):
            yield str(key.value)


class TestTheRepository:
    def test_names_no_registry_and_nobodys_folder(self) -> None:
        found = [
            f"{place(path, number)}: {line.strip()[:80]}"
            for path, text in _texts()
            for number, line in enumerate(text.splitlines(), start=1)
            if _REGISTRY.search(line) or _SOMEBODYS_FOLDER.search(line)
        ]

        assert found == []

    def test_is_the_same_to_a_machine_without_git(self) -> None:
        assert {path for path in without_git() if path.is_file()} == set(files())

    def test_holds_no_file_of_others(self) -> None:
        assert [place(path) for path in files() if _FOREIGN.search(place(path))] == []

    def test_holds_no_large_file(self) -> None:
        assert [place(path) for path in files() if path.stat().st_size > LARGEST_FILE] == []


class TestModules:
    def test_are_short_enough_to_read_in_one_sitting(self) -> None:
        long = [
            f"{place(path)}: {lines} lines"
            for path in modules(*PACKAGES, "tests", "manage.py")
            if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
        ]

        assert long == []

    def test_have_functions_of_one_screen(self) -> None:
        long = [
            f"{place(path, node.lineno)}: {node.name} has {node.end_lineno - node.lineno + 1} lines"
            for path in modules(*PACKAGES, "manage.py")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.FunctionDef)
            if node.end_lineno is not None and node.end_lineno - node.lineno >= LONGEST_FUNCTION
        ]

        assert long == []


class TestTheEnvironment:
    def test_is_explained_in_the_example_file(self) -> None:
        read = {name for path in modules(*PACKAGES, "manage.py") for name in _read_variables(path)}

        assert "SECRET_KEY" in read
        assert read - _named_variables() <= {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}

    def test_is_not_explained_beyond_what_is_read(self) -> None:
        sources = [path.read_text(encoding="utf-8") for path in modules(*PACKAGES, "tests", "manage.py")]

        assert [name for name in _named_variables() if not any(f'"{name}"' in source for source in sources)] == []


class TestDecisions:
    def test_have_a_number_each(self) -> None:
        numbers = Counter(path.name[:4] for path in _decisions())

        assert [number for number, times in numbers.items() if times > 1 or not number.isdigit()] == []

    def test_stand_in_their_list_under_their_own_titles(self) -> None:
        listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8").splitlines()
        lines = [f"- [{path.name[:4]}]({path.name}) {_title(path)}" for path in _decisions()]

        assert [line for line in listed if line.startswith("- ")] == sorted(lines)


def _decisions() -> list[Path]:
    return [path for path in files() if path.parent.name == "decisions" and path.name != "README.md"]


def _title(path: Path) -> str:
    return re.sub(r"^# (?:[0-9]+[.] )?", "", path.read_text(encoding="utf-8").splitlines()[0])

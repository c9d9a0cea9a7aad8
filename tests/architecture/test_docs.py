"""What is written about the project can be found, leads somewhere, and names only what exists."""

import importlib
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from tests.architecture.source import PACKAGES, ROOT, files, place
from tests.architecture.written import FRONT, anchors, blocks, commands, in_code, links, pages, speaks_of_today

#: What a block of code may be marked as. ``console``: commands that a person can type here. ``text``: all else.
LANGUAGES = {"console", "python", "text", "json", "toml", "html", "sql", "yaml", "sh", "dotenv", "csv", "po"}
#: Programs that a ``console`` block may call besides ``manage.py`` and what stands in ``.venv/bin``.
PROGRAMS = {"python3", "git", "docker", "cd", "cp", "mkdir", "curl", "sha256sum", "gpg"}
_FOLDERS = ("docs", "tests", "templates", "static", "locale", ".ci", *PACKAGES)
#: A part of a name that the reader fills in: <number>, ID, NAME, NN.
_FILLED_IN = re.compile(r"<[^<>]+>|…|\*|\b[A-Z]{2,}\b|\bD\b")
_SAMPLES = ("1", "00000000-0000-4000-8000-000000000000", "complaint")


def said(page: Path, what: str) -> str:
    """One line of a failure."""
    return f"{place(page)}: {what}"


def _named() -> Iterator[tuple[Path, str]]:
    for page in filter(speaks_of_today, pages()):
        for code in in_code(page):
            yield page, code


class TestEveryPage:
    def test_can_be_reached_from_the_first(self) -> None:
        found, waiting = {FRONT}, [FRONT]
        while waiting:
            for path, _ in links(waiting.pop()):
                if path.suffix == ".md" and path.is_file() and path not in found:
                    found.add(path)
                    waiting.append(path)
        leads_to = {path for page in found for path, _ in links(page)}

        lost = [place(path) for path in files() if ROOT / "docs" in path.parents and path not in found | leads_to]
        assert lost == [], "link these from docs/README.md, or from a page that it leads to"

    def test_leads_nowhere_that_is_not_there(self) -> None:
        dead = [
            said(page, f"{place(path) if ROOT in path.parents else path}{'#' if anchor else ''}{anchor}")
            for page in pages()
            for path, anchor in links(page)
            if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors(path))
        ]
        assert dead == []

    def test_marks_each_block_of_code(self) -> None:
        unmarked = [
            said(page, f"{block.language or 'no mark'}: {block.text.strip()[:50]}")
            for page in pages()
            for block in blocks(page)
            if block.language not in LANGUAGES
        ]
        assert unmarked == []


class TestWhatIsNamed:
    def test_as_a_file_is_there(self) -> None:
        missing = [said(page, code) for page, code in _named() if _is_a_path(code) and not _is_there(code)]
        assert missing == []

    def test_as_a_page_has_a_route(self) -> None:
        missing = [said(page, code) for page, code in _named() if _is_a_route(code) and not _resolves(code)]
        assert missing == []

    def test_as_a_module_or_a_name_in_one_is_there(self) -> None:
        missing = [said(page, code) for page, code in _named() if _is_dotted(code) and not _imports(code)]
        assert missing == []

    def test_as_a_setting_or_a_variable_is_somewhere_in_the_code(self) -> None:
        missing = [said(page, code) for page, code in _named() if _is_a_setting(code) and code not in _words_of_code()]
        assert missing == []

    def test_as_a_command_is_there_with_its_options(self) -> None:
        wrong = [
            said(page, f"{line}: {why}")
            for page in filter(speaks_of_today, pages())
            for line in commands(page)
            if (why := _what_is_wrong(line))
        ]
        assert wrong == []


class TestTheCommands:
    def test_stand_in_the_reference(self) -> None:
        ours = {path.stem for path in files() if path.parent.name == "commands" and path.stem != "__init__"}
        page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")

        assert "up" in ours
        assert sorted(name for name in ours if not re.search(rf"`{name}[ `]", page)) == []


class TestTheWords:
    def test_that_guides_explain_stand_in_the_glossary_with_a_source(self) -> None:
        shared = (ROOT / "cms_tracker/pages/core/reading/shared.toml").read_text(encoding="utf-8")
        page = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
        terms = [f"| {one['word']} | {one['means']} |" for one in tomllib.loads(shared)["term"]]

        assert len(terms) > 30
        assert [row for row in terms if not re.search(rf"^{re.escape(row)} [^|]+ \\|$", page, re.MULTILINE)] == []


class TestTheseTests:
    def test_find_what_is_not_there(self) -> None:
        assert not _is_there("arrears/core/no_such_rule.py")
        assert not _resolves("/no-such-page/")
        assert not _imports("arrears.core.plans.no_such_name()")
        assert _what_is_wrong("python3 manage.py no_such_command")
        assert _what_is_wrong("python3 manage.py position FILE --no-such-option")
        assert _what_is_wrong("docker compose run --rm migrate python manage.py no_such_command")
        assert _what_is_wrong("frobnicate --all")

    def test_let_pass_what_is(self) -> None:
        assert _is_there("arrears/core/rates.toml")
        assert _is_there("cms_tracker/pages/core/reading/<number>.toml")
        assert _resolves("/records/ID/payments/")
        assert _imports("arrears.queries.facts_for(case)")
        assert not _what_is_wrong("python3 manage.py position FILE --on 2024-02-21 --json")
        assert not _what_is_wrong(".venv/bin/ruff check")


def _is_a_path(code: str) -> bool:
    return re.fullmatch(r"[\w./<>*-]+", code) is not None and code.split("/")[0] in _FOLDERS and "/" in code


def _is_there(code: str) -> bool:
    pattern = _FILLED_IN.sub("*", code).rstrip("/")
    return any(ROOT.glob(pattern))


def _is_a_route(code: str) -> bool:
    return re.fullmatch(r"/?(?:[\w<>…-]+/)+", code) is not None and (code.startswith(("/", "records/")))


def _resolves(code: str) -> bool:
    address = "/" + code.lstrip("/")
    for sample in _SAMPLES:
        try:
            resolve(_FILLED_IN.sub(sample, address))
        except Resolver404:
            continue
        return True
    return any((ROOT / part.strip("/")).is_dir() for part in (address,))


def _is_dotted(code: str) -> bool:
    return re.fullmatch(rf"(?:{'|'.join(PACKAGES)})(?:\.\w+)+(?:\(.*\))?", code) is not None


def _imports(code: str) -> bool:
    parts = code.partition("(")[0].split(".")
    for known in range(len(parts), 0, -1):
        try:
            found: object = importlib.import_module(".".join(parts[:known]))
        except ModuleNotFoundError:
            continue
        for name in parts[known:]:
            if not hasattr(found, name):
                return False
            found = getattr(found, name)
        return True
    return False


def _is_a_setting(code: str) -> bool:
    return re.fullmatch(r"[A-Z]+(?:_[A-Z0-9]+)+", code) is not None


@cache
def _words_of_code() -> frozenset[str]:
    sources = (path for path in files() if path.suffix in {".py", ".yml", ".toml", ".example", ".sh", ".html", ""})
    words = {word for path in sources for word in re.findall(r"[A-Z][A-Z0-9_]+", path.read_text(encoding="utf-8"))}
    return frozenset(words | set(dir(settings)))


def _what_is_wrong(line: str) -> str:
    """Say in a few words what of a command line does not exist; empty where all of it does."""
    words = [word for word in shlex.split(line) if not re.fullmatch(r"[A-Z_]+=\S*", word)]
    if not words:
        return ""
    first, *rest = words
    if first == "docker" and "manage.py" in rest:
        first, rest = "manage.py", rest[rest.index("manage.py") + 1 :]
    if first in {"python3", ".venv/bin/python"} and rest[:1] == ["manage.py"]:
        first, rest = "manage.py", rest[1:]
    if first == "manage.py":
        return _wrong_in_a_command(rest)
    if first.startswith(".venv/bin/"):
        known = (ROOT / first).exists() or first.endswith(("/pytest", "/ruff", "/lint-imports", "/python", "/uv"))
        return "" if known else "no such program"
    return "" if first in PROGRAMS or (ROOT / first).is_file() else "no such program"


def _wrong_in_a_command(words: list[str]) -> str:
    name, options = words[0], [word.partition("=")[0] for word in words[1:] if word.startswith("--")]
    if name in {"COMMAND", "test"}:  # what follows `test` goes to pytest
        return ""
    if name not in get_commands():
        return "no such command"
    known = _options(name)
    return ", ".join(option for option in options if option not in known)


@cache
def _options(name: str) -> frozenset[str]:
    app = get_commands()[name]
    command = load_command_class(app, name) if isinstance(app, str) else app
    help_ = command.create_parser("manage.py", name)
    found = {option for action in help_._actions for option in action.option_strings}
    for action in help_._actions:
        for sub in (getattr(action, "choices", None) or {}).values() if isinstance(action.choices, dict) else ():
            found |= {option for one in sub._actions for option in one.option_strings}
    return frozenset(found)

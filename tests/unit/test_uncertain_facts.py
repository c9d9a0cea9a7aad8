"""Nothing on any page states as certain what nobody verified, what sources disagree on, or what was inferred.

The list is ``tests/uncertain_facts.toml``. Each fact there is tied to the place where the product
keeps it, which must say that it is not firm, or to sentences that must stand nowhere, or to both.
"""

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.architecture.source import PACKAGES, ROOT, modules, tree

Table = Mapping[str, Any]

FACTS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests" / "uncertain_facts.toml").read_text(encoding="utf-8"))[
    "fact"
]
_TAGS = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<[^>]*>", re.DOTALL)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n{2,}")
_KEYS_OF_A_SOURCE = ("source", "by")


class Said(NamedTuple):
    """A text that a person may be shown, and where it stands."""

    place: str
    text: str


def is_open(table: Table, sources: Mapping[str, Table]) -> bool:
    """Whether an entry of a data file says that it is not firm or is old, itself or by the source that it names."""
    if table.get("firm") is False or table.get("certainty") == "unverified" or table.get("old") is True:
        return True
    named = [
        sources[table[key]] for key in _KEYS_OF_A_SOURCE if isinstance(table.get(key), str) and table[key] in sources
    ]
    return any(one.get("firm") is False for one in named)


def tables(of: Any) -> Iterator[Table]:
    """Every table of a data file, the outer ones first."""
    if isinstance(of, dict):
        yield of
        for value in of.values():
            yield from tables(value)
    elif isinstance(of, list):
        for value in of:
            yield from tables(value)


def sources_of(data: Table) -> Mapping[str, Table]:
    """What a data file calls its sources, by their names."""
    found = data.get("sources", data.get("source", data))
    return {key: value for key, value in found.items() if isinstance(value, dict)} if isinstance(found, dict) else {}


def strings(of: Any) -> Iterator[str]:
    """Every text in a value."""
    if isinstance(of, str):
        yield of
    elif isinstance(of, dict):
        for value in of.values():
            yield from strings(value)
    elif isinstance(of, list):
        for value in of:
            yield from strings(value)


def own_texts(table: Table) -> Iterator[str]:
    """The texts of an entry that do not stand in an entry of their own."""
    for value in table.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, str))


def shown_in(path: Path) -> Iterator[Said]:
    """The texts of a file that a page may show; what a data file calls not firm is left out."""
    where = str(path.relative_to(ROOT))
    if path.suffix == ".toml":
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for table in tables(data):
            if not is_open(table, sources_of(data)):
                yield from (Said(where, text) for text in own_texts(table))
    elif path.suffix == ".py":
        yield from (Said(where, text) for text in _constants(path))
    else:
        yield Said(where, re.sub(r"[ \t]*\n[ \t]*", "\n", _TAGS.sub(" ", path.read_text(encoding="utf-8"))))


def _constants(path: Path) -> Iterator[str]:
    """The texts in a module, its docstrings apart."""
    module = tree(path)
    bodies = [node.body for node in ast.walk(module) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


@cache
def shown() -> tuple[Said, ...]:
    """Every sentence that the product may show."""
    data = [path for package in PACKAGES for path in (ROOT / package).rglob("*.toml")]
    papers = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
    found = [said for path in (*papers, *sorted(data), *modules(*PACKAGES)) for said in shown_in(path)]
    return tuple(Said(one.place, " ".join(text.split())) for one in found for text in _SENTENCE.split(one.text))


def stated(fact: Table, sentences: tuple[Said, ...]) -> list[str]:
    """The sentences that state a fact as certain, with their places."""
    unless, elsewhere = fact.get("unless"), fact.get("elsewhere", ())
    return [
        f"{one.place}: {one.text}"
        for one in sentences
        for pattern in fact.get("never", ())
        if one.place not in elsewhere
        and re.search(pattern, one.text, re.IGNORECASE)
        and not (unless and re.search(unless, one.text))
    ]


def entries(datum: Table) -> tuple[list[Table], Table]:
    """The entries of a data file that a pattern finds, and the whole file."""
    data = tomllib.loads((ROOT / datum["file"]).read_text(encoding="utf-8"))
    return [one for one in tables(data) if any(re.search(datum["find"], text) for text in own_texts(one))], data


def is_told(datum: Table) -> bool:
    """Whether the product tells that it is not certain: not firm, or every reading side by side."""
    found, data = entries(datum)
    if "all_of" in datum:
        return bool(found) and all(any(wanted in text for text in strings(found[0])) for wanted in datum["all_of"])
    return bool(found) and all(is_open(one, sources_of(data)) for one in found)


every_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact["about"])[:60])
every_datum = pytest.mark.parametrize(
    "datum",
    [one for fact in FACTS for one in fact.get("datum", ())],
    ids=lambda one: f"{one['file']}: {one['find']}"[:90],
)


class TestAnUncertainFact:
    @every_fact
    def test_is_stated_as_certain_nowhere(self, fact: Table) -> None:
        assert stated(fact, shown()) == []

    @every_datum
    def test_is_kept_as_not_firm_or_with_every_reading(self, datum: Table) -> None:
        assert is_told(datum)

    @every_fact
    def test_is_described_with_its_source_and_tied_to_something(self, fact: Table) -> None:
        assert fact["mark"] in {"recalled", "disputed", "inferred"}
        assert fact["about"].endswith(".")
        assert fact["source"]
        assert fact.get("datum") or fact.get("never")


class TestTheSearch:
    @pytest.mark.parametrize("fact", [one for one in FACTS if "never" in one], ids=lambda fact: fact["example"])
    def test_catches_the_example(self, fact: Table) -> None:
        assert stated(fact, (Said("a page", fact["example"]),))

    def test_catches_a_sentence_in_a_template_a_module_and_a_data_file(self, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
        said = "A debt of 2005 is statute-barred."
        (tmp_path / "page.html").write_text(f"<p>{{% translate 'x' %}} {said}</p>")
        (tmp_path / "data.toml").write_text(f'[[a]]\nsays = "{said}"\n[[a]]\nsays = "{said}"\nfirm = false\n')
        (tmp_path / "words.py").write_text(f'"""{said}"""\nWORDS = "{said}"\n')
        (fact,) = (one for one in FACTS if "statute" in str(one.get("never")))
        for name in ("page.html", "data.toml", "words.py"):
            assert len(stated(fact, tuple(shown_in(tmp_path / name)))) == 1

    def test_finds_the_sentences_of_the_pages(self) -> None:
        places = {one.place for one in shown()}
        assert {"templates/pages/overview.html", "correspondence/core/clock_data.toml"} <= places
        assert any(one.startswith("arrears/") for one in places)
        assert len(shown()) > 3_000

    def test_sees_an_entry_that_lost_its_mark(self, tmp_path: Path, monkeypatch: Any) -> None:
        monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
        datum = {"file": "data.toml", "find": "^a year$"}
        (tmp_path / "data.toml").write_text('[[clock]]\nreadings = [{ says = "a year", firm = false }]\n')
        assert is_told(datum)
        (tmp_path / "data.toml").write_text('[[clock]]\nreadings = [{ says = "a year" }]\n')
        assert not is_told(datum)
        (tmp_path / "data.toml").write_text('[[clock]]\nreadings = [{ says = "two years", firm = false }]\n')
        assert not is_told(datum)

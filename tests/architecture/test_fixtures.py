"""A value that a test gives to a fixture goes through the fixture.

A name that is a fixture of the module and is parametrized without `indirect` makes a second one of that name.
What else was made of the first is then not made anew, and in another order of the tests one reads what was
made for another value.
"""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import modules, place, tree

PAST_IT = """
@pytest.fixture(params=["first", "last"])
def state(request): ...
@pytest.mark.parametrize("day, state", [(1, "last")])
def test_of_the_last(state, day): ...
@pytest.mark.parametrize("state", ["last"], indirect=True)
def test_of_the_last_as_well(state): ...
"""


def fixtures(module: ast.Module) -> set[str]:
    """The names of a module's fixtures."""
    return {
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef) and any("fixture" in ast.unparse(one) for one in node.decorator_list)
    }


def past_their_fixture(module: ast.Module) -> Iterator[int]:
    """The lines in which a module's own fixture is given a value past itself."""
    own = fixtures(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.parametrize"):
            names = set(re.findall(r"\w+", ast.unparse(node.args[0])))
            if own & names and "indirect" not in {one.arg for one in node.keywords}:
                yield node.lineno


def test_one_that_goes_past_it_is_found() -> None:
    assert list(past_their_fixture(ast.parse(PAST_IT))) == [4]


def test_a_value_for_a_fixture_goes_through_the_fixture() -> None:
    found = {path: tree(path) for path in modules("tests")}

    assert sum(bool(fixtures(module)) for module in found.values()) > 100
    assert [place(path, line) for path, module in found.items() for line in past_their_fixture(module)] == []

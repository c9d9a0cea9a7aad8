"""A closed list of words stands in one place, however many apps use it."""

import importlib
import pkgutil
from collections import defaultdict
from enum import StrEnum

import arrears.core
import cases.core
import correspondence.core


def test_no_two_enums_hold_the_same_words() -> None:
    for package in (cases.core, arrears.core, correspondence.core):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    found: dict[frozenset[str], list[str]] = defaultdict(list)
    for enum in StrEnum.__subclasses__():
        if enum.__module__.startswith(("cases.", "arrears.", "correspondence.")):
            found[frozenset(enum)].append(f"{enum.__module__}.{enum.__name__}")
    assert len(found) > 10
    assert [names for names in found.values() if len(names) > 1] == []

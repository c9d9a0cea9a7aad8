"""Who can help, as dated facts from ``help_lines.toml``: a telephone number is data, never a template."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpLine:
    """One service: what for, how to reach it, where that is said.

    ``checked`` is the day on which it was compared with its source, at ``url`` where that is a
    page; None: nobody has yet, and the page says so.
    """

    name: str
    about: str
    nation: str
    telephone: str
    hours: str
    website: str
    source: str
    url: str
    checked: dt.date | None

    @property
    def dial(self) -> str:
        """The number as a telephone link takes it."""
        return self.telephone.replace(" ", "")


@lru_cache(maxsize=1)
def every() -> tuple[HelpLine, ...]:
    """Every help line of the file, in its order."""
    text = resources.files(__package__).joinpath("help_lines.toml").read_text(encoding="utf-8")
    return tuple(HelpLine(**{"url": "", "checked": None} | table) for table in tomllib.loads(text)["help_line"])


def named(name: str) -> HelpLine:
    """The help line of that name. Raises KeyError where the file has none."""
    for line in every():
        if line.name == name:
            return line
    raise KeyError(name)


def by_nation() -> dict[str, list[HelpLine]]:
    """The help lines under the nation they serve, in the file's order."""
    found: dict[str, list[HelpLine]] = {}
    for line in every():
        found.setdefault(line.nation, []).append(line)
    return found

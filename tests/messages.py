"""Every text of the product that is marked for translation, read off its sources with Babel."""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
WELSH = ROOT / "locale" / "cy" / "LC_MESSAGES" / "django.po"
SAFETY = "safety"
_PACKAGES = ("arrears", "cases", "cms_tracker", "correspondence")
_KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "mark": None,
    "say": None,
    "ngettext": (1, 2),
    "say_count": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


class Message(NamedTuple):
    """A text as it stands in the source; ``many`` is its plural, if it has one."""

    context: str | None
    one: str
    many: str | None


@cache
def marked() -> dict[Message, str]:
    """Each marked text, with the place where it stands first."""
    found: dict[Message, str] = {}
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            _add(found, path, path.read_bytes())
    for path in sorted((ROOT / "templates").rglob("*.*")):
        source = templatize(path.read_text(encoding="utf-8"))
        # Where a line begins means something in Python, and nothing in a template.
        _add(found, path, "\n".join(line.strip() for line in source.splitlines()).encode())
    return found


def _add(found: dict[Message, str], path: Path, source: bytes) -> None:
    for line, text, _, context in extract("python", io.BytesIO(source), _KEYWORDS):  # type: ignore[arg-type]
        one, many = (text[0], text[1]) if isinstance(text, tuple) else (text, None)
        if one:
            found.setdefault(Message(context, one, many), f"{path.relative_to(ROOT)}:{line}")


def welsh() -> Iterator[tuple[Message, tuple[str, ...]]]:
    """Each text of the Welsh draft, with its Welsh (one for each form, where it has a plural)."""
    with WELSH.open("rb") as file:
        for message in read_po(file, locale="cy", abort_invalid=True):
            if not message.id:
                continue
            one, many = (message.id[0], message.id[1]) if isinstance(message.id, tuple) else (message.id, None)
            said = tuple(message.string) if isinstance(message.string, tuple) else (str(message.string),)
            yield Message(message.context, one, many), said

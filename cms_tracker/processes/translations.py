"""Compile the translations at set-up, with Babel: the gettext programs are not asked for.

``manage.py`` does so before every command, the tests before they start, and the Dockerfile once:

    python -m cms_tracker.processes.translations
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def compile_what_is_new(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalogue that has no compiled form younger than itself; return what was made.

    Raises OSError where the folder cannot be written to, and ValueError for a catalogue that cannot be read.
    """
    made = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            try:
                catalogue = read_po(file, locale=source.parents[1].name, abort_invalid=True)
            except PoFileError as error:
                raise ValueError(f"{source.name}: {error}") from error
        unfinished = target.with_suffix(".mo.new")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.replace(target)  # two starts at once: each puts a whole file there
        made.append(target)
    return made


def compile_or_say() -> None:
    """Compile, or say in one line why pages stay in English: a start must not fail for it."""
    try:
        compile_what_is_new()
    except (OSError, ValueError) as error:
        print(f"The Welsh could not be compiled, so every page stays in English: {error}", file=sys.stderr)


if __name__ == "__main__":
    compile_or_say()

"""The licence of each locked package, as an SPDX expression, and the page that lists them."""

import re
from importlib import metadata

from cms_tracker.supply import lock

#: What a package may be under that the program imports. No licence that would ask the program itself to be given
#: away under it (GPL, AGPL, SSPL): LGPL packages are used unchanged, as libraries.
ALLOWED = frozenset(
    {
        "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "LGPL-2.0-or-later", "LGPL-2.1-or-later",
        "LGPL-3.0-only", "MIT", "MIT-0", "MIT-CMU", "MPL-1.1", "MPL-2.0", "PSF-2.0",
    }
)  # fmt: skip

#: Where the package does not say it in one word, or is not for this system: read in its own licence file.
_READ = {
    "async-timeout": "Apache-2.0",
    "brotlicffi": "MIT",
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.0-or-later OR MPL-1.1",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
}
_WRITTEN = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "New BSD": "BSD-3-Clause",
}
_HEAD = """# Licences

What runs on a server, from `requirements-server.txt`: its licence as the package says it, in the words of
[SPDX](https://spdx.org/licenses/), and what it is for. Made by

```console
python3 manage.py licences --output docs/reference/licences.md
```

A test makes the page anew, and refuses a licence that is not on the list in `cms_tracker/supply/licences.py`: none that
would ask this program to be given away under it. Tools of the tests never leave the developer's machine and are not
listed. With *or*, the first that is on the list is taken.

| package | version | licence | what for |
|---|---|---|---|
"""


def of(name: str) -> str:
    """Return a package's licence as an SPDX expression; raise ``LookupError`` where it does not say one."""
    if name in _READ:
        return _READ[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError as error:
        raise LookupError(f"{name} is not installed here: write its licence down in _READ") from error
    if "License-Expression" in told:
        return told["License-Expression"]
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    written = told.get_all("License") or []
    for said in (*written, *(classes if len(classes) == 1 else [])):
        found = _WRITTEN.get(said, said)
        if found in ALLOWED:
            return str(found)
    raise LookupError(f"{name} does not say its licence in one word: read it, and write it down in _READ")


def is_allowed(expression: str) -> bool:
    """Tell whether one of the ways to take a package is under allowed licences alone."""
    return any(
        {part.strip("() ") for part in re.split(r"\bAND\b", way)} <= ALLOWED
        for way in re.split(r"\bOR\b", expression)
    )  # fmt: skip


def page() -> str:
    """Return docs/reference/licences.md."""
    locked, reasons = lock.read(), lock.reasons()
    bringers = lock.brought_by(locked)
    rows = [
        f"| {one.name} | {one.version} | {of(one.name)} | "
        + (reasons.get(one.name) or f"brought by {', '.join(bringers[one.name])}")
        + " |\n"
        for one in locked
    ]
    return _HEAD + "".join(rows)

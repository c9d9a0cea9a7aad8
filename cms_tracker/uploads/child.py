"""Has one file opened by a program of its own (``opener``), and puts in words why one cannot be taken."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from cms_tracker.refusal import Refusal
from cms_tracker.uploads.kinds import DAMAGED_PICTURE, LONG_TEXT, PICTURES, TOO_MANY_POINTS, Kind

MOST_SECONDS = 15  # by the clock, on a busy machine
COMPUTING = 8  # seconds of computing; a bomb is found in less than one
MEMORY = 150 * 1024 * 1024  # beyond what the program has when it begins
MEMORY_FOR_PICTURES = 480 * 1024 * 1024  # forty million points, see-through ones, and the smaller picture made of them

_TOO_MUCH = "This file takes too long to read. Print it to a new PDF, or take a photo of it."
_SENTENCES = {
    "locked": "This PDF is locked. Open it, print it to a new PDF, and add the new one.",
    "damaged_pdf": "This PDF is damaged. Print it to a new PDF, or take a photo of it.",
    "pages": "This PDF has more than 200 pages. Add the pages that matter.",
    "inflates": "This PDF is far larger inside than it looks. Print it to a new PDF, or take a photo of it.",
    "copy_too_large": "This PDF is far larger inside than it looks. Print it to a new PDF, or take a photo of it.",
    "starts_programs": "This PDF tries to start a program. Print it to a new PDF, and add the new one.",
    "picture_within": TOO_MANY_POINTS.replace("This picture", "A picture in this PDF"),
    "damaged_picture": DAMAGED_PICTURE,
    "damaged_text": "This text cannot be read. Print it to a PDF, or take a screenshot.",
    "long_text": LONG_TEXT,
    "too_much": _TOO_MUCH,
}
# What a program needs to run. No key, password or address of ours is among it.
_PASSED_ON = ("PATH", "LANG", "LC_", "LD_", "DYLD_", "TMPDIR", "PYTHON")
_HERE = Path(__file__).resolve().parent
# As a package of its own: under its whole name it would load the site, and know the way to everything.
_START = "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module('opener', run_name='__main__')"


class SharedCopy(NamedTuple):
    """A file made anew, fit to leave the record: what it is, its bytes, its pages if known, what it leaves out."""

    media_type: str
    content: bytes
    pages: int | None
    left_out: tuple[str, ...]


def copy_of(content: bytes, kind: Kind) -> SharedCopy:
    """Open a file and make the copy that may be shared: the same bytes each time. Raises Refusal."""
    memory = MEMORY_FOR_PICTURES if kind in PICTURES else MEMORY
    try:
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-c", _START, str(_HERE), str(memory), str(COMPUTING)],
            input=kind.value.encode() + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's remarks may repeat the file
            env={name: value for name, value in os.environ.items() if name.startswith(_PASSED_ON)},
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refusal(_TOO_MUCH) from None
    line, _, copy = done.stdout.partition(b"\n")
    if done.returncode or not line:
        raise Refusal(_TOO_MUCH)
    said = json.loads(line)
    if "code" in said:
        raise Refusal(_SENTENCES[said["code"]])
    return SharedCopy(said["media_type"], copy, said["pages"], tuple(said["left_out"]))

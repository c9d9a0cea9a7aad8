"""``manage.py verify_bundle``: whether a bundle is the file that its manifest was made for. Needs no database."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from arrears.management import plain_command
from arrears.management.plain_command import PlainCommand
from correspondence.core.bundles.contents import complaint_about, from_json

_MOST = 64 * 1024 * 1024  # bytes of a manifest; 600 pages have one of 200 kB
_CHUNK = 1024 * 1024


class Command(PlainCommand):
    help = "Say whether a bundle is the file that a manifest (the JSON one) was made for. Works off line."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the two files."""
        parser.add_argument("file", help="the bundle, a PDF")
        parser.add_argument("manifest", help="its manifest, a JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, and say what the bundle holds."""
        value = _manifest(plain_command.read_file(options["manifest"]))
        wrong = complaint_about(value, file_sha256=_hash_of(options["file"]))
        if wrong:
            plain_command.refuse("file" if wrong.startswith("the file") else "manifest", wrong)
        documents = [one for one in from_json(value["documents"]) if one.section]
        lines = [f"The bundle is the one that was made: {value['pages']} pages, {len(documents)} documents."]
        lines += [f"{one.pages:>12}  {one.mark:<4} {one.title}" for one in documents]
        self.say("\n".join(lines))


def _manifest(content: bytes) -> Any:
    try:
        return json.loads(content[:_MOST])
    except ValueError:
        plain_command.refuse("manifest", "this is not JSON")


def _hash_of(name: str) -> str:
    digest = hashlib.sha256()
    try:
        with Path(name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError as error:
        plain_command.refuse("file", f"{name} cannot be read: {error.strerror or 'no such file'}")
    return digest.hexdigest()

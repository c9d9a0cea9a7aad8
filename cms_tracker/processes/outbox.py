"""Reads out the links in mail that was written to a folder, where there is no mail server."""

import email
import email.policy
import re
from collections.abc import Iterator
from pathlib import Path

_LINK = re.compile(r"https?://[^\s<>\"]+")
_RULE = re.compile(rb"^-{79}$", re.MULTILINE)  # Django ends each message in the file with it


class Outbox:
    """Follows the folder from now on: mail that lies there already is not read out again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read = {path: path.stat().st_size for path in self._files()}

    def new_links(self) -> Iterator[tuple[str, str]]:
        """Yield the address written to and the link, for each link in mail that came since the last call."""
        for path in self._files():
            start = self._read.get(path, 0)
            with path.open("rb") as file:
                file.seek(start)
                arrived = file.read()
            end = arrived.rfind(b"\n" + b"-" * 79)
            if end < 0:
                continue  # still being written
            self._read[path] = start + len(arrived)
            for message in _RULE.split(arrived):
                yield from _links(message)

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("*.log"))


def _links(message: bytes) -> Iterator[tuple[str, str]]:
    parsed = email.message_from_bytes(message.lstrip(), policy=email.policy.default)
    body = parsed.get_body(("plain",)) if parsed["To"] else None
    if body is not None:
        yield from ((parsed["To"], link) for link in _LINK.findall(body.get_content()))

"""How the two sides speak: a line of JSON, and the files that belong to it, each with its length."""

import json
import struct
from collections.abc import Sequence
from typing import IO, Any, NamedTuple

_LENGTH = struct.Struct(">I")


class Message(NamedTuple):
    """What one side says: a few words as JSON, and files."""

    head: dict[str, Any]
    files: list[bytes]


def send(stream: IO[bytes], head: dict[str, Any], files: Sequence[bytes] = ()) -> None:
    """Send one message."""
    line = json.dumps(head | {"files": [len(one) for one in files]}).encode()
    stream.write(_LENGTH.pack(len(line)) + line)
    for one in files:
        stream.write(one)
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """The next message, or None where the other side has ended."""
    size = stream.read(_LENGTH.size)
    if len(size) < _LENGTH.size:
        return None
    line = stream.read(*_LENGTH.unpack(size))
    try:
        head = json.loads(line)
    except ValueError:  # it ended in the middle of a word
        return None
    files = [stream.read(length) for length in head.pop("files")]
    return Message(head, files)

"""Serve on standard input and output until the other side ends."""

import gc
import os
import resource
import sys
from contextlib import suppress
from dataclasses import replace
from typing import Any

from correspondence.binding import assembly, frames, leaves
from correspondence.binding.scan import scan
from correspondence.core.bundles.hiding import Needle


def answer(parts: dict[str, assembly.Part], asked: frames.Message) -> tuple[dict[str, Any], list[bytes]]:
    """What one message is answered with."""
    head, files = asked
    if head["do"] == "add":
        part = assembly.Part(files[0], head["media_type"], head["is_ours"], head["first"], head["pages"])
        if not part.is_ours:
            part.content, part.pages = leaves.taken(part.content, part.media_type)
        parts[head["key"]] = part
        return {"pages": part.pages}, []
    if head["do"] == "again":  # other pages of a file that is there already
        whole = parts[head["of"]]
        parts[head["key"]] = replace(whole, first=head["first"], pages=head["pages"], reader=whole.open())
        return {"pages": head["pages"]}, []
    content = assembly.bind(parts, head["spec"])
    parts.clear()
    gc.collect()  # what was bound is one file now; the search needs the room
    needles = [Needle(folded, is_number) for folded, is_number in head["needles"]]
    report = scan(content, needles, handed_in=set(head["handed_in"]))
    return {"found": report.found, "unread": report.unread}, [content]


def main(memory: str, seconds: str) -> None:
    """``memory`` is the most address space it may take, in bytes; ``seconds`` the most computing in all."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library says must not stand among the answers
    for name, soft in {"AS": int(memory), "CPU": int(seconds)}.items():
        with suppress(ValueError, OSError):  # not on every system
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, resource.RLIM_INFINITY))
    parts: dict[str, assembly.Part] = {}
    while (asked := frames.receive(sys.stdin.buffer)) is not None:
        try:
            head, files = answer(parts, asked)
        except leaves.UnreadableError:
            frames.send(answers, {"error": "unreadable"})
        except Exception as error:  # whatever is in a file; its message may repeat it
            frames.send(answers, {"error": type(error).__name__})
        else:
            frames.send(answers, head, files)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What a session holds after two requests at once: what either of them changed. The rule alone.

Two tabs load what the session holds, and each saves all of it. Without this the one that saves last puts
back what the other has just added, and an answer that somebody typed is gone.
"""

from collections.abc import Mapping
from typing import Any

Held = dict[str, Any]
_GONE = object()


def merged(loaded: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> Held:
    """What was saved meanwhile, with what this request changed since it loaded.

    Mappings are merged entry by entry, so that each keeps its own draft; what is in an entry stays whole, so
    that no draft is put together from two. Where both changed one, this request's counts: it comes last.
    """
    return _merged(loaded, ours, theirs, deeper=True)


def _merged(loaded: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], *, deeper: bool) -> Held:
    found = dict(theirs)
    for key in [*loaded, *(key for key in ours if key not in loaded)]:
        before, now = loaded.get(key, _GONE), ours.get(key, _GONE)
        if now == before:
            continue
        also = theirs.get(key, _GONE)
        if now is _GONE:
            found.pop(key, None)
        elif deeper and all(isinstance(one, Mapping) for one in (now, also)):
            found[key] = _merged(before if isinstance(before, Mapping) else {}, now, also, deeper=False)
        else:
            found[key] = now
    return found

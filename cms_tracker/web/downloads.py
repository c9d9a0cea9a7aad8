"""Hand a kept file to a person: as a download that no browser runs or shows on this site.

What is stored is read whole and checked against its SHA-256 each time. Who may have which file is
for the view to say: the original is for the owner of a record, everybody else gets the copy.
"""

from typing import NamedTuple, TypeVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from cms_tracker import uploads
from cms_tracker.refusal import Refusal
from cms_tracker.web import storage

Answer = TypeVar("Answer", bound=HttpResponseBase)


class Stored(NamedTuple):
    """A file in private storage, and what it is called and is."""

    name: str
    media_type: str
    stored_as: str
    sha256: str


def original(file: Stored) -> HttpResponse | None:
    """A file as it came; None where it is gone, or not as it was."""
    content = storage.read_kept(file.stored_as, sha256=file.sha256)
    return None if content is None else download(content, name=file.name, media_type=file.media_type)


def copy(file: Stored, made: Stored | None) -> HttpResponse | None:
    """The copy of a file that may be shared; made here where it is not kept, or damaged.

    Its name says nothing: the one that a person gave the file may be an address.

    None where the file is gone or changed, or no copy can be made of it.
    """
    content = storage.read_kept(made.stored_as, sha256=made.sha256) if made else None
    if made is None or content is None:
        sealed = storage.read_kept(file.stored_as, sha256=file.sha256)
        if sealed is None:
            return None
        try:
            new = uploads.copy_of(sealed, uploads.Kind(file.media_type))
        except (Refusal, ValueError):
            return None
        return download(new.content, name=_plain_name(file, new.media_type), media_type=new.media_type)
    return download(content, name=_plain_name(file, made.media_type), media_type=made.media_type)


def _plain_name(file: Stored, media_type: str) -> str:
    return uploads.safe_name(f"copy-{file.sha256[:8]}", media_type)


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """A whole file. The name stands after RFC 6266: plain, or UTF-8 and percent-encoded. No part can be asked for."""
    kind = f"{media_type}; charset=utf-8" if media_type == uploads.Kind.TEXT else media_type
    return as_download(HttpResponse(content, content_type=kind), name=name)


def as_download(response: Answer, *, name: str) -> Answer:
    """The same answer with what keeps a browser from showing or running it on this site."""
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Accept-Ranges"] = "none"
    return response

"""How bytes from the web server become a request: nothing is decoded in a charset that a client names.

Django decodes the query in that charset while it makes the request, before any middleware could
refuse it. Some charsets take a time that grows with the square of the length, and some are no text.
"""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

#: Stands for what is no header at all; ``RefuseBadInput`` takes it for any other charset than ours.
UNREADABLE = {"charset": ""}


class Request(WSGIRequest):
    """A request whose encoding is ours. What the client named stays in ``content_params``."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except ValueError:
            self.content_type, self.content_params = "", UNREADABLE


class Handler(WSGIHandler):
    """The WSGI application."""

    request_class = Request

"""One row for every URL of the ways to challenge, as in ``access_rows``; importing this enters them in ``ROWS``."""

from tests.integration.access_rows import ROWS, Row, day, typed

_ROUTES = {
    "pages:which": Row(),
    "correspondence:routes": Row(),
    "correspondence:which-route": Row(),
    "correspondence:new-route": Row(
        post=typed(what="Nobody answers", **day("known_on", 3, 2, 2025)), kwargs={"number": "2"}
    ),
    "correspondence:route-step": Row(post=typed(kind="complained", note="By post", **day("on", 4, 2, 2025))),
}

ROWS |= _ROUTES

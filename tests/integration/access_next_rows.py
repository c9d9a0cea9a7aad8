"""The rows of what can be done next: the actions, the routes, the endings and what happened. They join ``ROWS``."""

from cms_tracker.web.clock import today
from correspondence import queries as correspondence_queries
from tests.integration.access_row import Row, day, nothing, typed
from tests.integration.access_rows import ROWS

ROWS |= {
    "correspondence:routes": Row(),
    "correspondence:which-route": Row(),
    "correspondence:new-route": Row(
        post=typed(what="Nobody answers", **day("known_on", 3, 2, 2025)), kwargs={"number": "2"}
    ),
    "correspondence:route-step": Row(post=typed(kind="complained", note="By post")),
    "correspondence:next": Row(),
    "correspondence:begin": Row(get=None, post=nothing, kwargs={"number": "52"}),
    "correspondence:ask-next": Row(
        post=typed(side="receiving", service="direct", owed="yes"), answer=200, writes=False
    ),
    "correspondence:endings": Row(),
    "correspondence:ending": Row(kwargs={"number": "4"}),
    "correspondence:check-notice": Row(
        post=typed(do="keep", debt="cms", says="who", **day("dated_on", 2, 5, 2025), **day("reached_on", 3, 5, 2025))
    ),
    "correspondence:not-wanted": Row(
        post=lambda world: {
            "read": str(correspondence_queries.ending_facts_of(world.case, on=today()).owed),
            "words": "I do not want it",
            "understood": "on",
            **day("on", 2, 5, 2025),
        }
    ),
    "correspondence:ladder": Row(),
    "correspondence:events": Row(),
    "correspondence:choose-event": Row(),
    "correspondence:new-event": Row(
        post=typed(power="liability_order", amount="4912.97", note="By the court", **day("on", 2, 5, 2025)),
        kwargs={"number": "19"},
    ),
}

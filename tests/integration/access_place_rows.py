"""One row for every URL of an organisation, as in ``access_rows``; importing this enters them in ``ROWS``."""

from tests.integration.access_rows import ROWS, Row, Step, day, nothing, typed
from tests.integration.access_world import ADVISER, ASSIGNED, COLLEAGUE, HELPER, LEAD, LOOKING, SUPERVISOR

_CLIENT = {
    "case": {"reference": "1200 0000 0025", "perspective": "receiving", "nation": "wales"},
    "people": {"client": "Canary Client", **day("client_born", 2, 3, 1990)},
    "authority": {"scope": "act", "given": "signed"},
    "label": {"label": "2026-9"},
}
_CLIENT_PAGES = tuple(Step("cases:intake-page", {"page": page}, answers) for page, answers in _CLIENT.items())
_REASON = "A complaint came in about this today"

_LET_IN = [HELPER, ADVISER, ASSIGNED, LOOKING]

_ORGANISATION = {
    "cases:authority": Row(),
    "cases:give-authority": Row(post=typed(scope="explain"), theirs=dict.fromkeys(_LET_IN, 404)),
    "cases:give-to-adviser": Row(post=typed(scope="act")),
    "cases:end-authority": Row(post=nothing, theirs=dict.fromkeys([HELPER, ADVISER, LOOKING], 404)),
    "cases:client-code": Row(get=404, post=nothing, answer=404, writes=False),
    "cases:end-look": Row(get=None, post=nothing, writes=False),
    "cases:join-organisation": Row(post=typed(code="wrong"), answer=200, writes=False),
    "cases:organisation": Row(who=LEAD),
    "cases:leave-organisation": Row(who=COLLEAGUE, post=nothing),
    "cases:choose-intake": Row(who=LEAD, post=typed(waits="yes")),
    "cases:new-team": Row(who=LEAD, post=typed(name="South")),
    "cases:new-post": Row(
        who=LEAD, post=typed(name="Nina", email="nina@example.com", roles=["adviser"], team=""), answer=200
    ),
    "cases:withdraw-post": Row(who=LEAD, post=nothing),
    "cases:edit-post": Row(who=LEAD, post=typed(roles=["adviser", "supervisor"])),
    "cases:end-post": Row(who=LEAD, post=nothing),
    "cases:intake": Row(get=302, who=COLLEAGUE),
    "cases:intake-page": Row(who=COLLEAGUE, post=typed(**_CLIENT["case"]), writes=False, kwargs={"page": "case"}),
    "cases:check-intake": Row(who=COLLEAGUE, post=nothing, answer=200, first=_CLIENT_PAGES),
    "cases:assign": Row(who=SUPERVISOR, post=lambda world: {"post": str(world.ids["post_id"])}),
    "cases:unassign": Row(who=SUPERVISOR, post=nothing),
    "cases:ask-to-look": Row(who=SUPERVISOR, post=typed(reason=_REASON)),
    "cases:answer-look": Row(who=SUPERVISOR, post=typed(answer="yes")),
    "cases:conflicts": Row(who=LEAD),
    "cases:clear-intake": Row(get=None, who=LEAD, post=nothing, writes=False),
    "cases:decide-conflict": Row(who=LEAD, post=typed(outcome="wall")),
}

ROWS |= _ORGANISATION

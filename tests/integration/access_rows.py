"""One row for every URL: what a person who may, gets and sends there. A URL without a row fails the tests.

To add a URL, add a row under its name. ``ids`` of the world (``access_world``, ``one_of_each``) fill
the URL's own arguments; ``kwargs`` gives any that are not rows, like the kind of a letter.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from arrears.core import case_file
from cases.core.checks import checklist
from cms_tracker.pages import case_transfer
from tests.integration.access_places import COLLEAGUE, SUPERVISOR
from tests.integration.access_row import Row, Step, day, nothing, typed
from tests.integration.access_world import ADVISER, ASSIGNED, OPERATOR, OWNERS_PASSKEY, World

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0"
    b"\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


def picture() -> SimpleUploadedFile:
    """A very small picture."""
    return SimpleUploadedFile("bank.png", PNG, content_type="image/png")


def statement(heading: str = "Date,Description,Amount") -> SimpleUploadedFile:
    """A bank statement of one line, which is exactly what was due, and so begins with a tick."""
    return SimpleUploadedFile("statement.csv", f"{heading}\n03/04/2025,A payer,260.00\n".encode())


def handed_over(world: World) -> SimpleUploadedFile:
    """The record of the same case that somebody else hands over, as a file."""
    text = case_file.dump(case_transfer.take_out(world.twin))
    return SimpleUploadedFile("record.json", text.encode(), content_type="application/json")


#: Names a session that nobody has.
NOBODYS = "00000000-0000-4000-8000-000000000000"

_SIGN_IN = {
    "account_login": Row(get=302, post=typed(login="sam@example.com", password="wrong"), writes=False),
    "mfa_authenticate": Row(get=302, post=nothing, writes=False),
    "account_logout": Row(post=nothing, writes=False),
    "account_signup": Row(get=302, post=typed(email="new@example.com", password1="violet-harbour-door"), writes=False),
    "account_email_verification_sent": Row(),
    "account_confirm_email": Row(post=nothing, answer=404, writes=False, kwargs={"key": "no-such-key"}),
    "account_change_password": Row(post=typed(oldpassword="violet-harbour-lantern", password1="marble-thistle-kettle")),
    "account_reset_password": Row(post=typed(email="rosa@example.com"), writes=False),
    "account_reset_password_done": Row(),
    "account_reset_password_from_key_done": Row(),
    "account_reset_password_from_key": Row(
        post=nothing, answer=200, writes=False, kwargs={"uidb36": "0", "key": "no-key"}
    ),
    "users:account": Row(),
    "users:confirm": Row(post=typed(password="violet-harbour-lantern")),
    "users:sessions": Row(),
    "users:end-session": Row(get=None, post=nothing, writes=False, kwargs={"name": NOBODYS}),
    "users:end-other-sessions": Row(get=None, post=nothing, writes=False),
    "users:change-address": Row(post=typed(email="new@example.com")),
    "users:confirm-new-address": Row(post=nothing, answer=404, writes=False, kwargs={"key": "no-such-key"}),
    "users:passkey-sign-in": Row(get=302, post=nothing, writes=False),
    "users:second-step": Row(),
    # The secret is made when the page is shown, so no code stands here: test_second_step sends a good one.
    "users:add-app": Row(post=typed(code="000000"), answer=200, writes=False),
    "users:remove-app": Row(post=nothing),
    "users:add-passkey": Row(post=typed(name="My phone"), answer=200, writes=False),
    "users:remove-passkey": Row(post=nothing, kwargs={"key": OWNERS_PASSKEY}),
    "users:recovery-codes": Row(post=nothing, answer=200),
    "users:stay": Row(post=nothing, answer=200, writes=False),
}

_PAGES = {
    "pages:home": Row(get=302),
    "pages:healthz": Row(),
    "pages:readyz": Row(),
    "pages:metrics": Row(get=404),
    "pages:operator": Row(who=OPERATOR),
    "pages:safety": Row(post=nothing, writes=False),
    "pages:language": Row(post=typed(language="cy"), writes=False),
    "pages:leave": Row(post=nothing, answer=200, writes=False),
    "pages:privacy": Row(),
    "pages:sources": Row(),
    "pages:reading": Row(),
    "pages:guides": Row(kwargs={"door": "1"}),
    "pages:guide": Row(kwargs={"number": "4"}),
    "pages:caseload": Row(post=typed(find="0025"), writes=False, works_out=True),
    "pages:new-view": Row(post=typed(name="Mine", sort="owed")),
    "pages:edit-view": Row(post=typed(name="Mine", why=["quiet"], sort="reason")),
    "pages:delete-view": Row(post=nothing),
    "pages:give": Row(who=ASSIGNED, get=302, post=nothing, writes=False),
    "pages:hand-overs": Row(who=COLLEAGUE),
    "pages:take-hand-over": Row(who=COLLEAGUE, get=None, post=nothing),
    "pages:stop-hand-over": Row(who=COLLEAGUE, get=None, post=nothing),
    "pages:checks": Row(who=SUPERVISOR, post=lambda world: {"post": str(world.ids["post_id"])}),
    "pages:my-checks": Row(who=ASSIGNED),
    "pages:check": Row(who=SUPERVISOR),
    "pages:findings": Row(
        who=SUPERVISOR, post=typed(**{item.code: "yes" for item in checklist().items}, found="All in order")
    ),
    "pages:open-checked": Row(who=SUPERVISOR, get=None, post=nothing),
    "pages:organisation-results": Row(who=SUPERVISOR),
    "pages:organisation-results-file": Row(who=SUPERVISOR),
    "pages:handed": Row(),
    "pages:close": Row(get=404, post=nothing, answer=404, writes=False, theirs={ADVISER: 200, ASSIGNED: 200}),
    "pages:choose": Row(get=None, post=nothing, writes=False),
    "pages:today": Row(),
    "pages:overview": Row(),
    "pages:name-record": Row(post=typed(label="Mine")),
    "pages:strike-out": Row(post=typed(reason="Typed twice")),
    "pages:together": Row(get=404, post=typed(), answer=404, writes=False),
    "pages:many": Row(post=typed(**{"act": "save", "what-1": "payment", "day-1": "3/2/2025", "amount-1": "5"})),
    "pages:export": Row(audited=True),
    "pages:who-looked": Row(),
}

_REACH = (
    Step("cases:ask-safe-contact", {"page": "ways"}, {"ways": ["text"]}),
    Step("cases:ask-safe-contact", {"page": "how"}, {"text": "after 6pm"}),
    Step("cases:ask-safe-contact", {"page": "where"}, {"address": "1 Street"}),
)
_DELETE = Row(post=typed(word="delete"))
_RIGHTS = {
    "rights:copy": Row(post=nothing), "rights:copy-file": Row(audited=True), "rights:close": _DELETE,
    "rights:days": Row(post=typed(days="14"), answer=200), "rights:delete-record": _DELETE,
    "rights:complain": Row(post=typed(said="A page was wrong"), answer=200),
    "rights:answer": Row(post=typed(reference="C-1", code="A"), answer=200, writes=False),
    "rights:bring-back": Row(post=typed(address="rosa@example.com", code="ABCDE"), answer=200, writes=False),
}  # fmt: skip

_CASES = {
    "cases:records": Row(),
    "cases:open-record": Row(post=typed(reference="1200 0000 0025", nation="england", perspective="receiving")),
    "cases:edit-details": Row(post=typed(reference="1200 0000 0025", child_1="Robin")),
    "cases:new-service": Row(post=typed(type="collect_and_pay", **day("from_on", 2, 6, 2025))),
    "cases:new-dates": Row(post=typed(frequency="weekly", **day("first_due_on", 2, 6, 2025))),
    "cases:join": Row(post=lambda world: {"code": world.code}),
    "cases:safe-contact": Row(),
    "cases:ask-safe-contact": Row(post=typed(ways=["text"]), writes=False, kwargs={"page": "ways"}),
    "cases:check-safe-contact": Row(post=nothing, first=_REACH),
    "cases:people": Row(),
    "cases:invite": Row(post=typed(label="My sister", role="helper"), answer=200),
    "cases:withdraw": Row(post=nothing),
    "cases:end-access": Row(post=nothing),
}

_DECISION = day("effective_on", 1, 9, 2025) | day("decided_on", 1, 9, 2025) | day("notified_on", 3, 9, 2025)
_FIRST = {
    "amount": {"weekly": "60.00"} | day("effective_on", 3, 2, 2025),
    "letter": day("decided_on", 3, 2, 2025) | day("notified_on", 5, 2, 2025),
    "payments": {"service": "direct_pay", "frequency": "monthly"} | day("first_due_on", 3, 3, 2025),
    "before": {"brought": "no"},
}
_FIRST_PAGES = tuple(Step("arrears:first-page", {"page": page}, answers) for page, answers in _FIRST.items())
_LATER = {"weekly": "70.00", "reason": "annual_review"} | _DECISION
_PLAN = {"arrears": "1000.00", "part": "50.00", "frequency": "monthly"} | day("first", 2, 6, 2025)

_ARREARS = {
    "arrears:check": Row(post=nothing, answer=200, writes=False),
    "arrears:estimate": Row(post=typed(income="24000.00"), answer=200, writes=False),
    "arrears:plausible": Row(post=typed(income="24000.00"), answer=200, writes=False),
    "arrears:payments": Row(),
    "arrears:payment": Row(),
    "arrears:log-payment": Row(post=typed(came="other", amount="10.00", when="today")),
    "arrears:bank": Row(post=lambda _: {"statement": statement()}, answer=200, writes=False),
    "arrears:bank-columns": Row(
        get=302,
        post=typed(date="0", text="1", amount="2"),
        answer=200,
        writes=False,
        after=("arrears:bank", lambda: {"statement": statement("Tag,Wer,Was")}),
    ),
    "arrears:bank-save": Row(get=302, post=nothing, after=("arrears:bank", lambda: {"statement": statement()})),
    "arrears:add-proof": Row(post=lambda _: {"proof": picture()}),
    "arrears:proof": Row(),
    "arrears:changes": Row(),
    "arrears:pattern": Row(),
    "arrears:pattern-file": Row(),
    "arrears:working": Row(),
    "arrears:plans": Row(),
    "arrears:new-plan": Row(
        post=typed(
            arrears_part="50.00",
            total="310.00",
            frequency="monthly",
            **day("agreed_on", 2, 5, 2025),
            **day("first_payment_on", 2, 6, 2025),
        )
    ),
    "arrears:plan": Row(post=typed(weekly="60.00", **day("ends", 1, 9, 2030)), answer=200, writes=False),
    "arrears:new-step": Row(post=typed(kind="broken", note="Their words", **day("happened_on", 2, 5, 2025))),
    "arrears:compare": Row(post=typed(label="My offer", **_PLAN)),
    "arrears:send-proposal": Row(post=typed(**day("sent_on", 2, 5, 2025))),
    "arrears:answer-proposal": Row(post=typed(answer="refused", **day("answered_on", 3, 5, 2025))),
    "arrears:try-budget": Row(post=typed(amount_wages="1000.00"), answer=200, writes=False),
    "arrears:new-budget": Row(post=nothing, answer=200, writes=False),
    "arrears:budget": Row(post=typed(label="Mine", part="5.00", frequency="monthly", **day("first", 2, 6, 2025))),
    "arrears:share-plan": Row(post=nothing, answer=200),
    "arrears:shared-plans": Row(),
    "arrears:withdraw-shared-plan": Row(get=None, post=nothing),
    "arrears:shared": Row(post=lambda world: {"code": world.shared_code}, answer=200),
    "arrears:remove-proposal": Row(get=None, post=nothing, forgiving=True),
    "arrears:other-money": Row(),
    "arrears:new-other-money": Row(post=typed(kind="liability_order", **day("day", 2, 5, 2025))),
    "arrears:taken-off": Row(),
    "arrears:claims": Row(),
    "arrears:new-claim": Row(
        post=typed(kind="voluntary_payment", amount="50.00", what="The rent", **day("paid_on", 3, 2, 2025))
    ),
    "arrears:claim": Row(),
    "arrears:claim-step": Row(post=typed(kind="accepted", amount="40.00", **day("on", 2, 5, 2025))),
    "arrears:new-settlement": Row(post=typed(arrears="200.00", amount="150.00", **day("offered_on", 2, 5, 2025))),
    "arrears:settlement": Row(),
    "arrears:settlement-step": Row(post=typed(kind="refused", **day("on", 2, 5, 2025))),
    "arrears:check-settlement": Row(
        post=typed(understood="on"),
        first=(
            Step(
                "arrears:settlement-step",
                {"settlement_id": "settlement_id"},
                {"kind": "agreed"} | day("on", 2, 5, 2025),
            ),
        ),
    ),
    "arrears:new-order": Row(
        post=typed(
            amount="900.00", **day("from_on", 3, 2, 2025), **day("to_on", 2, 5, 2025), **day("granted_on", 9, 5, 2025)
        )
    ),
    "arrears:order": Row(),
    "arrears:figures": Row(),
    "arrears:new-figure": Row(
        post=typed(amount="500.00", source="A letter", **day("as_at", 1, 5, 2025), **day("stated_on", 2, 5, 2025))
    ),
    "arrears:figure": Row(),
    "arrears:breakdown": Row(),
    "arrears:breakdown-file": Row(),
    "arrears:compare-records": Row(post=lambda world: {"record": handed_over(world)}, answer=200, writes=False),
    "arrears:details": Row(),
    "arrears:new-opening": Row(post=typed(amount="90.00", source="An order", **day("carried_on", 2, 2, 2025))),
    "arrears:new-adjustment": Row(
        post=typed(amount="9.00", kind="write_off", reason="Agreed", **day("changed_on", 2, 5, 2025))
    ),
    "arrears:new-decision": Row(post=typed(**_LATER), writes=False),
    "arrears:check-decision": Row(post=nothing, first=(Step("arrears:new-decision", {}, _LATER),)),
    "arrears:first-decision": Row(get=302, record="fresh"),
    "arrears:first-page": Row(post=typed(**_FIRST["amount"]), writes=False, record="fresh", kwargs={"page": "amount"}),
    "arrears:check-first-decision": Row(post=nothing, record="fresh", first=_FIRST_PAGES),
}

_LETTER = {"sender": "Rosa", "reply": "held"}
_CALL = {"kind": "call-follow-up"}
_WRITTEN = (Step("correspondence:new-letter", _CALL, _LETTER),)

_POSTED = (
    Step(
        "correspondence:letter-step",
        {"letter_id": "letter_id", "kind": "posted"},
        {"how": "post"} | day("on", 4, 2, 2025),
    ),
)

_REPORT = {"kind": "missed-payments"}

_CORRESPONDENCE = {
    "correspondence:new-contact": Row(post=typed(summary="They said that they would ring back")),
    "correspondence:contact": Row(),
    "correspondence:log": Row(post=typed(words="call"), writes=False),
    "correspondence:promises": Row(),
    "correspondence:chase-all": Row(),
    "correspondence:chase-promise": Row(),
    "correspondence:chase-reply": Row(first=_POSTED),
    "correspondence:promise-outcome": Row(post=typed(outcome="kept")),
    "correspondence:letters": Row(),
    "correspondence:new-letter": Row(post=typed(**_LETTER), writes=False, kwargs=_CALL),
    "correspondence:check-letter": Row(post=nothing, kwargs=_CALL, first=_WRITTEN),
    "correspondence:preview-letter": Row(kwargs=_CALL, first=_WRITTEN),
    "correspondence:change-words": Row(
        post=typed(addition="One more thing"), writes=False, kwargs=_CALL, first=_WRITTEN
    ),
    "correspondence:correct-letter": Row(get=None, post=nothing, writes=False),
    "correspondence:letter": Row(),
    "correspondence:status": Row(),
    "correspondence:page": Row(),
    "correspondence:pdf": Row(),
    "correspondence:again": Row(get=None, post=nothing, writes=False),
    "correspondence:letter-step": Row(post=typed(how="post", **day("on", 4, 2, 2025)), kwargs={"kind": "posted"}),
    "correspondence:bundles": Row(),
    "correspondence:new-bundle": Row(post=typed(purpose="tribunal")),
    "correspondence:bundle": Row(),
    "correspondence:bundle-status": Row(get=302),
    "correspondence:bundle-period": Row(post=typed(**day("until", 2, 5, 2025))),
    "correspondence:bundle-parties": Row(post=typed(your_name="Rosa")),
    "correspondence:bundle-sections": Row(post=typed(sections=["calls", "schedule"])),
    "correspondence:bundle-list": Row(post=typed(out=[]), writes=False, kwargs={"part": "contacts"}),
    "correspondence:check-bundle": Row(post=nothing),
    "correspondence:bundle-again": Row(get=None, post=nothing, writes=False),
    "correspondence:reopen-bundle": Row(get=None, post=nothing, writes=False),
    "correspondence:remove-bundle": Row(get=None, post=nothing, forgiving=True),
    "correspondence:next-bundle": Row(get=None, post=nothing, writes=False),
    "correspondence:release-bundle": Row(get=302, post=nothing, writes=False),
    "correspondence:bundle-pdf": Row(get=302),
    "correspondence:bundle-manifest": Row(get=302),
    "correspondence:keep-out": Row(post=typed(text="1 Example Street")),
    "correspondence:stop-keeping-out": Row(get=None, post=nothing, forgiving=True),
    "correspondence:one-page": Row(),
    "correspondence:make-one-page": Row(get=None, post=nothing),
    "correspondence:statements": Row(post=typed(span="all")),
    "correspondence:statement-file": Row(post=typed(span="this_year"), answer=200, kwargs={"kind": "xlsx"}),
    "correspondence:statement": Row(),
    "correspondence:statement-status": Row(),
    "correspondence:statement-page": Row(),
    "correspondence:statement-pdf": Row(audited=True),
    "correspondence:statement-again": Row(get=None, post=nothing, writes=False),
    "correspondence:bulk": Row(),
    "correspondence:answer-bulk": Row(get=302, post=nothing, writes=False, kwargs=_REPORT),
    "correspondence:check-bulk": Row(get=302, post=nothing, writes=False, kwargs=_REPORT),
    "correspondence:preview-bulk": Row(get=404, kwargs=_REPORT),
    "correspondence:batch": Row(),
    "correspondence:next-letters": Row(get=None, post=nothing, writes=False),
    "correspondence:batch-pdf": Row(get=404, kwargs={"part": "1"}),
    "correspondence:timeline": Row(),
    "correspondence:evidence": Row(),
    "correspondence:new-evidence": Row(
        post=lambda _: {"file": picture(), "shows": "A reply", **day("happened_on", 3, 2, 2025)}
    ),
    "correspondence:contact-file": Row(post=lambda _: {"file": picture(), "shows": "Their letter"}),
    "correspondence:letter-file": Row(
        post=lambda _: {"file": picture(), "shows": "Proof of posting", **day("happened_on", 4, 2, 2025)}
    ),
    "correspondence:evidence-file": Row(),
    "correspondence:original": Row(),
    "correspondence:copy": Row(),
}

_NO_TOKEN = {"token": "A" * 43}

_DEADLINES = {
    "correspondence:deadlines": Row(),
    "correspondence:choose-deadline": Row(post=typed(kind="write_off"), writes=False),
    "correspondence:new-deadline": Row(
        post=typed(**day("dated_on", 3, 2, 2025), **day("reached_on", 5, 2, 2025)), kwargs={"number": "1"}
    ),
    "correspondence:end-deadline": Row(post=typed(result="done", note="Sent")),
    "correspondence:end-decision-deadline": Row(post=typed(result="not_needed")),
    "correspondence:count-letter": Row(get=None, post=nothing, writes=False),
    "correspondence:results": Row(),
    "correspondence:new-result": Row(
        post=typed(kind="arrears_paid", stage="letter", means="chasing", gained="120.50", **day("on", 2, 5, 2025))
    ),
    "correspondence:reminders": Row(post=typed(where="own", safe="on")),
    "correspondence:confirm-reminders": Row(post=nothing, answer=404, writes=False, kwargs={"key": "A" * 43}),
    "correspondence:new-calendar": Row(post=typed(which="all", understood="on"), answer=200),
    "correspondence:replace-calendar": Row(get=None, post=nothing, answer=200),
    "correspondence:close-calendar": Row(get=None, post=nothing),
    # Whoever has the address may read it: of one that is not there, everybody gets the same bytes.
    "correspondence:calendar": Row(get=404, kwargs=_NO_TOKEN),
}

ROWS: dict[str, Row] = {
    **_SIGN_IN,
    **_PAGES,
    **_RIGHTS,
    **_CASES,
    **_ARREARS,
    **_CORRESPONDENCE,
    **_DEADLINES,
}

"""A case file that uses every field of the format."""

import base64
import hashlib
from typing import Any

PNG = b"\x89PNG\r\n\x1a\n and so on"
SLIP = {"on": "2025-02-04", "reason": "Typed twice"}
FILE = {
    "shows": "A screenshot",
    "happened_on": "2025-03-08",
    "recorded_on": "2025-03-09",
    "name": "screen.png",
    "media_type": "image/png",
    "size": 1200,
    "sha256": "0a" * 32,
}
FULL: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000001",
    "nation": "scotland",
    "scheme": "csa_2003",
    "perspective": "receiving",
    "other_parent": "",
    "children": [{"label": "B"}, {"label": "A"}],
    "note": "A note",
    "allocation_rule": "oldest_first",
    "service": [{"type": "direct_pay", "from": "2025-01-06", "note": "By letter"}],
    "opening_balance": {"on": "2024-12-01", "amount": "100.00", "source": "Liability order"},
    "former_opening_balances": [
        {"on": "2024-12-01", "amount": "10.00", "struck_out": {"on": "2025-02-01", "reason": "Slip"}}
    ],
    "calculations": [{"weekly": "60.00", "effective_on": "2025-01-06", "sequence": 2, "reason": "initial"}],
    "schedules": [{"frequency": "monthly", "first_due_on": "2025-02-03"}],
    "payments": [
        {
            "paid_on": "2025-02-03",
            "amount": "96.00",
            "route": "via_cms_received",
            "paid_to_cms_on": "2025-02-01",
            "recorded_on": "2025-02-05",
            "allocation": [{"due_on": "2025-02-03", "amount": "60.00"}, {"due_on": "2024-12-01", "amount": "40.00"}],
        },
        {"paid_on": "2025-02-03", "amount": "5.00", "route": "direct", "struck_out": SLIP},
    ],
    "observations": [{"due_on": "2025-03-03", "noted_on": "2025-03-04", "note": "Nothing came"}],
    "adjustments": [{"kind": "write_off", "on": "2025-03-05", "amount": "5.00", "reason": "Asked"}],
    "statements": [{"stated_on": "2025-03-06", "as_at": "2025-03-01", "amount": "0.00", "source": "Letter"}],
    "plans": [
        {
            "agreed_on": "2025-03-07",
            "first_payment_on": "2025-04-01",
            "frequency": "monthly",
            "total": "300.00",
            "arrears_part": "40.00",
            "cms_word": "agreement",
        }
    ],
    "proposals": [
        {
            "label": "Mine",
            "arrears": "500.00",
            "first_payment_on": "2025-05-01",
            "frequency": "weekly",
            "total": "20.00",
            "ongoing": "10.00",
            "fee": "0.00",
            "review_on": "2026-01-06",
            "net_income": "300.00",
        }
    ],
    "files": [FILE],
    "contacts": [
        {
            "at": "2025-03-08T10:30+00:00",
            "kind": "call",
            "direction": "out",
            "with": "CMS",
            "spoke_to": "Jo",
            "reference": "C-1",
            "summary": "Asked about February",
            "recorded_on": "2025-03-08",
            "promises": [
                {
                    "text": "Ring back",
                    "due_on": "2025-03-15",
                    "outcomes": [
                        {"on": "2025-03-16", "result": "kept", "struck_out": {"on": "2025-03-17", "reason": "Not so"}},
                        {"on": "2025-03-16", "result": "not_kept", "note": "No call"},
                    ],
                    "note": "In passing",
                    "struck_out": {"on": "2025-04-01", "reason": "Another case"},
                },
                {"text": "Write"},
            ],
            "files": [FILE | {"shows": "A photo of their note", "note": "Both sides"}, FILE | {"struck_out": SLIP}],
        },
        {"at": "2025-03-09", "kind": "letter", "direction": "in", "struck_out": {"on": "2025-03-10", "reason": "y"}},
    ],
}  # fmt: skip
CALL_LETTER = {
    "kind": "call-follow-up",
    "perspective": "receiving",
    "reference": "120000000001",
    "dated_on": "2025-03-20",
    "reply_by": "2025-04-03",
    "reply_days": 10,
    "sender": "R",
    "sender_address": [],
    "addressee": ["CMS"],
    "missed": None,
    "call": {
        "at_date": "2025-03-08",
        "at_time": None,
        "direction": "out",
        "spoke_to": "",
        "reference": "",
        "summary": "",
        "promises": [],
    },
}
LETTERS = [
    {
        "kind": "call-follow-up",
        "created_on": "2025-03-20",
        "contact": 0,
        "steps": [
            {
                "kind": "posted",
                "on": "2025-03-21",
                "how": "tracked",
                "number": "AB1",
                "struck_out": {"on": "2025-03-22", "reason": "Another number"},
            },
            {"kind": "posted", "on": "2025-03-21", "how": "post", "number": "AB123", "note": "At the counter"},
            {"kind": "reply_received", "on": "2025-04-09", "contact": 1},
        ],
        "template_version": "1",
        "rates_version": "2026-04-06",
        "facts": CALL_LETTER,
        "files": [FILE | {"shows": "Proof of posting"}],
        "body": "<main><p>Dear CMS</p></main>",
    },
    {
        "kind": "call-follow-up",
        "created_on": "2025-03-20",
        "contact": 0,
        "replaces": 0,
        "template_version": "1",
        "rates_version": "2026-04-06",
        "facts": CALL_LETTER,
        "body": "<main><p>Dear CMS, once more</p></main>",
    },
]


CLOCKS = [
    {
        "kind": "reconsideration",
        "dated_on": "2025-01-20",
        "reached_on": "2025-01-22",
        "decision": 0,
        "ends": [
            {"on": "2025-02-01", "result": "done", "struck_out": {"on": "2025-02-02", "reason": "Not yet"}},
            {"on": "2025-02-10", "result": "not_needed", "note": "It was put right"},
        ],
    },
    {"kind": "complaint_reply", "dated_on": "2025-03-21", "letter": 0, "note": "First stage"},
    {"kind": "examiner", "reached_on": "2025-04-01", "contact": 1, "struck_out": {"on": "2025-04-02", "reason": "No"}},
]


RESULTS = [
    {"on": "2025-04-02", "kind": "redress", "stage": "complaint", "means": "letter", "gained": "50.00", "children": 2},
    {"on": "2025-04-03", "kind": "nothing", "stage": "call", "means": "other", "note": "No", "struck_out": SLIP},
]


EVENTS = [
    {"on": "2025-04-02", "kind": "failure_notice", "note": "With the review"},
    {"on": "2025-04-03", "kind": "enforcement_made", "power": "liability_order", "amount": "4912.97"},
    {"on": "2025-04-04", "kind": "enforcement_failed", "power": "passport", "note": "No", "struck_out": SLIP},
]


CHALLENGES = [
    {
        "about": "decision",
        "what": "The income is wrong",
        "known_on": "2025-01-22",
        "decision": 0,
        "steps": [
            {"kind": "reconsideration_asked", "on": "2025-02-01"},
            {"kind": "notice_received", "on": "2025-03-01", "contact": 1, "struck_out": SLIP},
        ],
        "note": "They used an old year",
    },
    {
        "about": "service",
        "what": "Nobody answers",
        "known_on": "2025-03-02",
        "steps": [{"kind": "complained", "on": "2025-03-21", "letter": 0, "note": "By post"}],
    },
    {"about": "service", "what": "Typed twice", "known_on": "2025-03-02", "struck_out": SLIP},
]


def with_evidence() -> dict[str, Any]:
    """The full document with a proof at its first payment, a letter, and deadlines."""
    proof = {
        "name": "bank.png",
        "media_type": "image/png",
        "sha256": hashlib.sha256(PNG).hexdigest(),
        "content": base64.b64encode(PNG).decode(),
        "note": "March",
        "struck_out": {"on": "2025-05-01", "reason": "Wrong file"},
    }
    first, second = FULL["payments"]
    return FULL | {
        "payments": [first | {"evidence": [proof]}, second],
        "letters": LETTERS,
        "clocks": CLOCKS,
        "results": RESULTS,
        "events": EVENTS,
        "challenges": CHALLENGES,
    }

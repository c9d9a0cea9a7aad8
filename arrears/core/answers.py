"""The answers of the commands, as JSON-ready values (rules section 7). Amounts are strings of pounds."""

from arrears.core.results import Position
from cms_tracker.money import plain


def position_json(answer: Position) -> dict[str, object]:
    """The position with the keys of the worked cases' ``*.expected.json``."""
    return {
        "on": answer.on.isoformat(),
        "known_on": answer.known_on.isoformat(),
        "due": plain(answer.due),
        "fees_due": plain(answer.fees_due),
        "paid": plain(answer.paid),
        "outstanding": plain(answer.outstanding),
        "overdue": plain(answer.overdue),
        "fees_outstanding": plain(answer.fees_outstanding),
        "credit": plain(answer.credit),
        "restated_due": plain(answer.restated_due),
        "by_cause": {kind: plain(amount) for kind, amount in answer.by_cause.items()},
        "ageing": {age: plain(amount) for age, amount in answer.ageing.items()},
        "instalments": [
            {
                "due_on": one.due_on.isoformat(),
                "amount": plain(one.amount),
                "outstanding": plain(one.outstanding),
                "status": one.status.value,
                "days_late": one.days_late,
            }
            for one in answer.instalments
        ],
        "recalculations": [
            {"notified_on": entry.notified_on.isoformat() if entry.notified_on else None, "amount": plain(entry.amount)}
            for entry in answer.recalculations
        ],
    }

"""Read which missed payments CMS has been told of."""

import uuid

from correspondence.core.letters import missed_payments
from correspondence.core.letters.envelope import from_json
from correspondence.core.reports import ReportSent
from correspondence.models import Letter
from correspondence.queries.sendings import sendings_of


def reports_sent(case_id: uuid.UUID) -> list[ReportSent]:
    """The reports of missed payments that are with CMS or were answered, in no particular order."""
    sent_on = {key: one.sent_on for key, one in sendings_of([case_id]).items()}
    rows = Letter.objects.filter(case_id=case_id, kind=missed_payments.KIND.code, pk__in=sent_on)
    found = []
    for letter_id, kept in rows.values_list("pk", "facts"):
        try:
            letter = from_json(kept)
        except ValueError:  # a letter from a case file that was written elsewhere
            continue
        posted_on = sent_on[letter_id]
        missed: missed_payments.MissedPayments = letter.about
        if posted_on is not None and letter.reply_by is not None:
            days = frozenset(row.due_on for row in missed.rows)
            found.append(ReportSent(letter_id=letter_id, sent_on=posted_on, reply_by=letter.reply_by, due_days=days))
    return found

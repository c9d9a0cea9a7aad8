"""Read which missed payments CMS has been told of."""

import uuid

from correspondence.core.letter_facts import from_json
from correspondence.core.letters import LetterKind
from correspondence.core.reports import ReportSent
from correspondence.models import Letter
from correspondence.queries.sendings import sendings_of


def reports_sent(case_id: uuid.UUID) -> list[ReportSent]:
    """The reports of missed payments that are with CMS or were answered, in no particular order."""
    sent_on = {key: one.sent_on for key, one in sendings_of([case_id]).items()}
    rows = Letter.objects.filter(case_id=case_id, kind=LetterKind.MISSED_PAYMENTS, pk__in=sent_on)
    found = []
    for letter_id, kept in rows.values_list("pk", "facts"):
        try:
            facts = from_json(kept)
        except ValueError:  # a letter from a case file that was written elsewhere
            continue
        posted_on = sent_on[letter_id]
        if posted_on is not None and facts.missed is not None:
            days = frozenset(row.due_on for row in facts.missed.rows)
            found.append(ReportSent(letter_id=letter_id, sent_on=posted_on, reply_by=facts.reply_by, due_days=days))
    return found

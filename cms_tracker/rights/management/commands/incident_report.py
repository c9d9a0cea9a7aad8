"""Who did what and when, for a report of a breach: ``manage.py incident_report --from … --to …``. No content."""

import datetime as dt
import json
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms_tracker.audit import queries as audit
from cms_tracker.rights.core.breach import tell_by


class Command(BaseCommand):
    """Print what the audit holds of a time, with how many people and records it touches."""

    help = "Say from the audit who did what to which records in a time; the numbers that the ICO asks for."

    def add_arguments(self, parser: CommandParser) -> None:
        """The time, and whether only one person or one record."""
        parser.add_argument("--from", dest="since", type=dt.datetime.fromisoformat, required=True, help="UTC")
        parser.add_argument("--to", dest="until", type=dt.datetime.fromisoformat, required=True, help="UTC")
        parser.add_argument("--actor", type=uuid.UUID, help="only what this person did")
        parser.add_argument("--record", type=uuid.UUID, help="only what was done to this record")
        parser.add_argument("--learnt", type=dt.datetime.fromisoformat, help="when you learnt of it, UTC")

    def handle(self, *, since: dt.datetime, until: dt.datetime, learnt: dt.datetime | None, **only: Any) -> None:
        """Print one JSON object."""
        begin, end = (one if one.tzinfo else one.replace(tzinfo=dt.UTC) for one in (since, until))
        if end < begin:
            raise CommandError("The time ends before it begins.")
        acts = list(audit.acts_between(begin, end, actor_id=only["actor"], case_id=only["record"]))
        report: dict[str, object] = {
            "from": begin.isoformat(),
            "to": end.isoformat(),
            "acts": len(acts),
            "people_who_acted": len({one.actor_id for one in acts}),
            "records_touched": len({one.case_id for one in acts if one.case_id}),
        }
        if learnt is not None:
            report["tell_the_ico_by"] = tell_by(learnt if learnt.tzinfo else learnt.replace(tzinfo=dt.UTC)).isoformat()
        report["what"] = [
            {"at": one.at.isoformat(), "kind": one.kind, "actor": str(one.actor_id), "record": str(one.case_id or "")}
            for one in acts
        ]
        self.stdout.write(json.dumps(report, indent=1))

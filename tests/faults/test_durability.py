"""What was answered "saved" is there, once, whatever was killed meanwhile: `manage.py bench durability`, in short."""

import io
import json

import pytest
from django.core.management import call_command

from cms_tracker.pages.bench import own_postgres
from tests.needs import absent

WRITES, KILLS = 60, 4


@pytest.mark.own_database
@pytest.mark.timeout(900)  # two whole installations, one after the other: a busy machine takes minutes
class TestAnAcknowledgedPayment:
    def test_is_there_once_whatever_was_killed(self) -> None:
        if not own_postgres.is_here():
            absent("PostgreSQL's programs are not on this machine")
        out = io.StringIO()
        call_command("bench", "durability", "--writes", str(WRITES), "--kills", str(KILLS), "--json", stdout=out)
        found = [json.loads(line) for line in out.getvalue().splitlines()]
        assert [one["name"].rpartition(" ")[2] for one in found] == ["SQLite", "PostgreSQL"]
        for one in found:
            note = one["note"]
            assert note.startswith(f"{WRITES} acknowledged, 0 lost, 0 doubled, 0 without its audit row"), one
            assert "ledger, audit and files verified" in note
        assert "every process that writes 1" in found[0]["note"]
        assert "the database server 1" in found[1]["note"]

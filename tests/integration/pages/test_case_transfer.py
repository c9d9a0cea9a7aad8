"""A whole case goes in and comes out again, and nothing is lost, half-written or unaccounted for."""

import datetime as dt
import json
import uuid
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings

from arrears import operations, queries
from arrears.core import case_file
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFile
from arrears.core.position import position
from arrears.models import Payment
from cases.models import Calculation, Case
from cases.operations import strike_out
from cms_tracker.audit.models import Event
from cms_tracker.pages import case_transfer
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence.models import Contact, EvidenceFile, Job, Letter
from tests.cast import ROSA, SAM
from tests.factories import make_case, make_user
from tests.integration.pages.whole_case import FULL, LETTERS, with_evidence
from tests.unit.arrears.histories import case_files, views

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ["p-002456", "weekly-catch-up", "collect-and-pay-fees", "backdated-change", "direct-pay-missed"]


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.PRIVATE_FILES_DIR = tmp_path / "files"


def example(name: str) -> CaseFile:
    return case_file.parse((EXAMPLES / f"{name}.json").read_bytes())


def parsed(document: dict[str, Any]) -> CaseFile:
    return case_file.parse(json.dumps(document))


def rows() -> dict[str, int]:
    """How many rows each table of the product holds."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in {"cases", "arrears", "correspondence", "audit"}
    }


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


class TestTheRoundTrip:
    @pytest.mark.parametrize("name", NAMES)
    def test_gives_back_a_worked_case(self, rosa: User, name: str) -> None:
        case = case_transfer.bring_in(example(name), owner=rosa)
        assert case_file.dump(case_transfer.take_out(case)) == case_file.dump(in_order(example(name)))

    def test_loses_nothing_that_the_format_knows(self, rosa: User) -> None:
        document = with_evidence()
        case = case_transfer.bring_in(parsed(document), owner=rosa)
        exported = json.loads(case_file.dump(case_transfer.take_out(case)))
        calculation = document["calculations"][0] | {"decided_on": "2025-01-06", "notified_on": "2025-01-06"}
        assert exported == document | {"calculations": [calculation]}

    def test_can_be_made_twice(self, rosa: User) -> None:
        once = case_transfer.take_out(case_transfer.bring_in(parsed(with_evidence()), owner=rosa))
        text = case_file.dump(once)
        again = case_transfer.take_out(case_transfer.bring_in(case_file.parse(text), owner=rosa))
        assert case_file.dump(again) == text

    @hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(content=case_files(), view=views)
    def test_moves_no_position_of_any_history(
        self, rosa: User, content: CaseFile, view: tuple[dt.date, dt.date]
    ) -> None:
        content = replace(content, letters=())  # letters are checked against our own kinds, and have tests of their own
        case = case_transfer.bring_in(content, owner=rosa)
        assert case_file.dump(case_transfer.take_out(case)) == case_file.dump(in_order(content))
        on, known_on = view
        ours = queries.position_of(case, on=on, known_on=known_on)
        theirs = position(content.facts, on=on, known_on=known_on)
        for figure in ("due", "fees_due", "paid", "outstanding", "fees_outstanding", "credit", "restated_due"):
            assert getattr(ours, figure) == getattr(theirs, figure)
        assert [(one.due_on, one.status, one.outstanding) for one in ours.instalments] == [
            (one.due_on, one.status, one.outstanding) for one in theirs.instalments
        ]


class TestBringIn:
    def test_keeps_a_date_absent_that_the_file_leaves_out(self, rosa: User) -> None:
        case_transfer.bring_in(example("p-002456"), owner=rosa)
        assert set(Payment.objects.values_list("recorded_on", flat=True)) == {None}
        first = FULL | {"calculations": [{"weekly": "60.00", "effective_on": "2025-01-06"}]}
        case = case_transfer.bring_in(parsed(first), owner=rosa)
        calculation = Calculation.objects.get(case=case)
        assert (calculation.decided_on, calculation.notified_on) == (None, None)

    def test_accounts_for_every_fact_once(self, rosa: User) -> None:
        case = case_transfer.bring_in(parsed(with_evidence()), owner=rosa)
        events = Event.objects.filter(case_id=case.pk)
        assert set(events.values_list("actor_id", flat=True)) == {rosa.pk}
        assert events.filter(kind="case.imported").count() == 1
        assert events.filter(kind="fact.struck_out").count() == 14
        for model in (Payment, Calculation, Contact, EvidenceFile):
            recorded = events.filter(kind=f"{model._meta.model_name}.recorded")
            wanted = [str(key) for key in model._default_manager.values_list("pk", flat=True)]
            assert sorted(recorded.values_list("subject", flat=True)) == sorted(wanted)

    def test_lets_two_people_hold_the_same_reference(self, rosa: User) -> None:
        sam = make_user(SAM)
        for owner in (rosa, sam):
            case_transfer.bring_in(example("p-002456"), owner=owner)
        assert Case.objects.filter(reference="120000002456").count() == 2

    def test_keeps_the_words_of_a_letter_and_lets_its_pdf_be_made_anew(self, rosa: User) -> None:
        case_transfer.bring_in(parsed(with_evidence()), owner=rosa)
        letter = Letter.objects.get(version=1)
        assert (Job.objects.get(subject=letter.pk).state, letter.pdf_name) == ("queued", "")
        assert letter.html == LETTERS[0]["body"]
        assert letter.contact == Contact.objects.get(kind="call")

    @pytest.mark.parametrize(
        ("change", "path"),
        [({"kind": "ransom-note"}, "letters[0].kind"), ({"facts": {"kind": "call-follow-up"}}, "letters[0].facts")],
    )
    def test_writes_nothing_where_the_last_thing_in_the_file_is_wrong(
        self, rosa: User, change: dict[str, Any], path: str, tmp_path: Path
    ) -> None:
        before = rows()
        content = parsed(with_evidence() | {"letters": [LETTERS[0] | change]})
        with pytest.raises(case_file.CaseFileError, match=path.replace("[", r"\[")):
            case_transfer.bring_in(content, owner=rosa)
        assert rows() == before
        assert not list((tmp_path / "files").rglob("*"))

    def test_takes_twenty_thousand_payments(self, rosa: User) -> None:
        start = dt.date(2000, 1, 1)
        payments = [
            {"paid_on": str(start + dt.timedelta(days=number % 9000)), "amount": "1.00", "route": "direct"}
            for number in range(20_000)
        ]
        case_transfer.bring_in(parsed(FULL | {"payments": payments}), owner=rosa)
        assert Payment.objects.count() == Event.objects.filter(kind="payment.recorded").count() == 20_000

    def test_has_a_limit_that_says_its_name(self) -> None:
        payment = {"paid_on": "2025-01-01", "amount": "1.00", "route": "direct"}
        with pytest.raises(case_file.CaseFileError, match="payments: must have 100000 items or fewer"):
            parsed(FULL | {"payments": [payment] * 100_001})


class TestTheLimitsOfTheFormat:
    """What may be read may be kept: PostgreSQL refuses a longer text, SQLite would keep it silently."""

    LONGEST = {
        "children.0.label": "x",
        "calculations.0.reason": "x",
        "opening_balance.source": "x",
        "adjustments.0.reason": "x",
        "statements.0.source": "x",
        "plans.0.cms_word": "x",
        "payments.1.struck_out.reason": "x",
        "contacts.0.with": "x",
        "contacts.0.spoke_to": "x",
        "contacts.0.reference": "x",
        "contacts.0.promises.0.text": "x",
        "proposals.0.label": "x",
        "letters.0.steps.0.number": "9",
        "other_parent": "x",
    }

    @pytest.mark.parametrize("path", LONGEST)
    def test_are_those_of_the_database(self, rosa: User, path: str) -> None:
        document = json.loads(json.dumps(with_evidence()))
        *parents, last = path.split(".")
        at: Any = document
        for step in parents:
            at = at[int(step)] if step.isdigit() else at[step]
        at[last] = self.LONGEST[path] * 20_001
        with pytest.raises(case_file.CaseFileError) as refused:
            parsed(document)
        longest = int(refused.value.message.split()[2])
        at[last] = self.LONGEST[path] * longest
        case = case_transfer.bring_in(parsed(document), owner=rosa)
        assert self.LONGEST[path] * longest in case_file.dump(case_transfer.take_out(case))
        assert _too_long_texts() == []


def _too_long_texts() -> list[str]:
    """The columns that hold a text longer than they allow, which SQLite does not refuse by itself."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and field.max_length
        for text in model._default_manager.values_list(field.name, flat=True)
        if isinstance(text, str) and len(text) > field.max_length
    ]


class TestTheCommands:
    def test_import_prints_the_id_and_export_gives_the_case_back(self, rosa: User) -> None:
        key = run("import_case", str(EXAMPLES / "p-002456.json"), "--owner", "ROSA@example.com").strip()
        assert case_file.parse(run("export_case", key)) == in_order(
            case_file.parse(case_file.dump(in_order(example("p-002456"))))
        )
        kinds = list(Event.objects.filter(case_id=key).values_list("kind", flat=True))
        assert kinds.count("case.exported") == kinds.count("case.imported") == 1

    def test_export_writes_a_file_for_this_user_alone_and_never_over_another(self, rosa: User, tmp_path: Path) -> None:
        case = case_transfer.bring_in(example("p-002456"), owner=rosa)
        target = tmp_path / "case.json"
        run("export_case", str(case.pk), "--output", str(target))
        assert target.stat().st_mode & 0o777 == 0o600
        kept = target.read_text()
        with pytest.raises(CommandError, match="output: cannot be written"):
            run("export_case", str(case.pk), "--output", str(target))
        assert target.read_text() == kept

    @pytest.mark.parametrize(
        ("arguments", "line"),
        [
            (["import_case", "FILE", "--owner", "nobody@example.com"], "owner: nobody here has this e-mail address"),
            (["import_case", "FILE.absent", "--owner", ROSA.email], "file: .* cannot be read"),
            (["import_case", "BROKEN", "--owner", ROSA.email], "payments[0].amount: must be an amount as text"),
            (["export_case", "1"], "id: is not the id of a case"),
            (["export_case", str(uuid.UUID(int=1))], "id: there is no case with this id"),
        ],
    )
    def test_refuse_bad_input_in_one_line_and_write_nothing(
        self, rosa: User, tmp_path: Path, arguments: list[str], line: str
    ) -> None:
        (tmp_path / "FILE").write_text(json.dumps(FULL))
        payment = {"paid_on": "2025-01-01", "amount": 1.5, "route": "direct"}
        (tmp_path / "BROKEN").write_text(json.dumps(FULL | {"payments": [payment]}))
        before = rows()
        given = [str(tmp_path / one) if one.isupper() or one == "FILE.absent" else one for one in arguments]
        with pytest.raises(CommandError) as refused:
            run(*given)
        assert "\n" not in str(refused.value)
        assert line.split(" .* ")[0] in str(refused.value)
        assert rows() == before


class TestTheExportPage:
    def test_hands_the_owner_a_file_with_a_neutral_name(self, rosa: User, client: Client) -> None:
        case = case_transfer.bring_in(example("p-002456"), owner=rosa)
        client.force_login(rosa)
        answer = client.get(reverse("pages:export", args=[case.pk]))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert answer["Content-Disposition"].startswith('attachment; filename="record-20')
        assert case_file.parse(answer.content).reference == "120000002456"
        assert Event.objects.filter(kind="case.exported", actor_id=rosa.pk, case_id=case.pk).count() == 1

    def test_is_not_found_by_a_stranger_and_leaves_no_trace(self, rosa: User, client: Client) -> None:
        case = case_transfer.bring_in(example("p-002456"), owner=rosa)
        client.force_login(make_user(SAM))
        before = rows()
        assert client.get(reverse("pages:export", args=[case.pk])).status_code == 404
        assert rows() == before

    def test_says_so_where_a_proof_has_gone_from_the_disk(self, rosa: User, client: Client, tmp_path: Path) -> None:
        case = case_transfer.bring_in(parsed(with_evidence()), owner=rosa)
        for file in (tmp_path / "files").rglob("*"):
            if file.is_file():
                file.unlink()
        client.force_login(rosa)
        answer = client.get(reverse("pages:export", args=[case.pk]))
        assert answer.status_code == 302
        assert not Event.objects.filter(kind="case.exported").exists()


class TestOneOpeningBalance:
    def test_is_all_that_a_record_takes_so_that_its_file_can_be_read_back(self, rosa: User) -> None:
        case = make_case(rosa)
        known = {"actor": rosa, "case": case, "on": dt.date(2025, 1, 1), "source": "Liability order"}
        first = operations.record_opening_balance(**known, amount_pence=100)
        with pytest.raises(Refusal, match="strike it out first"):
            operations.record_opening_balance(**known, amount_pence=200)
        strike_out(actor=rosa, case=case, fact_id=first.pk, on=dt.date(2025, 1, 2), reason="Typed wrongly")
        operations.record_opening_balance(**known, amount_pence=200)
        exported = case_file.parse(case_file.dump(case_transfer.take_out(case)))
        assert [one.amount for one in exported.facts.openings] == [200, 100]

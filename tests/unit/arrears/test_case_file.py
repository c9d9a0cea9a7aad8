"""The case file: what it refuses and by which name, and that nothing is lost on the way out and back."""

import base64
import copy
import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arrears.core.case_file import dump, parse
from arrears.core.case_values import (
    CaseFile,
    CaseFileError,
    Evidence,
    Outcome,
    PromiseResult,
)
from arrears.core.facts import CaseFacts
from arrears.core.position import position
from arrears.core.strict_json import LONDON
from cases.core.facts import Nation
from tests.unit.arrears.histories import case_files, views

EXAMPLES = Path(__file__).parents[2] / "examples"
QUICK = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])

PROOF = b"\x89PNG\r\n\x1a\n"
MINIMAL: dict[str, Any] = {
    "format": "cms-tracker-case/1",
    "reference": "120000000001",
    "nation": "scotland",
    "scheme": "cms_2012",
    "perspective": "receiving",
}
FULL: dict[str, Any] = MINIMAL | {
    "other_parent": "Sam",
    "children": [{"label": "Child 1"}],
    "note": "A note",
    "allocation_rule": "oldest_first",
    "service": [{"type": "direct_pay", "from": "2025-01-06", "note": "By letter"}],
    "opening_balance": {"on": "2024-12-01", "amount": "100.00", "source": "Liability order"},
    "former_opening_balances": [
        {"on": "2024-12-01", "amount": "10.00", "source": "", "struck_out": {"on": "2025-02-01", "reason": "Slip"}}
    ],
    "calculations": [
        {"weekly": "60.00", "instalment": "260.00", "effective_on": "2025-01-06", "sequence": 2, "reason": "initial"}
    ],
    "schedules": [{"frequency": "monthly", "first_due_on": "2025-02-03"}],
    "payments": [
        {
            "paid_on": "2025-02-03",
            "amount": "96.00",
            "route": "via_cms_received",
            "paid_to_cms_on": "2025-02-01",
            "recorded_on": "2025-02-05",
            "allocation": [{"due_on": "2025-02-03", "amount": "100.00"}],
            "evidence": [
                {
                    "name": "bank.png",
                    "media_type": "image/png",
                    "sha256": hashlib.sha256(PROOF).hexdigest(),
                    "content": base64.b64encode(PROOF).decode(),
                }
            ],
        }
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
            "fee": "2.00",
            "review_on": "2026-01-06",
            "net_income": "300.00",
        }
    ],
    "contacts": [
        {
            "at": "2025-03-08T10:30",
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
                    "outcomes": [{"on": "2025-03-16", "result": "not_kept", "note": "No call"}],
                }
            ],
        }
    ],
    "letters": [
        {
            "kind": "missed_payments",
            "created_on": "2025-03-20",
            "contact": 0,
            "steps": [
                {"kind": "posted", "on": "2025-03-21", "how": "post", "number": "AB123"},
                {"kind": "reply_received", "on": "2025-03-24", "contact": 0, "note": "Short"},
            ],
            "template_version": "1",
            "rates_version": "2",
            "facts": {"total": "60.00", "missed": [1, 2]},
            "body": "Dear CMS",
        }
    ],
}


def refusal(document: object) -> CaseFileError:
    """The refusal of a document."""
    with pytest.raises(CaseFileError) as refused:
        parse(json.dumps(document))
    return refused.value


def changed(path: str, value: object) -> dict[str, Any]:
    """The full document with one field changed; a path such as ``payments.0.amount``."""
    document = copy.deepcopy(FULL)
    at: Any = document
    *parents, last = path.split(".")
    for step in parents:
        at = at[int(step)] if step.isdigit() else at[step]
    key = int(last) if isinstance(at, list) else last
    if value is ...:
        del at[key]
    else:
        at[key] = value
    return document


class TestParse:
    def test_reads_everything_that_the_format_knows(self) -> None:
        case = parse(json.dumps(FULL))
        assert case.facts.payments[0].recorded_on == dt.date(2025, 2, 5)
        assert case.facts.payments[0].id == "payments[0]"
        assert case.evidence == (
            Evidence(
                payment_id="payments[0]",
                name="bank.png",
                media_type="image/png",
                sha256=hashlib.sha256(PROOF).hexdigest(),
                content=PROOF,
            ),
        )
        assert case.contacts[0].at == dt.datetime(2025, 3, 8, 10, 30, tzinfo=LONDON)
        assert case.contacts[0].promises[0].outcomes == (
            Outcome(on=dt.date(2025, 3, 16), result=PromiseResult.NOT_KEPT, note="No call"),
        )
        assert case.letters[0].facts_json == '{"missed":[1,2],"total":"60.00"}'
        assert [one.id for one in case.facts.openings] == ["opening_balance", "former_opening_balances[0]"]

    def test_fills_in_the_dates_that_may_be_absent(self) -> None:
        decision = parse(json.dumps(FULL)).facts.decisions[0]
        assert decision.effective_on == decision.decided_on == decision.notified_on
        assert parse(json.dumps(FULL)).facts.adjustments[0].recorded_on == dt.date(2025, 3, 5)

    def test_answers_a_case_that_has_only_just_been_opened(self) -> None:
        at = position(parse(json.dumps(MINIMAL)).facts, on=dt.date(2025, 1, 1))
        assert (at.due, at.outstanding, at.instalments) == (0, 0, ())

    def test_takes_a_file_with_a_byte_order_mark(self) -> None:
        assert parse(b"\xef\xbb\xbf" + json.dumps(MINIMAL).encode()).nation is Nation.SCOTLAND

    def test_takes_a_time_in_summer_as_london_time(self) -> None:
        at = parse(json.dumps(changed("contacts.0.at", "2025-07-01T09:00:30Z"))).contacts[0].at
        assert isinstance(at, dt.datetime)
        assert at.isoformat() == "2025-07-01T10:00:30+01:00"

    @pytest.mark.parametrize(
        ("path", "value", "where", "why"),
        [
            ("format", "cms-tracker-case/2", "format", "cms-tracker-case/1"),
            ("reference", "12 digits", "reference", "12 digits"),
            ("reference", 120000000001, "reference", "text"),
            ("nation", "uk", "nation", "england, wales"),
            ("nation", ["england"], "nation", "england, wales"),
            ("perspective", ..., "perspective", "missing"),
            ("colour", "blue", "colour", "not a field"),
            ("other_parent", "x" * 61, "other_parent", "60 characters"),
            ("note", "a\x00b", "note", "not text"),
            ("note", "\ud800", "note", "not text"),
            ("children", {"label": "x"}, "children", "list"),
            ("children.0", "Child 1", "children[0]", "object"),
            ("children", [{"label": "x"}] * 100_001, "children", "100000 items"),
            ("opening_balance", [], "opening_balance", "object"),
            ("opening_balance.amount", 100, "opening_balance.amount", "as text"),
            ("former_opening_balances.0.struck_out", ..., "former_opening_balances[0].struck_out", "missing"),
            ("payments.0.amount", 96.0, "payments[0].amount", "as text"),
            ("payments.0.amount", "96", "payments[0].amount", "two decimals"),
            ("payments.0.amount", "-96.00", "payments[0].amount", "two decimals"),
            ("payments.0.amount", "0.00", "payments[0].amount", "more than"),
            ("payments.0.amount", "٩٦.٠٠", "payments[0].amount", "two decimals"),
            ("payments.0.amount", "99999999.00", "payments[0].amount", "two decimals"),
            ("payments.0.paid_on", "2025-02-30", "payments[0].paid_on", "exists"),
            ("payments.0.paid_on", "20250203", "payments[0].paid_on", "such as"),
            ("payments.0.paid_on", "1066-10-14", "payments[0].paid_on", "1993 to 2099"),
            ("payments.0.paid_on", None, "payments[0].paid_on", "such as"),
            ("payments.0.route", "cash", "payments[0].route", "direct, via_cms_received"),
            ("payments.0.allocation.0.amount", "100.01", "payments[0].allocation", "more than"),
            ("payments.0.allocation.0.amonut", "1.00", "payments[0].allocation[0].amonut", "not a field"),
            ("payments.0.evidence.0.content", "!!", "payments[0].evidence[0].content", "base64"),
            ("payments.0.evidence.0.content", "é", "payments[0].evidence[0].content", "base64"),
            ("payments.0.evidence.0.sha256", "0", "payments[0].evidence[0].sha256", "SHA-256"),
            ("payments.0.evidence.0.media_type", "image/jpeg", "payments[0].evidence[0].media_type", "content"),
            ("payments.0.evidence.0.name", "../bank.png", "payments[0].evidence[0].name", "plain file name"),
            ("payments.0.evidence.0.media_type", "image/jpeg", "payments[0].evidence[0].media_type", "not what"),
            ("payments.0.struck_out", {"reason": "x"}, "payments[0].struck_out.on", "missing"),
            ("payments.0.struck_out", {"on": "2025-02-04"}, "payments[0].struck_out.reason", "missing"),
            ("calculations.0.sequence", True, "calculations[0].sequence", "whole number"),
            ("calculations.0.sequence", -1, "calculations[0].sequence", "whole number"),
            ("calculations.0.sequence", 1.5, "calculations[0].sequence", "whole number"),
            ("plans.0.arrears_part", "300.01", "plans[0].arrears_part", "more than the total"),
            ("proposals.0.ongoing", ..., "proposals[0].ongoing", "missing"),
            ("contacts.0.at", "2025-03-08T25:00", "contacts[0].at", "time that exists"),
            ("contacts.0.at", "2025-03-08T10", "contacts[0].at", "date and time"),
            ("contacts.0.at", "2025-02-30T10:00", "contacts[0].at", "exists"),
            ("contacts.0.promises.0.outcomes.0.result", "maybe", "contacts[0].promises[0].outcomes[0].result", "kept"),
            ("letters.0.kind", "Missed payments", "letters[0].kind", "small letters"),
            ("letters.0.contact", 1, "letters[0].contact", "place of a contact"),
            ("letters.0.posted_how", "pigeon", "letters[0].posted_how", "by_hand"),
            ("letters.0.posting_number", "AB", "letters[0].posted_on", "missing"),
            ("letters.0.steps.0.how", "pigeon", "letters[0].steps[0].how", "by_hand"),
            ("letters.0.steps.0.kind", "burnt", "letters[0].steps[0].kind", "delivered"),
            ("letters.0.steps.0.contact", 0, "letters[0].steps[0].contact", "reply"),
            ("letters.0.steps.1.how", "post", "letters[0].steps[1].how", "posting"),
            ("letters.0.steps.1.contact", 1, "letters[0].steps[1].contact", "place of a contact"),
            ("letters.0.facts", {"a": [{"b": 0.5}]}, "letters[0].facts", "whole numbers"),
            ("letters.0.facts", {"a": "x\x00"}, "letters[0].facts", "only text"),
            ("letters.0.facts", [], "letters[0].facts", "object"),
            ("letters.0.facts", {"long": "x" * 1_000_001}, "letters[0].facts", "too long"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, path: str, value: object, where: str, why: str) -> None:
        refused = refusal(changed(path, value))
        assert refused.path == where
        assert why in refused.message
        assert str(refused) == f"{where}: {refused.message}"

    @pytest.mark.parametrize(("name", "field"), [("schedules", "first_due_on"), ("service", "from")])
    def test_refuses_two_that_start_on_one_day(self, name: str, field: str) -> None:
        one = FULL[name][0]
        refused = refusal(FULL | {name: [one, one]})
        assert refused.path == f"{name}[1].{field}"
        struck = one | {"struck_out": {"on": "2025-02-01", "reason": "Slip"}}
        assert parse(json.dumps(FULL | {name: [struck, one]}))

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("", "is not JSON: line 1, column 1"),
            ("{", "is not JSON"),
            ("[]", "must be an object"),
            ("null", "must be an object"),
            ('{"a": NaN}', "NaN"),
            ('{"note": 1' + "0" * 5000 + "}", "too long"),
            ("[" * 100_000, "nested too deeply"),
            (b"\xff\xfe", "UTF-8"),
        ],
    )
    def test_refuses_what_is_not_a_case_file(self, text: str | bytes, why: str) -> None:
        with pytest.raises(CaseFileError, match=why):
            parse(text)

    def test_refuses_facts_of_a_letter_that_are_nested_too_deeply(self) -> None:
        letter = json.dumps(FULL["letters"][0] | {"facts": {"deep": "HERE"}})
        deep = letter.replace('"HERE"', "[" * 700 + "]" * 700)
        without = json.dumps({name: value for name, value in FULL.items() if name != "letters"})
        with pytest.raises(CaseFileError, match="nested too deeply"):
            parse(f'{without[:-1]}, "letters": [{deep}]}}')

    def test_refuses_a_field_that_is_given_twice(self) -> None:
        with pytest.raises(CaseFileError, match="note: is given twice"):
            parse('{"note": "a", "note": "b"}')

    def test_refuses_a_file_that_is_too_big(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("arrears.core.strict_json.MOST_BYTES", 10)
        with pytest.raises(CaseFileError, match="too big"):
            parse(json.dumps(MINIMAL))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("2025-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def paths(value: object, prefix: str = "") -> list[str]:
    """Every path into a document."""
    found = []
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        path = f"{prefix}.{key}" if prefix else str(key)
        found += [path, *paths(inner, path)]
    return found


def read(document: object) -> tuple[CaseFile | None, str]:
    """The case of a document, or the path and reason of its refusal."""
    try:
        return parse(json.dumps(document)), ""
    except CaseFileError as refused:
        return None, f"{refused.path}: {refused.message}"


class TestAnyInput:
    @QUICK
    @given(json_values)
    def test_never_raises_anything_but_a_refusal(self, value: object) -> None:
        with pytest.raises(CaseFileError):
            parse(json.dumps(value))

    @settings(QUICK, max_examples=400)
    @given(st.sampled_from(paths(FULL)), json_values)
    def test_refuses_or_reads_a_file_with_any_one_field_replaced(self, path: str, value: object) -> None:
        document = copy.deepcopy(FULL)
        at: Any = document
        *parents, last = path.split(".")
        for step in parents:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[int(last) if isinstance(at, list) else last] = value
        case, refused = read(document)
        assert (case is None) == bool(refused.strip())
        assert "\n" not in refused
        assert case is None or parse(dump(case)) == case

    @QUICK
    @given(st.text(max_size=40) | st.binary(max_size=40))
    def test_refuses_noise(self, noise: str | bytes) -> None:
        with pytest.raises(CaseFileError):
            parse(noise)


class TestDump:
    def test_writes_back_every_field_of_the_full_document(self) -> None:
        written = json.loads(dump(parse(json.dumps(FULL))))
        for name, value in FULL.items():
            if name not in {"calculations", "contacts", "former_opening_balances"}:
                assert written[name] == value
        assert written["contacts"][0]["at"] == "2025-03-08T10:30+00:00"

    @pytest.mark.parametrize("name", ["p-002456", "weekly-catch-up", "collect-and-pay-fees"])
    def test_gives_back_the_worked_cases(self, name: str) -> None:
        case = parse((EXAMPLES / f"{name}.json").read_text())
        assert parse(dump(case)) == case

    @settings(QUICK, max_examples=150)
    @given(case_files(), views)
    def test_loses_nothing_and_moves_no_position(self, case: CaseFile, view: tuple[dt.date, dt.date]) -> None:
        text = dump(case)
        back = parse(text)
        assert dump(back) == text
        assert parse(dump(back)) == back
        on, known_on = view
        was, now = (position(one.facts, on=on, known_on=known_on) for one in (case, back))
        assert _unnamed(was) == _unnamed(now)
        assert (back.contacts, back.letters, back.proposals) == (case.contacts, case.letters, case.proposals)
        assert (back.note, back.children, back.other_parent) == (case.note, case.children, case.other_parent)
        assert _plain(back.facts) == _plain(case.facts)


def _unnamed(at: Any) -> object:
    """A position without the names of its facts: a file names them by their path."""
    figures = [getattr(at, name) for name in ("due", "fees_due", "paid", "outstanding", "credit", "restated_due")]
    return figures, [(one.due_on, one.amount, one.outstanding, one.status) for one in at.instalments]


def _plain(facts: CaseFacts) -> list[str]:
    """The facts without their names."""
    names = ("services", "decisions", "schedules", "openings", "payments", "adjustments", "observations", "plans")
    return [repr(one).split(", id=")[0] for name in names for one in getattr(facts, name)]

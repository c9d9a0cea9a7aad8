"""Statements of ten years of weekly payments: the PDF, the workbook and the table, and letters to many.

The PDF is held against the same facts as most would lay them out: a row for each movement, every cell
with its class and its border, borders collapsed, widths worked out from the content.
"""

import json
import time
from collections.abc import Iterator

from arrears.core import case_file
from arrears.core.account import Account, account
from cases import operations as case_operations
from cases.core.facts import Nation
from cases.core.roles import Role
from cms_tracker.money import plain
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench.groups import Ask, Figure, at_most, section, taken_ms
from cms_tracker.pages.bench.histories import weekly_case
from cms_tracker.users import operations as users
from cms_tracker.web.clock import now, today
from correspondence import operations, queries, rendering
from correspondence.core.letters import registry
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.bulk import Looked
from correspondence.core.letters.draft import Choices
from correspondence.core.statement_options import USUAL_PARTS, Chosen, Part
from correspondence.core.statement_tables import account_sheet, sheets
from correspondence.core.statement_words import paper
from correspondence.rendering.typesetter import Typesetter

PART, MANY = "statements", "letters to many"
MOST_MS = 2_000
NAIVE = """
@page { size: A4; margin: 20mm; }
body { font: 9pt "Liberation Sans", sans-serif; }
table { width: 100%; border-collapse: collapse; }
th, td { border: 1px solid #999; padding: 4px 6px; }
td.amount { text-align: right; } td.came { text-align: left; } tr.line { break-inside: avoid; }
"""


@section("statements")
def statements(ask: Ask) -> Iterator[Figure]:
    """Ten years weekly, every kind of file."""
    day = today()
    facts = case_file.parse(json.dumps(weekly_case(day))).facts
    chosen = Chosen(since=None, until=day, known_on=day, parts=frozenset(USUAL_PARTS))
    every = Chosen(since=None, until=day, known_on=day, parts=frozenset(Part))
    found = account(facts, since=None, until=day, known_on=day, nation=Nation.ENGLAND)
    words = paper(found, chosen, made_on=day, reference="120000000520")
    html = rendering.statement_html(words)
    rounds = min(ask.rounds, 3)
    naive = Typesetter({"naive": NAIVE})
    try:
        pdf, naively = taken_ms(
            lambda: rendering.statement_pdf(html, made_on=day),
            lambda: naive.lay_out(_naive(found), style="naive", limits=rendering.STATEMENT),
            rounds=rounds,
        )
    finally:
        naive.stop()
    share = pdf.best / naively.best
    note = f"at best; a row for each movement, laid out naively, {naively.best:.0f} ms: {share:.2f}x"
    yield at_most(PART, f"tagged PDF, {len(found.rows)} rows", pdf.best, goal_ms=MOST_MS, note=note)
    account_ms, frozen, workbook, table = taken_ms(
        lambda: account(facts, since=None, until=day, known_on=day, nation=Nation.ENGLAND),
        lambda: rendering.statement_html(paper(found, chosen, made_on=day, reference="120000000520")),
        lambda: rendering.workbook(sheets(found, every), about=day),
        lambda: rendering.comma_separated(account_sheet(found)),
        rounds=rounds,
    )
    yield Figure(part=PART, name="its account, from the facts", ms=account_ms.median)
    yield Figure(part=PART, name="its words", ms=frozen.median)
    yield at_most(PART, "workbook of eight tables", workbook.median, goal_ms=MOST_MS)
    yield at_most(PART, "one table (CSV)", table.median, goal_ms=MOST_MS)


RECORDS = 40


@section("statements")
def letters_to_many(_: Ask) -> Iterator[Figure]:
    """Choose, look at and make one letter for each of some records, as the pages do."""
    day = today()
    adviser, kind = users.sign_up("bench-adviser@example.com"), registry.kind_of("missed-payments")
    if adviser is None or kind is None:
        raise LookupError("missed-payments")
    ids = []
    for number in range(RECORDS):
        owner = users.sign_up(f"bench-owner-{number}@example.com")
        if owner is None:
            raise LookupError(number)
        file = weekly_case(day, number=number, weeks=52)
        case = case_transfer.bring_in(case_file.parse(json.dumps(file)), owner=owner)
        code = case_operations.make_invitation(actor=owner, case=case, role=Role.HELPER, label="Bench", at=now())
        case_operations.accept_invitation(actor=adviser, code=code, at=now())
        ids.append(case.pk)
    given = Choices(sender="", answers=Answers({"ask_collect": "no"}))
    asked = frozenset({"ask_collect"})

    def looked() -> list[Looked]:
        chosen = queries.chosen_of(adviser, ids, on=day)
        names = {one.case.reference: "A. Parent" for one in chosen}
        return queries.looked_at(kind, chosen, given, asked=asked, names=names)

    (look,) = taken_ms(looked, rounds=2)
    each = f"{look.median / RECORDS:.1f} ms each"
    yield Figure(part=MANY, name=f"look at {RECORDS} records", ms=look.median, note=each)
    began = time.perf_counter()
    batch = operations.begin_batch(actor=adviser, kind=kind, given=given, asked=asked, looked=looked(), on=day)
    begun = time.perf_counter()
    while operations.make_next_letters(actor=adviser, batch=batch):
        pass
    made = (time.perf_counter() - begun) * 1000
    yield Figure(part=MANY, name=f"begin {RECORDS} letters", ms=(begun - began) * 1000)
    rate = f"{made / RECORDS:.1f} ms each, {RECORDS * 1000 / made:.0f} a second"
    yield Figure(part=MANY, name=f"make {RECORDS} letters, {operations.AT_ONCE} a request", ms=made, note=rate)


def _naive(found: Account) -> str:
    """The same facts as most would lay them out: each movement on a row of its own."""
    rows = "".join(
        f'<tr class="line"><th scope="row">{one.on.isoformat()}</th><td class="came">{one.kind}</td>'
        f'<td class="amount">{plain(one.added)}</td><td class="amount">{plain(one.taken_off)}</td>'
        f'<td class="amount">{plain(one.balance)}</td></tr>'
        for one in found.lines
    )
    heads = "".join(f'<th scope="col">{one}</th>' for one in ("Date", "What", "Due", "Paid", "Balance"))
    title = f"Statement, {found.until.isoformat()}"
    return (
        f'<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title></head><body><h1>{title}</h1>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></body></html>"
    )

"""Letters: one laid out by a warm worker, and the whole way from the press to the file."""

import datetime as dt
from typing import TYPE_CHECKING

from arrears.core import case_file
from cms_tracker.pages import case_transfer
from cms_tracker.pages.bench import Pair, job
from cms_tracker.pages.bench.ledger import ADDRESS, ten_years_weekly
from cms_tracker.users import operations as users
from cms_tracker.web import storage
from cms_tracker.web.clock import today
from correspondence import operations, queries, rendering, tasks
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint
from correspondence.core.letters.missed_payments import KIND, reportable

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User
    from correspondence.models import Letter

REPORTED = 4  # instalments in the letter: one page


def prepared(*, reported: int = REPORTED) -> "tuple[User, Case, Choices]":
    """Somebody with ten years of weekly payments, and a letter that reports so many of the missed ones."""
    owner = users.sign_up(ADDRESS)
    if owner is None:
        raise LookupError(ADDRESS)
    case = case_transfer.bring_in(case_file.parse(ten_years_weekly(today())), owner=owner)
    return owner, case, choices_for(case, reported=reported)


def choices_for(case: "Case", *, reported: int) -> Choices:
    """A letter that reports so many of the missed payments."""
    record = queries.record_of(case, on=today())
    days = tuple(one.row.due_on.isoformat() for one in reportable(record.facts, record.position)[:reported])
    return Choices(sender="A. Parent", answers=Answers({"reported": days, "nothing_came": days, "ask_collect": "no"}))


def press_button(owner: "User", case: "Case", choices: Choices) -> "Letter":
    """What the person does who has read the letter: accept it as it was shown."""
    checked = fingerprint(queries.draft_of(case, KIND, choices, on=today()))
    return operations.make_letter(actor=owner, case=case, kind=KIND, choices=choices, on=today(), checked=checked)


@job("Letter laid out, warm", goal_ms=60)
def layout() -> Pair:
    """One page of words to a tagged PDF."""
    _, case, choices = prepared()
    html = rendering.letter_html(queries.draft_of(case, KIND, choices, on=today()))
    rendering.warm()  # as a worker does at its start
    return Pair(subject=lambda: rendering.render_pdf(html, dated_on=dt.date(2026, 1, 5)))


@job("Letter from the press to its PDF, worker in process", goal_ms=1500)
def press() -> Pair:
    """Draft, freeze, claim, lay out, publish and read back; only the hop through the broker is left out."""
    owner, case, choices = prepared()

    def pressed() -> None:
        checked = fingerprint(queries.draft_of(case, KIND, choices, on=today()))
        letter = operations.make_letter(actor=owner, case=case, kind=KIND, choices=choices, on=today(), checked=checked)
        tasks.do_what_waits()
        letter.refresh_from_db()
        if storage.read_kept(letter.pdf_name, sha256=letter.pdf_sha256) is None:
            raise LookupError("the letter was not made")

    return Pair(subject=pressed)

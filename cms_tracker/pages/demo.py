"""The demo: invented people, and cases that show what the product does. All through real operations.

Rosa's own case is alive: its days are counted back from the day it is made, so that *Today* has
something to say. The other cases are the worked examples of the tests, unchanged.
"""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.db import transaction

from arrears import operations as arrears
from arrears import queries as arrears_queries
from arrears.core import case_file
from arrears.core.case_values import ContactKind, Direction, PostedHow, PromiseResult
from cases import operations as cases
from cases import queries as case_queries
from cases.core.authority import Given, Said, Scope
from cases.core.facts import Frequency, Nation, Perspective, ServiceType
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cms_tracker.pages import case_transfer
from cms_tracker.users import codes, second_step
from cms_tracker.users import operations as users
from cms_tracker.users import queries as user_queries
from correspondence import operations as correspondence
from correspondence import queries as correspondence_queries
from correspondence.core.contacts import PromiseMade
from correspondence.core.letters import call_follow_up
from correspondence.core.letters.asks import Answers
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import fingerprint

if TYPE_CHECKING:
    from cases.models import Case
    from cms_tracker.users.models import User

DAY = dt.timedelta(days=1)
INSTALMENT = 26_000  # pence: £60.00 a week is £260.00 a month
MONTHS = 10


class Person(Protocol):
    """Someone of the cast."""

    @property
    def name(self) -> str: ...

    @property
    def email(self) -> str: ...

    @property
    def password(self) -> str: ...

    @property
    def is_adviser(self) -> bool: ...

    @property
    def app_secret(self) -> str: ...


class Came(NamedTuple):
    """What came for an instalment: pence, and how many days after its due date (before: negative)."""

    amount: int
    days_after: int


# One entry an instalment, oldest first; () is one that did not come and was noted. The latest
# instalment has no entry: nobody has logged it yet.
STORY: tuple[tuple[Came, ...], ...] = (
    (Came(INSTALMENT, 0),),
    (Came(INSTALMENT, -1),),
    (Came(20_000, 9),),
    (),
    (Came(INSTALMENT, 12),),
    (Came(INSTALMENT, 0),),
    (Came(INSTALMENT, 0),),
    (Came(15_000, 1),),
    (),
)


@transaction.atomic
def seed(people: Mapping[str, Person], examples: Callable[[str], bytes], *, on: dt.date, at: dt.datetime) -> None:
    """Make the people and cases that are not there yet. ``examples`` reads a worked example by name.

    A person who is here already is left as they are, with everything they have done since.
    """
    new = {name: _sign_up(person, at=at) for name, person in people.items() if not user_queries.by_email(person.email)}
    if rosa := new.get("Rosa"):
        _real_case(rosa, examples)
        _living_case(rosa, today=on)
    if paul := new.get("Paul"):
        for name in ("backdated-change", "collect-and-pay-fees"):
            _bring_in(paul, examples(name))
    if (ada := new.get("Ada")) and rosa:
        for case in case_queries.cases_for(rosa):
            code = cases.make_invitation(actor=rosa, case=case, role=Role.ADVISER, label="Advice centre", at=at)
            cases.accept_invitation(actor=ada, code=code, at=at)
    if ada := new.get("Ada"):
        _organisation(ada, on=on, at=at)


def _organisation(ada: "User", *, on: dt.date, at: dt.datetime) -> None:
    """An organisation that Ada runs, and a colleague in it, whom nobody can sign in as, with a client of her own."""
    organisation = cases.verify_organisation(name="Harbour Advice", at=at, manager=ada, manager_name="Ada")
    post = case_queries.posts_in(organisation.pk).get()
    cases.change_post(actor=ada, post_id=post.pk, roles=list(PostRole), team_id=None, at=at)
    bea, _ = users.make_adviser("bea@example.com")
    users.confirm_address(bea, password=secrets.token_urlsafe(32))
    code = cases.make_post_code(actor=ada, email=bea.email, name="Bea", roles=[PostRole.ADVISER], team_id=None, at=at)
    cases.take_post(actor=bea, code=code, at=at)
    client = cases.Intake(
        label="2026-014",
        reference="120000000041",
        nation=Nation.ENGLAND,
        perspective=Perspective.PAYING,
        children=["Child 1"],
        people=[],
        scope=Scope.ACT,
        said=Said(given=Given.SPOKEN, said_on=on, heard_by="Bea"),
    )
    cases.take_in(actor=bea, intake=client, at=at, on=on)


def _sign_up(person: Person, *, at: dt.datetime) -> "User":
    user = users.sign_up(person.email)
    if user is None or not users.confirm_address(user, password=person.password):
        raise LookupError(person.email)  # somebody else took the address a moment ago
    if person.is_adviser:
        users.make_adviser(person.email)
        user.refresh_from_db()
    if person.app_secret:
        # With a code of yesterday: the one that the app shows now must still be good for signing in.
        then = at - DAY
        code = codes.code_of(person.app_secret, codes.step_at(then))
        second_step.add_app(user, secret=person.app_secret, code=code, at=then)
    users.note_safety_page_seen(user, at=at)
    return user


def _bring_in(owner: "User", text: bytes) -> "Case":
    return case_transfer.bring_in(case_file.parse(text), owner=owner)


def _real_case(rosa: "User", examples: Callable[[str], bytes]) -> None:
    case = _bring_in(rosa, examples("p-002456"))
    cases.name_case(actor=rosa, case=case, label="Ombudsman P-002456")


def _living_case(rosa: "User", *, today: dt.date) -> None:
    """Ten months of Direct Pay that went as such months go, up to an instalment of some days ago."""
    first = _months_before(today - 5 * DAY, MONTHS - 1)
    case = cases.open_case(
        actor=rosa,
        reference="120045678901",
        nation=Nation.ENGLAND,
        perspective=Perspective.RECEIVING,
        children=["Child 1", "Child 2"],
    )
    cases.record_calculation(
        actor=rosa,
        case=case,
        weekly_pence=6_000,
        effective_on=first - 21 * DAY,
        decided_on=first - 16 * DAY,
        notified_on=first - 13 * DAY,
        reason="initial",
    )
    cases.record_service(actor=rosa, case=case, type=ServiceType.DIRECT_PAY, from_on=first - 21 * DAY)
    cases.record_schedule(actor=rosa, case=case, frequency=Frequency.MONTHLY, first_due_on=first)
    _payments(rosa, case, today=today)
    _calls(rosa, case, today=today)


def _payments(rosa: "User", case: "Case", *, today: dt.date) -> None:
    due_days = [one.due_on for one in arrears_queries.position_of(case, on=today, known_on=today).instalments]
    for due_on, came in zip(due_days, STORY, strict=False):
        if not came:
            arrears.note_nothing_came(
                actor=rosa, case=case, due_on=due_on, noted_on=due_on + 2 * DAY, note="Nothing came"
            )
        for one in came:
            paid_on = due_on + one.days_after * DAY
            arrears.record_payment(actor=rosa, case=case, paid_on=paid_on, amount_pence=one.amount, recorded_on=paid_on)


def _calls(rosa: "User", case: "Case", *, today: dt.date) -> None:
    """A call whose promise was kept, and one whose promise is overdue."""
    correspondence.record_contact(
        actor=rosa,
        case=case,
        at_date=today - 60 * DAY,
        at_time=dt.time(14, 5),
        kind=ContactKind.CALL,
        direction=Direction.OUT,
        recorded_on=today - 60 * DAY,
        spoke_to="Priya",
        summary="Asked for a copy of the decision letter.",
        promises=[PromiseMade(text="Send a copy of the decision letter", due_on=today - 46 * DAY)],
    )
    for promise in correspondence_queries.open_promises(case.pk, on=today):
        correspondence.record_promise_outcome(
            actor=rosa, case=case, promise_id=promise.id, outcome=PromiseResult.KEPT, on=today - 50 * DAY
        )
    _second_call(rosa, case, today=today)


def _second_call(rosa: "User", case: "Case", *, today: dt.date) -> None:
    """A call, and the letter that put it in writing the day after."""
    call = correspondence.record_contact(
        actor=rosa,
        case=case,
        at_date=today - 12 * DAY,
        at_time=dt.time(10, 20),
        kind=ContactKind.CALL,
        direction=Direction.OUT,
        recorded_on=today - 12 * DAY,
        spoke_to="Daniel",
        summary="Told them that two payments did not come and two were short.",
        promises=[PromiseMade(text="Ring me back about the missed payments", due_on=today - 4 * DAY)],
    )
    choices = Choices(
        sender="Rosa Example", reply_to=("1 Example Street", "Leeds"), answers=Answers({"call": str(call.pk)}),
    )  # fmt: skip
    made_on = today - 11 * DAY
    letter = correspondence.make_letter(
        actor=rosa,
        case=case,
        kind=call_follow_up.KIND,
        choices=choices,
        on=made_on,
        checked=fingerprint(correspondence_queries.draft_of(case, call_follow_up.KIND, choices, on=made_on)),
    )
    correspondence.mark_posted(
        actor=rosa,
        case=case,
        letter_id=letter.pk,
        posted_on=today - 10 * DAY,
        how=PostedHow.POST,
        number="0123 4567 8901",
    )


def _months_before(day: dt.date, months: int) -> dt.date:
    """The same day of the month some months before, at most the 28th, which every month has."""
    count = day.year * 12 + day.month - 1 - months
    return dt.date(count // 12, count % 12 + 1, min(day.day, 28))

"""A small world for the access tests: one record, everybody who stands in some relation to it, and their twins."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.test.client import ClientHandler
from django.utils import timezone

from arrears import operations as money
from arrears import queries as money_queries
from arrears.core import other_facts
from arrears.core.case_values import ClockKind, ContactKind, Direction, Proposal
from arrears.core.caseload import View
from arrears.core.challenge_values import ChallengeAbout
from arrears.core.other_facts import Budget, BudgetCategory, BudgetLine, Every
from arrears.core.transit_facts import Leg, LegKind, Way
from cases import operations
from cases.core import invitation_codes
from cases.core.facts import Frequency, ServiceType
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Invitation
from cms_tracker.rights.models import AccountCopy
from cms_tracker.users import second_step
from cms_tracker.users.models import User
from cms_tracker.users.operations import mark_operator
from cms_tracker.users.sessions import Visit
from cms_tracker.web import storage
from correspondence.core.bundles.purposes import Purpose
from correspondence.core.contacts import PromiseMade
from correspondence.core.jobs import JobKind, JobState
from correspondence.models import (
    AccountStatement,
    CalendarFeed,
    Challenge,
    ClockStart,
    Job,
    Letter,
    LetterBatch,
    Promise,
)
from correspondence.operations import bundles as bundle_words
from correspondence.operations import contacts as words
from correspondence.operations import evidence as keep
from correspondence.operations.challenges import begin_challenge
from correspondence.operations.clocks import start_clock
from tests.cast import ADA, PAUL, ROSA, SAM, Person
from tests.corpus import accepted
from tests.factories import give_app, let_in, make_case, make_user
from tests.integration.access_places import (
    ASSIGNED,
    COLLEAGUE,
    ELSEWHERE_ADVISER,
    LEAD,
    LOOKING,
    SUPERVISOR,
    WORKING,
    hold_all,
    places,
)
from tests.soft_key import SoftKey

DAY = dt.date(2025, 2, 3)
LATER = dt.date(2025, 5, 20)
#: Both parents hold the same reference, as they do in life.
SHARED_REFERENCE = "120000000017"
#: Stands in every text of Rosa's record that a page may show. Nobody outside may ever read it.
CANARY = "Canary"

OWNERS_PASSKEY = "the-owners-passkey"

OWNER, HELPER, ADVISER = "the owner", "a helper", "the adviser"
INSIDE = {OWNER: Role.OWNER, HELPER: Role.HELPER, ADVISER: Role.ADVISER, ASSIGNED: Role.ADVISER, LOOKING: Role.VISITOR}
OTHER_PARENT = "the other parent"
ELSEWHERE, GONE, STRANGER = "an adviser of somebody else", "a member whose access has ended", "a stranger"
#: Runs the site, and is let into nothing by it.
OPERATOR = "an operator"
#: Of the organisation that holds the record, and that holds the other parent's too.
OUTSIDE = [OTHER_PARENT, ELSEWHERE, GONE, STRANGER, COLLEAGUE, SUPERVISOR, LEAD, ELSEWHERE_ADVISER, OPERATOR]
ANONYMOUS = "somebody who is not signed in"
EVERYBODY = [*INSIDE, *OUTSIDE, ANONYMOUS]

#: Shared by all browsers: to load the middleware anew takes longer than most requests.
_HANDLERS = {checks: ClientHandler(enforce_csrf_checks=checks) for checks in (False, True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Rosa's record ``case``, Paul's ``twin`` of it, her ``fresh`` one without a decision, and the people.

    ``ids`` names one row of ``case`` for each argument a URL may take, ``twins_ids`` the like of
    ``twin``; ``code`` is one that lets a person into ``twin``, ``shared_code`` one that shows a plan of it.
    """

    case: Case
    twin: Case
    fresh: Case
    people: dict[str, User]
    cookies: dict[str, str]
    ids: dict[str, uuid.UUID]
    twins_ids: dict[str, uuid.UUID]
    code: str
    shared_code: str

    @property
    def passwords(self) -> dict[str, str]:
        """What each person types to show who they are."""
        return {who: person.password for who, person in _persons().items()}

    def client_left_alone(self, who: str) -> Client:
        """A browser in which this person signed in eleven minutes ago, and has shown who they are not since."""
        client = Client()
        client.handler = _HANDLERS[False]
        client.force_login(self.people[who])
        session = client.session
        signed_in = timezone.now() - dt.timedelta(minutes=11)
        session["visit"] = Visit(began_at=signed_in, last_seen_at=timezone.now()).kept()
        session.save()
        return client

    def client_of(self, who: str, *, checks_tokens: bool = False) -> Client:
        """A browser in which this person is signed in (nobody, for ANONYMOUS)."""
        client = Client()
        client.handler = _HANDLERS[checks_tokens]
        if who in self.cookies:
            client.cookies["session"] = self.cookies[who]
        return client


def build() -> World:
    """Make the world. The caller rolls it back."""
    people = {who: make_user(person) for who, person in _persons().items()}
    User.objects.update(safety_page_seen_at=timezone.now())
    mark_operator(people[OPERATOR].email, mark=True)
    give_app(people[OPERATOR], _persons()[OPERATOR])
    owner, paul = people[OWNER], people[OTHER_PARENT]
    give_app(owner, ROSA)
    second_step.add_passkey(
        owner, key=OWNERS_PASSKEY, name=f"{CANARY} phone", credential=SoftKey().anybodys(), at=timezone.now()
    )
    case = make_case(owner, reference=SHARED_REFERENCE, other_parent=f"{CANARY} parent", children=[f"{CANARY} child"])
    twin = make_case(paul, reference=SHARED_REFERENCE)
    fresh = make_case(owner, other_parent=f"{CANARY} fresh")
    for who in (HELPER, ADVISER, GONE):
        role = Role.ADVISER if who == ADVISER else Role.HELPER
        for shared in (case, fresh):
            let_in(people[who], shared, by=owner, role=role, at=timezone.now())
    let_in(people[ELSEWHERE], twin, by=paul, at=timezone.now())
    CaseMembership.objects.filter(user=people[GONE]).update(ended_at=timezone.now())
    posts = places(people)
    held = hold_all(posts, case=case, twin=twin, fresh=fresh)
    return World(
        case=case,
        twin=twin,
        fresh=fresh,
        people=people,
        cookies={who: _signed_in(person) for who, person in people.items()},
        ids=one_row_of_each(case, owner, mark=CANARY)
        | held[0]
        | {"membership_id": CaseMembership.objects.get(case=case, user=people[HELPER]).pk},
        twins_ids=one_row_of_each(twin, paul, mark="Twin")
        | held[1]
        | {"membership_id": CaseMembership.objects.get(case=twin, user=people[ELSEWHERE]).pk},
        code=_code(paul, twin, "Twin"),
        shared_code=_shared_code(paul, twin),
    )


def one_row_of_each(case: Case, owner: User, *, mark: str) -> dict[str, uuid.UUID]:
    """Record a little history with ``mark`` in its texts, and name one row for each argument of a URL."""
    known: dict[str, Any] = {"actor": owner, "case": case}
    operations.record_calculation(**known, weekly_pence=6000, effective_on=DAY, decided_on=DAY, notified_on=DAY)
    decision = operations.record_calculation(
        **known, weekly_pence=7000, effective_on=LATER, decided_on=LATER, notified_on=LATER, note=f"{mark} decision"
    )
    operations.record_schedule(**known, frequency=Frequency.MONTHLY, first_due_on=DAY)
    operations.record_service(**known, type=ServiceType.DIRECT_PAY, from_on=DAY)
    money.note_nothing_came(**known, due_on=dt.date(2025, 3, 3), noted_on=dt.date(2025, 3, 10))
    payment = money.record_payment(**known, paid_on=DAY, amount_pence=26000, recorded_on=DAY, note=f"{mark} payment")
    evidence = money.add_proof(**known, payment_id=payment.pk, proof=accepted(f"{mark}.png"))
    proposal = money.keep_proposal(
        **known,
        proposal=Proposal(
            label=f"{mark} plan",
            arrears=100_000,
            first_payment_on=dt.date(2025, 6, 2),
            frequency=Frequency.MONTHLY,
            instalment=5000,
        ),
    )
    money.mark_proposal_sent(**known, proposal_id=proposal.pk, sent_on=DAY)
    plan = money.record_plan(
        **known,
        agreed_on=dt.date(2025, 3, 10),
        first_payment_on=dt.date(2025, 4, 3),
        frequency=Frequency.MONTHLY,
        total_pence=31000,
        arrears_part_pence=5000,
        cms_word=f"{mark} word",
    )
    budget = money.record_fact(**known, fact=_budget(mark))
    contact = words.record_contact(
        **known,
        at_date=DAY,
        at_time=None,
        kind=ContactKind.CALL,
        direction=Direction.OUT,
        recorded_on=DAY,
        summary=f"{mark} call",
        promises=[PromiseMade(text=f"{mark} promise", due_on=dt.date(2025, 4, 1))],
    )
    file = keep.add_evidence(
        **known, file=accepted(f"{mark}.png"), shows=f"{mark} file", happened_on=DAY, recorded_on=DAY
    )
    figure = money.record_statement(**known, stated_on=LATER, as_at=LATER, amount_pence=31_00, source=f"{mark} letter")
    code = _code(owner, case, mark)
    apart = _apart(known, mark)
    return apart | {
        "fact_id": payment.pk,
        "payment_id": payment.pk,
        "decision_id": decision.pk,
        "figure_id": figure.pk,
        "evidence_id": evidence.pk,
        "file_id": file.pk,
        "proposal_id": proposal.pk,
        "share_id": _shared(owner, case),
        "plan_id": plan.pk,
        "budget_id": budget,
        "contact_id": contact.pk,
        "promise_id": Promise.objects.get(contact=contact).pk,
        "letter_id": _letter(case, mark).pk,
        "bundle_id": bundle_words.begin_bundle(**known, purpose=Purpose.COMPLAINT, on=LATER).pk,
        "kept_id": bundle_words.keep_out(**known, text=f"{mark} Road").pk,
        "clock_id": _clock(known, mark).pk,
        "challenge_id": _challenge(known, mark).pk,
        "feed_id": CalendarFeed.objects.create(user=owner, case=case, token_hash=case.pk.hex * 2).pk,
        "statement_id": _statement(case, mark).pk,
        "view_id": _view(owner, mark),
        "batch_id": LetterBatch.objects.create(user=owner, kind="missed-payments", dated_on=DAY, given={}).pk,
        "copy_id": _copy(owner, case).pk,
        "invitation_id": Invitation.objects.get(code_hash=invitation_codes.fingerprint(code)).pk,
    }


def _copy(owner: User, case: Case) -> AccountCopy:
    kept = storage.put([b"not really everything"], case_id=owner.pk, name=f"{case.pk.hex}.made")
    at = timezone.now()
    return AccountCopy.objects.create(
        user=owner, case_ids=[str(case.pk)], asked_at=at, ready_at=at, expires_at=at + dt.timedelta(hours=24),
        stored_as=kept.stored_as, sha256=kept.sha256, size=kept.size,
    )  # fmt: skip


def _shared(owner: User, case: Case) -> uuid.UUID:
    _shared_code(owner, case)
    return money_queries.shared_plans_of(case.pk)[0].pk


def _shared_code(owner: User, case: Case) -> str:
    (proposal, _), *_ = money_queries.proposal_terms(case.pk)
    return money.share_plan(actor=owner, case=case, proposal_id=proposal, at=timezone.now())


def _budget(mark: str) -> Budget:
    lines = (
        BudgetLine(category=BudgetCategory.WAGES, amount=180_000, every=Every.MONTH),
        BudgetLine(category=BudgetCategory.RENT_OR_MORTGAGE, amount=90_000, every=Every.MONTH),
    )
    return Budget(on=LATER, lines=lines, note=f"{mark} budget", id=str(uuid.uuid4()))


def _apart(known: dict[str, Any], mark: str) -> dict[str, uuid.UUID]:
    """A claim, a settlement and an order, which are no payment and no decision."""
    claim = other_facts.Claim(
        kind=other_facts.ClaimKind.VOLUNTARY_PAYMENT, paid_on=DAY, amount=5000, recorded_on=DAY, what=f"{mark} rent",
        id=str(uuid.uuid4()),
    )  # fmt: skip
    deal = other_facts.Settlement(
        offered_on=DAY, arrears=9000, amount=5000, recorded_on=DAY, note=f"{mark} offer", id=str(uuid.uuid4())
    )
    order = other_facts.LiabilityOrder(
        granted_on=DAY, from_on=DAY, to_on=DAY, amount=5000, court=f"{mark} court", id=str(uuid.uuid4())
    )
    leg = Leg(
        number=0, kind=LegKind.DEDUCTED, way=Way.EARNINGS, on=DAY, recorded_on=DAY, gross=12000,
        reference=f"{mark} payroll", id=str(uuid.uuid4()),
    )  # fmt: skip
    money.record_leg(**known, leg=leg)
    return {
        "claim_id": money.record_fact(**known, fact=claim),
        "settlement_id": money.record_fact(**known, fact=deal),
        "order_id": money.record_fact(**known, fact=order),
    }


def _letter(case: Case, mark: str) -> Letter:
    content = b"%PDF-1.7 not really a letter"
    kept = storage.put([content], case_id=case.pk, name="one.pdf")
    letter = Letter.objects.create(
        case=case,
        kind="call-follow-up",
        dated_on=DAY,
        facts={},
        html=f"<p>{mark} letter</p>",
        template_version="1",
        rates_version="1",
        pdf_name=kept.stored_as,
        pages=1,
        ready_at=timezone.now(),
        pdf_sha256=kept.sha256,
    )
    Job.objects.create(case=case, kind=JobKind.LETTER, subject=letter.pk, state=JobState.READY, attempts=1)
    return letter


def _clock(known: dict[str, Any], mark: str) -> ClockStart:
    return start_clock(**known, kind=ClockKind.WRITE_OFF, reached_on=DAY, note=f"{mark} notice")


def _challenge(known: dict[str, Any], mark: str) -> Challenge:
    return begin_challenge(**known, about=ChallengeAbout.SERVICE, what=f"{mark} matter", known_on=DAY)


def _view(owner: User, mark: str) -> uuid.UUID:
    view = View(id=uuid.uuid4(), name=f"{mark} view", is_default=mark == CANARY)
    money.keep_view(actor=owner, view=view)
    return view.id


def _statement(case: Case, mark: str) -> AccountStatement:
    kept = storage.put([b"%PDF-1.7 not really a statement"], case_id=case.pk, name="statement.pdf")
    statement = AccountStatement.objects.create(
        case=case,
        made_on=DAY,
        since=DAY,
        until=DAY,
        known_on=DAY,
        figures={"opening": 0, "closing": 0},
        html=f"<p>{mark} statement</p>",
        template_version="1",
        engine_version="1",
        stored_as=kept.stored_as,
        sha256=kept.sha256,
        pages=1,
        ready_at=timezone.now(),
    )
    Job.objects.create(case=case, kind=JobKind.STATEMENT, subject=statement.pk, state=JobState.READY, attempts=1)
    return statement


def _persons() -> dict[str, Person]:
    others = [
        Person(name=name, email=f"{name.lower()}@example.com", password="not-typed-by-anyone", is_adviser=adviser)
        for name, adviser in [("Helen", False), ("Una", True), ("Fern", False), ("Olga", False)]
    ]
    known = dict(zip([OWNER, HELPER, ADVISER], [ROSA, others[0], ADA], strict=True))
    known |= dict(zip([OTHER_PARENT, ELSEWHERE, GONE, STRANGER], [PAUL, others[1], others[2], SAM], strict=True))
    known[OPERATOR] = others[3]
    return known | {who: person for who, (person, _) in WORKING.items()}


def _code(owner: User, case: Case, mark: str) -> str:
    return operations.make_invitation(
        actor=owner, case=case, role=Role.HELPER, label=f"{mark} person", at=timezone.now()
    )


def _signed_in(person: User) -> str:
    client = Client()
    client.force_login(person)
    return str(client.cookies["session"].value)

"""The organisations of the access tests: one holds both parents' records, the other none of them."""

import datetime as dt
import uuid

from django.utils import timezone

from cases import operations
from cases.core.authority import Given, Said, Scope
from cases.core.checks import checklist
from cases.core.organisations import PostRole
from cases.core.roles import Role
from cases.models import Case, CaseMembership, Check, CheckedCase, HandOver, Holding, Look, Post, PostCode, Team
from cases.operations.intake import mark_again
from cms_tracker.users.models import User
from tests.cast import Person
from tests.factories import make_organisation, make_post, take_in

ASSIGNED, LOOKING = "an adviser whom an organisation assigned", "a supervisor who looks in for an hour"
COLLEAGUE, SUPERVISOR, LEAD = "a colleague who is not assigned", "its supervisor", "its conflicts lead and manager"
ELSEWHERE_ADVISER = "an adviser of another organisation"
REASON = "The client rang and nobody who knows them was in"


def _person(name: str) -> Person:
    return Person(name=name, email=f"{name.lower()}@example.com", password="not-typed-by-anyone", is_adviser=True)


#: Who they are, and the roles of their post.
WORKING: dict[str, tuple[Person, tuple[PostRole, ...]]] = {
    ASSIGNED: (_person("Asha"), (PostRole.ADVISER,)),
    LOOKING: (_person("Lena"), (PostRole.SUPERVISOR,)),
    COLLEAGUE: (_person("Colin"), (PostRole.ADVISER,)),
    SUPERVISOR: (_person("Sunil"), (PostRole.SUPERVISOR,)),
    LEAD: (_person("Leah"), (PostRole.CONFLICTS, PostRole.MANAGER)),
    ELSEWHERE_ADVISER: (_person("Elsa"), tuple(PostRole)),
}


def places(people: dict[str, User]) -> dict[str, Post]:
    """Give everybody who works somewhere their post."""
    here, there = make_organisation(), make_organisation("Quay Advice")
    return {
        who: make_post(people[who], there if who == ELSEWHERE_ADVISER else here, *roles)
        for who, (_, roles) in WORKING.items()
    }


def hold_all(
    posts: dict[str, Post], *, case: Case, twin: Case, fresh: Case
) -> tuple[dict[str, uuid.UUID], dict[str, uuid.UUID]]:
    """Have one organisation hold all three records; name the rows of ``case`` and of ``twin``."""
    ids, twins = _hold(case, posts, label="H1"), _hold(twin, posts, label="H2")
    _hold(fresh, posts, label="H3")
    for shared in (case, fresh):
        _let_in(shared, posts)
    lead = posts[LEAD]
    team = Team.objects.create(organisation=lead.organisation, name="North")
    common = {
        "team_id": team.pk,
        "post_id": posts[COLLEAGUE].pk,
        "code_id": _post_code(lead).pk,
        "assignment_id": CaseMembership.objects.get(case=case, user=posts[ASSIGNED].user).pk,
        "look_id": _asked(posts).pk,
        "other_holding_id": twins["holding_id"],
    } | _at_work(posts, case)
    return ids | common, twins | common


def _at_work(posts: dict[str, Post], case: Case) -> dict[str, uuid.UUID]:
    """A check of the record, drawn and opened by the supervisor, and a hand-over that waits for the colleague."""
    of, by = posts[ASSIGNED], posts[SUPERVISOR]
    check = Check.objects.create(
        organisation=by.organisation, supervisor=by, adviser=of, seed=1, checklist=checklist().version
    )
    look = Look.objects.create(
        case=case, organisation=by.organisation, asked_by=by, reason=REASON, opened_at=timezone.now()
    )
    checked = CheckedCase.objects.create(of=check, case=case, look=look)
    offered = HandOver.objects.create(
        case=case, organisation=of.organisation, giver=of, taker=posts[COLLEAGUE], note="Canary note"
    )
    return {"check_id": check.pk, "checked_id": checked.pk, "hand_over_id": offered.pk}


def _hold(case: Case, posts: dict[str, Post], *, label: str) -> dict[str, uuid.UUID]:
    at = timezone.now()
    by = posts[ASSIGNED]
    holding = Holding.objects.create(
        organisation=by.organisation, case=case, taken_by=by, label=label, began_at=at, cleared_at=at
    )
    mark_again(case)
    owner = CaseMembership.objects.get(case=case, role=Role.OWNER).user
    given = operations.give_authority(
        actor=owner, case=case, scope=Scope.ACT, said=Said(given=Given.HERE), from_on=timezone.localdate(), at=at
    )
    private = CaseMembership.objects.filter(case=case, role=Role.ADVISER, organisation=None).first()
    assert private is not None
    return {"holding_id": holding.pk, "authority_id": given.pk, "adviser_id": private.pk}


def _let_in(case: Case, posts: dict[str, Post]) -> None:
    at = timezone.now()
    mine = posts[ASSIGNED]
    CaseMembership.objects.create(case=case, user=mine.user, role=Role.ADVISER, organisation=mine.organisation)
    looks = posts[LOOKING]
    visit = CaseMembership.objects.create(
        case=case, user=looks.user, role=Role.VISITOR, organisation=looks.organisation,
        expires_at=at + dt.timedelta(minutes=60),
    )  # fmt: skip
    Look.objects.create(
        case=case, organisation=looks.organisation, asked_by=looks, reason=REASON, membership=visit, opened_at=at
    )


def _post_code(lead: Post) -> PostCode:
    code = uuid.uuid4()
    operations.make_post_code(
        actor=lead.user, email="new@example.com", name="New", roles=[PostRole.ADVISER], team_id=None,
        at=timezone.now(), code_id=code,
    )  # fmt: skip
    return PostCode.objects.get(pk=code)


def _asked(posts: dict[str, Post]) -> Look:
    """A third record, taken in by the colleague, that a supervisor asked to look into."""
    case = take_in(posts[COLLEAGUE].user, label="H4")
    holding = Holding.objects.get(case=case)
    looks = posts[LOOKING]
    return operations.ask_to_look(actor=looks.user, holding_id=holding.pk, reason=REASON, at=timezone.now())

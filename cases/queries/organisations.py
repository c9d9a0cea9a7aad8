"""Read organisations: their people, codes, and the records they hold, by label and never by content."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Now

from cases import access
from cases.core import invitation_codes
from cases.core.conflicts import Outcome
from cases.core.roles import Role
from cases.models import (
    Authority,
    CaseMembership,
    ConflictDecision,
    ConflictMark,
    Holding,
    Look,
    Post,
    PostCode,
    Team,
)
from cms_tracker.users import queries as user_queries

if TYPE_CHECKING:
    from cms_tracker.users.models import User


def post_of(user: "User") -> Post | None:
    """This person's place in a verified and open organisation, the organisation with it."""
    return access.post_of(user)


def posts_in(organisation_id: uuid.UUID) -> QuerySet[Post]:
    """Everybody who has a place in an organisation now."""
    return access.posts().filter(organisation_id=organisation_id).select_related("team", "user").order_by("name", "pk")


def teams_in(organisation_id: uuid.UUID) -> QuerySet[Team]:
    """The teams of an organisation."""
    return Team.objects.filter(organisation_id=organisation_id).order_by("name", "pk")


def open_post_codes(organisation_id: uuid.UUID, *, at: dt.datetime) -> QuerySet[PostCode]:
    """Codes of an organisation that would still work."""
    unused = PostCode.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)
    return unused.filter(organisation_id=organisation_id).select_related("team").order_by("made_at", "pk")


def post_code_for(user: "User", code: str, *, at: dt.datetime) -> PostCode | None:
    """The code, if it works at this moment for an e-mail address that this person has confirmed."""
    working = PostCode.objects.filter(
        used_at=None,
        withdrawn_at=None,
        expires_at__gt=at,
        organisation__verified_at__isnull=False,
        organisation__closed_at=None,
        made_by__ended_at=None,
        code_hash=invitation_codes.fingerprint(code),
    )
    found = working.select_related("organisation", "team", "made_by").first()
    return found if found is not None and user_queries.has_confirmed(user, found.email) else None


def holdings_of(organisation_id: uuid.UUID) -> QuerySet[Holding]:
    """The records that an organisation holds, by the labels their advisers chose. No record with them."""
    return Holding.objects.filter(organisation_id=organisation_id, ended_at=None).order_by("label", "pk")


def holding_in(organisation_id: uuid.UUID, holding_id: uuid.UUID) -> Holding | None:
    """One record that this organisation holds, or None."""
    return holdings_of(organisation_id).filter(pk=holding_id).first()


def holding_of_case(case_id: uuid.UUID) -> Holding | None:
    """By which organisation a record is held, the organisation with it, or None."""
    return Holding.objects.filter(case_id=case_id, ended_at=None).select_related("organisation").first()


def assigned(organisation_id: uuid.UUID) -> QuerySet[CaseMembership]:
    """Who of an organisation is assigned to which record now, visitors left out; no record with them."""
    given = CaseMembership.objects.filter(organisation_id=organisation_id, role=Role.ADVISER, ended_at=None)
    present = given.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))
    return present.order_by("began_at", "pk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A record that an organisation holds, by its label, and who works on it: the assignment's key and the name."""

    id: uuid.UUID
    label: str
    waits: bool
    people: tuple[tuple[uuid.UUID, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A record assigned to the reader. ``opens``: they may look in now; ``stands``: it waits for nobody."""

    case_id: uuid.UUID
    label: str
    opens: bool
    stands: bool


def held_with_people(organisation_id: uuid.UUID) -> list[Held]:
    """Every record of an organisation by its label, with the names of those who are assigned to it."""
    names = {post.user_id: post.name for post in posts_in(organisation_id)}
    working: dict[uuid.UUID, list[tuple[uuid.UUID, str]]] = defaultdict(list)
    for one in assigned(organisation_id):
        working[one.case_id].append((one.pk, names.get(one.user_id, "")))
    return [
        Held(id=one.pk, label=one.label, waits=one.cleared_at is None, people=tuple(working[one.case_id]))
        for one in holdings_of(organisation_id)
    ]


def mine_here(post: Post) -> list[Mine]:
    """The records that the person of a post is assigned to, those among them that they cannot open now too."""
    mine = set(assigned(post.organisation_id).filter(user=post.user_id).values_list("case_id", flat=True))
    opens = set(access.reading().filter(user=post.user_id, case_id__in=mine).values_list("case_id", flat=True))
    return [
        Mine(case_id=one.case_id, label=one.label, opens=one.case_id in opens, stands=one.cleared_at is not None)
        for one in holdings_of(post.organisation_id).filter(case_id__in=mine)
    ]


def authority_ends(case_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, dt.date]:
    """The last day of the organisation's authority in each of these cases, where one stands; in one query."""
    kept = Authority.objects.filter(case_id__in=case_ids, organisation__isnull=False, ended_at=None)
    return dict(kept.values_list("case_id", "until"))


def others_of(organisation_id: uuid.UUID, case_id: uuid.UUID) -> set[uuid.UUID]:
    """Records of the organisation that may be the other side of this one: a barrier stands, or nobody decided yet."""
    settled = _decided(case_id, ConflictDecision.objects.filter(outcome=Outcome.NO_CONFLICT))
    walls = _decided(case_id, ConflictDecision.objects.exclude(outcome=Outcome.NO_CONFLICT))
    return (_alike(organisation_id, case_id) - settled) | walls


def undecided_for(organisation_id: uuid.UUID, case_id: uuid.UUID) -> set[uuid.UUID]:
    """Records of the organisation that may be the other side of this one, about which nobody has decided."""
    return _alike(organisation_id, case_id) - _decided(case_id, ConflictDecision.objects.all())


def possible_conflicts(organisation_id: uuid.UUID) -> list[tuple[Holding, Holding]]:
    """Every two records of an organisation that may be two sides of one case, undecided, the earlier one first.

    For the conflicts lead alone: by the labels, without the records.
    """
    held = {one.case_id: one for one in holdings_of(organisation_id)}
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    shared = ConflictMark.objects.filter(organisation_id=organisation_id).values("digest")
    shared = shared.annotate(count=Count("case_id", distinct=True)).filter(count__gt=1).values("digest")
    for digest, case_id in ConflictMark.objects.filter(
        organisation_id=organisation_id, digest__in=shared, case_id__in=held
    ).values_list("digest", "case_id"):
        found[digest].append(case_id)
    pairs = {pair for ids in found.values() for pair in combinations(sorted(ids), 2)}
    decided = ConflictDecision.objects.filter(organisation_id=organisation_id)
    pairs -= set(decided.values_list("first_id", "second_id"))
    both = [sorted((held[first], held[second]), key=lambda one: (one.began_at, str(one.pk))) for first, second in pairs]
    return sorted([(one, other) for one, other in both], key=lambda pair: (pair[1].began_at, str(pair[1].pk)))


def waiting_intakes(organisation_id: uuid.UUID) -> list[Holding]:
    """Intakes that wait for the conflicts lead, and have no possible conflict to decide."""
    waiting = holdings_of(organisation_id).filter(cleared_at=None)
    return [one for one in waiting if not undecided_for(organisation_id, one.case_id)]


def is_walled_off(user_id: uuid.UUID, *, organisation_id: uuid.UUID, case_id: uuid.UUID) -> bool:
    """Say whether somebody stands, or stood, on what may be the other side of a record."""
    others = others_of(organisation_id, case_id)
    return CaseMembership.objects.filter(user_id=user_id, case_id__in=others).exists()


def authorities_of(case_id: uuid.UUID) -> QuerySet[Authority]:
    """Every authority kept in a record, the latest first, with whom it is for."""
    kept = Authority.objects.filter(case_id=case_id).select_related("organisation", "membership", "membership__user")
    return kept.order_by("-recorded_at", "pk")


def private_advisers(case_id: uuid.UUID) -> QuerySet[CaseMembership]:
    """The advisers whom an owner let into a record themselves."""
    own = CaseMembership.objects.filter(case_id=case_id, role=Role.ADVISER, organisation=None, ended_at=None)
    return own.select_related("user", "invitation").order_by("began_at", "pk")


def looks_of(case_id: uuid.UUID) -> QuerySet[Look]:
    """Every hour that a supervisor had in a record, or asked for, the latest first, with their names."""
    asked = Look.objects.filter(case_id=case_id).select_related("asked_by", "approved_by", "organisation", "membership")
    return asked.order_by("-asked_at", "pk")


def looks_waiting(post: Post) -> QuerySet[Look]:
    """What colleagues asked for and this supervisor may approve, without the record."""
    waiting = Look.objects.filter(organisation=post.organisation_id, opened_at=None, refused_at=None)
    return waiting.exclude(asked_by=post.pk).select_related("asked_by").order_by("asked_at", "pk")


def _alike(organisation_id: uuid.UUID, case_id: uuid.UUID) -> set[uuid.UUID]:
    mine = ConflictMark.objects.filter(organisation_id=organisation_id, case_id=case_id).values("digest")
    alike = ConflictMark.objects.filter(organisation_id=organisation_id, digest__in=mine).exclude(case_id=case_id)
    return set(alike.values_list("case_id", flat=True))


def _decided(case_id: uuid.UUID, decisions: QuerySet[ConflictDecision]) -> set[uuid.UUID]:
    pairs = decisions.filter(Q(first_id=case_id) | Q(second_id=case_id)).values_list("first_id", "second_id")
    return {one for pair in pairs for one in pair} - {case_id}

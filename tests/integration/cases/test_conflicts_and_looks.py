"""Two clients of one organisation on two sides, and a supervisor's hour (requirements 4, 6, 30 and 57)."""

import datetime as dt
import re

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from cases import access, operations, queries
from cases.core.conflicts import Named, Outcome
from cases.core.organisations import BadName, PostRole, read_name
from cases.core.roles import Permission, Role
from cases.models import Case, CaseMembership, ConflictMark, Holding, Look, Organisation, Post, PostCode
from cms_tracker.audit.models import Event
from cms_tracker.users.models import User
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import intake_of, make_case, make_organisation, make_post, make_user, take_in
from tests.filled_form import filled
from tests.masking import bare

pytestmark = pytest.mark.django_db

REFERENCE = "120000000017"
REASON = "A complaint about this record came in today"
CLIENT = Named(name="Rosa Márquez", born_on=dt.date(1990, 3, 2))
PAGES = {
    "case": {"reference": REFERENCE, "perspective": "receiving", "nation": "england"},
    "people": {"client": "Rosa Marquez", "client_born_d": "2", "client_born_m": "3", "client_born_y": "1990"},
    "authority": {"scope": "act", "given": "signed"},
    "label": {"label": "2026-1"},
}


@pytest.fixture
def organisation() -> Organisation:
    return make_organisation()


@pytest.fixture
def ada(organisation: Organisation) -> Post:
    return _post(ADA, organisation, PostRole.ADVISER)


@pytest.fixture
def sam(organisation: Organisation) -> Post:
    return _post(SAM, organisation, PostRole.ADVISER)


@pytest.fixture
def lead(organisation: Organisation) -> Post:
    return _post(PAUL, organisation, PostRole.CONFLICTS, PostRole.MANAGER, PostRole.SUPERVISOR)


def _post(person: object, organisation: Organisation, *roles: PostRole) -> Post:
    user = make_user(person)  # type: ignore[arg-type]
    User.objects.update(safety_page_seen_at=timezone.now())
    return make_post(user, organisation, *roles)


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def intake(client: Client) -> list[HttpResponse]:
    """Take a client in, page by page; every answer on the way."""
    answers = []
    for page, typed in PAGES.items():
        path = f"/organisation/records/new/{page}/"
        answers += [client.get(path), client.post(path, filled(client.get(path).content.decode()) | typed)]
    check = "/organisation/records/new/check/"
    answers += [client.get(check), client.post(check)]
    return [*answers, client.get("/organisation/"), client.get("/records/"), client.get("/caseload/")]


def alike(answers: list[HttpResponse]) -> list[object]:
    """The answers with every key of a row masked, to be held against others."""
    keys = {
        key
        for one in answers
        for key in re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", one.content.decode() + str(one.headers))
    }
    return [(one.status_code, bare(one, but_for=sorted(keys))) for one in answers]


class TestAnIntake:
    @pytest.mark.parametrize("waits", [False, True])
    def test_answers_the_adviser_alike_whether_or_not_the_other_side_is_a_client(
        self, organisation: Organisation, ada: Post, sam: Post, waits: bool
    ) -> None:
        Organisation.objects.update(intake_waits=waits)
        alone = alike(intake(browser(ada.user)))
        rows = _counts()
        _forget()
        take_in(sam.user, reference=REFERENCE, people=[CLIENT])
        before = _counts()
        beside = alike(intake(browser(ada.user)))
        assert alone == beside
        assert {name: count - before[name] for name, count in _counts().items()} == rows

    def test_keeps_no_name_and_no_day_of_birth(self, ada: Post) -> None:
        intake(browser(ada.user))
        kept = " ".join(str(row) for row in ConflictMark.objects.values_list())
        assert ConflictMark.objects.count() == 2
        assert "osa" not in kept
        assert "1990" not in kept
        assert REFERENCE not in kept

    def test_is_compared_within_the_organisation_alone(self, ada: Post, lead: Post) -> None:
        take_in(ada.user, reference=REFERENCE, people=[CLIENT])
        elsewhere = _post(ROSA, make_organisation("Quay Advice"), PostRole.ADVISER, PostRole.CONFLICTS)
        take_in(elsewhere.user, reference=REFERENCE, people=[CLIENT])
        assert queries.possible_conflicts(lead.organisation_id) == []
        assert queries.possible_conflicts(elsewhere.organisation_id) == []

    def test_that_waits_is_opened_by_the_conflicts_lead_alone(self, ada: Post, lead: Post) -> None:
        operations.choose_intake(actor=lead.user, waits=True)
        case = take_in(ada.user)
        assert browser(ada.user).get(f"/records/{case.pk}/").status_code == 404
        operations.clear_intake(actor=lead.user, holding_id=Holding.objects.get().pk, at=timezone.now())
        assert browser(ada.user).get(f"/records/{case.pk}/").status_code == 200


def _counts() -> dict[str, int]:
    kinds = [Case, CaseMembership, Holding, ConflictMark]
    return {kind.__name__: kind.objects.count() for kind in kinds} | {
        "Event": Event.objects.exclude(case_id=None).count()
    }


def _forget() -> None:
    Case.objects.all().delete()


class TestTheConflictsLead:
    def test_sees_two_labels_and_nothing_of_the_records(self, ada: Post, sam: Post, lead: Post) -> None:
        first, second = _two_sides(ada, sam)
        page = browser(lead.user).get("/organisation/conflicts/").content.decode()
        assert "A1 and A2" in page
        assert REFERENCE not in page
        assert str(first.pk) not in page
        assert str(second.pk) not in page

    def test_is_the_only_one_who_sees_it(self, ada: Post, sam: Post, lead: Post) -> None:
        _two_sides(ada, sam)
        assert browser(lead.user).get("/organisation/conflicts/").status_code == 200
        Post.objects.filter(pk=lead.pk).update(is_conflicts_lead=False)
        for post in (ada, sam, lead):
            assert browser(post.user).get("/organisation/conflicts/").status_code == 404

    def test_finds_the_same_person_by_another_reference(self, ada: Post, sam: Post, lead: Post) -> None:
        take_in(ada.user, label="A1", reference=REFERENCE, people=[CLIENT])
        again = Named(name="MARQUEZ, Rosa", born_on=CLIENT.born_on)
        take_in(sam.user, label="A2", reference="120000000033", people=[again])
        assert [(one.label, other.label) for one, other in queries.possible_conflicts(lead.organisation_id)] == [
            ("A1", "A2")
        ]


def _two_sides(ada: Post, sam: Post) -> tuple[Case, Case]:
    return take_in(ada.user, label="A1", reference=REFERENCE), take_in(sam.user, label="A2", reference=REFERENCE)


def _decide(lead: Post, outcome: Outcome) -> None:
    one, other = Holding.objects.order_by("label")
    operations.decide_conflict(actor=lead.user, first_id=one.pk, second_id=other.pk, outcome=outcome, at=timezone.now())


def _assign(lead: Post, to: Post, case: Case) -> None:
    holding = Holding.objects.get(case=case)
    operations.assign(actor=lead.user, holding_id=holding.pk, post_id=to.pk, at=timezone.now())


class TestABarrier:
    def test_stands_until_the_lead_decides(self, ada: Post, sam: Post, lead: Post) -> None:
        _first, second = _two_sides(ada, sam)
        with pytest.raises(ValueError, match="cannot be given"):
            _assign(lead, ada, second)
        _decide(lead, Outcome.NO_CONFLICT)
        _assign(lead, ada, second)
        assert access.membership_of(ada.user, second.pk) is not None

    def test_keeps_whoever_ever_stood_on_one_side_from_the_other(self, ada: Post, sam: Post, lead: Post) -> None:
        first, second = _two_sides(ada, sam)
        _decide(lead, Outcome.WALL)
        member = CaseMembership.objects.get(case=first)
        operations.unassign(actor=lead.user, membership_id=member.pk, at=timezone.now())
        with pytest.raises(ValueError, match="cannot be given"):
            _assign(lead, ada, second)

    def test_keeps_a_supervisor_of_one_side_from_looking_into_the_other(self, ada: Post, sam: Post, lead: Post) -> None:
        _first, second = _two_sides(ada, sam)
        _decide(lead, Outcome.WALL)
        Post.objects.filter(pk=ada.pk).update(is_supervisor=True)
        holding = Holding.objects.get(case=second)
        with pytest.raises(ValueError, match="cannot look"):
            operations.ask_to_look(actor=ada.user, holding_id=holding.pk, reason=REASON, at=timezone.now())

    def test_ends_the_later_record_for_whoever_stands_on_both(self, ada: Post, lead: Post) -> None:
        first, second = _two_sides(ada, ada)
        _decide(lead, Outcome.WALL)
        assert access.membership_of(ada.user, first.pk) is not None
        assert access.membership_of(ada.user, second.pk) is None

    def test_declined_ends_the_later_record_for_everybody(self, ada: Post, sam: Post, lead: Post) -> None:
        first, second = _two_sides(ada, sam)
        _decide(lead, Outcome.DECLINED)
        assert access.membership_of(ada.user, first.pk) is not None
        assert access.membership_of(sam.user, second.pk) is None
        assert queries.holding_of_case(second.pk) is None


class TestALook:
    def test_of_the_only_supervisor_opens_for_one_hour_and_changes_nothing(self, ada: Post, lead: Post) -> None:
        case = take_in(ada.user)
        client = browser(lead.user)
        assert client.get(f"/records/{case.pk}/").status_code == 404
        _ask(lead)
        assert client.get(f"/records/{case.pk}/").status_code == 200
        assert access.rights_of(lead.user_id, case.pk) == {Permission.VIEW, Permission.AUTHORITY}
        visit = CaseMembership.objects.get(role=Role.VISITOR)
        assert visit.expires_at == visit.began_at + dt.timedelta(minutes=60)
        CaseMembership.objects.filter(pk=visit.pk).update(expires_at=timezone.now())
        assert client.get(f"/records/{case.pk}/").status_code == 404

    def test_needs_a_reason_of_twenty_letters(self, ada: Post, lead: Post) -> None:
        take_in(ada.user)
        with pytest.raises(ValueError, match="at least 20"):
            _ask(lead, reason="x" * 19 + "  ")

    def test_needs_another_supervisor_where_there_is_one(self, ada: Post, sam: Post, lead: Post) -> None:
        case = take_in(ada.user)
        Post.objects.filter(pk=sam.pk).update(is_supervisor=True)
        look = _ask(lead)
        assert access.membership_of(lead.user, case.pk) is None
        with pytest.raises(ValueError, match="not waiting"):
            operations.approve_look(actor=lead.user, look_id=look.pk, at=timezone.now())
        with pytest.raises(ValueError, match="cannot do this"):
            operations.approve_look(actor=ada.user, look_id=look.pk, at=timezone.now())
        operations.approve_look(actor=sam.user, look_id=look.pk, at=timezone.now())
        assert access.membership_of(lead.user, case.pk) is not None

    def test_asked_for_twice_in_the_same_words_is_asked_for_once(self, ada: Post, sam: Post, lead: Post) -> None:
        take_in(ada.user)
        Post.objects.filter(pk=sam.pk).update(is_supervisor=True)
        first = _ask(lead)
        assert _ask(lead, reason=f" {REASON} ") == first
        assert Event.objects.filter(kind="look.asked").count() == 1
        other = _ask(lead, reason=f"{REASON}, again")
        assert list(Look.objects.filter(refused_at=None)) == [other]

    def test_of_whoever_is_the_only_supervisor_by_now_opens_when_asked_again(
        self, ada: Post, sam: Post, lead: Post
    ) -> None:
        case = take_in(ada.user)
        Post.objects.filter(pk=sam.pk).update(is_supervisor=True)
        _ask(lead)
        Post.objects.filter(pk=sam.pk).update(is_supervisor=False)
        _ask(lead)
        assert access.membership_of(lead.user, case.pk) is not None

    def test_is_shown_to_the_client_with_name_and_reason(self, ada: Post, lead: Post) -> None:
        case = take_in(ada.user)
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at=timezone.now())
        code = operations.make_client_code(actor=ada.user, case=case, at=timezone.now())
        operations.accept_invitation(actor=rosa, code=code, at=timezone.now())
        _ask(lead)
        page = browser(rosa).get(f"/records/{case.pk}/people/").content.decode()
        assert lead.name in page
        assert REASON in page
        kinds = set(Event.objects.filter(case_id=case.pk, actor_id=lead.user_id).values_list("kind", flat=True))
        assert {"look.asked", "look.opened"} <= kinds

    def test_is_not_given_to_whoever_only_manages(self, ada: Post, lead: Post) -> None:
        take_in(ada.user)
        Post.objects.filter(pk=lead.pk).update(is_supervisor=False)
        with pytest.raises(ValueError, match="cannot do this"):
            _ask(lead)


def _ask(post: Post, *, reason: str = REASON) -> Look:
    holding = Holding.objects.get()
    return operations.ask_to_look(actor=post.user, holding_id=holding.pk, reason=reason, at=timezone.now())


def _code(lead: Post, email: str, at: dt.datetime | None = None) -> str:
    return operations.make_post_code(
        actor=lead.user, email=email, name="Rosa", roles=[PostRole.ADVISER], team_id=None, at=at or timezone.now()
    )


class TestACodeForAPost:
    def test_works_once_for_its_own_confirmed_address(self, lead: Post) -> None:
        rosa, code = make_user(ROSA), _code(lead, ROSA.email.upper())
        sam = make_user(SAM)
        with pytest.raises(ValueError, match="does not work"):
            operations.take_post(actor=sam, code=code, at=timezone.now())
        assert operations.take_post(actor=rosa, code=code, at=timezone.now()).organisation == lead.organisation
        with pytest.raises(ValueError, match="does not work"):
            operations.take_post(actor=rosa, code=code, at=timezone.now())
        assert PostCode.objects.get().code_hash not in code

    @pytest.mark.parametrize("why", ["random", "old", "withdrawn", "unverified", "its maker has left"])
    def test_that_does_not_work_gets_one_answer(self, lead: Post, why: str) -> None:
        rosa = make_user(ROSA)
        User.objects.update(safety_page_seen_at=timezone.now())
        wrong = browser(rosa).post("/organisation/join/", {"code": "AAAA"})
        code = _code(lead, ROSA.email, timezone.now() - dt.timedelta(days=8 if why == "old" else 0))
        if why == "withdrawn":
            operations.withdraw_post_code(actor=lead.user, code_id=PostCode.objects.get().pk, at=timezone.now())
        if why == "unverified":
            Organisation.objects.update(verified_at=None)
        if why == "its maker has left":
            Post.objects.update(ended_at=timezone.now())
        typed = "AAAA" if why == "random" else code
        answer = browser(rosa).post("/organisation/join/", {"code": typed})
        assert bare(answer, but_for=[typed]) == bare(wrong, but_for=["AAAA"])
        assert lead.organisation.name not in answer.content.decode()

    def test_shows_who_gave_it_to_the_right_person_after_sign_in(self, lead: Post) -> None:
        rosa, code = make_user(ROSA), _code(lead, ROSA.email)
        User.objects.update(safety_page_seen_at=timezone.now())
        assert Client().post("/organisation/join/", {"code": code}).status_code == 302
        client = browser(rosa)
        page = client.post("/organisation/join/", {"code": code}).content.decode()
        assert lead.name in page
        assert not Post.objects.filter(user=rosa).exists()
        assert client.post("/organisation/join/", {"code": code, "seen": "yes"}).status_code == 302
        assert Post.objects.filter(user=rosa, is_adviser=True).exists()
        assert User.objects.get(pk=rosa.pk).is_adviser

    def test_is_made_twenty_times_a_day_at_most(self, lead: Post) -> None:
        for number in range(20):
            _code(lead, f"{number}@example.com")
        with pytest.raises(ValueError, match="allow in a day"):
            _code(lead, "more@example.com")

    def test_sends_no_mail(self, lead: Post, mailoutbox: list[object]) -> None:
        _code(lead, ROSA.email)
        assert mailoutbox == []


class TestANameAtWork:
    @pytest.mark.parametrize(
        "typed",
        ["", "  ", "x" * 81, "URGENT click evil.example", "http://evil", "a@b", "two\nlines", "two\rlines",
         "two\u2028lines", "\u202eright to left", "nul\0", "www evil"],
    )  # fmt: skip
    def test_cannot_carry_an_address_or_a_line_break(self, typed: str) -> None:
        with pytest.raises(BadName):
            read_name(typed)

    @pytest.mark.parametrize("typed", ["Citizens Advice (Leeds)", "St. Mary's Law Centre", "x" * 80])
    def test_is_taken_as_it_is(self, typed: str) -> None:
        assert read_name(typed) == typed

    def test_is_refused_by_the_operators_command(self) -> None:
        make_user(ROSA)
        for name in ("evil.example", "two\nlines", "x" * 81):
            with pytest.raises(CommandError):
                call_command("verify_organisation", name, manager=ROSA.email, manager_name="Rosa")
        call_command("verify_organisation", "Harbour Advice", manager=ROSA.email, manager_name="Rosa")
        assert Post.objects.get().roles == {PostRole.MANAGER}


class TestARecordOfAnother:
    def test_is_not_taken_over_by_an_intake_with_its_key(self, ada: Post) -> None:
        hers = make_case(make_user(ROSA))
        mine = operations.take_in(
            actor=ada.user, intake=intake_of(), at=timezone.now(), on=timezone.localdate(), case_id=hers.pk
        )
        assert mine.pk != hers.pk
        assert access.membership_of(ada.user, hers.pk) is None

"""Checks by a supervisor, hand-overs, closing, and what an organisation learns of its results."""

import csv
import datetime as dt
import io
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from arrears.core.case_values import Result, ResultKind, ResultMeans, ResultStage
from cases import access, operations, queries
from cases.core.checks import Answer, checklist, draw
from cases.core.organisations import PostRole
from cases.models import Case, CaseMembership, Check, CheckedCase, HandOver, Holding, Look, Organisation, Post
from cms_tracker.pages.worklist import page_of
from cms_tracker.refusal import Refusal
from cms_tracker.users.models import User
from correspondence import operations as correspondence
from correspondence.core.results import quarters_before
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import make_organisation, make_post, make_user, take_in

pytestmark = pytest.mark.django_db
LIST = "/caseload/"


@pytest.fixture
def office() -> Organisation:
    return make_organisation()


@pytest.fixture
def ada(office: Organisation) -> Post:
    return make_post(make_user(ADA), office, PostRole.ADVISER, name="Ada")


@pytest.fixture
def sam(office: Organisation) -> Post:
    return make_post(make_user(SAM), office, PostRole.ADVISER, PostRole.SUPERVISOR, PostRole.MANAGER, name="Sam")


@pytest.fixture
def case(ada: Post) -> Case:
    return take_in(ada.user, label="A1")


def browser(post: Post) -> Client:
    client = Client()
    client.force_login(post.user)
    return client


class TestTheDraw:
    def test_is_the_same_for_the_same_seed_and_never_twice_the_same_record(self) -> None:
        pool = [uuid.UUID(int=number) for number in range(40)]
        first = draw(pool, count=5, seed=11)
        assert first == draw(pool[::-1], count=5, seed=11)
        assert len(set(first)) == 5
        assert len({tuple(draw(pool, count=5, seed=seed)) for seed in range(20)}) > 15

    def test_opens_nothing(self, ada: Post, sam: Post, case: Case) -> None:
        client = browser(sam)
        answer = client.post("/organisation/checks/", {"post": str(ada.pk), "count": "3", "entry": str(uuid.uuid4())})
        page = client.get(answer["Location"]).content.decode()
        assert "A1" in page
        assert case.reference not in page
        assert client.get(reverse("pages:overview", args=[case.pk])).status_code == 404

    def test_keeps_the_seed_by_which_it_can_be_drawn_again(self, ada: Post, sam: Post) -> None:
        ids = [take_in(ada.user, label=f"B{number}", reference=f"{140000000000 + number}").pk for number in range(6)]
        check = operations.draw_check(actor=sam.user, post_id=ada.pk, count=2, seed=123)
        drawn = {one.case_id for one in queries.checked_in(check)}
        assert drawn == set(draw(ids, count=2, seed=Check.objects.get().seed))

    def test_is_never_of_ones_own_work(self, sam: Post, case: Case) -> None:
        take_in(sam.user, label="S1", reference="140000000033")
        with pytest.raises(Refusal, match="Choose a colleague"):
            operations.draw_check(actor=sam.user, post_id=sam.pk, count=1, seed=1)

    def test_is_not_there_for_an_adviser(self, ada: Post, case: Case) -> None:
        assert browser(ada).get("/organisation/checks/").status_code == 404


class TestACheck:
    @pytest.fixture
    def drawn(self, ada: Post, sam: Post, case: Case) -> CheckedCase:
        check = operations.draw_check(actor=sam.user, post_id=ada.pk, count=1, seed=1)
        return CheckedCase.objects.get(of=check)

    def test_opens_the_record_to_read_for_an_hour_and_the_client_sees_why(
        self, sam: Post, case: Case, drawn: CheckedCase
    ) -> None:
        client = browser(sam)
        client.post(reverse("pages:open-checked", args=[drawn.pk]))

        assert client.get(reverse("pages:overview", args=[case.pk])).status_code == 200
        assert client.post(reverse("correspondence:new-contact", args=[case.pk]), {}).status_code == 403
        (look,) = queries.looks_of(case.pk)
        assert look.asked_by == sam
        assert "supervisor checks some records" in look.reason
        CaseMembership.objects.filter(look=look).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
        assert client.get(reverse("pages:overview", args=[case.pk])).status_code == 404

    def test_is_signed_after_the_checklist_and_the_adviser_reads_it(
        self, ada: Post, sam: Post, case: Case, drawn: CheckedCase
    ) -> None:
        client = browser(sam)
        findings = reverse("pages:findings", args=[drawn.pk])
        assert client.get(findings).status_code == 404  # it was never opened
        client.post(reverse("pages:open-checked", args=[drawn.pk]))
        answers = {item.code: "no" for item in checklist().items}
        assert client.post(findings, {}).context["form"].errors

        client.post(findings, answers | {"found": "Chase the promise of May"})

        assert access.membership_of(sam.user, case.pk) is None
        page = browser(ada).get("/organisation/checks/mine/").content.decode()
        assert "Chase the promise of May" in page
        assert client.post(findings, answers).status_code == 404

    def test_is_nobody_elses(self, office: Organisation, drawn: CheckedCase) -> None:
        paul = make_post(make_user(PAUL), office, PostRole.SUPERVISOR)
        for name, args in (("pages:check", drawn.of_id), ("pages:findings", drawn.pk)):
            assert browser(paul).get(reverse(name, args=[args])).status_code == 404
        with pytest.raises(Refusal):
            operations.open_checked(actor=paul.user, checked_id=drawn.pk, at=timezone.now())
        answers = dict.fromkeys((item.code for item in checklist().items), Answer.YES)
        with pytest.raises(Refusal):
            operations.sign_check(actor=paul.user, checked_id=drawn.pk, answers=answers, found="", at=timezone.now())


class TestAHandOver:
    def give(self, giver: Post, taker: Post, case: Case, **changes: str) -> HandOver | None:
        client = browser(giver)
        client.post("/caseload/letters/", {"record": str(case.pk), "hand": "1"})
        page = client.get("/caseload/hand-over/")
        (key,) = [name for name in page.context["form"].fields if name.startswith("note-")]
        note = page.context["form"][key].value()
        assert "Owed:" in note
        assert "How to reach this person:" in note
        client.post("/caseload/hand-over/", {"post": str(taker.pk), key: changes.get("note", note)})
        return queries.waiting_hand_over(case.pk)

    def test_moves_access_when_it_is_taken_and_not_before(self, ada: Post, sam: Post, case: Case) -> None:
        page_of(ada.user, on=timezone.localdate())
        offered = self.give(ada, sam, case, note="She works nights. Ring after four.")
        assert offered is not None
        record = reverse("pages:overview", args=[case.pk])
        assert (browser(ada).get(record).status_code, browser(sam).get(record).status_code) == (200, 404)
        assert "She works nights" not in browser(sam).get("/organisation/hand-overs/").content.decode()

        browser(sam).post(reverse("pages:take-hand-over", args=[offered.pk]))

        assert (browser(ada).get(record).status_code, browser(sam).get(record).status_code) == (404, 200)
        assert "She works nights" in browser(sam).get(reverse("pages:handed", args=[case.pk])).content.decode()
        assert [len(page_of(one.user, on=timezone.localdate()).rows) for one in (ada, sam)] == [0, 1]

    def test_that_is_refused_or_withdrawn_changes_nothing(self, ada: Post, sam: Post, case: Case) -> None:
        for who in (ada, sam):
            offered = self.give(ada, sam, case)
            assert offered is not None
            browser(who).post(reverse("pages:stop-hand-over", args=[offered.pk]))
            assert queries.waiting_hand_over(case.pk) is None
        assert access.membership_of(ada.user, case.pk) is not None

    def test_cannot_be_taken_by_anybody_else(self, office: Organisation, ada: Post, sam: Post, case: Case) -> None:
        paul = make_post(make_user(PAUL), office, PostRole.ADVISER)
        offered = self.give(ada, sam, case)
        assert offered is not None
        for who in (ada, paul):
            with pytest.raises(Refusal):
                operations.take_hand_over(actor=who.user, hand_over_id=offered.pk, at=timezone.now())
        assert access.membership_of(paul.user, case.pk) is None

    def test_gives_away_nothing_that_is_not_ones_own(self, ada: Post, sam: Post, case: Case) -> None:
        with pytest.raises(Refusal):
            operations.offer_hand_overs(actor=sam.user, notes={case.pk: "Mine now"}, post_id=ada.pk, at=timezone.now())


class TestClosing:
    def test_ends_the_advisers_access_and_deletes_nothing(self, ada: Post, case: Case) -> None:
        client = browser(ada)
        address = reverse("pages:close", args=[case.pk])
        assert client.get(address).status_code == 200

        client.post(address, {"reason": "done", "note": "All paid"})

        assert client.get(address).status_code == 404
        assert Case.objects.filter(pk=case.pk).exists()
        assert (
            Holding.objects.get(case=case).ended_at is None
        )  # the client has no sign-in: somebody else may be assigned

    def test_lets_go_of_a_record_whose_owner_has_a_sign_in(self, ada: Post, case: Case) -> None:
        CaseMembership.objects.create(case=case, user=make_user(ROSA), role="owner")
        browser(ada).post(reverse("pages:close", args=[case.pk]), {"reason": "elsewhere"})
        assert Holding.objects.get(case=case).ended_at is not None
        assert access.membership_of(User.objects.get(email=ROSA.email), case.pk) is not None

    def test_is_for_advisers_alone(self, case: Case) -> None:
        rosa = make_user(ROSA)
        CaseMembership.objects.create(case=case, user=rosa, role="owner")
        client = Client()
        client.force_login(rosa)
        assert client.get(reverse("pages:close", args=[case.pk])).status_code == 404


class TestTheResultsOfAnOrganisation:
    @pytest.fixture
    def counted(self, ada: Post) -> None:
        """Six cases with money paid, seven with a better plan, two with a figure put right, in the last quarter."""
        year, quarter = map(int, quarters_before(timezone.localdate(), count=1)[0].split("-"))
        on = dt.date(year, 3 * quarter, 15)
        Holding.objects.update(began_at=timezone.now() - dt.timedelta(days=900))
        for number in range(15):
            case = take_in(ada.user, label=f"R{number}", reference=f"{150000000000 + number}")
            kinds = [ResultKind.ARREARS_PAID] * 6 + [ResultKind.BETTER_PLAN] * 7 + [ResultKind.FIGURE_CORRECTED] * 2
            result = Result(
                on=on,
                kind=kinds[number],
                stage=ResultStage.LETTER,
                means=ResultMeans.LETTER,
                gained=1_234_00,
                note="Canary",
            )
            correspondence.record_result(actor=ada.user, case=case, result=result)
        Holding.objects.update(began_at=timezone.now() - dt.timedelta(days=900))

    @pytest.mark.usefixtures("counted")
    def test_shows_no_small_number_and_nobody(self, sam: Post) -> None:
        page = browser(sam).get("/organisation/results/")
        numbers = [number for _, number, _ in page.context["tables"][0].lines]
        assert numbers == [None, None, 7, 15]
        text = page.content.decode()
        for secret in ("Canary", "R0", "150000000000"):
            assert secret not in text

    @pytest.mark.usefixtures("counted")
    def test_gives_the_same_lines_to_a_spreadsheet(self, sam: Post) -> None:
        client = browser(sam)
        shown = client.get("/organisation/results/").context["tables"]
        rows = list(csv.reader(io.StringIO(client.get("/organisation/results/file/").content.decode("utf-8-sig"))))[1:]
        assert len(rows) == sum(len(one.lines) for one in shown)
        assert [row[2].isdigit() for row in rows] == [number is not None for one in shown for _, number, _ in one.lines]

    def test_is_not_there_for_an_adviser(self, ada: Post) -> None:
        for address in ("/organisation/results/", "/organisation/results/file/"):
            assert browser(ada).get(address).status_code == 404


class TestAuthority:
    def test_that_ends_soon_is_a_reason_on_the_list(self, ada: Post, case: Case) -> None:
        from cases.models import Authority

        on = timezone.localdate()
        Authority.objects.filter(case=case).update(until=on + dt.timedelta(days=10))
        operations.name_case(actor=ada.user, case=case, label="Mine")
        (row,) = page_of(ada.user, on=on).rows
        assert row.said.mark == "Authority ends in 10 days"

    def test_that_has_ended_leaves_the_label_and_the_way_to_renew_it(self, ada: Post, case: Case) -> None:
        from cases.models import Authority

        page_of(ada.user, on=timezone.localdate())
        on = timezone.localdate() - dt.timedelta(days=1)
        Authority.objects.filter(case=case).update(from_on=on, until=on)
        page = browser(ada).get(LIST)
        assert page.context["page"].rows == ()
        assert reverse("cases:authority", args=[case.pk]) in page.content.decode()


class TestALook:
    def test_of_a_check_is_among_the_looks(self, ada: Post, sam: Post, case: Case) -> None:
        check = operations.draw_check(actor=sam.user, post_id=ada.pk, count=1, seed=1)
        operations.open_checked(actor=sam.user, checked_id=CheckedCase.objects.get(of=check).pk, at=timezone.now())
        assert Look.objects.get(case=case).asked_by == sam

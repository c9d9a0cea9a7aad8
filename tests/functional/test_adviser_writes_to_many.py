"""Ada writes one kind of letter to many at once: each stands on its own record, and nothing of one is in another's."""

import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from arrears import operations as money
from cases import operations as case_operations
from cases.core.facts import ServiceType
from cases.models import Case, CaseMembership
from cms_tracker.audit.models import Event
from cms_tracker.processes import system_packages
from cms_tracker.users.models import User
from correspondence import operations, queries, tasks
from correspondence.core.letters import bulk, registry
from correspondence.models import BatchedLetter, Job, Letter, LetterBatch
from tests.cast import ADA, PAUL, ROSA, SAM
from tests.factories import let_in, make_case, make_user
from tests.filled_form import filled
from tests.functional.direct_pay import direct_pay_case
from tests.needs import absent
from tests.pages import words

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2025, 7, 10, 9, 32, tzinfo=dt.UTC)
KIND = registry.kind_of("missed-payments")
assert KIND is not None
REPORT = [KIND.code]


@pytest.fixture(autouse=True)
def _on_the_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def ada() -> User:
    return make_user(ADA)


@pytest.fixture
def visitor(ada: User) -> Client:
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def first(rosa: User, ada: User) -> Case:
    """Rosa's record on Direct Pay, with payments to report."""
    case = direct_pay_case(rosa, reference="120000000101")
    return let_in(ada, case, by=rosa, at=NOW)


@pytest.fixture
def second(ada: User) -> Case:
    """A record of somebody else, with other payments and other words."""
    owner = make_user(SAM)
    case = direct_pay_case(owner, reference="120000000202")
    money.record_payment(
        actor=owner, case=case, paid_on=dt.date(2025, 7, 3), amount_pence=12_34, recorded_on=None, note="Canary note"
    )
    return let_in(ada, case, by=owner, at=NOW)


def url(name: str, *args: object) -> str:
    return reverse(f"correspondence:{name}", args=args)


def choose(visitor: Client, *cases: Case, **also: Any) -> Any:
    return visitor.post(reverse("pages:choose"), {"record": [str(one.pk) for one in cases], **also})


NAMES = "1200 0000 0101 Rosa Martin\n120000000202\tCanary Person"


def answer(visitor: Client, **answers: Any) -> Any:
    page = visitor.get(url("answer-bulk", *REPORT)).content.decode()
    return visitor.post(url("answer-bulk", *REPORT), filled(page) | {"names": NAMES, "ask_collect": "no"} | answers)


def press(visitor: Client) -> LetterBatch:
    page = visitor.get(url("check-bulk", *REPORT)).content.decode()
    made = visitor.post(url("check-bulk", *REPORT), filled(page))
    assert made.status_code == 302, words(made)
    return LetterBatch.objects.get(pk=made.url.rstrip("/").split("/")[-1])


class TestManyLetters:
    def test_are_each_of_their_own_record_and_of_no_other(self, visitor: Client, first: Case, second: Case) -> None:
        assert choose(visitor, first, second).url == url("bulk")
        assert "2 records are chosen" in words(visitor.get(url("bulk")))
        assert answer(visitor).url == url("check-bulk", *REPORT)
        assert "2 letters can be made" in words(visitor.get(url("check-bulk", *REPORT)))
        batch = press(visitor)
        mine, theirs = (Letter.objects.get(case=case) for case in (first, second))
        for own, other in ((mine, theirs), (theirs, mine)):
            for secret in (other.case.reference[-4:], "Canary note"):
                assert secret not in own.html + str(own.facts) + str(own.typed)
        assert "Rosa Martin" in mine.html
        assert "Canary" not in mine.html + str(mine.facts)
        assert "Canary Person" in theirs.html
        assert "Rosa" not in theirs.html + str(theirs.facts)
        assert {one.kind for one in Event.objects.filter(case_id=first.pk, actor_id=batch.user_id)} >= {"letter.made"}
        assert Job.objects.count() == 2

    def test_are_made_once_however_often_the_button_is_pressed(
        self, visitor: Client, ada: User, first: Case, second: Case
    ) -> None:
        choose(visitor, first, second)
        answer(visitor)
        page = filled(visitor.get(url("check-bulk", *REPORT)).content.decode())
        visitor.post(url("check-bulk", *REPORT), page)
        answer(visitor)
        visitor.post(url("check-bulk", *REPORT), page)
        batch = LetterBatch.objects.get()
        assert operations.make_next_letters(actor=ada, batch=batch) == 0
        assert visitor.post(url("next-letters", batch.pk)).status_code == 302
        assert Letter.objects.count() == 2

    def test_read_as_they_will_be_made_before_they_are(self, visitor: Client, first: Case, second: Case) -> None:
        choose(visitor, first, second)
        answer(visitor)
        page = words(visitor.get(url("preview-bulk", second.pk, *REPORT)))
        assert "Canary Person" in page
        assert "Rosa" not in page
        assert not Letter.objects.exists()

    def test_say_of_each_record_why_it_gets_none(self, visitor: Client, ada: User, first: Case, second: Case) -> None:
        paul = make_user(PAUL)
        paying = make_case(paul, reference="120000000303", perspective="paying")
        let_in(ada, paying, by=paul, at=NOW)
        collect = make_case(paul, reference="120000000404")
        case_operations.record_service(
            actor=paul, case=collect, type=ServiceType.COLLECT_AND_PAY, from_on=dt.date(2025, 1, 6)
        )
        let_in(ada, collect, by=paul, at=NOW)
        choose(visitor, first, second, paying, collect)
        answer(visitor, names="120000000101 Rosa Martin")
        page = words(visitor.get(url("check-bulk", *REPORT)))
        assert "1 letter can be made" in page
        assert bulk.OTHER_SIDE in page
        assert bulk.NO_NAME in page
        assert page.count("1200 0000 0404") == 1
        press(visitor)
        assert Letter.objects.get().case_id == first.pk
        assert BatchedLetter.objects.exclude(why_not="").count() == 3

    def test_never_take_a_name_for_a_reference_that_two_records_share(
        self, visitor: Client, ada: User, first: Case
    ) -> None:
        paul = make_user(PAUL)
        twin = direct_pay_case(paul, reference=first.reference)
        let_in(ada, twin, by=paul, at=NOW)
        choose(visitor, first, twin)
        answer(visitor)
        page = words(visitor.get(url("check-bulk", *REPORT)))
        assert "No letter can be made" in page
        assert page.count(bulk.NO_NAME) == 2

    def test_keep_the_name_of_the_letters_before(self, visitor: Client, first: Case, second: Case) -> None:
        choose(visitor, first, second)
        answer(visitor)
        press(visitor)
        answer(visitor, names="120000000101 Somebody Else")
        press(visitor)
        assert "Somebody Else" not in "".join(Letter.objects.values_list("html", flat=True))

    def test_are_signed_for_the_parents_where_that_is_chosen(self, visitor: Client, first: Case) -> None:
        choose(visitor, first)
        assert "Enter your name as CMS knows it." in words(answer(visitor, signs="other"))
        answer(visitor, signs="other", sender="Ada Moss", authority="enclosed")
        press(visitor)
        facts = Letter.objects.get().facts
        assert (facts["sender"], facts["for_whom"]) == ("Ada Moss", "Rosa Martin")

    def test_say_which_line_of_names_cannot_be_read(self, visitor: Client, first: Case) -> None:
        choose(visitor, first)
        page = words(answer(visitor, names="Rosa Martin\n12 Rosa", reply="care_of"))
        assert "This line has no reference of 12 figures and a name: Rosa Martin. 1 more are like it." in page
        assert "Enter the address that replies should go to." in page

    def test_are_not_made_of_a_record_that_changed_or_was_closed_meanwhile(
        self, visitor: Client, ada: User, rosa: User, first: Case, second: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose(visitor, first, second)
        answer(visitor)
        monkeypatch.setattr(operations, "make_next_letters", lambda **_: 0)
        batch = press(visitor)
        monkeypatch.undo()
        money.record_payment(actor=rosa, case=first, paid_on=dt.date(2025, 5, 3), amount_pence=26_000, recorded_on=None)
        CaseMembership.objects.filter(case=second, user=ada).update(ended_at=NOW)
        operations.make_next_letters(actor=ada, batch=batch)
        whys = dict(BatchedLetter.objects.values_list("case_id", "why_not"))
        assert whys[first.pk] == operations.CHANGED
        assert whys[second.pk] == "You can no longer open this record."
        assert not Letter.objects.exists()
        page = words(visitor.get(url("batch", batch.pk)))
        assert second.reference[-4:] not in page

    def test_go_on_past_one_that_breaks(
        self, visitor: Client, ada: User, first: Case, second: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        choose(visitor, first, second)
        answer(visitor)
        broken = queries.looked_at
        from correspondence.operations import batches

        def breaks(kind: Any, chosen: Any, *args: Any, **known: Any) -> Any:
            if chosen[0].case.pk == first.pk and len(chosen) == 1:
                raise ValueError("Dear Child Maintenance Service")
            return broken(kind, chosen, *args, **known)

        monkeypatch.setattr(batches.queries, "looked_at", breaks)
        press(visitor)
        assert Letter.objects.get().case_id == second.pk
        assert "Something went wrong with this one." in BatchedLetter.objects.get(case=first).why_not

    def test_come_as_one_file_to_print(self, visitor: Client, first: Case, second: Case) -> None:
        if not system_packages.has_pango():
            absent("Pango is not installed, so no letter can be laid out")
        choose(visitor, first, second)
        answer(visitor)
        batch = press(visitor)
        assert visitor.get(url("batch-pdf", batch.pk, 1)).status_code == 404
        tasks.do_what_waits()
        page = words(visitor.get(url("batch", batch.pk)))
        assert "2 of 2 ready." in page
        part = visitor.get(url("batch", batch.pk), headers={"HX-Request": "true"}).content.decode()
        assert part.startswith('<div id="batch-status"')
        answered = visitor.get(url("batch-pdf", batch.pk, 1))
        assert answered.headers["Content-Disposition"] == 'attachment; filename="letters-2025-07-10-1.pdf"'
        text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(answered.content)).pages)
        assert "Rosa Martin" in text
        assert "Canary Person" in text
        assert Event.objects.filter(kind="letter.taken").count() == 2


class TestChoosing:
    def test_takes_all_on_the_list_or_adds_those_ticked(self, visitor: Client, first: Case, second: Case) -> None:
        assert choose(visitor, first, more="1").url == reverse("pages:caseload")
        assert "Write to those ticked and the 1 chosen" in words(visitor.get(reverse("pages:caseload")))
        choose(visitor, second)
        assert len(visitor.session["letters-for"]) == 2
        choose(visitor, none="1")
        assert "No record is chosen." in words(visitor.get(url("bulk")))
        choose(visitor, all="1")
        assert len(visitor.session["letters-for"]) == 2
        side = reverse("pages:choose") + "?side=paying"
        assert "Tick at least one record." in words(visitor.post(side, {"all": "1"}, follow=True))

    def test_takes_nothing_that_is_not_on_ones_list(self, visitor: Client, first: Case) -> None:
        strangers = direct_pay_case(make_user(PAUL))
        choose(visitor, strangers)
        assert "No record is chosen." in words(visitor.get(url("bulk")))
        choose(visitor, first, record=["nonsense", str(first.pk), str(strangers.pk)])
        answer(visitor)
        assert strangers.reference[-4:] not in words(visitor.get(url("check-bulk", *REPORT)))
        assert visitor.get(url("preview-bulk", strangers.pk, *REPORT)).status_code == 404

    def test_leads_back_where_nothing_is_chosen_or_answered(self, visitor: Client, first: Case) -> None:
        assert visitor.get(url("check-bulk", *REPORT)).url == url("bulk")
        assert visitor.get(url("answer-bulk", *REPORT)).url == url("bulk")
        choose(visitor, first)
        assert visitor.get(url("check-bulk", *REPORT)).url == url("answer-bulk", *REPORT)
        assert visitor.get(url("answer-bulk", "call-follow-up")).status_code == 404

    def test_shows_a_batch_to_nobody_else(self, visitor: Client, first: Case) -> None:
        choose(visitor, first)
        answer(visitor)
        batch = press(visitor)
        stranger = Client()
        stranger.force_login(make_user(PAUL))
        for name, args in (("batch", []), ("batch-pdf", [1])):
            assert stranger.get(url(name, batch.pk, *args)).status_code == 404
        assert stranger.post(url("next-letters", batch.pk)).status_code == 404

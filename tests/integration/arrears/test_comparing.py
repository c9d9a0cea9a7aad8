"""A record beside a case file that somebody handed over: looked at, and forgotten."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from arrears import queries
from arrears.core import case_file
from arrears.models import Payment
from cases.models import Case
from cms_tracker.audit.models import Event
from cms_tracker.pages import case_transfer
from cms_tracker.users.models import User
from tests.cast import PAUL, ROSA
from tests.factories import import_example, make_user
from tests.pages import words

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>"
NO_RECORD = "This is not a copy of a record. Choose the .json file that you were given."


@pytest.fixture
def rosa() -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    return import_example("p-002456", rosa)


@pytest.fixture
def client(rosa: User) -> Client:
    client = Client()
    client.force_login(rosa)
    return client


def copy_of(case: Case) -> dict[str, Any]:
    """The case as a file that may be changed."""
    content: dict[str, Any] = json.loads(case_file.dump(case_transfer.take_out(case)))
    return content


def compared(client: Client, case: Case, content: dict[str, Any] | bytes, **typed: str) -> str:
    """The page after a file was sent."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    file = SimpleUploadedFile("x.json", body)
    answer = client.post(reverse("arrears:compare-records", args=[case.pk]), {"record": file, **typed})
    assert answer.status_code == 200
    return words(answer)


def written() -> int:
    """How many events there are but for those that say who saw a page."""
    return Event.objects.exclude(kind="case.seen").count()


class TestAFile:
    def test_that_is_the_record_itself_differs_in_nothing(self, client: Client, case: Case) -> None:
        page = compared(client, case, copy_of(case))
        assert "both records come to" in page
        assert "23 payments are the same in both." in page
        assert "Nothing differs that moves money." in page

    def test_shows_each_difference_with_what_it_does(self, client: Client, case: Case) -> None:
        content = copy_of(case)
        del content["payments"][0]
        content["payments"][0]["amount"] = "400.00"
        content["payments"][1]["paid_on"] = "2022-06-04"
        content["opening_balance"]["amount"] = "12000.00"
        content["calculations"][1]["weekly"] = "70.00"
        content["adjustments"] = [{"kind": "write_off", "on": "2023-01-01", "amount": "15.00", "reason": HOSTILE}]
        page = compared(client, case, content)
        for part in (
            "Only in your record", "£437.99 on 1 April 2022", "The same day, another amount", "+£37.99",
            "The same amount, a few days apart", "£437.99 on 4 June 2022", "£12,000.00 on 21 October 2021", "−£391.53",
            "£70.00 a week from 1 December 2022", "Write-off. Only in the file", "−£15.00", "Where the balances part",
            "31 December 2022",
        ):  # fmt: skip
            assert part in page, part

    @pytest.mark.parametrize("perspective", ["receiving", "paying"])
    def test_says_which_decision_brought_money_back_from_fees_and_leads_to_it(
        self, client: Client, rosa: User, perspective: str
    ) -> None:
        content = {
            "format": "cms-tracker-case/1", "reference": "120000000077", "nation": "england", "scheme": "cms_2012",
            "perspective": perspective,
            "service": [{"type": "collect_and_pay", "from": "2025-01-03"}],
            "calculations": [
                {"weekly": "60.00", "effective_on": "2025-01-03", "reason": "initial"},
                {"weekly": "20.00", "effective_on": "2025-01-03", "notified_on": "2025-02-10", "reason": "review"},
                {"weekly": "0.00", "effective_on": "2025-02-14", "notified_on": "2025-02-10", "reason": "ended"},
            ],
            "schedules": [{"frequency": "weekly", "first_due_on": "2025-01-03"}],
            "payments": [{"paid_on": "2025-01-04", "amount": "432.00", "route": "via_cms_paid"}],
        }  # fmt: skip
        case = case_transfer.bring_in(case_file.parse(json.dumps(content)), owner=rosa)
        other = {"receiving": "paying", "paying": "receiving"}[perspective]
        file = SimpleUploadedFile("x.json", json.dumps(content | {"perspective": other}).encode())
        answer = client.post(reverse("arrears:compare-records", args=[case.pk]), {"record": file})
        page = words(answer)
        lower = next(one for one in queries.facts_for(case).decisions if one.weekly == 2000)
        assert "By the decision of £20.00 a week from 3 January 2025, told 10 February 2025" in page
        assert "£48.00 came back" in page
        assert "Only a record of the paying parent holds these fees." in page
        link = {
            "receiving": f"{reverse('arrears:details', args=[case.pk])}#fact-{lower.id}",
            "paying": reverse("arrears:working", args=[case.pk, lower.id]),
        }[perspective]
        assert f'href="{link}"' in answer.content.decode()
        assert client.get(link).status_code == 200

    def test_tells_nothing_but_days_and_amounts(self, client: Client, case: Case) -> None:
        content = copy_of(case)
        secret = "Elm Road 5"
        content["other_parent"] = secret
        content["note"] = content["opening_balance"]["note"] = content["opening_balance"]["source"] = secret
        content["payments"][0]["note"] = secret
        content["payments"][0]["amount"] = "1.00"
        content["children"] = [{"label": secret}]
        content["calculations"][0]["reason"] = secret
        for contact in content["contacts"]:
            contact["summary"] = contact["with"] = secret
        assert secret not in compared(client, case, content)

    def test_leaves_nothing_behind(self, client: Client, case: Case, rosa: User) -> None:
        before = (written(), Payment.objects.count(), Case.objects.count())
        content = copy_of(case)
        content["payments"].append({"paid_on": "2023-03-03", "amount": "7.77", "route": "direct"})
        assert "£7.77" in compared(client, case, content)
        assert (written(), Payment.objects.count(), Case.objects.count()) == before
        assert "£7.77" not in words(client.get(reverse("arrears:compare-records", args=[case.pk])))

    def test_says_the_same_whether_or_not_it_belongs_to_somebody_here(self, client: Client, case: Case) -> None:
        content = copy_of(case) | {"perspective": "paying"}
        alone = compared(client, case, content)
        import_example("p-002456", make_user(PAUL))
        assert compared(client, case, content) == alone
        assert "the file that of the paying parent" in alone

    def test_of_another_case_is_compared_only_when_a_person_is_sure(self, client: Client, case: Case) -> None:
        content = copy_of(case) | {"reference": "120000009999"}
        page = compared(client, case, content)
        assert "another CMS reference than your record" in page
        assert "both records" not in page
        assert "1200 0000 9999" not in page
        sure = compared(client, case, content, sure="on")
        assert "The file has another CMS reference" in sure
        assert "both records come to" in sure

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            ({"payments": [{"paid_on": "2023-02-30", "amount": "1.00", "route": "direct"}]}, "payments[0].paid_on"),
            ({"statements": 5}, "statements must be a list"),
            ({HOSTILE: 1}, "is not a field of this format"),
        ],
    )
    def test_that_cannot_be_read_is_refused_by_the_name_of_the_field(
        self, client: Client, case: Case, change: dict[str, Any], said: str
    ) -> None:
        file = SimpleUploadedFile("x.json", json.dumps(copy_of(case) | change).encode())
        answer = client.post(reverse("arrears:compare-records", args=[case.pk]), {"record": file})
        assert "This is not a copy of a record. For whoever made the file:" in words(answer)
        assert said in words(answer)
        assert HOSTILE not in answer.content.decode()

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            (b"", "This file is empty."),
            (b"\xff\xfe", NO_RECORD),
            (b"[" * 200_000, NO_RECORD),
            (b"Dear Sir or Madam", NO_RECORD),
            (b"[]", NO_RECORD),
            (b"{}", NO_RECORD),
            (b"x" * (10 * 1024 * 1024 + 1), "This file is larger than 10 MB."),
        ],
    )
    def test_that_is_no_case_file_is_refused(self, client: Client, case: Case, body: bytes, said: str) -> None:
        assert said in compared(client, case, body)

    def test_with_more_decisions_than_any_case_has_is_refused(self, client: Client, case: Case) -> None:
        one = {"weekly": "1.00", "effective_on": "2020-01-01", "reason": "review"}
        dates = {"frequency": "weekly", "first_due_on": "2020-01-06"}
        many = {"calculations": [one] * 300, "schedules": [dates]}
        assert "more than 300 decisions" in compared(client, case, copy_of(case) | many)

    def test_must_be_chosen(self, client: Client, case: Case) -> None:
        answer = client.post(reverse("arrears:compare-records", args=[case.pk]), {})
        assert "Choose the file that you were given." in words(answer)

"""Every message this project sends, with canaries in every name: the whole MIME says nothing (requirements 17, 30)."""

import ast
import datetime as dt
import re
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from arrears.core.case_values import ContactKind, Direction
from cases.models import Case
from cms_tracker.users import notices
from cms_tracker.users import operations as users
from cms_tracker.users.models import User
from cms_tracker.web.clock import now, today
from correspondence import operations, reminders
from correspondence.core.contacts import PromiseMade
from tests.architecture.source import PACKAGES, ROOT, modules, tree
from tests.cast import ROSA
from tests.factories import make_case, make_user

HOSTILE = "Canary\r\nBcc: canary@evil.example\r\n\r\n<b>https://evil.example/</b>"
FORBIDDEN = re.compile(
    r"maintenance|\bcms\b|\bcsa\b|arrears|child|court|tribunal|abuse|violen|letter|parent|payment|deadline|complaint|"
    r"\bowed?\b|debt|safety|adviser|£|\bgbp\b|direct pay|12391|1200|canary|evil|<|content-disposition|multipart|html",
    re.IGNORECASE,
)
HEADERS = {
    "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "Content-Type",
    "MIME-Version", "Content-Transfer-Encoding",
}  # fmt: skip


@pytest.fixture
def rosa(db: None) -> User:
    return make_user(ROSA)


@pytest.fixture
def case(rosa: User) -> Case:
    """A record of which every name and text is hostile, with a day thirty days from now."""
    name = HOSTILE[:60]
    case = make_case(rosa, reference="120000000017", other_parent=name, children=[name], note=HOSTILE)
    operations.record_contact(
        actor=rosa, case=case, at_date=today(), at_time=None, kind=ContactKind.CALL, direction=Direction.OUT,
        recorded_on=None, spoke_to=name, summary=HOSTILE,
        promises=[PromiseMade(text=HOSTILE, due_on=today() + dt.timedelta(days=30))],
    )  # fmt: skip
    return case


def sign_up_and_reset(rosa: User) -> None:
    users.sign_up("waiting@example.com")
    for email in [ROSA.email, "waiting@example.com", "new@example.com"]:
        Client(HTTP_USER_AGENT=HOSTILE.replace("\r\n", " ")).post(reverse("account_signup"), {"email": email})
        Client().post(reverse("account_reset_password"), {"email": email})


def remind(rosa: User) -> None:
    operations.ask_for_reminders(actor=rosa, address=ROSA.email, at=now(), on=today())
    reminders.send_due(at=now().replace(hour=11, minute=0) + dt.timedelta(days=29))


def confirm_another(rosa: User) -> None:
    reminders.send_confirmation("quiet@example.com", "k" * 43)


def tell_of_a_change(rosa: User) -> None:
    users.allow_mail(actor=rosa, address=ROSA.email, at=now())
    notices.tell(rosa)


#: By the place that hands a message to the gateway: what makes it, and how many it makes. A new place fails a test.
SENDERS: dict[tuple[str, str], tuple[Callable[[User], None], int]] = {
    ("cms_tracker/users/adapter.py", "send_mail"): (sign_up_and_reset, 6),
    ("cms_tracker/users/notices.py", "tell"): (tell_of_a_change, 1),
    ("correspondence/reminders.py", "_remind"): (remind, 1),
    ("correspondence/reminders.py", "send_confirmation"): (confirm_another, 1),
}


def places() -> set[tuple[str, str]]:
    """The functions that hand a message to the gateway."""
    return {
        (path.relative_to(ROOT).as_posix(), function.name)
        for path in modules(*PACKAGES)
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"mail.deliver", "deliver"}
    }


def parsed(message: Any) -> EmailMessage:
    found = message_from_bytes(message.message().as_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def is_neutral(message: Any) -> None:
    """Fail on a word, a header, a part or a link too many."""
    mime = parsed(message)
    assert set(mime.keys()) <= HEADERS
    assert mime.get_content_type() == "text/plain"
    assert list(mime.iter_attachments()) == []
    assert mime["From"] == settings.DEFAULT_FROM_EMAIL
    assert mime["Subject"] in {f"{settings.SITE_NAME}: your sign-in", f"{settings.SITE_NAME}: reminders", "A reminder"}
    body = mime.get_content()
    links = re.findall(r"\S*://\S+", body)
    assert all(re.fullmatch(rf"{re.escape(settings.SITE_URL)}/[a-z/-]+/[\w:/-]*", link) for link in links)
    for word in ("maintenance", "arrears", "child", "case", "?"):
        assert not any(word in link for link in links)
    everything = "\n".join(f"{name}: {value}" for name, value in mime.items()) + "\n" + body
    spoken = re.sub(r"\S*://\S+|<[^<>@\s]+@[^<>@\s]+>", "", everything)
    assert not FORBIDDEN.search(spoken), FORBIDDEN.search(spoken)
    assert settings.SITE_NAME in everything


class TestEveryMessage:
    def test_has_its_place_in_the_table(self) -> None:
        assert places() == set(SENDERS)

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("place", list(SENDERS), ids=lambda place: place[1])
    def test_says_nothing_to_whoever_else_reads_it(self, rosa: User, case: Case, place: tuple[str, str]) -> None:
        make, count = SENDERS[place]
        make(rosa)
        assert len(outbox.outbox) == count
        for message in outbox.outbox:
            is_neutral(message)

    @pytest.mark.django_db
    def test_that_the_library_brings_is_ours_or_is_not_sent(self, rosa: User) -> None:
        """Its own messages name the reader, the browser and the network address."""
        folder = Path(allauth.__file__).parent / "templates"
        prefixes = {
            str(path.relative_to(root)).removesuffix("_message.txt")
            for root in (folder, ROOT / "templates")
            for path in root.glob("*/email/*_message.txt")
            if "base" not in path.name
        }
        assert len(prefixes) > 15
        ours = set()
        names = ["user", "email", "username", "ip", "user_agent", "from_email", "to_email", "code"]
        told = dict.fromkeys(names, HOSTILE)
        told |= {"timestamp": str(time.time()), "activate_url": "/account/x/"}
        for prefix in prefixes:
            outbox.outbox.clear()
            get_adapter().send_mail(
                prefix, ROSA.email, {**told, "timestamp": time.time(), "activate_url": "/account/x/"}
            )
            for message in outbox.outbox:
                is_neutral(message)
                ours.add(prefix)
        assert ours == {
            str(path.relative_to(ROOT / "templates")).removesuffix("_message.txt")
            for path in (ROOT / "templates").glob("*/email/*_message.txt")
        }

    def test_template_has_a_subject_of_one_line(self) -> None:
        found = list((ROOT / "templates").glob("*/email/*_subject.txt"))
        assert found
        assert all(len(path.read_text(encoding="utf-8").strip().splitlines()) == 1 for path in found)

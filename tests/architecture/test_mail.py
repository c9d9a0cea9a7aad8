"""E-mail leaves by one way: nothing but the gateway speaks to a mail server."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, modules, place, tree

GATEWAY = ROOT / "cms_tracker" / "web" / "mail.py"
_SENDERS = {"send_mail", "send_mass_mail", "mail_admins", "mail_managers", "email_user", "send_messages", "sendmail"}
_LIBRARIES = ("django.core.mail", "smtplib")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            if name.startswith(_LIBRARIES):
                yield f"{place(path, node.lineno)}: {name}"


def _calls(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        # What the sign-in library calls when it has something to say, and our adapter answers.
        is_our_adapter = ast.unparse(node.func) == "self.send_mail"
        # A message that a library has written would be sent by its own ``send()``, without arguments.
        is_bare_send = node.func.attr == "send" and not node.args and not node.keywords
        if is_bare_send or (node.func.attr in _SENDERS and not is_our_adapter):
            yield f"{place(path, node.lineno)}: {ast.unparse(node.func)}"


class TestEMail:
    def test_is_sent_by_the_gateway_alone(self) -> None:
        others = [path for path in modules(*PACKAGES, "manage.py") if path != GATEWAY]

        assert [found for path in others for found in (*_imports(path), *_calls(path))] == []

    def test_is_sent_by_the_gateway(self) -> None:
        assert list(_imports(GATEWAY))
        assert list(_calls(GATEWAY))

    def test_goes_where_the_gateway_finds_unless_it_answers_what_was_just_typed(self) -> None:
        """Security requirement 18: who may name an address is listed here, and nobody else does."""
        asked = {
            (path.relative_to(ROOT).as_posix(), _function_around(path, node))
            for path in modules(*PACKAGES)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Asked"
        }

        assert asked == {
            ("cms_tracker/users/adapter.py", "send_mail"),  # a sign-up, a forgotten password
            ("correspondence/reminders.py", "send_confirmation"),  # the confirmation of that very address
        }

    def test_is_plain_text_with_nothing_attached(self) -> None:
        source = GATEWAY.read_text(encoding="utf-8")

        assert not re.search(r"attach|alternative|html|\bcc\b|\bbcc\b|reply_to", source, re.IGNORECASE)


def _function_around(path: Path, call: ast.Call) -> str:
    around = [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)
    ]
    return max(around, key=lambda node: node.lineno).name if around else ""

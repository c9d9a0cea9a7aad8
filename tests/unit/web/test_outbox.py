"""Links in mail on a laptop are read out; mail of earlier days is not."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from cms_tracker.processes.outbox import Outbox


def _send(folder: Path, body: str) -> None:
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=str(folder))
    EmailMessage("Hello", body, to=["rosa@example.com"], connection=connection).send()


class TestOutbox:
    def test_reads_out_each_link_once(self, tmp_path: Path) -> None:
        outbox = Outbox(tmp_path)
        _send(tmp_path, "Confirm: http://localhost:8000/c/abc:def/\nSiân")

        assert list(outbox.new_links()) == [("rosa@example.com", "http://localhost:8000/c/abc:def/")]
        assert list(outbox.new_links()) == []

    def test_leaves_earlier_mail_unread(self, tmp_path: Path) -> None:
        _send(tmp_path, "http://localhost:8000/old/")
        outbox = Outbox(tmp_path)
        _send(tmp_path, "http://localhost:8000/new/")

        assert [link for _, link in outbox.new_links()] == ["http://localhost:8000/new/"]

    @pytest.mark.parametrize("folder", ["not-made-yet"])
    def test_waits_for_a_folder_that_is_not_there(self, tmp_path: Path, folder: str) -> None:
        assert list(Outbox(tmp_path / folder).new_links()) == []

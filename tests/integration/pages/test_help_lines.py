"""Telephone numbers of those who can help: from one file, with where and when each was checked."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from cms_tracker.pages import help_lines
from tests.pages import words

TEMPLATES = Path(settings.BASE_DIR) / "templates"


class TestTheFile:
    def test_never_gives_a_day_without_the_source_that_was_read(self) -> None:
        for line in help_lines.every():
            assert line.source, line.name
            assert line.website.startswith("https://"), line.name
            assert not line.url or line.checked, line.name

    def test_is_asked_by_name(self) -> None:
        assert help_lines.named("Samaritans").dial == "116123"
        with pytest.raises(KeyError):
            help_lines.named("Nobody")

    def test_is_the_only_place_that_holds_a_number(self) -> None:
        numbers = {line.dial for line in help_lines.every()}
        for template in TEMPLATES.rglob("*.html"):
            written = re.sub(r"\s", "", template.read_text(encoding="utf-8"))
            assert not {number for number in numbers if number in written}, template.name


class TestThePages:
    @pytest.mark.django_db
    def test_show_the_same_number_at_the_foot_and_on_the_safety_page(self, client: Client) -> None:
        page = client.get("/safety/").content.decode()
        assert page.count('<a href="tel:116123">116 123</a>') == 2
        said = words(client.get("/safety/"))
        for line in help_lines.every():
            assert line.telephone in said
        assert "Contact a Samaritan ; last checked: 22 November 2026." in said
        assert "rely on" not in said

    @pytest.mark.django_db
    def test_say_in_small_print_what_nobody_has_checked(self, client: Client) -> None:
        unchecked = [line for line in help_lines.every() if line.checked is None]
        said = words(client.get("/safety/"))
        for line in unchecked:
            assert f"Number from {line.source}; last checked: not yet." in said

    @pytest.mark.django_db
    def test_name_them_beside_a_plan_that_is_too_much(self, client: Client) -> None:
        page = client.get("/plan/").content.decode()
        assert 'tel:08001381111">0800 138 1111<' in page

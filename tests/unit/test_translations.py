"""Compiling the translations, with Babel alone."""

import gettext
import os
from pathlib import Path

import pytest

from cms_tracker.processes import translations

_PO = 'msgid ""\nmsgstr "Language: cy\\nContent-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Day"\nmsgstr "Dydd"\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(_PO, encoding="utf-8")
    return folder / "django.po"


class TestCompiling:
    def test_makes_what_gettext_reads(self, source: Path, tmp_path: Path) -> None:
        (made,) = translations.compile_what_is_new(tmp_path)

        with made.open("rb") as file:
            assert gettext.GNUTranslations(file).gettext("Day") == "Dydd"
        assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]

    def test_is_done_again_only_for_a_younger_source(self, source: Path, tmp_path: Path) -> None:
        (made,) = translations.compile_what_is_new(tmp_path)

        assert translations.compile_what_is_new(tmp_path) == []
        os.utime(source, (made.stat().st_mtime + 5, made.stat().st_mtime + 5))
        assert translations.compile_what_is_new(tmp_path) == [made]

    def test_refuses_a_source_that_is_no_catalogue(self, source: Path, tmp_path: Path) -> None:
        source.write_text('msgid "Day"\nDydd\n', encoding="utf-8")

        with pytest.raises(ValueError, match=r"django\.po"):
            translations.compile_what_is_new(tmp_path)
        assert not source.with_suffix(".mo").exists()

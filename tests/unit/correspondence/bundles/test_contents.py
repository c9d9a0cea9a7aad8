"""The manifest names every document, and tells a changed file from the one that was made."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from correspondence.core.bundles.contents import (
    Document,
    as_json,
    complaint_about,
    digest,
    from_json,
    grouped,
    manifest,
    manifest_text,
)

SHA = "a" * 64


def document(key: str, **more: Any) -> Document:
    values = {"section": "letters", "mark": "E1", "title": "Letter", "on": None, "labels": ("3", "4"), "sha256": SHA}
    return Document(key=key, **(values | more))


EVERY = (
    document("cover", section="", mark="", labels=("1",)),
    document("sheet", labels=("2",)),
    document("one", on=dt.date(2026, 1, 2), added_on=dt.date(2026, 3, 4), unread=("4",)),
    document("two", section="evidence", mark="F1", labels=("5",)),
)
MADE = manifest(EVERY, file_name="bundle.pdf", file_sha256="b" * 64, pages=5)


class TestDocuments:
    def test_are_kept_and_read_back(self) -> None:
        assert from_json(as_json(EVERY)) == EVERY

    @pytest.mark.parametrize("broken", [[{}], [None], [{"key": "x", "section": "letters"}]])
    def test_of_another_shape_are_refused(self, broken: list[Any]) -> None:
        with pytest.raises(ValueError, match="documents"):
            from_json(broken)

    def test_stand_under_their_sections(self) -> None:
        assert [(one.title, len(one.documents)) for one in grouped(EVERY)] == [("Letters", 2), ("Evidence", 1)]

    def test_say_their_pages(self) -> None:
        assert [one.pages for one in EVERY] == ["1", "2", "3 to 4", "5"]


class TestTheDigest:
    @pytest.mark.parametrize("change", [{"sha256": "c" * 64}, {"title": "Other"}, {"labels": ("9",)}, {"mark": "X1"}])
    def test_changes_with_any_document(self, change: dict[str, Any]) -> None:
        assert digest([*EVERY[:3], replace(EVERY[3], **change)]) != digest(EVERY)

    def test_leaves_out_the_pages_that_print_it(self) -> None:
        assert digest([replace(EVERY[0], title="Other"), *EVERY[1:]]) == digest(EVERY)


class TestTheManifest:
    def test_agrees_with_the_file_it_was_made_for(self) -> None:
        assert complaint_about(MADE, file_sha256="b" * 64) == ""

    def test_begins_with_the_line_that_sha256sum_reads(self) -> None:
        first, *rest = manifest_text(MADE).splitlines()
        assert first == f"{'b' * 64}  bundle.pdf"
        assert all(line.startswith("#") for line in rest)
        assert len(rest) == 5

    @pytest.mark.parametrize(
        ("value", "sha256", "says"),
        [
            (MADE, "c" * 64, "not the one"),
            (MADE, "", "not the one"),
            (MADE | {"documents": []}, "b" * 64, "does not give the hash"),
            (MADE | {"documents": [{}]}, "b" * 64, "cannot be read"),
            (MADE | {"format": "other"}, "b" * 64, "no manifest"),
            ([], "b" * 64, "no manifest"),
        ],
    )
    def test_complains_of_anything_else(self, value: Any, sha256: str, says: str) -> None:
        assert says in complaint_about(value, file_sha256=sha256)

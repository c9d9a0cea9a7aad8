"""What a case file says of files of evidence, which do not travel with it."""

import datetime as dt
import json
from typing import Any

import pytest

from arrears.core.case_file import dump, parse
from arrears.core.case_order import in_order
from arrears.core.case_values import CaseFileError

FILE: dict[str, Any] = {
    "shows": "Their reply", "happened_on": "2025-03-08", "name": "reply.pdf", "media_type": "application/pdf",
    "size": 1200, "sha256": "0a" * 32,
}  # fmt: skip
CASE: dict[str, Any] = {
    "format": "cms-tracker-case/1", "reference": "120000000001", "nation": "wales", "scheme": "cms_2012",
    "perspective": "receiving",
}  # fmt: skip


def with_file(**changes: Any) -> str:
    return json.dumps(CASE | {"files": [FILE | changes]})


class TestAFile:
    def test_is_recorded_on_its_own_day_unless_another_is_said(self) -> None:
        days = [parse(text).files[0].recorded_on for text in (with_file(), with_file(recorded_on="2025-04-01"))]
        assert days == [dt.date(2025, 3, 8), dt.date(2025, 4, 1)]

    def test_stays_with_its_contact_or_letter_oldest_first(self) -> None:
        files = [FILE, FILE | {"happened_on": "2025-03-01", "note": "First"}]
        contact = {"at": "2025-03-08", "kind": "letter", "direction": "in", "files": files}
        letter = {"kind": "missed-payments", "created_on": "2025-03-20", "files": files}
        case = in_order(parse(json.dumps(CASE | {"contacts": [contact], "letters": [letter], "files": files})))
        for found in (case.files, case.contacts[0].files, case.letters[0].files):
            assert [one.note for one in found] == ["First", ""]
        assert parse(dump(case)) == case

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"shows": " "}, r"files\[0\].shows: is missing"),
            ({"media_type": "image/gif"}, r"files\[0\].media_type: must be one of"),
            ({"name": "../reply.pdf"}, r"files\[0\].name: must be a plain file name"),
            ({"name": "reply.png"}, r"files\[0\].name: must be a plain file name"),
            ({"sha256": "XY" * 32}, r"files\[0\].sha256: must be 64"),
            ({"size": -1}, r"files\[0\].size: must be a whole number"),
        ],
    )
    def test_is_refused_by_name_where_it_could_be_none(self, changes: dict[str, Any], said: str) -> None:
        with pytest.raises(CaseFileError, match=said):
            parse(with_file(**changes))

"""Codes that let one person in."""

import re

from cases.core.invitation_codes import fingerprint, new


class TestACode:
    def test_can_be_copied_by_hand(self) -> None:
        assert re.fullmatch(r"(?:[2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}", new())

    def test_is_never_made_twice(self) -> None:
        assert len({new() for _ in range(200)}) == 200

    def test_has_one_fingerprint_however_it_is_typed(self) -> None:
        code = new()

        assert fingerprint(f" {code.lower().replace('-', ' ')}\n") == fingerprint(code)
        assert fingerprint(code) != fingerprint(new())

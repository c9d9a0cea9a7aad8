"""What a test does when the machine lacks a program it drives."""

import os
from typing import NoReturn

import pytest

REQUIRE_ALL = os.environ.get("CMS_REQUIRE_ALL") == "1"


def absent(what: str) -> NoReturn:
    """Skip for want of a program, saying which; with CMS_REQUIRE_ALL=1 that is a failure."""
    if REQUIRE_ALL:
        pytest.fail(f"{what}, and CMS_REQUIRE_ALL=1 lets nothing be skipped")
    pytest.skip(what)

"""The pages of limits say what the settings and the image say."""

import re
from datetime import timedelta

from django.conf import settings

from tests.architecture.compose import image
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/reference/limits.md").read_text(encoding="utf-8")


class TestThePageOfLimits:
    def test_has_every_limit_of_the_settings_with_its_numbers_and_no_other(self) -> None:
        rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) minutes \|", PAGE, re.MULTILINE)
        written = {name: (int(most), timedelta(minutes=int(minutes))) for name, most, minutes in rows}
        assert written == settings.THROTTLES

    def test_says_how_long_a_device_is_known(self) -> None:
        assert f"in the last {settings.DEVICE_KNOWN.days} days (`DEVICE_KNOWN`)" in PAGE


class TestThePageOfConnections:
    def test_says_how_long_a_request_has_in_the_web_server(self) -> None:
        page = (ROOT / "docs/security/connections.md").read_text(encoding="utf-8")
        (given,) = [part.partition("=")[2] for part in image().command if part.startswith("--timeout=")]
        assert f"| A request | {given} seconds in the web server |" in page

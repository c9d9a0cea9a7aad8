"""Each letter says by which version of its words and looks it was made; no version means two things."""

import hashlib
import re

from django.conf import settings
from django.template.loader import render_to_string

from correspondence.core.letters import TEMPLATE_VERSION

#: What goes on paper, by version. Add a line; never change one by which a letter may have been made.
DIGESTS = {
    "2": "03b2bbd59b546048c86ea4d520d5cd37db532b09203c10f60eb3cb1d06567bf0",
    "3": "a145f2f4a4ec40c9ed00de8e7ae456674289f6f5f03bc5f94fe0af2e87a3d66d",
    "4": "e3c911ea416c1afc5955dbbb4e596073c878e16c9144f8300fb3e25855f7625a",
}

TEMPLATES = settings.BASE_DIR / "templates" / "letters"
STYLE_SHEET = settings.BASE_DIR / "static" / "css" / "letter.css"


def on_paper() -> list[str]:
    """The templates and the style sheet of letters, without what only a screen shows around them."""
    frame = TEMPLATES / "document.html"
    screen = re.compile(r"^@media screen.*?^}\n", re.DOTALL | re.MULTILINE)
    style, screens = screen.subn("", STYLE_SHEET.read_text("utf-8"))
    assert screens == 1
    words = [path.read_text("utf-8") for path in sorted(TEMPLATES.glob("*.html")) if path != frame]
    assert len(words) > 2
    return [*words, render_to_string("letters/document.html", {"html": "", "dated": ""}), style]


class TestTheTemplateVersion:
    def test_is_raised_with_every_change_of_a_letters_words_or_looks(self) -> None:
        digest = hashlib.sha256("\0".join(on_paper()).encode()).hexdigest()
        assert DIGESTS.get(TEMPLATE_VERSION) == digest, (
            "The words or the looks of letters have changed: raise TEMPLATE_VERSION in "
            f"correspondence/core/letters.py, and add a line here for the new version: {digest}"
        )

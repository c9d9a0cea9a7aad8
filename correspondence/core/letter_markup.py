"""What a letter's HTML may hold: the few tags that our own templates write, and nothing that acts.

Checked as a flat run of tokens rather than parsed, so that no two parsers can disagree about it:
there is no script, style, link, address, comment or event in any text that passes.
"""

import re

_TAGS = "header|main|section|address|div|p|br|h1|h2|strong|ol|ul|li|table|caption|thead|tbody|tr|th|td"
_CLASSES = "top|from|to|meta|ref|sums|rows|sum|n|sign|space|record|fixed|plain"
_CLASS = rf' class="(?:{_CLASSES})(?: (?:{_CLASSES}))*"'
_MARKUP = re.compile(rf'(?:[^<>]++|<(?:{_TAGS})(?: scope="(?:row|col)")?(?:{_CLASS})?>|</(?:{_TAGS})>)*+')


def is_letter_markup(html: str) -> bool:
    """Say whether ``html`` is text with a letter's own tags only."""
    return _MARKUP.fullmatch(html) is not None

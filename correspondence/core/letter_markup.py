"""What a letter's HTML may hold: the few tags that our own templates write, and nothing that acts.

Checked as a flat run of tokens rather than parsed, so that no two parsers can disagree about it:
there is no script, style, link, address, comment or event in any text that passes.
"""

import re

_TAGS = "header|main|section|address|div|p|br|h1|h2|strong|ol|ul|li|table|caption|thead|tbody|tr|th|td"
_CLASSES = (
    "top|from|to|meta|one|ref|sums|rows|sum|n|sign|space|record|fixed|plain|paid|files|words|wide|none|account|fees"
    "|pays"
)
_CLASS = rf' class="(?:{_CLASSES})(?: (?:{_CLASSES}))*"'
_MARKUP = re.compile(rf'(?:[^<>]++|<(?:{_TAGS})(?: scope="(?:row|col)")?(?:{_CLASS})?>|</(?:{_TAGS})>)*+')


_TAG = re.compile(r"<(/?)([a-z0-9]+)")
# A letter that lists ten years of weekly payments has about 4,000 tags, eight deep. Layout takes
# half a millisecond a table cell, and far more where tags are nested without end.
MOST_TAGS = 12_000
MOST_STATEMENT_TAGS = 60_000  # forty years of weekly payments, each date and each payment with its row
DEEPEST = 12


def is_letter_markup(html: str, *, most_tags: int = MOST_TAGS) -> bool:
    """Say whether ``html`` is text with a letter's own tags only, closed in order and not too many."""
    return _MARKUP.fullmatch(html) is not None and _is_in_order(html, most_tags)


def _is_in_order(html: str, most_tags: int) -> bool:
    """Say whether every tag is closed in its turn: a stray end tag could step out of the letter's sheet."""
    open_tags: list[str] = []
    for count, found in enumerate(_TAG.finditer(html), start=1):
        closing, name = found.groups()
        if name == "br":
            continue
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
        if count > most_tags or len(open_tags) > DEEPEST:
            return False
    return not open_tags

"""Files of evidence in a case file: what was typed of each, and its fingerprint. The file itself does not travel."""

import re

from arrears.core.case_values import FileNote
from arrears.core.strict_json import Fields, Json, day, filled, struck_out, tail
from cms_tracker.uploads.kinds import MAX_BYTES, Kind
from cms_tracker.uploads.names import safe_name

# The longest texts, in characters, as the database holds them.
SHOWS = 200
NAME = 120
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_file(fields: Fields) -> FileNote:
    """What a case file says of one file."""
    shows, happened_on = fields.text("shows", longest=SHOWS), fields.date("happened_on")
    if not shows.strip():
        fields.refuse("shows", "is missing")
    kind = fields.choice("media_type", Kind)
    name, sha256 = fields.text("name", longest=NAME), fields.text("sha256", longest=64)
    if name != safe_name(name, kind):
        fields.refuse("name", "must be a plain file name of letters and digits, with the ending of its kind")
    if not _SHA256.fullmatch(sha256):
        fields.refuse("sha256", "must be 64 small letters and digits")
    return FileNote(
        shows=shows,
        happened_on=happened_on,
        recorded_on=fields.date_or("recorded_on", happened_on),
        name=name,
        media_type=kind.value,
        size=fields.number("size", default=0, most=MAX_BYTES),
        sha256=sha256,
        note=fields.text("note", default=""),
        struck_out=fields.part("struck_out", struck_out),
    )


def write_file(one: FileNote) -> Json:
    """What is written of one file."""
    return filled(
        {
            "shows": one.shows,
            "happened_on": day(one.happened_on),
            "recorded_on": day(one.recorded_on) if one.recorded_on != one.happened_on else None,
            "name": one.name,
            "media_type": one.media_type,
            "size": one.size,
            "sha256": one.sha256,
            **tail(one.note, one.struck_out),
        }
    )

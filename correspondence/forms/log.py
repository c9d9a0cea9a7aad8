"""The form that finds entries of the log. What it is sent waits in the session, never in an address."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms

from arrears.core.case_values import ContactKind, Direction
from cms_tracker.web.forms import DayField, Form
from correspondence.core.log import Wanted, words_of

KINDS = [
    (ContactKind.CALL, "Phone calls"),
    (ContactKind.LETTER, "Letters"),
    (ContactKind.ONLINE, "Online messages"),
    (ContactKind.TEXT, "Text messages"),
    (ContactKind.MEETING, "Meetings"),
]


class LogSearchForm(Form):
    """Words and filters. Every answer may be left empty."""

    optional_words = dict.fromkeys(("words", "kind", "direction", "party", "since", "until", "open", "file"), "")

    words = forms.CharField(
        label="Words",
        max_length=200,
        required=False,
        help_text="From what was said, a name, a reference, a promise or the title of a letter.",
    )
    kind = forms.ChoiceField(label="How", required=False, choices=[("", "Any way"), *KINDS])
    direction = forms.ChoiceField(
        label="Which way",
        required=False,
        choices=[("", "Both ways"), (Direction.OUT, "To them"), (Direction.IN, "From them")],
    )
    party = forms.ChoiceField(label="Who with", required=False)
    open = forms.BooleanField(label="Only with an open promise", required=False)
    file = forms.BooleanField(label="Only with a file", required=False)

    def __init__(self, *args: Any, on: dt.date, parties: Sequence[str], **kwargs: Any) -> None:
        """``on`` is today; ``parties`` are those whom the record names."""
        super().__init__(*args, **kwargs)
        party = cast("forms.ChoiceField", self.fields["party"])
        party.choices = [("", "Anyone"), *((one, one[:1].upper() + one[1:]) for one in parties)]
        for name, label in (("since", "From"), ("until", "Up to")):
            self.fields[name] = DayField(label=label, what="the day", required=False, on_or_before=on)
        self.order_fields(["words", "kind", "direction", "party", "since", "until", "open", "file"])

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "That is before the first day. Check the dates.")
        return cleaned

    def wanted(self) -> Wanted:
        """What is looked for; everything where nothing was sent, or something in it needs another look."""
        if not self.is_valid():
            return Wanted()
        said = self.cleaned_data
        return Wanted(
            words=words_of(said["words"]),
            kind=ContactKind(said["kind"]) if said["kind"] else None,
            direction=Direction(said["direction"]) if said["direction"] else None,
            party=said["party"],
            since=said["since"],
            until=said["until"],
            with_open_promise=said["open"],
            with_file=said["file"],
        )

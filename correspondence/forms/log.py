"""The form that finds entries of the log. What it is sent waits in the session, never in an address."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import ContactKind, Direction
from cms_tracker.language import say
from cms_tracker.web.forms import DayField, Form
from correspondence.core.log import Wanted, words_of

KINDS = [
    (ContactKind.CALL, _("Phone calls")),
    (ContactKind.LETTER, _("Letters")),
    (ContactKind.ONLINE, _("Online messages")),
    (ContactKind.TEXT, _("Text messages")),
    (ContactKind.MEETING, _("Meetings")),
]


class LogSearchForm(Form):
    """Words and filters. Every answer may be left empty."""

    optional_words = dict.fromkeys(("words", "kind", "direction", "party", "since", "until", "open", "file"), "")

    words = forms.CharField(
        label=_("Words"),
        max_length=200,
        required=False,
        help_text=_("From what was said, a name, a reference, a promise or the title of a letter."),
    )
    kind = forms.ChoiceField(label=_("How"), required=False, choices=[("", _("Any way")), *KINDS])
    direction = forms.ChoiceField(
        label=_("Which way"),
        required=False,
        choices=[("", _("Both ways")), (Direction.OUT, _("To them")), (Direction.IN, _("From them"))],
    )
    party = forms.ChoiceField(label=_("Who with"), required=False)
    open = forms.BooleanField(label=_("Only with an open promise"), required=False)
    file = forms.BooleanField(label=_("Only with a file"), required=False)

    def __init__(self, *args: Any, on: dt.date, parties: Sequence[str], **kwargs: Any) -> None:
        """``on`` is today; ``parties`` are those whom the record names."""
        super().__init__(*args, **kwargs)
        party = cast("forms.ChoiceField", self.fields["party"])
        party.choices = [("", say("Anyone")), *((one, one[:1].upper() + one[1:]) for one in parties)]
        for name, label in (("since", say("From")), ("until", say("Up to"))):
            self.fields[name] = DayField(label=label, what=say("the day"), required=False, on_or_before=on)
        self.order_fields(["words", "kind", "direction", "party", "since", "until", "open", "file"])

    def clean(self) -> dict[str, Any]:
        """Refuse a span that ends before it begins."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", say("That is before the first day. Check the dates."))
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

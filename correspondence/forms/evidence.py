"""A file of evidence, what it shows, and the day that it is from."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark
from cms_tracker.uploads import Accepted
from cms_tracker.web.forms import DatedForm, DayField, EntryField
from cms_tracker.web.uploads import HELP, UploadField

NOT_KEPT = _("A file is not kept when something else needs another look. Choose it again.")


class EvidenceForm(DatedForm):
    """What a person says of a file, and the file."""

    optional_words = Words({"note": mark("if you want to add one")})

    file = UploadField(label=_("The file"), help_text=HELP)
    shows = forms.CharField(
        label=_("What does it show?"),
        max_length=200,
        help_text=_("A few words, like: their reply of 3 March, or proof of posting."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it shows.")},
    )
    happened_on = DayField(
        label=_("What day is it from?"),
        what=_("the day it is from"),
        help_text=_("The day on the letter, the message or the receipt. If it has none, the day you got it."),
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        if self.is_bound:
            self.fields["file"].help_text = f"{NOT_KEPT} {HELP}"

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that keeps the file."""
        cleaned = self.cleaned_data
        file: Accepted = cleaned["file"]
        return {
            "file": file,
            "shows": cleaned["shows"],
            "happened_on": cleaned["happened_on"],
            "note": cleaned["note"],
            "entry_id": cleaned["entry"],
        }

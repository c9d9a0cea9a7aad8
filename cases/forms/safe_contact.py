"""How the person of a case may be reached: three short pages. An answer left empty means "not safe"."""

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.core.safe_contact import CHANNELS, MOST_ADDRESS, MOST_HOW, MOST_TELEPHONE, Channel, SafeContact
from cms_tracker.web.forms import Form

_TELEPHONE = re.compile(r"[0-9 ()+./x-]{6,}")


class Ways(Form):
    """Which ways are safe; none unless ticked. ``seen`` is the fingerprint of the answers on record."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    ways = forms.MultipleChoiceField(
        label=_("Which of these are safe?"),
        help_text=_("Leave a box empty if you are not sure. If none is safe, tick none."),
        choices=list(CHANNELS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from this list.")},
    )


class How(Form):
    """How and when each of the safe ways may be used. Made for ``ways`` alone."""

    def __init__(self, *args: Any, ways: Collection[Channel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in Channel:
            if one in ways:
                self.fields[one.value] = forms.CharField(
                    label=CHANNELS[one],
                    max_length=MOST_HOW,
                    required=False,
                    widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
                )
        self.optional_words = dict.fromkeys(self.fields, "")

    def clean(self) -> dict[str, Any]:
        """Keep each answer on one line, without characters that cannot be seen."""
        given = super().clean() or {}
        return {name: _one_line(text) for name, text in given.items()}


class Where(Form):
    """An address and a telephone number, for whoever wants them kept here."""

    optional_words = {"address": "", "telephone": ""}

    address = forms.CharField(
        label=_("Address"),
        max_length=MOST_ADDRESS,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 5, "autocomplete": "off", "spellcheck": "false"}),
    )
    telephone = forms.CharField(
        label=_("Telephone number"),
        max_length=MOST_TELEPHONE,
        required=False,
        widget=forms.TextInput(attrs={"class": "input", "inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_address(self) -> str:
        """The lines that hold something."""
        lines = map(_one_line, str(self.cleaned_data["address"]).splitlines())
        return "\n".join(line for line in lines if line)

    def clean_telephone(self) -> str:
        """The number as it was written. Raises ValidationError for what is no telephone number."""
        typed = _one_line(self.cleaned_data["telephone"])
        if typed and not _TELEPHONE.fullmatch(typed):
            raise ValidationError(_("Write the number in digits, like 07700 900123."))
        return typed


PAGES: dict[str, type[Form]] = {"ways": Ways, "how": How, "where": Where}


def as_typed(contact: SafeContact | None) -> dict[str, dict[str, Any]]:
    """What is on record, page by page, as a person would type it."""
    if contact is None:
        return {page: {} for page in PAGES}
    return {
        "ways": {"ways": [one.value for one in contact.ways]},
        "how": {one.value: how for one, how in contact.ways.items()},
        "where": {"address": contact.address, "telephone": contact.telephone},
    }


def _one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())

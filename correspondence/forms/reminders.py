"""The forms of reminders and calendars. Nothing is on until a person says that it is safe."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import say
from cms_tracker.web.forms import Form, RevealingRadios

OFF, OWN, OTHER = "off", "own", "other"


class ReminderForm(Form):
    """Whether to send reminders by e-mail, and where it is safe to."""

    optional_words = {"address": ""}

    where = forms.ChoiceField(
        label=_("Send reminders by e-mail?"),
        widget=RevealingRadios(opens=OTHER),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    address = forms.EmailField(
        label=_("The other address"),
        help_text=_("We send it a link first. Nothing else is sent until that link is used."),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"invalid": _("That is not an e-mail address. Write it like name@example.com.")},
    )
    safe = forms.BooleanField(label=_("Only I read e-mails to this address."), required=False)

    def __init__(self, *args: Any, own_address: str, **kwargs: Any) -> None:
        """``own_address`` is the confirmed address of the sign-in."""
        super().__init__(*args, **kwargs)
        self.own_address = own_address
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            (OFF, say("No")),
            (OWN, say("Yes, to {own_address}", own_address=own_address)),
            (OTHER, say("Yes, to another address")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the address where it is another one, and for the person's word that it is safe."""
        cleaned: dict[str, Any] = super().clean() or {}
        where = cleaned.get("where")
        if where == OTHER and not cleaned.get("address") and "address" not in self.errors:
            self.add_error("address", say("Enter the address, or choose another answer above."))
        if where in {OWN, OTHER} and not cleaned.get("safe"):
            self.add_error(
                "safe", say("Tick this only if it is so. If somebody else may read them, leave reminders off.")
            )
        return cleaned

    @property
    def wanted_address(self) -> str:
        """The address to remind at; empty where reminders are to be off."""
        where = self.cleaned_data["where"]
        return "" if where == OFF else self.own_address if where == OWN else str(self.cleaned_data["address"])


class CalendarForm(Form):
    """Which records a calendar shows, and that the person knows who else may see it."""

    which = forms.ChoiceField(
        label=_("Which days should it show?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    understood = forms.BooleanField(
        label=_("Only I see the calendar I will put this in."),
        error_messages={"required": _("Tick this only if it is so. If others see that calendar, leave this off.")},
    )

    def __init__(self, *args: Any, records: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """``records`` are those that the person may open, id and label."""
        super().__init__(*args, **kwargs)
        every = [("all", say("All my records"))] if len(records) != 1 else []
        self.fields["which"].choices = [*every, *records]  # type: ignore[attr-defined]

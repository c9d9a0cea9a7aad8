"""Letting somebody in, and coming in with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core.roles import Role
from cms_tracker.web.forms import EntryField, Form


class Invite(Form):
    """Who the code is for, in the owner's own words, and what they are."""

    entry = EntryField()
    label = forms.CharField(
        label=_("Who is it for?"),
        help_text=_("A word for yourself, like “my sister”. It is how you will know them in the list."),
        max_length=60,
        error_messages={"required": _("Write a word or two, so that you know later who this is.")},
    )
    role = forms.ChoiceField(
        label=_("What are they?"),
        choices=[
            (Role.HELPER, _("Somebody who helps me, like a friend or a relative")),
            (Role.ADVISER, _("An adviser, from a charity or a law firm")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def clean_role(self) -> Role:
        """The role as a value."""
        return Role(self.cleaned_data["role"])


class Join(Form):
    """A code as it was given: pasted, or typed from paper."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Small or capital letters, with or without dashes."),
        max_length=200,
        error_messages={"required": _("Enter the code that you were given.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

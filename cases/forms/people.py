"""Letting somebody in, coming in with a code, and deleting a record for good."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.core.roles import Role
from cms_tracker.language import say
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


class DeleteRecord(Form):
    """One word, typed, so that nobody deletes a record by a slip of the thumb."""

    WORD = "delete"

    word = forms.CharField(
        label=_("Confirm by typing the word delete"),
        max_length=20,
        error_messages={"required": _("Nothing is deleted without this word.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_word(self) -> str:
        """The word, in small or capital letters."""
        typed = str(self.cleaned_data["word"]).strip().lower()
        if typed != self.WORD:
            raise ValidationError(say("Nothing is deleted without this word."))
        return typed

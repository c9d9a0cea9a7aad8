"""What a person types to take everything, to delete, to bring back, to complain."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from cms_tracker.days import days as days_of
from cms_tracker.rights.core.second_thoughts import LEAST_DAYS, MOST_DAYS
from cms_tracker.web.forms import EntryField, Form


class AskForCopy(Form):
    """Nothing to type: the button says it all."""

    entry = EntryField()


class ChooseDays(Form):
    """How many days a deletion can be taken back."""

    days = forms.TypedChoiceField(
        label=_("How long should you be able to change your mind?"),
        choices=[(0, _("Not at all: destroy it at once")), *((one, days_of(one)) for one in (1, 3, 7, 14, 21, 30))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def clean_days(self) -> int:
        """The number, which the choices keep within its limits."""
        days = int(self.cleaned_data["days"])
        if not LEAST_DAYS <= days <= MOST_DAYS:
            raise ValidationError(_("Choose one."))
        return days


class TypeDelete(Form):
    """One word, typed, so that nobody deletes anything by a slip of the thumb."""

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
            raise ValidationError(_("Nothing is deleted without this word."))
        return typed


_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class BringBack(Form):
    """Who it was, and what only they have."""

    optional_words = {"password": gettext_noop("not with a code for changing your mind")}

    address = forms.EmailField(
        label=_("The e-mail address you signed in with"),
        max_length=254,
        error_messages={"required": _("Enter the address."), "invalid": _("Enter it like name@example.com.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("The code"),
        help_text=_("The code for changing your mind, or one from your sign-in app, or a recovery code."),
        max_length=100,
        error_messages={"required": _("Enter a code.")},
        widget=forms.TextInput(attrs=_CODE),
    )


class Complain(Form):
    """What is wrong, in the person's own words."""

    entry = EntryField()
    said = forms.CharField(
        label=_("What went wrong?"),
        help_text=_("You do not have to say who you are. Leave out names and places if you can."),
        max_length=4000,
        error_messages={
            "required": _("Write what went wrong."),
            "max_length": _("This is longer than 4,000 characters. Make it shorter."),
        },
        widget=forms.Textarea(attrs={"rows": 8}),
    )


class ReadAnswer(Form):
    """The reference and the code that were shown once."""

    reference = forms.CharField(
        label=_("The reference"),
        max_length=20,
        error_messages={"required": _("Enter the reference. It begins with C.")},
        widget=forms.TextInput(attrs=_CODE),
    )
    code = forms.CharField(
        label=_("The code"),
        max_length=100,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs=_CODE),
    )

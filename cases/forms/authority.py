"""How far somebody may go for a client, how the client said so, and until when."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.core.authority import Given, Scope
from cms_tracker.web.forms import DatedForm, DayAheadField, DayField, Form, RevealingRadios

SCOPES = [
    (Scope.EXPLAIN, _("Explain things: read this record and note what was said. No letters to CMS")),
    (Scope.ACT, _("Act: that, and write letters for the client")),
    (Scope.ATTORNEY, _("Act under a power of attorney")),
]


class GiveAuthority(DatedForm):
    """What a client says here themselves."""

    scope = forms.ChoiceField(
        label=_("What may they do?"),
        choices=SCOPES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    until = DayAheadField(
        label=_("Until which day?"),
        help_text=_("Leave it empty for a year. It always ends: you can give it again."),
        what=_("the last day"),
        required=False,
    )

    optional_words = {"until": ""}

    def clean_scope(self) -> Scope:
        """The scope as a value."""
        return Scope(self.cleaned_data["scope"])


class RecordAuthority(GiveAuthority):
    """What an adviser was told by a client without a sign-in."""

    optional_words = {"until": "", "said_on": "", "heard_by": ""}

    given = forms.ChoiceField(
        label=_("How did the client say so?"),
        choices=[(Given.SIGNED, _("They signed a form")), (Given.SPOKEN, _("They said it"))],
        widget=RevealingRadios(opens=Given.SPOKEN),
        error_messages={"required": _("Choose one.")},
    )
    said_on = DayField(label=_("When did they say it?"), what=_("the day"), required=False)
    heard_by = forms.CharField(label=_("Who heard it?"), max_length=80, required=False)

    field_order = ["scope", "given", "said_on", "heard_by", "until"]

    def clean_given(self) -> Given:
        """The way as a value."""
        return Given(self.cleaned_data["given"])

    def clean(self) -> dict[str, object]:
        """What was only said needs a day and somebody who heard it."""
        given = super().clean() or self.cleaned_data
        if given.get("given") == Given.SPOKEN:
            if not given.get("said_on") and "said_on" not in self.errors:
                self.add_error("said_on", ValidationError(_("Enter the day on which they said it.")))
            if not str(given.get("heard_by", "")).strip():
                self.add_error("heard_by", ValidationError(_("Write who heard it.")))
        return given


class EndAuthority(Form):
    """Nothing to type: the button says it all."""

"""Taking a client in: one thing per page, and all of it checked before it is kept."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.core import references, words
from cases.core.authority import Given, Said, Scope
from cases.core.conflicts import Named
from cases.core.facts import Nation, Perspective
from cases.forms.authority import SCOPES
from cms_tracker.language import say
from cms_tracker.web.forms import DatedForm, DayField, RevealingRadios

CHILDREN = 4
FIRST_YEAR = 1900


class BirthField(DayField):
    """A day of birth, which may lie long before the first scheme."""

    def _checked(self, day: int, month: int, year: int) -> dt.date:
        try:
            found = dt.date(year, month, day)
        except ValueError as error:
            raise ValidationError(_("That day does not exist. Check the day and the month."), code="day") from error
        if year < FIRST_YEAR or (self.on_or_before is not None and found > self.on_or_before):
            raise ValidationError(_("Enter a day of birth, like 22 4 1985."), code="out_of_reach")
        return found


class CaseOfClient(DatedForm):
    """Which CMS case it is, and whose side."""

    reference = forms.CharField(
        max_length=40,
        label=_("CMS reference"),
        help_text=_("The 12 digits at the top of a CMS letter, like 1200 1234 5678. Spaces are fine."),
        error_messages={"required": _("Enter the 12 digits from the top of a CMS letter.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    perspective = forms.ChoiceField(
        label=_("Which side is your client on?"),
        choices=list(words.SIDES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a side.")},
    )
    nation = forms.ChoiceField(
        label=_("Where do the children live?"),
        choices=list(words.NATIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the children live.")},
    )

    def clean_reference(self) -> str:
        """The twelve digits, or the sentence that says what a reference is."""
        try:
            return references.parse(self.cleaned_data["reference"])
        except references.BadReference as error:
            raise ValidationError(str(error), code="reference") from error

    def clean_perspective(self) -> Perspective:
        """The side as a value."""
        return Perspective(self.cleaned_data["perspective"])

    def clean_nation(self) -> Nation:
        """The nation as a value."""
        return Nation(self.cleaned_data["nation"])


class PeopleOfClient(DatedForm):
    """Names and days of birth, for the conflict check alone: they are not kept."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [("client", _("Your client's name")), ("other", _("The other parent's name"))]
        asked += [(f"child_{number}", _("A child's name")) for number in range(1, CHILDREN + 1)]
        on = kwargs.get("on")
        for name, label in asked:
            self.fields[name] = forms.CharField(
                label=label,
                max_length=120,
                required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input"}),
            )
            born = BirthField(
                label=_("Their day of birth"), what=say("the day of birth"), required=False, on_or_before=on
            )
            self.fields[f"{name}_born"] = born
        self.names = [name for name, _label in asked]

    @property
    def optional_words(self) -> dict[str, str]:  # type: ignore[override]
        """Everything here may be left empty."""
        return dict.fromkeys(self.fields, "")

    @property
    def people(self) -> list[Named]:
        """Those with a name and a day of birth. Only after the form has been found valid."""
        given = self.cleaned_data
        both = ((str(given[name]).strip(), given[f"{name}_born"]) for name in self.names)
        return [Named(name=name, born_on=born) for name, born in both if name and isinstance(born, dt.date)]


class AuthorityOfClient(DatedForm):
    """How far the client lets the organisation go, and how they said so."""

    scope = forms.ChoiceField(
        label=_("What may you do for them?"),
        choices=SCOPES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    given = forms.ChoiceField(
        label=_("How did they say so?"),
        choices=[(Given.SIGNED, _("They signed a form")), (Given.SPOKEN, _("They said it"))],
        widget=RevealingRadios(opens=Given.SPOKEN),
        error_messages={"required": _("Choose one.")},
    )
    said_on = DayField(label=_("When did they say it?"), what=_("the day"), required=False)
    heard_by = forms.CharField(label=_("Who heard it?"), max_length=80, required=False)

    optional_words = {"said_on": "", "heard_by": ""}

    def clean(self) -> dict[str, Any]:
        """What was only said needs a day and somebody who heard it."""
        given = super().clean() or self.cleaned_data
        if given.get("given") == Given.SPOKEN:
            if not given.get("said_on") and "said_on" not in self.errors:
                self.add_error("said_on", ValidationError(_("Enter the day on which they said it.")))
            if not str(given.get("heard_by", "")).strip():
                self.add_error("heard_by", ValidationError(_("Write who heard it.")))
        return given

    @property
    def said(self) -> Said:
        """How it was said, as a value. Only after the form has been found valid."""
        given = self.cleaned_data
        if given["given"] != Given.SPOKEN:
            return Said(given=Given(given["given"]))
        return Said(given=Given.SPOKEN, said_on=given["said_on"], heard_by=given["heard_by"].strip())

    @property
    def scope_given(self) -> Scope:
        """How far it goes, as a value."""
        return Scope(self.cleaned_data["scope"])


class LabelOfClient(DatedForm):
    """The one thing that colleagues see of the record."""

    label = forms.CharField(
        label=_("What do your colleagues call this record?"),
        help_text=_("A number is best, like 2026-041. Whoever gives out records sees this and nothing else. No names."),
        max_length=40,
        error_messages={"required": _("Enter a number or a word for it.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


PAGES: dict[str, type[DatedForm]] = {
    "case": CaseOfClient,
    "people": PeopleOfClient,
    "authority": AuthorityOfClient,
    "label": LabelOfClient,
}

"""An organisation's own pages: names, roles, codes, assignments, and reasons to look."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.core.conflicts import Outcome
from cases.core.organisations import SHORTEST_REASON, BadName, PostRole, read_name
from cms_tracker.web.forms import EntryField, Form

ROLES = [
    (PostRole.ADVISER, _("Adviser: can be given records to work on")),
    (PostRole.SUPERVISOR, _("Supervisor: gives out records, and can look into one for a reason that the client sees")),
    (PostRole.CONFLICTS, _("Conflicts lead: decides where two clients may be on two sides")),
    (PostRole.MANAGER, _("Manager: people, teams and codes")),
]


class NameField(forms.CharField):
    """A name that is shown to people who do not know its owner: one line, and no address in it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=200, strip=True, error_messages={"required": _("Enter a name.")}, **kwargs)

    def clean(self, value: Any) -> str:
        """The name as it is kept, or the sentence that says what is wrong with it."""
        typed = super().clean(value)
        try:
            return read_name(typed)
        except BadName as error:
            raise ValidationError(str(error), code="name") from error


class NewTeam(Form):
    """A team's name."""

    name = NameField(label=_("What is the team called?"))


class _Roles(Form):
    roles = forms.MultipleChoiceField(
        label=_("What may they do?"),
        help_text=_("None of these opens a record. An adviser can open those they are given, and no others."),
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one role."), "invalid_choice": _("Choose at least one role.")},
    )
    team = forms.ChoiceField(label=_("Which team?"), required=False, widget=forms.RadioSelect)

    optional_words = {"team": ""}

    def __init__(self, *args: Any, teams: Iterable[tuple[UUID, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("No team")), *((str(key), name) for key, name in teams)]  # type: ignore[attr-defined]

    def clean_roles(self) -> set[PostRole]:
        """The roles as values."""
        return {PostRole(one) for one in self.cleaned_data["roles"]}

    def clean_team(self) -> UUID | None:
        """The key of the team, if one was chosen."""
        return UUID(self.cleaned_data["team"]) if self.cleaned_data["team"] else None


class NewPost(_Roles):
    """Whom to give a place: their name at work, and the address of their sign-in."""

    entry = EntryField()
    name = NameField(label=_("Their name"), help_text=_("Colleagues see it, and clients whose record they open."))
    email = forms.EmailField(
        label=_("The e-mail address of their sign-in"),
        help_text=_("The code works for this address only. We send nothing to it."),
        max_length=254,
        error_messages={
            "required": _("Enter an e-mail address, like name@example.com."),
            "invalid": _("Enter an e-mail address, like name@example.com."),
        },
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off", "spellcheck": "false"}),
    )

    field_order = ["name", "email", "roles", "team"]


class EditPost(_Roles):
    """Other roles, or another team."""


class TakePost(Form):
    """A code as it was given, and whether the person has seen by whom."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Small or capital letters, with or without dashes."),
        max_length=200,
        error_messages={"required": _("Enter the code that you were given.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    seen = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)


class ChooseIntake(Form):
    """Whether intakes wait."""

    waits = forms.ChoiceField(
        label=_("When somebody takes a client in"),
        choices=[
            ("no", _("They go on at once. Your conflicts lead looks at the queue")),
            ("yes", _("They wait, every time, until your conflicts lead lets it go on")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class Assign(Form):
    """Who gets the record."""

    post = forms.ChoiceField(
        label=_("Who gets this record?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person."), "invalid_choice": _("Choose a person.")},
    )

    def __init__(self, *args: Any, people: Collection[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [(str(key), name) for key, name in people]  # type: ignore[attr-defined]

    def clean_post(self) -> UUID:
        """The key of the post."""
        return UUID(self.cleaned_data["post"])


class AskToLook(Form):
    """Why a supervisor has to look."""

    reason = forms.CharField(
        label=_("Why do you have to look?"),
        help_text=_("The client sees your name and these words. At least 20 letters."),
        min_length=SHORTEST_REASON,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={
            "required": _("Write why. The client can read it."),
            "min_length": _("Write at least 20 letters. The client can read it."),
        },
    )


class AnswerLook(Form):
    """Yes or no to what a colleague asked for."""

    answer = forms.ChoiceField(
        label=_("May they look?"),
        choices=[("yes", _("Yes, for one hour from now")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )


class DecideConflict(Form):
    """What the conflicts lead decided."""

    outcome = forms.ChoiceField(
        label=_("What did you decide?"),
        choices=[
            (Outcome.NO_CONFLICT, _("No conflict: they are not on two sides")),
            (Outcome.WALL, _("A wall: nobody may ever open both")),
            (Outcome.DECLINED, _("Decline: we do not act in the later one")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )

    def clean_outcome(self) -> Outcome:
        """The outcome as a value."""
        return Outcome(self.cleaned_data["outcome"])


class Nothing(Form):
    """Nothing to type: the button says it all."""

    entry = EntryField()

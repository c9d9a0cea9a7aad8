"""The forms of challenges: the question that keeps the routes apart, a new matter, and what happened."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_challenges import LONGEST_WHAT
from arrears.core.challenge_values import ChallengeAbout, ChallengeStepKind
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, Form
from correspondence.core.challenge_question import Answer, Which, answers
from correspondence.core.challenge_steps import ASKS_DAY, STEPS

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
Choices = Sequence[tuple[str, "StrOrPromise"]]


class WhichForm(Form):
    """The question. It stores nothing, so it is asked with GET."""

    it = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, error_messages=_CHOOSE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["it"].choices = [(one.which.value, one.label) for one in answers()]  # type: ignore[attr-defined]

    def which(self) -> Which:
        """The answer."""
        return Which(self.cleaned_data["it"])


class ChallengeForm(DatedForm):
    """What a person challenges. The decision is asked for only where one is on the record."""

    entry = EntryField()
    what = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A few words, so that you know it again. Like “Wrong income in the July decision”."),
        max_length=LONGEST_WHAT,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    decision = forms.ChoiceField(label=_("Which decision?"), required=False)
    known_on = DayField(label="", what=_("the day"), required=False)
    note = forms.CharField(
        label=_("Why is it wrong?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    optional_words = Words({"note": mark("if you want to"), "decision": "", "known_on": ""})

    def __init__(self, *args: Any, on: dt.date, answer: Answer, decisions: Choices = (), **kwargs: Any) -> None:
        """``on`` is today, ``answer`` the answer to the question, ``decisions`` those that can be chosen."""
        super().__init__(*args, on=on, **kwargs)
        self.answer = answer
        if ChallengeAbout.DECISION in answer.routes and decisions:
            other = ("", say("One that is not in this record"))
            self.fields["decision"].choices = [*decisions, other]  # type: ignore[attr-defined]
            self.fields["decision"].initial = decisions[0][0]
        else:
            del self.fields["decision"]
        known_on = self.fields["known_on"]
        match answer.routes:
            case (ChallengeAbout.DECISION,):
                known_on.label = say("When were you told of the decision?")
                known_on.help_text = say("Only if you did not choose one.") if decisions else ""
            case (ChallengeAbout.SERVICE,):
                known_on.label = say("When did you first know of it?")
            case _:
                known_on.label = say("When did you first know of it, or when were you told?")

    def clean(self) -> None:
        """Ask for the day where nothing else gives it."""
        typed = self.cleaned_data
        needs_day = ChallengeAbout.SERVICE in self.answer.routes or not typed.get("decision")
        if needs_day and not typed.get("known_on") and "known_on" not in self.errors:
            self.add_error("known_on", say("Enter the day, like 22 4 2025."))

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that begins it."""
        typed = self.cleaned_data
        decision = typed.get("decision")
        return {
            "what": typed["what"],
            "known_on": typed["known_on"],
            "decision_id": uuid.UUID(decision) if decision else None,
            "note": typed["note"],
            "entry_id": typed["entry"],
        }


class StepForm(DatedForm):
    """What happened, on which day, and the letter or the contact that it came with."""

    entry = EntryField()
    kind = forms.ChoiceField(label=_("What happened?"), error_messages=_CHOOSE)
    on = DayField(
        label=_("On which day?"),
        help_text=_("For a letter that came: the day it reached you. For a notice: the date on it."),
        what=_("the day"),
    )
    letter = forms.ChoiceField(label=_("Which of your letters?"), required=False)
    contact = forms.ChoiceField(label=_("Is it in your log?"), required=False)
    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    optional_words = Words(
        {
            "letter": mark("if it was made here"),
            "contact": mark("if it is there"),
            "note": mark("if you want to add it"),
        }
    )

    def __init__(
        self,
        *args: Any,
        on: dt.date,
        ahead: Iterable[ChallengeStepKind],
        others: Iterable[ChallengeStepKind],
        letters: Choices,
        contacts: Choices,
        chosen: str = "",
        **kwargs: Any,
    ) -> None:
        """``ahead`` are the steps that may come next, ``others`` those that may have been forgotten."""
        super().__init__(*args, on=on, **kwargs)
        groups = [
            (say("What can come next"), [(one.value, STEPS[one]) for one in ahead]),
            (say("Something earlier that is missing"), [(one.value, STEPS[one]) for one in others]),
        ]
        kinds = {one.value for one in ChallengeStepKind}
        self.fields["kind"].choices = [("", ""), *((title, found) for title, found in groups if found)]  # type: ignore[attr-defined]
        if chosen in kinds:
            self.fields["kind"].initial = chosen
            self.fields["on"].label = ASKS_DAY.get(ChallengeStepKind(chosen)) or say("On which day?")
        for name, found in (("letter", letters), ("contact", contacts)):
            if found:
                self.fields[name].choices = [("", say("No, or leave it out")), *found]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that adds the step."""
        typed = self.cleaned_data
        return {
            "kind": ChallengeStepKind(typed["kind"]),
            "on": typed["on"],
            "letter_id": _key(typed.get("letter")),
            "contact_id": _key(typed.get("contact")),
            "note": typed["note"],
            "entry_id": typed["entry"],
        }


def _key(typed: str | None) -> uuid.UUID | None:
    return uuid.UUID(typed) if typed else None

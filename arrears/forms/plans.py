"""What a person may type about the plans of a case: to keep one, to record one from CMS, and what became of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import Proposal, ProposalAnswer
from arrears.core.facts import Plan, PlanOrigin
from arrears.core.other_facts import StepKind
from arrears.core.step_rules import STEPS_OF
from arrears.core.words import PLAN_ORIGINS, STEPS
from arrears.forms.plan_terms import FREQUENCIES, PlanTermsForm, ProposalInputs, amount_fields, limit
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayAheadField, DayField, EntryField, Form, PenceField


class ProposalForm(PlanTermsForm):
    """One plan to keep in a case and compare with others."""

    entry = EntryField()
    label = forms.CharField(
        label=_("A name for this plan"),
        help_text=_("For your eyes, like: my offer, or what CMS asked"),
        max_length=60,
        error_messages={"required": _("Give the plan a name, like: my offer.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, on=on, **kwargs)
        self.fields |= amount_fields(on)
        self.fields["arrears"].help_text = say("From your record, as of today. Change it to try another figure")

    @property
    def inputs(self) -> ProposalInputs:
        """The plan's own fields."""
        return self.inputs_of(1)

    def clean(self) -> dict[str, Any]:
        """Check that the plan says what goes to the arrears."""
        self.check_amounts()
        return self.cleaned_data

    def proposal(self) -> Proposal:
        """What was typed."""
        return self.proposal_of(self.cleaned_data["label"])


class CmsPlanForm(Form):
    """A plan that CMS put in place, from its letter."""

    optional_words = Words({"cms_word": mark("if it gives it a name"), "note": mark("if there is anything")})

    entry = EntryField()
    arrears_part = PenceField(
        label=_("How much of each payment goes to the arrears"),
        help_text=_("Your letter may call it arrears, or debt"),
        what=_("the part that goes to the arrears"),
    )
    total = PenceField(
        label=_("The whole payment"),
        help_text=_("Ongoing maintenance, the arrears part and any fee together"),
        what=_("the whole payment"),
    )
    origin = forms.ChoiceField(
        label=_("Who settled it"),
        choices=list(PLAN_ORIGINS.items()),
        initial=PlanOrigin.NEGOTIATED,
        required=False,
        help_text=_("A court's order covers arrears only. Ongoing maintenance is then paid apart from it"),
        widget=forms.Select({"class": "input"}),
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=FREQUENCIES)
    cms_word = forms.CharField(
        label=_("What CMS calls it"),
        help_text=_("The word in the letter, like: agreement, arrangement, schedule"),
        max_length=60,
        required=False,
    )
    note = forms.CharField(
        label=_("Anything to remember"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, on: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["first_payment_on"] = DayAheadField(
            label=say("First payment"),
            help_text=say("For example, 1 12 2026"),
            what=say("the day of the first payment"),
            on_or_before=limit(on),
        )
        self.fields["agreed_on"] = DayField(
            label=say("Date on the letter"),
            help_text=say("For example, 18 3 2026"),
            what=say("the date on the letter"),
            on_or_before=on,
        )
        self.order_fields(
            [
                "entry",
                "origin",
                "agreed_on",
                "first_payment_on",
                "frequency",
                "total",
                "arrears_part",
                "cms_word",
                "note",
            ]
        )

    def clean(self) -> dict[str, Any]:
        """Refuse an arrears part above the whole payment."""
        data = self.cleaned_data
        part, total = data.get("arrears_part"), data.get("total")
        if part is not None and total is not None and part > total:
            self.add_error(
                "arrears_part", say("This is more than the whole payment. Check both amounts with the letter.")
            )
        elif part != total and None not in {part, total} and data.get("origin") is PlanOrigin.COURT_ORDER:
            self.add_error(
                "total", say("A court's order covers arrears only. Enter the same amount here as for the arrears.")
            )
        return data

    def clean_origin(self) -> PlanOrigin:
        """Who settled the plan; CMS and the parent together where nobody says otherwise."""
        return PlanOrigin(self.cleaned_data["origin"] or PlanOrigin.NEGOTIATED)


class PlanStepForm(DatedForm):
    """What CMS, or a court, said of a plan since it began."""

    optional_words = Words({"note": mark("if there is anything")})

    entry = EntryField()
    kind = forms.ChoiceField(
        label=_("What happened?"),
        choices=[(kind.value, STEPS[kind]) for kind in STEPS_OF[Plan]],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what happened.")},
    )
    happened_on = DayField(
        label=_("What day was it?"), help_text=_("The date on the letter, or the day of the call"), what=_("the day")
    )
    note = forms.CharField(
        label=_("Their own words"),
        help_text=_("Copy what the letter says about it"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def clean_kind(self) -> StepKind:
        """The kind as a value."""
        return StepKind(self.cleaned_data["kind"])


class SentForm(DatedForm):
    """On which day an offer was put to CMS."""

    sent_on = DayField(
        label=_("What day did you send it?"),
        help_text=_("The day you posted it, sent it online or rang"),
        what=_("the day"),
    )


class AnswerForm(DatedForm):
    """What CMS answered to an offer."""

    answer = forms.ChoiceField(
        label=_("What did CMS say?"),
        choices=[
            (ProposalAnswer.AGREED.value, _("CMS agreed to it")),
            (ProposalAnswer.REFUSED.value, _("CMS did not agree to it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what CMS said.")},
    )
    answered_on = DayField(
        label=_("What day is the answer from?"), help_text=_("The date on the letter"), what=_("the day")
    )

    def clean_answer(self) -> ProposalAnswer:
        """The answer as a value."""
        return ProposalAnswer(self.cleaned_data["answer"])

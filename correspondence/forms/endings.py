"""The forms of endings: a notice as it was read, an old debt, and the page before arrears are called not wanted."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, PenceField
from correspondence.core.endings import notice_points
from correspondence.core.write_off_notice import Notice, points_of

_CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class NoticeForm(DatedForm):
    """A notice of write-off, as a person holds it in their hand."""

    entry = EntryField()
    dated_on = DayField(label=_("What date is on the notice?"), what=_("the date on the notice"))
    reached_on = DayField(
        label=_("When did it reach you?"),
        help_text=_("The time to answer starts that day. If you are not sure, take the earlier day."),
        what=_("the day it reached you"),
    )
    debt = forms.ChoiceField(
        label=_("Which debt is it about?"),
        choices=[
            ("cms", _("Child Maintenance Service, from 2012 on")),
            ("csa", _("Child Support Agency, the old schemes")),
        ],
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
    )
    says = forms.MultipleChoiceField(
        label=_("What does the notice say?"),
        help_text=_("Tick each thing that you can find in it."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Tick the things that are in the notice.")},
    )
    amount = PenceField(label=_("How much would be written off?"), required=False, what=_("the amount"))
    from_on = DayField(label=_("The arrears are from"), required=False, what=_("the first day"))
    to_on = DayField(label=_("and to"), required=False, what=_("the last day"))

    optional_words = Words(
        {
            "says": "",
            "amount": mark("if it says so"),
            "from_on": mark("if it says so"),
            "to_on": mark("if it says so"),
        }
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today: nothing in a notice that has come lies after it."""
        super().__init__(*args, on=on, **kwargs)
        self.fields["says"].choices = [(one.code, one.label) for one in notice_points()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A notice comes on the day it is dated, or after it."""
        found = self.cleaned_data
        dated_on, reached_on = found.get("dated_on"), found.get("reached_on")
        if dated_on and reached_on and reached_on < dated_on:
            self.add_error("reached_on", say("That is before the day on the notice. Check both dates."))
        return found

    def notice(self) -> Notice:
        """The notice as it was read."""
        typed = self.cleaned_data
        return Notice(
            dated_on=typed["dated_on"],
            reached_on=typed["reached_on"],
            is_old_debt=typed["debt"] == "csa",
            says=points_of(typed["says"]),
            amount=typed["amount"],
            from_on=typed["from_on"],
            to_on=typed["to_on"],
        )


class OldDebtForm(DatedForm):
    """How large an old debt is, and when its case began."""

    amount = PenceField(label=_("How much is the old debt?"), what=_("the old debt"), at_least=1)
    began_on = DayField(
        label=_("When did the old case begin?"),
        help_text=_("An old letter may say. A year is often enough to get advice on."),
        required=False,
        what=_("the day it began"),
    )

    optional_words = Words({"began_on": mark("if you know")})


class NotWantedForm(DatedForm):
    """The page before it is recorded. ``read`` is the figure that the page showed, in pence."""

    entry = EntryField()
    read = forms.IntegerField(
        label=_("The figure that was read"),
        min_value=0,
        widget=forms.HiddenInput,
        error_messages={"required": _("Read this page first, then press."), "invalid": _("Read this page first.")},
    )
    on = DayField(label=_("On what day did you ask CMS?"), what=_("the day"))
    words = forms.CharField(
        label=_("What did you tell CMS?"),
        help_text=_("In your own words. Nobody else should write it for you."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    understood = forms.BooleanField(
        template_name="components/tick.html",
        label=_("I have read what may be given up, and nobody is making me do this"),
        error_messages={"required": _("Tick the box only if it is true. If it is not, leave this page.")},
    )

    optional_words = Words({"words": mark("if you want to keep it")})

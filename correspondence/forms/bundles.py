"""The forms of a bundle. They validate; nothing here reads or writes a record."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DatedForm, DayField, EntryField, Form
from correspondence.core.bundles.choices import Choices
from correspondence.core.bundles.contents import Document
from correspondence.core.bundles.exhibits import Offered
from correspondence.core.bundles.purposes import Purpose, templates

MOST_WORDS = 300


class PurposeForm(Form):
    """Who a bundle is for."""

    purpose = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=[(one.purpose.value, one.title) for one in templates()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who the bundle is for.")},
    )
    entry = EntryField()

    def clean_purpose(self) -> Purpose:
        """The purpose as a value."""
        return Purpose(self.cleaned_data["purpose"])


class PeriodForm(DatedForm):
    """From which day to which."""

    optional_words = Words({"since": mark("leave it empty for the beginning of your record")})

    since = DayField(label=_("From"), what=_("the first day"), required=False)
    until = DayField(label=_("To"), what=_("the last day"))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", say("The last day is before the first. Check both dates."))
        return said


class PartiesForm(Form):
    """Whether names stand on the cover, and whether private words are taken out."""

    optional_words = Words(
        {
            "your_name": mark("leave it empty to stand by your role only"),
            "their_name": mark("leave it empty to name their role only"),
        }
    )

    your_name = forms.CharField(label=_("Your name on the cover"), max_length=80, required=False)
    their_name = forms.CharField(label=_("The other parent’s name on the cover"), max_length=80, required=False)
    hides = forms.TypedChoiceField(
        label=_("What you keep out of documents"),
        choices=[
            ("yes", _("Take it out of this bundle, and check that it is gone")),
            ("no", _("Leave it in: whoever reads this bundle may know my address and numbers")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether to take it out.")},
    )


class SectionsForm(Form):
    """Which sections are in."""

    sections = forms.MultipleChoiceField(
        label=_("Sections"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Put in at least one section.")},
    )

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sections"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(sections)


class LeaveOutForm(Form):
    """Which things of a list stay out. Everything else is in."""

    out = forms.MultipleChoiceField(label=_("Leave out"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["out"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(one.key, one.label) for one in offered]


class KeepOutForm(Form):
    """One thing that must stand in no document."""

    text = forms.CharField(
        label=_("What must not be in a document"),
        help_text=_(
            "Like an address, a postcode, a phone number, bank details, a new name, or where you "
            "work. Add one at a time."
        ),
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={"required": _("Write what must not be in a document.")},
    )


class ReleaseForm(Form):
    """A person has looked at what nobody could read for them, and knows who will see the bundle."""

    looked_at = forms.MultipleChoiceField(
        label=_("I have looked at these"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    understood = forms.BooleanField(
        label=_("I know who will see this bundle, and I want to take it away"),
        error_messages={"required": _("Tick this to go on.")},
    )

    def __init__(self, *args: Any, unread: Sequence[Document], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unread:
            field = self.fields["looked_at"]
            assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
            field.choices = [
                (
                    one.key,
                    say(
                        "{mark} {title}, page {part}",
                        mark=one.mark,
                        title=one.title,
                        part=" and ".join(one.unread) if len(one.unread) < 3 else one.pages,
                    ),
                )
                for one in unread
            ]
        else:
            del self.fields["looked_at"]


def period_of(choices: Choices) -> dict[str, Any]:
    """The answers that stand so far, for the form of the period."""
    return {"since": choices.since, "until": choices.until}


def parties_of(choices: Choices) -> dict[str, Any]:
    """The answers that stand so far, for the form of names and privacy."""
    return {
        "your_name": choices.your_name,
        "their_name": choices.their_name,
        "hides": "yes" if choices.hides else "no",
    }

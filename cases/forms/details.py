"""The details of a record that opening it and correcting it both ask for."""

from collections.abc import Iterator, Mapping
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from cases.core import references, words
from cases.core.facts import Nation, Scheme
from cms_tracker.language import say
from cms_tracker.web.forms import Form

FEWEST_ROWS, MOST_CHILDREN = 2, 12


class DetailsForm(Form):
    """What the top of a CMS letter says, and labels that need name nobody.

    Rows for children grow by one whenever *Add another child* is pressed; ``rows`` says how many
    are shown. A reference that does not start with 12 is taken: only CMS knows its own numbers.
    """

    optional_words = {"other_parent": ""}  # it has an answer already

    rows = forms.CharField(required=False, widget=forms.HiddenInput)
    reference = forms.CharField(
        max_length=40,
        label=_("CMS reference"),
        help_text=_("The 12 digits at the top of a CMS letter, like 1200 1234 5678. Spaces are fine."),
        error_messages={"required": _("Enter the 12 digits from the top of a CMS letter.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
    )
    nation = forms.ChoiceField(
        label=_("Where do the children live?"),
        help_text=_("Courts and bank holidays differ."),
        choices=list(words.NATIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the children live.")},
    )
    other_parent = forms.CharField(
        max_length=60,
        required=False,
        label=_("What to call the other parent here"),
        help_text=_("Any word will do. No name is needed: leave it as it is if you like."),
        initial=_("Other parent"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scheme = forms.ChoiceField(
        required=False,
        label=_("Is it an old Child Support Agency (CSA) case?"),
        choices=list(words.SCHEMES.items()),
        initial=Scheme.CMS_2012,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        rows: int = FEWEST_ROWS,
        most: int = MOST_CHILDREN,
        **kwargs: Any,
    ) -> None:
        """``rows`` is how many rows for children are shown, ``most`` how many there can be."""
        self.most = most
        self.row_count = _clamped(data.get("rows", rows) if data is not None else rows, most=most)
        super().__init__(data, **kwargs)
        self.initial["rows"] = self.row_count
        for number in range(1, self.row_count + 1):
            self.fields[f"child_{number}"] = _child(number)

    @property
    def child_names(self) -> list[str]:
        """The names of the fields for children."""
        return [f"child_{number}" for number in range(1, self.row_count + 1)]

    @property
    def child_rows(self) -> Iterator[BoundField]:
        """The rows for children, as they are drawn."""
        return (self[name] for name in self.child_names)

    @property
    def may_grow(self) -> bool:
        """Say whether another child can be added."""
        return self.row_count < self.most

    def grown(self) -> Self:
        """The same form with one more row for a child, what was typed kept, nothing checked yet."""
        typed = {name: str(self.data.get(name, "")) for name in self.fields if name != "rows"}
        if not typed.get("entry"):
            typed.pop("entry", None)
        rows = min(self.row_count + 1, self.most)
        form = self._anew(rows=rows, initial=typed)
        form.fields[f"child_{rows}"].widget.attrs["autofocus"] = True
        return form

    def _anew(self, **kwargs: Any) -> Self:
        return type(self)(**kwargs)

    def clean_reference(self) -> str:
        """The twelve digits, or the sentence that says what a reference is."""
        try:
            return references.parse(self.cleaned_data["reference"])
        except references.BadReference as error:
            raise ValidationError(str(error), code="reference") from error

    def clean_other_parent(self) -> str:
        """A label is never empty: sentences need a word for the other parent."""
        return self.cleaned_data["other_parent"].strip() or say("Other parent")

    def clean_nation(self) -> Nation:
        """The nation as a value."""
        return Nation(self.cleaned_data["nation"])

    def clean_scheme(self) -> Scheme:
        """The scheme as a value; nearly every case is of 2012."""
        return Scheme(self.cleaned_data["scheme"] or Scheme.CMS_2012)

    @property
    def children(self) -> list[str]:
        """The labels typed, empty rows left out. Only after the form has been found valid."""
        labels = (self.cleaned_data[name].strip() for name in self.child_names)
        return [label for label in labels if label]


def _child(number: int) -> forms.CharField:
    return forms.CharField(
        max_length=60,
        required=False,
        label=say("Child {number}", number=number),
        initial=say("Child {number}", number=number) if number == 1 else "",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input"}),
    )


def _clamped(rows: object, *, most: int) -> int:
    text = str(rows)
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else FEWEST_ROWS
    return max(FEWEST_ROWS, min(count, most))

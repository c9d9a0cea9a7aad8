"""Opening a record: which CMS case, where, whose side, and the children by label."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.core import words
from cases.core.facts import Perspective
from cases.forms.details import DetailsForm
from cms_tracker.web.forms import EntryField


class OpenRecord(DetailsForm):
    """The details, and whose side the record is for."""

    entry = EntryField()
    perspective = forms.ChoiceField(
        label=_("Whose side is this record for?"),
        help_text=_("A record belongs to one side. The other parent is never told about it."),
        choices=list(words.SIDES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whose side this record is for.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        # The order of the page, which an error summary follows.
        self.order_fields(["reference", "perspective", *self.child_names, "nation", "other_parent", "scheme"])

    def clean_perspective(self) -> Perspective:
        """The side as a value."""
        return Perspective(self.cleaned_data["perspective"])

"""A file that shows a payment."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark
from cms_tracker.web.forms import EntryField, Form
from cms_tracker.web.uploads import HELP, UploadField


class AddProof(Form):
    """A file that shows a payment which is already logged."""

    optional_words = Words({"note": mark("if you want to add one")})

    entry = EntryField()
    proof = UploadField(
        label=_("Picture of the bank line"), help_text=format_lazy("{} {}", HELP, _("It is kept as it is."))
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False)

"""A file that shows a payment."""

from django import forms

from cms_tracker.web.forms import EntryField, Form
from cms_tracker.web.uploads import HELP, UploadField


class AddProof(Form):
    """A file that shows a payment which is already logged."""

    optional_words = {"note": "if you want to add one"}

    entry = EntryField()
    proof = UploadField(label="Picture of the bank line", help_text=f"{HELP} It is kept as it is.")
    note = forms.CharField(label="Note", max_length=2000, required=False)

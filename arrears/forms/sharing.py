"""Showing a plan to the other parent, and reading one with a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.web.forms import EntryField, Form


class SharePlan(Form):
    """Make a code: the page says beforehand what it shows."""

    entry = EntryField()


class OpenSharedPlan(Form):
    """A code as it was given: pasted, or typed from paper."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("Small or capital letters, with or without dashes."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Enter the code that you were given.")},
    )

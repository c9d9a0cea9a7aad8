"""The field of a form that takes a file: judged by its content, whatever its name says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cms_tracker import uploads
from cms_tracker.language import say
from cms_tracker.refusal import Refusal
from cms_tracker.uploads.kinds import EMPTY, TOO_LARGE

ACCEPT = ",".join([*uploads.Kind, ".eml", ".txt"])
HELP = _("A photo, a screenshot, a PDF, a text or an e-mail, up to 10 MB. On a telephone you can take the photo now.")


class UploadField(forms.FileField):
    """A file of a kind and a size that is taken. ``cleaned_data`` holds ``uploads.Accepted``, or None for no file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.widget.attrs |= {"class": "input", "accept": ACCEPT}
        self.error_messages |= {
            "required": say("Choose a photo, a screenshot or a PDF."),
            "missing": say("No file reached us. Choose it again."),
            "empty": EMPTY,
            "max_length": say("The name of this file is very long. Give it a shorter name."),
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Judge the file: by its first bytes, by its header, then by opening it in a program of its own."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        if (upload.size or 0) > uploads.kinds.MAX_BYTES:  # before it is read into memory
            raise ValidationError(TOO_LARGE, code="too_large")
        upload.seek(0)
        try:
            return uploads.judge(upload.read(), name=str(upload.name or ""))
        except Refusal as refusal:
            raise ValidationError(refusal.message, code="not_taken") from refusal

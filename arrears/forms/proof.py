"""A file of proof: taken by what its bytes are, whatever its name says."""

import warnings
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, UnidentifiedImageError

from arrears.core import proof
from cms_tracker.web.forms import EntryField, Form

_KINDS = "This file is not a photo or a PDF. Choose a JPEG, PNG, WebP or PDF file."


class ProofField(forms.FileField):
    """An upload whose content is a PDF, JPEG, PNG or WebP of a sensible size.

    ``cleaned_data`` holds the upload with ``name`` and ``content_type`` set from the content.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)
        self.widget.attrs |= {"class": "input", "accept": "image/jpeg,image/png,image/webp,application/pdf"}
        self.error_messages |= {
            "required": "Choose a photo, a screenshot or a PDF.",
            "missing": "No file reached us. Choose it again.",
            "empty": "This file is empty. Choose another.",
            "max_length": "The name of this file is very long. Give it a shorter name.",
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Judge the file by its first bytes and, for a picture, by its header. Nothing is decoded."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return None
        if (upload.size or 0) > proof.MAX_BYTES:
            raise ValidationError("This file is larger than 10 MB. Choose a smaller one.", code="too_large")
        upload.seek(0)
        kind = proof.media_type(upload.read(proof.HEAD))
        if kind is None:
            raise ValidationError(_KINDS, code="kind")
        if kind in proof.PILLOW_FORMATS:
            _check_picture(upload, kind)
        upload.seek(0)
        upload.name = proof.safe_name(str(upload.name or ""), kind)
        upload.content_type = kind
        return upload


def _check_picture(upload: "UploadedFile[bytes]", kind: str) -> None:
    """Read the picture's header, and refuse one that would be huge once decoded."""
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is below
            with Image.open(upload, formats=[proof.PILLOW_FORMATS[kind]]) as picture:
                pixels = picture.width * picture.height
    except Image.DecompressionBombError:
        pixels = proof.MAX_PIXELS + 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise ValidationError("This picture is damaged. Choose another.", code="damaged") from error
    if pixels > proof.MAX_PIXELS:
        raise ValidationError("This picture has more than 40 million points. Choose a smaller one.", code="too_large")


class AddProof(Form):
    """A file that shows a payment which is already logged."""

    optional_words = {"note": "if you want to add one"}

    entry = EntryField()
    proof = ProofField(
        label="Picture of the bank line", help_text="A photo, a screenshot or a PDF, up to 10 MB. It is kept as it is."
    )
    note = forms.CharField(label="Note", max_length=2000, required=False)

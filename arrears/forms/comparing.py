"""A case file that somebody handed over, to be looked at beside a record and forgotten."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from arrears.core import case_file
from arrears.core.case_values import CaseFile, CaseFileError
from cms_tracker.language import say
from cms_tracker.web.forms import Form

MAX_BYTES = 10 * 1024 * 1024  # what is taken in memory and never becomes a file on our disk
_NOT_A_RECORD = frozenset({"file", "format"})  # it is no such file at all, whatever it is
MOST_RULES = 300  # decisions and payment dates; a real case has a few dozen


class OtherRecord(Form):
    """The file. ``cleaned_data["record"]`` is the case it holds, read in memory."""

    optional_words = {"sure": ""}

    record = forms.FileField(
        max_length=1000,
        label=_("The other record's file"),
        help_text=_("The .json file that this site gives as a copy of a record, up to 10 MB."),
        widget=forms.ClearableFileInput(attrs={"class": "input", "accept": ".json,application/json"}),
        error_messages={
            "required": _("Choose the file that you were given."),
            "missing": _("No file reached us. Choose it again."),
            "empty": _("This file is empty. Choose another."),
            "max_length": _("The name of this file is very long. Give it a shorter name."),
        },
    )
    sure = forms.BooleanField(
        label=_("It is about the same case, although its reference is another"),
        help_text=_("Tick this only if you are sure. Then choose the file again."),
        required=False,
    )

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        """``reference`` is that of the record which the file is compared with."""
        super().__init__(*args, **kwargs)
        self._reference = reference
        self.is_other_case = False

    def clean_record(self) -> CaseFile:
        """Read the file in memory. Its name and the type that the browser gives are not looked at."""
        upload: UploadedFile[bytes] = self.cleaned_data["record"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError(
                say("This file is larger than 10 MB. Ask for a copy without proofs."), code="too_large"
            )
        try:
            found = case_file.parse(upload.read())
        except CaseFileError as error:
            raise ValidationError(_refused(error), code="file") from error
        if len(found.facts.decisions) + len(found.facts.schedules) > MOST_RULES:
            message = say(
                "This file has more than {most_rules} decisions and payment dates. We cannot compare it.",
                most_rules=MOST_RULES,
            )
            raise ValidationError(message, code="too_many")
        return found

    def clean(self) -> dict[str, Any]:
        """A file of another case is compared only where a person says that it is the same one."""
        given = super().clean() or {}
        found = given.get("record")
        if isinstance(found, CaseFile) and found.reference != self._reference:
            self.is_other_case = True
            if not given.get("sure"):
                self.add_error(
                    "record",
                    say(
                        "This file has another CMS reference than your record, so it may be about another "
                        "case. Check that it is the right file."
                    ),
                )
        return given


def _refused(error: CaseFileError) -> str:
    """One plain sentence; the field that is wrong follows only where the file is a record for the rest."""
    said = say("This is not a copy of a record.")
    if error.path in _NOT_A_RECORD:
        return say("{said} Choose the .json file that you were given.", said=said)
    return say("{said} For whoever made the file: {path} {message}.", said=said, path=error.path, message=error.message)

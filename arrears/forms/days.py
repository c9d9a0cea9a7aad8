"""Days in an address: ``?on=2025-07-10``. A day that means nothing is answered with one sentence."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms_tracker.days import day
from cms_tracker.web.forms import EARLIEST, Form


class IsoDayField(forms.Field):
    """A civil date as a date picker sends it, ``2025-07-10``, not after ``on_or_before``."""

    def __init__(self, *, on_or_before: dt.date, **kwargs: Any) -> None:
        picker = forms.DateInput(
            format="%Y-%m-%d",
            attrs={
                "type": "date",
                "class": "input w8",
                "min": EARLIEST.isoformat(),
                "max": on_or_before.isoformat(),
                "autocomplete": "off",
            },
        )
        super().__init__(widget=picker, **kwargs)
        self.on_or_before = on_or_before
        self.error_messages["required"] = "Choose a day."

    def to_python(self, value: Any) -> Any:
        """Read the day, or say in one sentence why not."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            found = dt.date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            found = None
        if found is None:
            raise ValidationError("Write the day like 2025-07-10: the year, the month, the day.", code="day")
        if found > self.on_or_before:
            raise ValidationError(f"{day(found)} has not happened yet.", code="too_late")
        if found < EARLIEST:
            raise ValidationError("Choose a day after 5 April 1993, when the first scheme began.", code="too_early")
        return found


class TwoDays(Form):
    """Two days to compare, and whether to count only what was known on each of them."""

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", "From"), ("to", "To")):
            self.fields[name] = IsoDayField(label=label, on_or_before=today)
        self.fields["then"] = forms.BooleanField(
            label="Count only what was known on each day", required=False, widget=forms.CheckboxInput
        )

    def clean(self) -> dict[str, Any]:
        """Refuse two days in the wrong order."""
        given = super().clean() or {}
        first, last = given.get("from"), given.get("to")
        if first and last and first >= last:
            self.add_error("to", "Choose a day after the first one.")
        return given

"""Two days to compare, from three boxes each or from an address: ``?from=2025-07-10``."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from cms_tracker.web.forms import DayField, Form

_BOXES = ("d", "m", "y")


class TwoDays(Form):
    """Two days to compare, and whether to count only what was known on each of them."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, today: dt.date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name, label, what in (("from", "From", "the first day"), ("to", "To", "the last day")):
            self.fields[name] = DayField(label=label, what=what, on_or_before=today)
        self.fields["then"] = forms.BooleanField(
            label="Count only what was known on each day", required=False, widget=forms.CheckboxInput
        )

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: dt.date, usual: tuple[dt.date, dt.date]) -> "TwoDays":
        """Take what an address asks for; ``usual`` are the two days offered where it asks for nothing."""
        typed: dict[str, str] = {}
        for name in ("from", "to"):
            if name in query:
                parts = query[name].split("-")
                year, month, day = parts if len(parts) == 3 else ("", "", query[name])
                typed |= {f"{name}_d": day, f"{name}_m": month, f"{name}_y": year}
            else:
                typed |= {f"{name}_{box}": query[f"{name}_{box}"] for box in _BOXES if f"{name}_{box}" in query}
        if "then" in query:
            typed["then"] = query["then"]
        return cls(typed or None, today=today, initial={"from": usual[0], "to": usual[1]})

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """The two days to compare; None where what was typed is no two days in order."""
        if not self.is_bound:
            return self.initial["from"], self.initial["to"]
        return (self.cleaned_data["from"], self.cleaned_data["to"]) if self.is_valid() else None

    @property
    def is_by_then(self) -> bool:
        """Say whether each day is to be shown as it was known then."""
        return self.is_bound and self.is_valid() and bool(self.cleaned_data["then"])

    def clean(self) -> dict[str, Any]:
        """Refuse two days in the wrong order."""
        given = super().clean() or {}
        first, last = given.get("from"), given.get("to")
        if first and last and first >= last:
            self.add_error("to", "Choose a day after the first one.")
        return given

"""The day that a page speaks of: asked for in the address or in three boxes, today otherwise."""

import datetime as dt
from collections.abc import Mapping

from cms_tracker.language import say
from cms_tracker.web.forms import DayField, Form


class AsOfForm(Form):
    """Which day to look at."""

    def __init__(self, data: Mapping[str, str] | None = None, *, today: dt.date) -> None:
        super().__init__(data, initial={"on": today})
        self.today = today
        self.fields["on"] = DayField(label=say("Show another day"), what=say("the day to look at"), on_or_before=today)

    @classmethod
    def read(cls, query: Mapping[str, str], *, today: dt.date) -> "AsOfForm":
        """Take ``?on=2024-02-21`` from a link, or the three boxes of the form."""
        if "on" in query:
            parts = query["on"].split("-")
            year, month, day = parts if len(parts) == 3 else ("", "", query["on"])
            return cls({"on_d": day, "on_m": month, "on_y": year}, today=today)
        return cls(query if "on_d" in query else None, today=today)

    @property
    def day(self) -> dt.date:
        """The day asked for; today where none was, or where what was typed is no day we can show."""
        found = self.cleaned_data.get("on") if self.is_bound and self.is_valid() else None
        return found or self.today

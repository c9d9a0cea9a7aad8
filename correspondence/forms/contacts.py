"""The forms of contacts and promises. They validate; nothing here reads or writes a record."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import ContactKind, Direction, PromiseResult
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayAheadField, DayField, EntryField, Form, RevealingRadios
from cms_tracker.web.uploads import HELP as UPLOAD_HELP
from cms_tracker.web.uploads import UploadField
from correspondence.core.contacts import CMS, OTHERS, PromiseMade

MOST_PROMISES = 6
LONGEST_PARTY = 80
PROMISED_WITHIN = dt.timedelta(days=731)  # a later day is a slip of the keyboard
_CLOCK = re.compile(r"(\d{1,2})(?:[:. ]?(\d{2}))?\s*([ap])?\.?m?\.?", re.IGNORECASE | re.ASCII)


class ClockField(forms.Field):
    """A time of day as people write it: ``10:30``, ``10.30am``, ``2pm``, ``14:15``. Empty stays unknown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.widget.attrs |= {"autocomplete": "off", "class": "input w8"}

    def to_python(self, value: Any) -> Any:
        """Read the typed time."""
        text = str(value or "").strip()
        if not text:
            return None
        match = _CLOCK.fullmatch(text)
        if match is None:
            raise ValidationError(say("Write the time like 10:30am or 14:15, or leave it empty."), code="time")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        try:
            return dt.time(hour, minute)
        except ValueError as error:
            raise ValidationError(
                say("That time does not exist. Write it like 10:30am or 14:15."), code="time"
            ) from error


class ContactForm(Form):
    """A call, letter, message or meeting, with what was promised in it."""

    optional_words = {
        "party_who": "",
        "party_other": "",
        "at_time": _("if you know it"),
        "spoke_to": _("if you know it"),
        "summary": _("or what they promised, below"),
        "file": _("if you have one"),
        **{f"promise_{number}": _("if they promised something") for number in range(1, MOST_PROMISES + 1)},
        **{f"promise_{number}_by": _("if they said") for number in range(1, MOST_PROMISES + 1)},
    }

    kind = forms.ChoiceField(
        label=_("How"),
        choices=[
            (ContactKind.CALL, _("Phone call")),
            (ContactKind.LETTER, _("Letter")),
            (ContactKind.ONLINE, _("Online message")),
            (ContactKind.TEXT, _("Text message")),
            (ContactKind.MEETING, _("Meeting")),
        ],
        initial=ContactKind.CALL,
        widget=forms.RadioSelect,
    )
    direction = forms.ChoiceField(
        label=_("Who got in touch"),
        choices=[(Direction.OUT, _("I did")), (Direction.IN, _("They did"))],
        initial=Direction.OUT,
        widget=forms.RadioSelect,
    )
    party = forms.ChoiceField(
        label=_("Who with"),
        choices=[(CMS, _("CMS, the Child Maintenance Service")), ("other", _("Someone else"))],
        initial=CMS,
        widget=RevealingRadios(opens="other"),
    )
    party_who = forms.ChoiceField(
        label=_("Who"),
        choices=[("", _("Someone not on this list")), *((one, one[:1].upper() + one[1:]) for one in OTHERS)],
        required=False,
    )
    party_other = forms.CharField(label=_("Their name or office"), max_length=80, required=False)
    at_time = ClockField(label=_("Time"), help_text=_("Like 10:30am."))
    spoke_to = forms.CharField(label=_("Who you spoke to"), max_length=80, required=False)
    reference = forms.CharField(label=_("Call or letter reference"), max_length=60, required=False)
    summary = forms.CharField(
        label=_("What was said"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Keep to what was said. A letter can quote it."),
    )
    file = UploadField(label=_("A file that belongs to it"), required=False, help_text=UPLOAD_HELP)
    promises = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=1, max_value=MOST_PROMISES)
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, rows: int = 1, **kwargs: Any) -> None:
        """``on`` is today; ``rows`` is how many promises there is room for."""
        super().__init__(*args, **kwargs)
        self.fields["at_date"] = DayField(label=say("When"), what=say("the day"), on_or_before=on, initial=on)
        for number in range(1, rows + 1):
            again = "" if number == 1 else f" ({number})"
            self.fields[f"promise_{number}"] = forms.CharField(
                label=say("What did they say they would do?{again}", again=again),
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"class": "input"}),
            )
            self.fields[f"promise_{number}_by"] = DayAheadField(
                label=say("By when?{again}", again=again),
                what=say("the promised day"),
                required=False,
                on_or_before=on + PROMISED_WITHIN,
            )
        self.rows = rows
        self.on = on
        self.order_fields(["kind", "direction", "party", "party_who", "party_other", "summary"])

    @property
    def promise_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each promise's two questions, to be drawn together."""
        return [(self[f"promise_{number}"], self[f"promise_{number}_by"]) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for a name where it is someone else, and for words where a day is promised."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("party") == "other" and "party_other" not in self.errors:
            if not (cleaned.get("party_who") or cleaned.get("party_other")):
                self.add_error("party_other", say("Choose who it was, or enter a name, like my MP."))
            elif len(self._party(cleaned)) > LONGEST_PARTY:
                self.add_error(
                    "party_other",
                    say("Make the name shorter, to {longest_party} letters in all.", longest_party=LONGEST_PARTY),
                )
        promised = [f"promise_{number}" for number in range(1, self.rows + 1)]
        if not any(cleaned.get(name) or name in self.errors for name in ("summary", *promised)):
            self.add_error("summary", say("Write what was said, or what they promised."))
        for number in range(1, self.rows + 1):
            by = cleaned.get(f"promise_{number}_by")
            if by and not cleaned.get(f"promise_{number}"):
                self.add_error(f"promise_{number}", say("Say what they promised for that day."))
            if by and cleaned.get("at_date") and by < cleaned["at_date"]:
                self.add_error(f"promise_{number}_by", say("That is before the day you spoke. Check the date."))
        return cleaned

    @property
    def is_today(self) -> bool:
        """Whether the questions about the day and the time stand as the page gives them."""
        names = ("at_date_d", "at_date_m", "at_date_y", "at_time")
        typed = [str(self.data.get(name, "")) for name in names] if self.is_bound else []
        if not typed:
            typed = [str(self.initial.get(name, "")) for name in names]
        standing = ["", "", "", ""], [str(self.on.day), str(self.on.month), str(self.on.year), ""]
        return typed in standing and not any(name in self.errors for name in ("at_date", "at_time"))

    @property
    def has_details(self) -> bool:
        """Whether a name or a reference was typed, or needs another look."""
        given = self.data if self.is_bound else self.initial
        names = ("spoke_to", "reference", "file")
        return any(given.get(name) or (self.is_bound and name in self.errors) for name in names)

    @staticmethod
    def _party(cleaned: dict[str, Any]) -> str:
        """Who it was: one of the list, a name, or one of the list with a name."""
        return ", ".join(part for part in (cleaned.get("party_who"), cleaned.get("party_other")) if part)

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that records the contact."""
        cleaned = self.cleaned_data
        return {
            "at_date": cleaned["at_date"],
            "at_time": cleaned["at_time"],
            "kind": ContactKind(cleaned["kind"]),
            "direction": Direction(cleaned["direction"]),
            "party": self._party(cleaned) if cleaned["party"] == "other" else CMS,
            "spoke_to": cleaned["spoke_to"],
            "reference": cleaned["reference"],
            "summary": cleaned["summary"],
            "promises": [
                PromiseMade(text=cleaned[f"promise_{number}"], due_on=cleaned[f"promise_{number}_by"])
                for number in range(1, self.rows + 1)
                if cleaned[f"promise_{number}"]
            ],
            "file": cleaned["file"],
            "entry_id": cleaned["entry"],
        }


class OutcomeForm(Form):
    """What became of a promise."""

    optional_words = Words({"note": mark("if you want to add it")})

    outcome = forms.ChoiceField(
        label=_("Did they do it?"),
        choices=[(PromiseResult.KEPT, _("Yes, it was done")), (PromiseResult.NOT_KEPT, _("No, it was not done"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it was done.")},
    )
    note = forms.CharField(
        label=_("What happened"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            label=say("When was that?"), what=say("the day"), on_or_before=on, initial=on,
            help_text=say("The day it was done, or the day you saw that it was not."),
        )  # fmt: skip

"""The forms of contacts, promises and letters. They validate; nothing here reads or writes a record."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms_tracker.web.forms import DayField, EntryField, Form
from correspondence.core.contacts import CMS, ContactKind, Direction, Outcome, PromiseMade
from correspondence.core.drafting import Choices
from correspondence.core.letters import LetterKind, PostedHow
from correspondence.core.words import lines_of

MOST_PROMISES = 6
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
            raise ValidationError("Write the time like 10:30am or 14:15, or leave it empty.", code="time")
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        try:
            return dt.time(hour, minute)
        except ValueError as error:
            raise ValidationError("That time does not exist. Write it like 10:30am or 14:15.", code="time") from error


class AddressField(forms.CharField):
    """A postal address on several lines, read as a tuple of lines."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=400, widget=forms.Textarea(attrs={"rows": 4, "class": "input", "autocomplete": "off"}), **kwargs
        )

    def clean(self, value: Any) -> Any:
        """Read the lines; at most seven fit the window of an envelope."""
        lines = lines_of(super().clean(value))
        if len(lines) > 7:
            raise ValidationError("Use seven lines or fewer.", code="lines")
        return lines


class RevealingRadio(forms.RadioSelect):
    """Radio buttons of which one, ``reveals``, opens one more question below."""

    def __init__(self, *, reveals: str) -> None:
        super().__init__()
        self.reveals = reveals

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark the answer that opens the next question."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if str(value) == self.reveals:
            option["attrs"]["data-reveals"] = True
        return option


class ContactForm(Form):
    """A call, letter, message or meeting, with what was promised in it."""

    optional_words = {
        "party_other": "",
        "at_time": "if you know it",
        "spoke_to": "if you know it",
        "summary": "if you remember",
        **{f"promise_{number}": "if they promised something" for number in range(1, MOST_PROMISES + 1)},
        **{f"promise_{number}_by": "if they said" for number in range(1, MOST_PROMISES + 1)},
    }

    kind = forms.ChoiceField(
        label="How",
        choices=[
            (ContactKind.CALL, "Phone call"),
            (ContactKind.LETTER, "Letter"),
            (ContactKind.ONLINE, "Online message"),
            (ContactKind.MEETING, "Meeting"),
        ],
        initial=ContactKind.CALL,
        widget=forms.RadioSelect,
    )
    direction = forms.ChoiceField(
        label="Who got in touch",
        choices=[(Direction.OUT, "I did"), (Direction.IN, "They did")],
        initial=Direction.OUT,
        widget=forms.RadioSelect,
    )
    party = forms.ChoiceField(
        label="Who with",
        choices=[(CMS, "CMS, the Child Maintenance Service"), ("other", "Someone else")],
        initial=CMS,
        widget=RevealingRadio(reveals="other"),
    )
    party_other = forms.CharField(label="Their name or office", max_length=80, required=False)
    at_time = ClockField(label="Time", help_text="Like 10:30am.")
    spoke_to = forms.CharField(label="Who you spoke to", max_length=80, required=False)
    reference = forms.CharField(label="Call or letter reference", max_length=60, required=False)
    summary = forms.CharField(
        label="What was said",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Keep to what was said. A letter can quote it.",
    )
    promises = forms.IntegerField(widget=forms.HiddenInput, initial=1, min_value=1, max_value=MOST_PROMISES)
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, rows: int = 1, **kwargs: Any) -> None:
        """``on`` is today; ``rows`` is how many promises there is room for."""
        super().__init__(*args, **kwargs)
        self.fields["at_date"] = DayField(label="When", what="the day", on_or_before=on, initial=on)
        for number in range(1, rows + 1):
            again = "" if number == 1 else f" ({number})"
            self.fields[f"promise_{number}"] = forms.CharField(
                label=f"What did they say they would do?{again}",
                max_length=500,
                required=False,
                widget=forms.TextInput(attrs={"class": "input"}),
            )
            self.fields[f"promise_{number}_by"] = DayField(
                label=f"By when?{again}", what="the promised day", required=False
            )
        self.rows = rows
        self.order_fields(["kind", "direction", "party", "party_other", "at_date", "at_time"])

    @property
    def promise_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each promise's two questions, to be drawn together."""
        return [(self[f"promise_{number}"], self[f"promise_{number}_by"]) for number in range(1, self.rows + 1)]

    def clean(self) -> dict[str, Any]:
        """Ask for a name where it is someone else, and for words where a day is promised."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("party") == "other" and not cleaned.get("party_other"):
            self.add_error("party_other", "Enter who it was, like my MP.")
        for number in range(1, self.rows + 1):
            by = cleaned.get(f"promise_{number}_by")
            if by and not cleaned.get(f"promise_{number}"):
                self.add_error(f"promise_{number}", "Say what they promised for that day.")
            if by and cleaned.get("at_date") and by < cleaned["at_date"]:
                self.add_error(f"promise_{number}_by", "That is before the day you spoke. Check the date.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """The arguments of the operation that records the contact."""
        cleaned = self.cleaned_data
        return {
            "at_date": cleaned["at_date"],
            "at_time": cleaned["at_time"],
            "kind": ContactKind(cleaned["kind"]),
            "direction": Direction(cleaned["direction"]),
            "party": cleaned["party_other"] if cleaned["party"] == "other" else CMS,
            "spoke_to": cleaned["spoke_to"],
            "reference": cleaned["reference"],
            "summary": cleaned["summary"],
            "promises": [
                PromiseMade(text=cleaned[f"promise_{number}"], due_on=cleaned[f"promise_{number}_by"])
                for number in range(1, self.rows + 1)
                if cleaned[f"promise_{number}"]
            ],
            "entry_id": cleaned["entry"],
        }


class OutcomeForm(Form):
    """What became of a promise."""

    optional_words = {"note": "if you want to add it"}

    outcome = forms.ChoiceField(
        label="Did they do it?",
        choices=[(Outcome.KEPT, "Yes, it was done"), (Outcome.NOT_KEPT, "No, it was not done")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it was done."},
    )
    note = forms.CharField(
        label="What happened", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    entry = EntryField()

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.fields["on"] = DayField(
            label="When was that?", what="the day", on_or_before=on, initial=on,
            help_text="The day it was done, or the day you saw that it was not.",
        )  # fmt: skip


class LetterForm(Form):
    """What every letter asks: from whom, to which address, and where the reply goes."""

    optional_words = {"reply_address": "", "addressee": ""}
    kind: LetterKind

    sender = forms.CharField(
        label="Your name",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="As CMS knows you. It stands under the letter.",
        error_messages={"required": "Enter your name as CMS knows it."},
    )
    reply = forms.ChoiceField(
        label="Where should the reply go?",
        choices=[
            ("held", "To the address CMS holds for me"),
            ("care_of", "To another address, which will be on the letter"),
        ],
        initial="held",
        widget=RevealingRadio(reveals="care_of"),
        help_text="Your home address is never on the letter unless you write it here.",
    )
    reply_address = AddressField(label="The address for replies", required=False)
    to = forms.ChoiceField(label="Where are you sending it?", widget=RevealingRadio(reveals="own"))
    addressee = AddressField(
        label="The address on your own letter",
        required=False,
        help_text="Copy it from the newest letter that CMS sent you.",
    )

    def __init__(self, *args: Any, known_address: Sequence[str], **kwargs: Any) -> None:
        """``known_address`` is the address of CMS for this nation; empty where nobody has verified one."""
        super().__init__(*args, **kwargs)
        own = ("own", "To the address on my own letter from CMS")
        known = [("known", f"To {', '.join(known_address)}")] if known_address else []
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - for the type checker
        to.choices = [*known, own]
        to.initial = known[0][0] if known else "own"

    def clean(self) -> dict[str, Any]:
        """Ask for an address where the person chose to write one."""
        cleaned: dict[str, Any] = super().clean() or {}
        for question, answer, field, words in (
            ("reply", "care_of", "reply_address", "Enter the address that replies should go to."),
            ("to", "own", "addressee", "Copy the address from a letter that CMS sent you."),
        ):
            if cleaned.get(question) == answer and field not in self.errors and not cleaned.get(field):
                self.add_error(field, words)
        return cleaned

    def choices(self) -> Choices:
        """The choices in the words of the rules."""
        cleaned = self.cleaned_data
        return Choices(
            kind=self.kind,
            sender=cleaned["sender"],
            reply_to=cleaned["reply_address"] if cleaned["reply"] == "care_of" else (),
            addressee=cleaned["addressee"] if cleaned["to"] == "own" else (),
            **self._about(),
        )

    def _about(self) -> dict[str, Any]:
        raise NotImplementedError


class MissedPaymentsForm(LetterForm):
    """Which instalments to report, and what to ask for."""

    kind = LetterKind.MISSED_PAYMENTS

    reported = forms.MultipleChoiceField(
        label="Payments your record shows as missed or short",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="All are in the letter unless you take the tick away.",
    )
    nothing_came = forms.MultipleChoiceField(
        label="Payments you have not logged yet",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick each one for which nothing came. It goes into the letter and into your record.",
    )
    ask_collect = forms.ChoiceField(
        label="If it is still not paid",
        choices=[
            ("yes", "Ask CMS to consider moving us to Collect and Pay"),
            ("no", "Only report it for now"),
        ],
        initial="yes",
        widget=forms.RadioSelect,
        help_text="On Collect and Pay, CMS collects the money, and both parents pay fees.",
    )

    def __init__(
        self,
        *args: Any,
        logged: Sequence[tuple[str, str]],
        unlogged: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """``logged`` and ``unlogged`` are the instalments to choose from: ISO day and label."""
        super().__init__(*args, **kwargs)
        self._offer("reported", logged, ticked=True)
        self._offer("nothing_came", unlogged, ticked=False)

    def _offer(self, name: str, rows: Sequence[tuple[str, str]], *, ticked: bool) -> None:
        if not rows:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(rows)
        field.initial = [value for value, _ in rows] if ticked else []

    def clean(self) -> dict[str, Any]:
        """Ask for at least one instalment."""
        cleaned = super().clean()
        if not cleaned.get("reported") and not cleaned.get("nothing_came"):
            self.add_error("reported" if "reported" in self.fields else "nothing_came", "Choose at least one payment.")
        return cleaned

    def _about(self) -> dict[str, Any]:
        reported = frozenset(map(dt.date.fromisoformat, self.cleaned_data.get("reported", ())))
        nothing = frozenset(map(dt.date.fromisoformat, self.cleaned_data.get("nothing_came", ())))
        return {
            "due_days": reported | nothing,
            "nothing_came": nothing,
            "ask_collect": self.cleaned_data["ask_collect"] == "yes",
        }


class CallFollowUpForm(LetterForm):
    """Which call the letter is about."""

    kind = LetterKind.CALL_FOLLOW_UP

    call = forms.ChoiceField(
        label="Which call?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the call that this letter is about."},
    )

    def __init__(self, *args: Any, calls: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """``calls`` are the calls to choose from: id and label."""
        super().__init__(*args, **kwargs)
        field = self.fields["call"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(calls)
        field.initial = calls[0][0] if calls else None

    def _about(self) -> dict[str, Any]:
        return {"contact_id": uuid.UUID(self.cleaned_data["call"])}


class MakeForm(Form):
    """The press of the button: which letter was checked, and the key that makes it once."""

    checked = forms.CharField(max_length=64, widget=forms.HiddenInput)
    entry = EntryField()


class PostedForm(Form):
    """When and how a letter was sent."""

    how = forms.ChoiceField(
        label="How did you send it?",
        choices=[
            (PostedHow.POST, "By post"),
            (PostedHow.TRACKED, "By tracked or signed-for post"),
            (PostedHow.ONLINE, "In my online CMS account"),
            (PostedHow.BY_HAND, "By hand"),
        ],
        initial=PostedHow.POST,
        widget=forms.RadioSelect,
    )
    posting_number = forms.CharField(
        label="Proof of posting number",
        max_length=60,
        required=False,
        help_text="On the receipt. Ask at the Post Office counter: it is free.",
    )

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.fields["posted_on"] = DayField(label="When did you send it?", what="the day", on_or_before=on, initial=on)

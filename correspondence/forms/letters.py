"""The forms of letters. They validate; nothing here reads or writes a record."""

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget

from cms_tracker.web.forms import EntryField, Form, RevealingRadios
from correspondence.core.drafting import Choices
from correspondence.core.letters import LetterKind
from correspondence.core.payment_proof import MOST
from correspondence.core.words import lines_of

SHOWN_AT_ONCE = 12  # payments to tick; older ones are folded away


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
        widget=RevealingRadios(opens="care_of"),
        help_text="Your home address is never on the letter unless you write it here.",
    )
    reply_address = AddressField(label="The address for replies", required=False)
    to = forms.ChoiceField(label="Where are you sending it?", widget=RevealingRadios(opens="own"))
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
            reply_to=cleaned["reply_address"] if cleaned.get("reply") == "care_of" else (),
            addressee=cleaned["addressee"] if cleaned.get("to") == "own" else (),
            **self._about(),
        )

    def _about(self) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentBoxes:
    """One group of payments to tick: the recent ones, and older ones that are folded away unless ``is_open``."""

    field: forms.BoundField
    recent: Sequence[BoundWidget]
    older: Sequence[BoundWidget]
    is_open: bool
    oldest: dt.date | None  # the earliest day of those that are folded away


class MissedPaymentsForm(LetterForm):
    """Which instalments to report, and what to ask for."""

    kind = LetterKind.MISSED_PAYMENTS

    reported = forms.MultipleChoiceField(
        label="Payments your record shows as missed or short",
        required=False,
        widget=forms.CheckboxSelectMultiple,
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
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. Either way, your report goes to CMS."},
    )

    def __init__(
        self,
        *args: Any,
        logged: Sequence[tuple[str, str]],
        unlogged: Sequence[tuple[str, str]],
        ticked: Collection[str],
        older: Collection[str],
        hint: str,
        fees: str,
        **kwargs: Any,
    ) -> None:
        """``logged`` and ``unlogged`` are the instalments to choose from: ISO day and label.

        Of these days, ``ticked`` are chosen at first and ``older`` are folded away. ``hint`` stands
        above those logged, ``fees`` above the question about Collect and Pay.
        """
        super().__init__(*args, **kwargs)
        self._older = frozenset(older)
        self.fields["reported"].help_text = hint
        self.fields["ask_collect"].help_text = f"On Collect and Pay, CMS collects the money. {fees}"
        self._offer("reported", logged, ticked=ticked)
        self._offer("nothing_came", unlogged, ticked=())

    def _offer(self, name: str, rows: Sequence[tuple[str, str]], *, ticked: Collection[str]) -> None:
        if not rows:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = list(rows)
        field.initial = [value for value, _ in rows if value in ticked]

    @property
    def payments(self) -> list[PaymentBoxes]:
        """The two groups of boxes, each with those to show at once and those to fold away."""
        found = []
        for name in ("reported", "nothing_came"):
            if name in self.fields:
                boxes = list(self[name])
                recent = [one for one in boxes if one.data["value"] not in self._older]
                older = [one for one in boxes if one.data["value"] in self._older]
                is_open = bool(self[name].errors) or any(one.data["selected"] for one in older)
                oldest = min((dt.date.fromisoformat(one.data["value"]) for one in older), default=None)
                found.append(PaymentBoxes(field=self[name], recent=recent, older=older, is_open=is_open, oldest=oldest))
        return found

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


class PaymentProofForm(LetterForm):
    """Which payments go on the page. It is addressed to nobody, so nothing is asked about addresses."""

    kind = LetterKind.PROOF_OF_PAYMENT

    payments = forms.MultipleChoiceField(
        label="Which payments?",
        help_text=f"Up to {MOST}, so that they fit on one page. All others stay out.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one payment."},
    )
    shows_towards = forms.ChoiceField(
        label="Say what each payment counts towards?",
        help_text="Then the page names dates of your record, and arrears if a payment went to them.",
        choices=[("no", "No, only the day, the amount and how it travelled"), ("yes", "Yes, as my record counts it")],
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose yes or no.", "invalid_choice": "Choose yes or no."},
    )

    def __init__(self, *args: Any, paid: Sequence[tuple[str, str, dt.date]], **kwargs: Any) -> None:
        """``paid`` are the payments to choose from, latest first: id, label and day."""
        super().__init__(*args, **kwargs)
        for name in ("reply", "reply_address", "to", "addressee"):
            del self.fields[name]
        self.fields["sender"].help_text = "It stands on the page."
        self._days = {key: on for key, _, on in paid}
        field = self.fields["payments"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - for the type checker
        field.choices = [(key, label) for key, label, _ in paid]

    @property
    def boxes(self) -> PaymentBoxes:
        """The latest payments, and the older ones folded away."""
        every = list(self["payments"])
        recent, older = every[:SHOWN_AT_ONCE], every[SHOWN_AT_ONCE:]
        is_open = any(one.data["selected"] for one in older)
        oldest = self._days[older[-1].data["value"]] if older else None
        return PaymentBoxes(field=self["payments"], recent=recent, older=older, is_open=is_open, oldest=oldest)

    def clean_payments(self) -> list[str]:
        """No more than fit on one page."""
        chosen: list[str] = self.cleaned_data["payments"]
        if len(chosen) > MOST:
            raise ValidationError(f"Choose {MOST} payments or fewer. Make a second page for the others.", code="many")
        return chosen

    def _about(self) -> dict[str, Any]:
        return {
            "payment_ids": frozenset(self.cleaned_data["payments"]),
            "shows_towards": self.cleaned_data["shows_towards"] == "yes",
        }


class MakeForm(Form):
    """The press of the button: which letter was checked, and the key that makes it once."""

    checked = forms.CharField(max_length=64, widget=forms.HiddenInput)
    entry = EntryField()

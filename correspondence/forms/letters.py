"""The forms of letters: one that draws any kind's questions, and those of its later steps.

They validate; nothing here reads or writes a record.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import EntryField, Form, RevealingRadios
from correspondence.core.letters import asks
from correspondence.core.letters.asks import Answer, Answers, Ask
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.envelope import Edit
from correspondence.core.letters.kind import Kind, To
from correspondence.core.letters.paragraphs import Paragraph
from correspondence.forms.letter_fields import AREA, AddressField, field_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """One question answered by ticks: what is shown at once, and what is folded away unless ``is_open``."""

    field: forms.BoundField
    recent: Sequence[BoundWidget]
    older: Sequence[BoundWidget]
    is_open: bool
    older_words: str
    back_to: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as the page draws it, with those that one of its answers opens."""

    field: forms.BoundField
    inner: Sequence[forms.BoundField]
    boxes: Boxes | None


class LetterForm(Form):
    """A kind's own questions, then what every letter asks: from whom, to whom, and where the reply goes."""

    sender = forms.CharField(
        label=_("Your name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name as CMS knows it.")},
    )
    signs = forms.ChoiceField(
        label=_("Who signs this letter?"),
        choices=[("parent", _("The parent. I only prepare it")), ("other", _("I do, for the parent"))],
        initial="parent",
        widget=RevealingRadios(opens="other"),
    )
    for_whom = forms.CharField(
        label=_("The parent’s name"),
        max_length=80,
        required=False,
        help_text=_("As CMS knows it. Your own name stands below, where you sign."),
    )
    authority = forms.ChoiceField(
        label=_("Does CMS have the parent’s written permission?"),
        choices=[("held", _("Yes, CMS has it already")), ("enclosed", _("It goes with this letter"))],
        initial="held",
        required=False,
        widget=forms.RadioSelect,
    )
    reply = forms.ChoiceField(
        label=_("Where should the reply go?"),
        choices=[
            ("held", _("To the address they hold for me")),
            ("care_of", _("To another address, which will be on the letter")),
        ],
        initial="held",
        widget=RevealingRadios(opens="care_of"),
        help_text=_("Your home address is never on the letter unless you write it here."),
    )
    reply_address = AddressField(label=_("The address for replies"), required=False)
    to = forms.ChoiceField(label=_("Where are you sending it?"), widget=RevealingRadios(opens="own"))
    addressee = AddressField(label=_("The address"), required=False)

    _COMMON = ("sender", "signs", "for_whom", "authority", "reply", "reply_address", "to", "addressee")

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        questions: Sequence[Ask],
        on: dt.date,
        known_address: Sequence[str],
        may_sign_for: bool = False,
        **kwargs: Any,
    ) -> None:
        """``questions`` are the kind's, for today's record; ``on`` is today.

        ``known_address`` is empty where nobody has verified one. ``may_sign_for``: the person is
        not the parent whose record it is.
        """
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.asks: Mapping[str, Ask] = {one.name: one for one in questions}
        self.optional_words = {one.name: one.optional for one in questions if not one.needed} | {
            "reply_address": "", "addressee": "", "for_whom": "", "authority": "",
        }  # fmt: skip
        for one in questions:
            self.fields[one.name] = self._made(one, on=on)
        self.order_fields([*self.asks, *self._COMMON])
        self._fit(known_address, may_sign_for=may_sign_for)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput):
                field.widget.attrs.setdefault("class", "input")

    def _made(self, ask: Ask, *, on: dt.date) -> forms.Field:
        opens = next(
            (one.opened_by[1] for one in self.asks.values() if one.opened_by and one.opened_by[0] == ask.name), ""
        )
        return field_of(ask, opens=opens, on=on)

    def _fit(self, known_address: Sequence[str], *, may_sign_for: bool) -> None:
        """Leave out what this kind of letter does not ask, and say where it goes."""
        if not may_sign_for or self.kind.by_parent_only:
            for name in ("signs", "for_whom", "authority"):
                del self.fields[name]
        if self.kind.by_parent_only and may_sign_for:
            self.fields["sender"].label = say("The parent’s name")
        if self.kind.to is To.NOBODY:
            for name in ("reply", "reply_address", "to", "addressee"):
                del self.fields[name]
            self.fields["sender"].help_text = say("It stands on the page.")
            return
        if self.kind.hides_address:
            for name in ("reply", "reply_address"):
                del self.fields[name]
        self.fields["sender"].help_text = say("It stands under the letter.")
        elsewhere = say("To the address on my own letter") if self.kind.to.holds_address else say("To another address")
        own = ("own", elsewhere if known_address else say("To this address"))
        known = [("known", say("To {join}", join=", ".join(known_address)))] if known_address else []
        if not self.kind.to.holds_address:
            self._fit_stranger()
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - for the type checker
        to.choices = [*known, own]
        to.initial = known[0][0] if known else "own"
        self.fields["addressee"].help_text = _WHERE.get(
            self.kind.to, say("Copy it from the newest letter they sent you.")
        )

    def _fit_stranger(self) -> None:
        """Somebody who is not CMS holds no address, and no permission, of the parent."""
        reply = self.fields["reply"]
        assert isinstance(reply, forms.ChoiceField)  # noqa: S101 - for the type checker
        reply.choices = [
            ("held", say("I will give them my address another way")),
            ("care_of", say("To this address, which will be on the letter")),
        ]
        reply.initial = "care_of"
        reply.help_text = say(
            "They do not have your address from CMS. It can be any address where post reaches you safely."
        )
        if "authority" in self.fields:
            authority = self.fields["authority"]
            assert isinstance(authority, forms.ChoiceField)  # noqa: S101 - for the type checker
            authority.label = say("The parent’s written permission")
            authority.choices = [("enclosed", say("It goes with this letter"))]
            authority.initial = "enclosed"

    @property
    def questions(self) -> list[Question]:
        """The kind's own questions, each with those that it opens."""
        shown = [one for one in self.asks.values() if not one.opened_by]
        return [
            Question(
                field=self[one.name],
                inner=[self[name] for name, ask in self.asks.items() if ask.opened_by and ask.opened_by[0] == one.name],
                boxes=self._boxes(one) if isinstance(one, asks.PickMany) else None,
            )
            for one in shown
        ]

    @property
    def signing(self) -> list[forms.BoundField]:
        """What is asked of somebody who signs for the parent."""
        return [self["for_whom"], self["authority"]]

    @property
    def replying(self) -> list[forms.BoundField]:
        """What another address for replies opens."""
        return [self["reply_address"]]

    @property
    def sending(self) -> list[forms.BoundField]:
        """What another address to send it to opens."""
        return [self["addressee"]]

    def _boxes(self, ask: asks.PickMany) -> Boxes:
        older_values = {one.value for one in ask.options if one.is_older}
        every = list(self[ask.name])
        recent = [one for one in every if one.data["value"] not in older_values]
        older = [one for one in every if one.data["value"] in older_values]
        is_open = bool(self[ask.name].errors) or any(one.data["selected"] for one in older)
        return Boxes(
            field=self[ask.name],
            recent=recent,
            older=older,
            is_open=is_open,
            older_words=ask.older,
            back_to=ask.back_to,
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what the person's own choices make necessary."""
        cleaned: dict[str, Any] = super().clean() or {}
        for question, answer, field, words in (
            ("reply", "care_of", "reply_address", say("Enter the address that replies should go to.")),
            ("to", "own", "addressee", _NEEDED.get(self.kind.to, say("Enter the address that the letter goes to."))),
            ("signs", "other", "for_whom", say("Enter the parent’s name as CMS knows it.")),
        ):
            if cleaned.get(question) == answer and field not in self.errors and not cleaned.get(field):
                self.add_error(field, words)
        for ask in self.asks.values():
            self._check(ask, cleaned)
        return cleaned

    def _check(self, ask: Ask, cleaned: dict[str, Any]) -> None:
        if ask.name in self.errors:
            if not self._is_open(ask, cleaned):
                del self.errors[ask.name]
            return
        if ask.opened_by and ask.needed and self._is_open(ask, cleaned) and not cleaned.get(ask.name):
            self.add_error(ask.name, ask.needed)
        if isinstance(ask, asks.PickMany) and len(cleaned.get(ask.name) or ()) > ask.most:
            self.add_error(ask.name, ask.too_many or say("Choose {most} or fewer.", most=ask.most))

    @staticmethod
    def _is_open(ask: Ask, cleaned: Mapping[str, Any]) -> bool:
        return ask.opened_by is None or cleaned.get(ask.opened_by[0]) == ask.opened_by[1]

    def answers(self) -> Answers:
        """The kind's own answers; those of questions that were not opened are left out."""
        given: dict[str, Answer] = {}
        for ask in self.asks.values():
            found = self.cleaned_data.get(ask.name)
            if self._is_open(ask, self.cleaned_data) and found not in (None, "", [], ()):
                given[ask.name] = tuple(found) if isinstance(found, list) else found
        return Answers(given)

    def choices(self, *, edits: Sequence[Edit] = (), addition: str = "") -> Choices:
        """The choices in the words of the rules; ``edits`` and ``addition`` are of the page that changes words."""
        cleaned = self.cleaned_data
        signs = cleaned.get("signs") == "other"
        return Choices(
            sender=cleaned["sender"],
            reply_to=cleaned["reply_address"] if cleaned.get("reply") == "care_of" else (),
            addressee=cleaned["addressee"] if cleaned.get("to") == "own" else (),
            for_whom=cleaned["for_whom"] if signs else "",
            is_authority_enclosed=signs and cleaned.get("authority") == "enclosed",
            answers=self.answers(),
            edits=tuple(edits),
            addition=addition,
        )


_WHERE = Words(
    {
        To.MP: mark("The MP’s name, then House of Commons, London, SW1A 0AA, or the constituency office."),
        To.TRIBUNAL: mark("It stands in the notice that you challenge."),
        To.OTHER: mark("The name and address of the person or office."),
    }
)
_NEEDED = Words({To.CMS: mark("Copy the address from a letter that CMS sent you.")})


class WordsForm(Form):
    """The paragraphs of a letter, each in a box of its own, and room for one more."""

    addition = forms.CharField(
        label=_("Add a paragraph of your own"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, **AREA}),
        help_text=_("It stands at the end, before the reply that you ask for."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *args: Any, paragraphs: Sequence[Paragraph], **kwargs: Any
    ) -> None:
        """``paragraphs`` are those of the letter as our template has them.

        A paragraph that ``data`` says nothing of stays as it is: the record may have changed it since.
        """
        self._paragraphs = {f"p{one.key}": one for one in paragraphs}
        self.is_stale = data is not None and any(_is_paragraph(name) for name in data.keys() - self._paragraphs.keys())
        if data is not None:
            as_they_are = {name: one.text for name, one in self._paragraphs.items()}
            data = as_they_are | {name: data[name] for name in data}
        super().__init__(data, *args, **kwargs)
        for place, (name, one) in enumerate(self._paragraphs.items(), start=1):
            rows = min(12, 2 + len(one.text) // 60 + one.text.count("\n"))
            self.fields[name] = forms.CharField(
                label=say("Paragraph {place}", place=place),
                max_length=4000,
                required=False,
                initial=one.text,
                widget=forms.Textarea(attrs={"rows": rows, **AREA}),
            )
        self.optional_words = dict.fromkeys(self._paragraphs, "") | {"addition": say("if you want to")}
        self.order_fields([*self._paragraphs, "addition"])

    def edits(self) -> list[Edit]:
        """The paragraphs that now say something else, or nothing."""
        found = []
        for name, one in self._paragraphs.items():
            text = _plain(self.cleaned_data[name])
            if text != _plain(one.text):
                found.append(Edit(key=one.key, text=text))
        return found

    def before(self, key: str) -> str:
        """What a paragraph says in our template."""
        return self._paragraphs[f"p{key}"].text


def _is_paragraph(name: str) -> bool:
    return re.fullmatch(r"p[0-9a-f]{16}", name) is not None


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.replace("\r\n", "\n").split("\n")).strip()


class MakeForm(Form):
    """The press of the button: which letter was checked, and the key that makes it once."""

    checked = forms.CharField(max_length=64, widget=forms.HiddenInput)
    entry = EntryField()

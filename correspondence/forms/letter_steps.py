"""The forms of what became of a letter: one for each thing that can happen to it."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from arrears.core.case_values import LetterStepKind, PostedHow
from cms_tracker.language import Words, mark, say
from cms_tracker.web.forms import DayField, EntryField, Form
from correspondence.core.contacts import ContactSeen
from correspondence.core.sending import StepMade

_NOTES = Words(
    {
        LetterStepKind.POSTED: mark("Like which post office, or who took it"),
        LetterStepKind.DELIVERED: mark("Like who signed for it."),
        LetterStepKind.RETURNED: mark("Like what stands on the envelope."),
        LetterStepKind.REPLY_RECEIVED: mark("What they answered, in a few words."),
        LetterStepKind.WITHDRAWN: mark("Why it was not sent, or why you took it back."),
    }
)
_WHEN = Words(
    {
        LetterStepKind.POSTED: mark("When did you send it?"),
        LetterStepKind.DELIVERED: mark("When was it delivered?"),
        LetterStepKind.RETURNED: mark("When did it come back?"),
        LetterStepKind.REPLY_RECEIVED: mark("When did the reply reach you?"),
        LetterStepKind.WITHDRAWN: mark("When was that?"),
    }
)


class LetterStepForm(Form):
    """Something that happened to a letter."""

    optional_words = Words({"note": mark("if you want to add it")})

    note = forms.CharField(label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    entry = EntryField()

    kind = LetterStepKind.DELIVERED

    def __init__(self, *args: Any, on: dt.date, kind: LetterStepKind, **kwargs: Any) -> None:
        """``on`` is today."""
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["on"] = DayField(label=_WHEN[kind], what=say("the day"), on_or_before=on, initial=on)
        self.fields["note"].help_text = _NOTES[kind]
        self.order_fields(["on", "how", "number", "contact", "note"])

    def made(self) -> StepMade:
        """The step that was typed."""
        said = self.cleaned_data
        return StepMade(
            kind=self.kind,
            on=said["on"],
            how=PostedHow(said["how"]) if said.get("how") else None,
            number=said.get("number", ""),
            contact_id=uuid.UUID(said["contact"]) if said.get("contact") else None,
            note=said["note"],
        )


class PostedForm(LetterStepForm):
    """When and how a letter was sent."""

    optional_words = Words({"number": mark("if you have it"), "note": mark("if you want to add it")})

    how = forms.ChoiceField(
        label=_("How did you send it?"),
        choices=[
            (PostedHow.POST, _("By post")),
            (PostedHow.TRACKED, _("By tracked or signed-for post")),
            (PostedHow.ONLINE, _("In my online CMS account")),
            (PostedHow.BY_HAND, _("By hand")),
        ],
        initial=PostedHow.POST,
        widget=forms.RadioSelect,
    )
    number = forms.CharField(
        label=_("Proof of posting number"),
        max_length=60,
        required=False,
        help_text=_("Or the tracking number. It is on the receipt. Ask at the Post Office counter: it is free."),
    )


class ReplyForm(LetterStepForm):
    """When the reply came, and which entry of the log it is."""

    optional_words = Words({"contact": mark("if you have logged it"), "note": mark("if you want to add it")})

    contact = forms.ChoiceField(label=_("Which entry is the reply?"), required=False, widget=forms.Select)

    def __init__(self, *args: Any, entries: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """``entries`` are the logged contacts that may be the reply, by key and label."""
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker: it is declared above
        field.choices = [("", say("Not logged yet, or none of these")), *entries]


def step_form(
    kind: LetterStepKind,
    data: Any,
    *,
    on: dt.date,
    entries: Sequence[tuple[str, str]] = (),
    reply: ContactSeen | None = None,
) -> LetterStepForm:
    """The form for one kind of step. ``reply`` is the entry that an address names as the reply."""
    if kind is LetterStepKind.POSTED:
        return PostedForm(data, on=on, kind=kind)
    if kind is LetterStepKind.REPLY_RECEIVED:
        initial = {"contact": str(reply.id), "on": reply.at_date} if reply else {}
        return ReplyForm(data, on=on, kind=kind, entries=entries, initial=initial)
    return LetterStepForm(data, on=on, kind=kind)

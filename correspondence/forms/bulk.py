"""What is asked once for many records: the questions that they share, and who signs."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms_tracker.language import say
from cms_tracker.web.forms import EntryField, Form
from correspondence.core.letters import bulk
from correspondence.core.letters.asks import Ask
from correspondence.core.letters.draft import Choices
from correspondence.core.letters.kind import Kind
from correspondence.forms.letters import LetterForm

_MOST_TYPED = 100_000  # characters: a thousand lines of a reference and a name


class BulkForm(LetterForm):
    """The common answers of a letter to many. Each goes to the checked address of its own nation."""

    names = forms.CharField(
        label=_("Names of parents, where a record has none yet"),
        max_length=_MOST_TYPED,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=(
            _(
                "One line each: CMS reference, then the name as CMS knows it. You can paste them "
                "from a table. A record that has a letter keeps the name on it."
            )
        ),
    )

    def __init__(self, *args: Any, kind: Kind, questions: Sequence[Ask], on: dt.date, **kwargs: Any) -> None:
        """``questions`` are those that all the records share."""
        super().__init__(
            *args,
            kind=kind,
            questions=questions,
            on=on,
            known_address=(say("their address"),),
            may_sign_for=True,
            **kwargs,
        )
        for name in ("to", "addressee", "for_whom"):
            self.fields.pop(name, None)
        if "signs" in self.fields:
            self.fields["signs"].label = say("Who signs these letters?")
            signs = self.fields["signs"]
            assert isinstance(signs, forms.ChoiceField)  # noqa: S101 - for the type checker
            signs.choices = [
                ("parent", say("Each parent. I only prepare them")),
                ("other", say("I do, for the parents")),
            ]
            self.fields["sender"].required = False
            self.fields["sender"].label = say("Your name, if you sign")
        else:
            del self.fields["sender"]
        self.optional_words = dict(self.optional_words) | {"names": say("if any"), "sender": ""}
        self.order_fields([*self.asks, "signs", "sender", "authority", "reply", "reply_address", "names"])

    @property
    def signing(self) -> list[forms.BoundField]:
        """What is asked of somebody who signs for the parents."""
        return [self["sender"], self["authority"]]

    def clean(self) -> dict[str, Any]:
        """Ask for what the person's own choices make necessary."""
        cleaned: dict[str, Any] = super(LetterForm, self).clean() or {}
        if cleaned.get("signs") == "other" and "sender" not in self.errors and not cleaned.get("sender"):
            self.add_error("sender", say("Enter your name as CMS knows it."))
        if cleaned.get("reply") == "care_of" and "reply_address" not in self.errors and not cleaned["reply_address"]:
            self.add_error("reply_address", say("Enter the address that replies should go to."))
        for ask in self.asks.values():
            self._check(ask, cleaned)
        if unread := bulk.names_in(cleaned.get("names", "")).unread:
            line = say("This line has no reference of 12 figures and a name: {unread}", unread=unread[0])
            self.add_error(
                "names",
                line
                if len(unread) == 1
                else say("{line}. {unread} more are like it.", line=line, unread=len(unread) - 1),
            )
        return cleaned

    def given(self) -> Choices:
        """What was chosen for all; its sender is empty where each parent signs."""
        cleaned = self.cleaned_data
        signs = cleaned.get("signs") == "other"
        return Choices(
            sender=cleaned["sender"] if signs else "",
            reply_to=cleaned["reply_address"] if cleaned.get("reply") == "care_of" else (),
            is_authority_enclosed=signs and cleaned.get("authority") == "enclosed",
            answers=self.answers(),
        )

    def parents(self) -> dict[str, str]:
        """The names that were typed, by CMS reference."""
        return dict(bulk.names_in(self.cleaned_data["names"]).by_reference)


class PressForm(Form):
    """The press of the button, with the key that makes it once."""

    entry = EntryField()

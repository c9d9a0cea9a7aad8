"""The fields that the questions of a letter are drawn with."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms_tracker.language import say
from cms_tracker.web.forms import DayAheadField, DayField, PenceField, RevealingRadios
from correspondence.core.letters import asks
from correspondence.core.letters.asks import Ask
from correspondence.core.words import lines_of

A_YEAR = dt.timedelta(days=366)
AREA = {"class": "input", "autocomplete": "off"}


class LinesField(forms.CharField):
    """One thing on each line, read as a tuple of lines."""

    def __init__(self, *, most: int = 7, rows: int = 4, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows, **AREA})
        super().__init__(max_length=60 * most, widget=widget, **kwargs)
        self.most = most

    def clean(self, value: Any) -> Any:
        """Read the lines; refuse too many."""
        lines = lines_of(super().clean(value))
        if len(lines) > self.most:
            raise ValidationError(
                say("Use {get} lines or fewer.", get=_COUNTS.get(self.most, str(self.most))), code="lines"
            )
        return lines

    def prepare_value(self, value: Any) -> Any:
        """Show a tuple one thing on a line."""
        return "\n".join(value) if isinstance(value, tuple) else value


_COUNTS = {3: "three", 4: "four", 5: "five", 6: "six", 7: "seven"}


class AddressField(LinesField):
    """A postal address; at most seven lines fit the window of an envelope."""


def _line(ask: asks.Line, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"autocomplete": ask.autocomplete})
    return forms.CharField(max_length=ask.most, initial=ask.initial, widget=widget, **common)


def _words(ask: asks.Words, common: dict[str, Any]) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": ask.rows, **AREA})
    return forms.CharField(max_length=ask.most, initial=ask.initial, widget=widget, **common)


def _lines(ask: asks.Lines, common: dict[str, Any]) -> forms.Field:
    return LinesField(most=ask.most, rows=ask.rows, initial=ask.initial, **common)


def _day(ask: asks.Day, common: dict[str, Any], *, on: dt.date) -> forms.Field:
    made: type[DayField] = DayAheadField if ask.is_ahead else DayField
    limit = on + A_YEAR if ask.is_ahead else on
    return made(what=ask.what, on_or_before=limit, initial=ask.initial, **common)


def _money(ask: asks.Money, common: dict[str, Any]) -> forms.Field:
    return PenceField(what=ask.what, at_least=ask.at_least, initial=ask.initial, **common)


def _number(ask: asks.Number, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input w4"})
    field = forms.IntegerField(
        min_value=ask.at_least, max_value=ask.at_most, initial=ask.initial, widget=widget, **common
    )
    field.error_messages["invalid"] = say("Write a whole number, like 3.")
    return field


def _pick(ask: asks.Pick, common: dict[str, Any], *, opens: str) -> forms.Field:
    ticked = [one.value for one in ask.options if one.is_ticked]
    field = forms.ChoiceField(
        choices=[(one.value, one.label) for one in ask.options],
        initial=ticked[0] if ticked else None,
        widget=RevealingRadios(opens=opens) if opens else forms.RadioSelect,
        **common,
    )
    field.error_messages["invalid_choice"] = ask.needed or say("Choose one of these.")
    return field


def _pick_many(ask: asks.PickMany, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=[(one.value, one.label) for one in ask.options],
        initial=[one.value for one in ask.options if one.is_ticked],
        widget=forms.CheckboxSelectMultiple,
        **common,
    )


def field_of(ask: Ask, *, opens: str, on: dt.date) -> forms.Field:
    """The field of a question. ``opens`` is the choice that opens others, ``on`` is today."""
    makers: dict[type[Ask], Any] = {
        asks.Line: _line, asks.Words: _words, asks.Lines: _lines, asks.Money: _money, asks.Number: _number,
        asks.PickMany: _pick_many, asks.Day: partial(_day, on=on), asks.Pick: partial(_pick, opens=opens),
    }  # fmt: skip
    common = {"label": ask.label, "help_text": ask.help, "required": bool(ask.needed) and not ask.opened_by}
    field: forms.Field = makers[type(ask)](ask, common)
    if ask.needed:
        field.error_messages["required"] = ask.needed
    return field

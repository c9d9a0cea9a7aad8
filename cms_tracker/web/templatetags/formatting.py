"""How figures, days and references are written on a page."""

import datetime as dt
from collections.abc import Mapping

from django import template
from django.forms import BoundField

from cms_tracker import days, language, money
from cms_tracker.language import say
from cms_tracker.web.forms import PenceField

register = template.Library()


@register.filter
def pounds(pence: int | None) -> str:
    """Write pence as ``£1,234.56``; nothing for None."""
    return "" if pence is None else money.pounds(pence)


@register.filter
def signed_pounds(pence: int) -> str:
    """Write a change as ``+£12.00`` or, with a true minus sign, ``−£12.00``."""
    return f"+{money.pounds(pence)}" if pence > 0 else money.pounds(pence)


@register.filter
def amount_apart(pence: int) -> str:
    """Write our figure less theirs in words: ``£620.02 more in this record``."""
    amount = money.pounds(abs(pence))
    words = say("{amount} more in this record") if pence > 0 else say("{amount} less in this record")
    return words.format(amount=amount)


@register.filter
def day(value: dt.date | None) -> str:
    """Write a day as ``10 July 2025``."""
    return days.day(value) if value else ""


@register.filter(expects_localtime=True)
def moment(value: dt.datetime) -> str:
    """Write a day with its time in London: ``10 July 2025 at 9:32am``."""
    return say("{day} at {time}", day=days.day(value), time=days.clock(value))


@register.filter(expects_localtime=True)
def day_clock(value: dt.datetime) -> str:
    """Write the time of day in London: ``9:32am``."""
    return days.clock(value)


@register.filter
def weekday(value: dt.date | None) -> str:
    """Write a day with its name: ``Thursday 10 July 2025``."""
    return f"{language.weekday(value)} {days.day(value)}" if value else ""


@register.filter
def weekday_short(value: dt.date | None) -> str:
    """Write a day with its name and without its year: ``Sunday 3 August``."""
    return f"{language.weekday(value)} {days.short_day(value)}" if value else ""


@register.filter
def grouped(reference: str) -> str:
    """Write a reference in groups of four."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


@register.filter
def ending(reference: str) -> str:
    """Tell a reference by its last four digits, where a screen may be seen: ``ending 0017``."""
    return say("ending {reference}", reference=reference[-4:])


@register.filter
def plural(count: int, words: str) -> str:
    """Choose between two words: ``{{ n|plural:"payment,payments" }}`` writes ``1 payment``."""
    one, _, many = words.partition(",")
    return f"{count:,} {one if count == 1 else many}"


@register.filter
def focus_id(field: BoundField) -> str:
    """The id of the input that an error summary leads to: the first of a group."""
    widget = field.field.widget
    if getattr(widget, "input_type", "") in {"radio", "checkbox"} and field.auto_id:
        return f"{field.auto_id}_0" if getattr(widget, "allow_multiple_selected", None) is not None else field.auto_id
    return field.id_for_label or field.auto_id


@register.filter
def is_money(field: BoundField) -> bool:
    """Say whether a field takes an amount, so that it is drawn with its pound sign."""
    return isinstance(field.field, PenceField)


@register.filter
def optional_words(field: BoundField) -> str:
    """The words beside the label of a question that may be left empty.

    None for a choice, which has an answer already. The words of the form itself come first
    (``cms_tracker.web.forms.Form.optional_words``).
    """
    if field.field.required or field.widget_type in {"radioselect", "checkboxselectmultiple", "checkbox", "select"}:
        return ""
    of_the_form: Mapping[str, str] = getattr(field.form, "optional_words", {})
    return of_the_form.get(field.name, say("if you know it") if field.use_fieldset else say("if you have it"))

"""Form fields that read what people really type, and say in one sentence what is wrong.

Every form of the site is a ``Form`` of this module. A field is drawn by
``templates/components/field.html``; the summary above the page by ``components/error_summary.html``.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms_tracker import money
from cms_tracker.days import day, short_day
from cms_tracker.language import Words, mark, say
from cms_tracker.refusal import Refusal
from cms_tracker.typed import letter_for_digit

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

THE_DATE = _("the date")
EARLIEST = dt.date(1993, 4, 5)  # the first day of the Child Support Agency
LONGEST_AMOUNT = 24  # characters; int() itself refuses thousands of digits
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MISSING = Words({
    "day": mark("Enter the day of the month."), "month": mark("Enter the month."), "year": mark("Enter the year."),
})  # fmt: skip
_NO_NUMBER = Words({
    "day": mark("Write the day in numbers, like 22 4 2025."),
    "month": mark("Write the month in numbers, like 22 4 2025."),
    "year": mark("Write the year in numbers, like 22 4 2025."),
})  # fmt: skip
MONTHS = {name: number for number, name in enumerate(_MONTHS, start=1)}


class Renderer(TemplatesSetting):
    """Draws fields and widgets with the site's own templates."""

    field_template_name = "components/field.html"


class PenceField(forms.CharField):
    """An amount of money, typed in pounds, read as whole pence."""

    widget = forms.TextInput

    def __init__(self, *, at_least: int = 1, what: "StrOrPromise" = "", **kwargs: Any) -> None:
        """``at_least`` is the smallest amount taken, in pence; ``what`` names it in messages."""
        super().__init__(**kwargs)
        self.at_least = at_least
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "class": "input"}
        self.widget.attrs["maxlength"] = str(LONGEST_AMOUNT)
        self.error_messages["required"] = format_lazy(_("Enter {what}, like 200.00."), what=what or _("an amount"))

    def to_python(self, value: Any) -> Any:
        """Read the typed amount; the message of a refusal names what is wrong."""
        text = super().to_python(value)
        if not text:
            return None
        if len(text) > LONGEST_AMOUNT:
            raise ValidationError(say("Enter an amount of £9,999,999.99 or less."), code="too_long")
        try:
            pence = money.parse_typed(text)
        except money.AmountError as error:
            raise ValidationError(str(error), code="amount") from error
        if pence < self.at_least:
            raise ValidationError(
                say("Enter {at_least} or more.", at_least=money.pounds(self.at_least)), code="too_small"
            )
        return pence

    def run_validators(self, value: Any) -> None:
        """Check nothing more: the validators of a text field cannot measure an amount."""

    def prepare_value(self, value: Any) -> Any:
        """Show an amount given in pence as pounds; show what was typed as it was typed."""
        return money.plain(value) if isinstance(value, int) else value


class DayWidget(forms.MultiWidget):
    """Day, month and year as three inputs, each with its own label."""

    template_name = "components/day.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(
            {
                "d": forms.TextInput({**box, "class": "input w2"}),
                "m": forms.TextInput({**box, "class": "input w2"}),
                "y": forms.TextInput({**box, "class": "input w4"}),
            },
            attrs,
        )

    def decompress(self, value: dt.date | None) -> list[int | None]:
        """Split a day into the three boxes."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str) -> str:
        """The first box, where an error summary leads."""
        return f"{id_}_0"


class DayField(forms.MultiValueField):
    """A civil date in three boxes. Refuses days that do not exist, and days out of reach."""

    widget = DayWidget

    def __init__(
        self,
        *,
        on_or_before: dt.date | None = None,
        what: "StrOrPromise" = THE_DATE,
        required: bool = True,
        **kwargs: Any,
    ) -> None:
        """``on_or_before`` is the last day taken (None: up to five years ahead is left to the rule)."""
        parts = [forms.CharField(max_length=9, required=False) for _box in range(3)]
        super().__init__(parts, require_all_fields=False, required=required, **kwargs)
        self.what = what
        self.on_or_before = on_or_before
        self.error_messages["required"] = format_lazy(_("Enter {what}, like 22 4 2025."), what=what)

    def compress(self, data_list: Sequence[str]) -> dt.date | None:
        """Make one day of the three boxes, or raise with one clear sentence."""
        parts = [str(part or "").strip() for part in data_list] if data_list else []
        if not any(parts):
            return None
        day, month, year = (*parts, "", "", "")[:3]
        return self._checked(self._number(day, "day"), self._month(month), self._year(year))

    def _number(self, text: str, name: str) -> int:
        if not text:
            raise ValidationError(_MISSING[name], code="incomplete")
        if not (text.isascii() and text.isdigit()):
            message = letter_for_digit(text) or _NO_NUMBER[name]
            raise ValidationError(message, code="not_a_number")
        return int(text)

    def _month(self, text: str) -> int:
        return MONTHS.get(text[:3].lower()) or self._number(text, "month")

    def _year(self, text: str) -> int:
        year = self._number(text, "year")
        if year < 100:
            raise ValidationError(say("Write the year with four figures, like 2025."), code="short_year")
        return year

    def _checked(self, day: int, month: int, year: int) -> dt.date:
        try:
            found = dt.date(year, month, day)
        except ValueError as error:
            message = say("That day does not exist. Check the day and the month.")
            raise ValidationError(message, code="no_such_day") from error
        if found < EARLIEST:
            raise ValidationError(say("Enter a day after 5 April 1993, when the first scheme began."), code="too_early")
        if self.on_or_before is not None and found > self.on_or_before:
            raise ValidationError(self._too_late(found, self.on_or_before), code="too_late")
        return found

    def _too_late(self, found: dt.date, limit: dt.date) -> str:
        if found.year > limit.year:
            fits = limit.year if (found.month, found.day) <= (limit.month, limit.day) else limit.year - 1
            likely = _swapped_year(found, limit) or fits
            return say("The year {year} has not happened yet. Did you mean {likely}?", year=found.year, likely=likely)
        return say("{found} has not happened yet. Enter today or a day before.", found=short_day(found))


class DayAheadField(DayField):
    """A day that may lie ahead, but not further than ``on_or_before``."""

    def _too_late(self, found: dt.date, limit: dt.date) -> str:
        if likely := _swapped_year(found, limit):
            return say("The year {year} is too far ahead. Did you mean {likely}?", year=found.year, likely=likely)
        return say("{found} is too far ahead. Enter a day up to {limit}.", found=day(found), limit=day(limit))


def _swapped_year(found: dt.date, limit: dt.date) -> int | None:
    """The year with its last two figures the other way round (2026 for 2062), if that lies within reach."""
    year = found.year - found.year % 100 + found.year % 10 * 10 + found.year % 100 // 10
    within = limit.year - 10 < year and (year, found.month, found.day) <= (limit.year, limit.month, limit.day)
    return year if within and year != found.year else None


class RevealingRadios(forms.RadioSelect):
    """Radio buttons of which one opens more questions, by stylesheet alone (``.reveals``)."""

    def __init__(self, *, opens: str) -> None:
        """``opens`` is the value whose choice shows the questions that follow."""
        super().__init__()
        self.opens = opens

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Mark the one choice that the stylesheet looks for."""
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) == self.opens:
            option["attrs"]["data-reveals"] = True
        return option


class EntryField(forms.UUIDField):
    """The hidden key of the row that the form will make, so that sending it twice makes one row."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, initial=uuid.uuid4)


class Form(forms.Form):
    """A form whose errors can come from a rule as well as from a field.

    ``optional_words`` gives, by field name, what stands beside the label of a question that may be
    left empty: "if you remember". An empty text for one that another answer opens: it is then
    asked for, or says itself when to leave it.
    """

    optional_words: Mapping[str, "StrOrPromise"] = {}

    def refuse(self, refusal: Refusal) -> None:
        """Put a rule's refusal beside the field it names, or above the form."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.TextInput | forms.Textarea | forms.Select) and not isinstance(
                field.widget, forms.RadioSelect
            ):
                field.widget.attrs.setdefault("class", "input")


class DatedForm(Form):
    """A form that is given the day ``on``: its days lie on or before it, or up to a year after it.

    The year is for ``DayAheadField``: what CMS decides may take effect, or begin, in the future.
    """

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, DayAheadField):
                field.on_or_before = on + dt.timedelta(days=366)
            elif isinstance(field, DayField):
                field.on_or_before = on

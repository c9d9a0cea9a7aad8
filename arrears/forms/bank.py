"""A bank statement: the file, the columns of a table we do not know, and the lines that are payments.

Nothing of a statement is stored before a person confirms it. What a later step needs of it travels
in the page itself, signed for this person and this case, and is worth nothing after an hour.
"""

import base64
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from arrears.core.bank.lines import MAX_BYTES, BankStatement, Columns, StatementError, UnknownTable
from arrears.core.bank.matching import Candidate, Why
from arrears.core.bank.reading import read
from arrears.core.bank.routes import counts_for, through_cms
from arrears.core.facts import Route
from arrears.core.words import ROUTES
from cases.core.facts import Perspective, ServiceType
from cases.core.words import SERVICES
from cms_tracker.days import day
from cms_tracker.language import say
from cms_tracker.money import pounds
from cms_tracker.web.forms import Form

MAX_AGE = 3600  # seconds
MAX_SHOWN = 240  # lines to tick on one page, each with two fields; what one form may send is limited
MAX_PACKED = 900_000  # characters of a statement in a page: a form may send one megabyte

_TOO_OLD = _("This page is more than an hour old, and we kept nothing of your file. Choose the file again.")
_CHANGED = _("This page did not come back as we sent it. Choose the file again.")
_NOT_OURS = (signing.BadSignature, AttributeError, TypeError, ValueError)  # not signed here, or of another shape


class ChooseStatement(Form):
    """The file. ``cleaned_data["statement"]`` is what it holds, read and judged by its content alone."""

    statement = forms.FileField(
        max_length=1000,
        label=_("Your bank statement"),
        help_text=_("CSV, OFX, QIF or Excel (XLSX), up to 10 MB. Not a PDF or a picture."),
        widget=forms.ClearableFileInput(
            attrs={"class": "input", "accept": ".csv,.tsv,.txt,.ofx,.qfx,.qbo,.qif,.xlsx,text/csv"}
        ),
        error_messages={
            "required": _("Choose the file that you downloaded from your bank."),
            "missing": _("No file reached us. Choose it again."),
            "empty": _("This file is empty. Choose another."),
            "max_length": _("The name of this file is very long. Give it a shorter name."),
        },
    )

    def clean_statement(self) -> BankStatement | UnknownTable:
        """Read the file in memory. Its name and the type that the browser gives are not looked at."""
        upload: UploadedFile[bytes] = self.cleaned_data["statement"]
        if (upload.size or 0) > MAX_BYTES:
            raise ValidationError(say("This file is larger than 10 MB. Download a shorter period."), code="too_large")
        self.content = upload.read()
        return _read(self.content)


class ChooseColumns(Form):
    """What the columns of a table hold, said by a person; ``packed`` is the file, signed."""

    optional_words = {"amount": "", "paid_in": "", "paid_out": ""}

    packed = forms.CharField(widget=forms.HiddenInput)
    date = forms.TypedChoiceField(
        label=_("Which column holds the day?"),
        coerce=int,
        error_messages={"required": _("Choose the column of the day.")},
    )
    text = forms.TypedChoiceField(
        label=_("Which column says who it was?"),
        coerce=int,
        error_messages={"required": _("Choose the column of the text.")},
    )
    amount = forms.TypedChoiceField(
        label=_("Which column holds the amount?"),
        help_text=_("If money in and money out have a column each, leave this and choose those two."),
        coerce=int,
        required=False,
        empty_value=None,
    )
    paid_in = forms.TypedChoiceField(label=_("Money in"), coerce=int, required=False, empty_value=None)
    paid_out = forms.TypedChoiceField(label=_("Money out"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, salt: str, **kwargs: Any) -> None:
        """``salt`` ties the packed file to a person and a case."""
        super().__init__(*args, **kwargs)
        self._salt = salt
        self.table: UnknownTable | None = None
        self.content = b""
        if self.is_bound:
            self._unpack(str(self.data.get("packed", "")))

    @classmethod
    def of(cls, content: bytes, table: UnknownTable, *, salt: str) -> "ChooseColumns":
        """The form for a file that was just read. Raises StatementError where it is too long for a page."""
        packed = signing.dumps(base64.b64encode(content).decode(), salt=_of(cls, salt), compress=True)
        if len(packed) > MAX_PACKED:
            raise StatementError(
                say("We do not know this bank’s columns, and the file is long. Download a shorter period.")
            )
        form = cls(initial={"packed": packed}, salt=salt)
        form._show(table)
        return form

    def clean(self) -> dict[str, Any]:
        """One column of amounts, or two; then the file is read by them."""
        given = super().clean() or {}
        if not self.content:
            self.errors.pop("date", None)
            self.errors.pop("text", None)
            raise ValidationError(self._why, code="packed")
        amount, paid_in, paid_out = (given.get(name) for name in ("amount", "paid_in", "paid_out"))
        if amount is None and (paid_in is None or paid_out is None):
            self.add_error("amount", say("Choose the column of the amount, or one for money in and one for money out."))
        if not self.errors:
            columns = Columns(
                date=given["date"],
                text=(given["text"],),
                amount=amount,
                paid_in=None if amount is not None else paid_in,
                paid_out=None if amount is not None else paid_out,
            )
            statement = _read(self.content, columns)
            if isinstance(statement, BankStatement) and not statement.lines:
                self.add_error("date", say("No line can be read with these columns. Choose others."))
            given["statement"] = statement
        return given

    def _unpack(self, packed: str) -> None:
        try:
            content = base64.b64decode(signing.loads(packed, salt=_of(type(self), self._salt), max_age=MAX_AGE))
            table = read(content)
        except signing.SignatureExpired:
            self._why = _TOO_OLD
        except _NOT_OURS:
            self._why = _CHANGED
        else:
            self.content = content
            if isinstance(table, UnknownTable):
                self._show(table)

    def _show(self, table: UnknownTable) -> None:
        self.table = table
        named = [(place, say("Column {place}", place=place + 1)) for place in range(table.width)]
        for name in ("date", "text", "amount", "paid_in", "paid_out"):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", say("Choose")), *named]


class ConfirmLines(Form):
    """The lines that are payments of this case. ``cleaned_data["take"]`` are those that are ticked.

    Where it is in doubt how a line's money travelled, a field of its own asks.
    """

    lines = forms.CharField(widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(
        label=_("Payments to save"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one payment."),
            "invalid_choice": _("Choose from the lines on this page."),
        },
    )

    def __init__(self, *args: Any, salt: str, perspective: Perspective, **kwargs: Any) -> None:
        """``salt`` ties the lines to a person and a case."""
        super().__init__(*args, **kwargs)
        self._ways = (Route.DIRECT, through_cms(perspective))
        self.candidates: tuple[Candidate, ...] = ()
        self.refused: str = ""
        if self.is_bound:
            try:
                packed = str(self.data.get("lines", ""))
                rows = signing.loads(packed, salt=_of(type(self), salt), max_age=MAX_AGE)
                candidates = tuple(_candidate(row) for row in rows)
            except signing.SignatureExpired:
                self.refused = str(_TOO_OLD)
            except _NOT_OURS:
                self.refused = str(_CHANGED)
            else:
                self._offer(candidates)

    @classmethod
    def of(cls, candidates: tuple[Candidate, ...], *, salt: str, perspective: Perspective) -> "ConfirmLines":
        """The form for lines that were just matched: the likely ones ticked."""
        packed = signing.dumps([_row(one) for one in candidates], salt=_of(cls, salt), compress=True)
        ticked = [str(one.id) for one in candidates if one.is_likely]
        form = cls(initial={"lines": packed, "take": ticked}, salt=salt, perspective=perspective)
        form._offer(candidates)
        return form

    @property
    def ticked(self) -> frozenset[str]:
        """The ids of the lines that are ticked, as first shown or as sent."""
        return frozenset(self["take"].value() or [])

    @property
    def routes(self) -> Mapping[uuid.UUID, forms.BoundField]:
        """The fields that ask how a line's money travelled, by the line."""
        return {one.id: self[_route_name(one)] for one in self.candidates if one.is_route_doubtful}

    def clean(self) -> dict[str, Any]:
        """The chosen lines as they were signed, never as they were sent, each with the route that was chosen."""
        given = super().clean() or {}
        if self.refused:
            self.errors.clear()
            raise ValidationError(self.refused, code="lines")
        chosen = set(given.get("take", ()))
        given["take"] = [
            replace(one, route=given.get(_route_name(one), one.route))
            for one in self.candidates
            if str(one.id) in chosen
        ]
        return given

    def _offer(self, candidates: tuple[Candidate, ...]) -> None:
        self.candidates = candidates
        field = self.fields["take"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(str(one.id), str(one.id)) for one in candidates]
        self.fields |= {_route_name(one): self._route_field(one) for one in candidates if one.is_route_doubtful}

    def _route_field(self, one: Candidate) -> forms.TypedChoiceField:
        return forms.TypedChoiceField(
            label=say("How did the {pence} of {on} travel?", pence=pounds(one.pence), on=day(one.on)),
            help_text=_why_asked(one),
            choices=[(way.value, _way(one, way)) for way in self._ways],
            coerce=Route,
            initial=one.route.value,
            widget=forms.RadioSelect,
            error_messages={
                "required": say("Choose how the money travelled."),
                "invalid_choice": say("Choose one of the two ways."),
            },
        )


def salt_of(case_id: uuid.UUID, user_id: uuid.UUID) -> str:
    """What ties a page to the person it was made for, and to their case."""
    return f"arrears.bank.2:{case_id}:{user_id}"  # raise it when what a page holds is written another way


def _of(form: type[Form], salt: str) -> str:
    """A salt of each form's own: what one signed is worth nothing in another."""
    return f"{salt}:{form.__name__}"


def _route_name(one: Candidate) -> str:
    return f"route_{one.id.hex}"


def _way(one: Candidate, route: Route) -> str:
    """A way, with what the line would count for where that is another amount."""
    counts = counts_for(one.pence, on=one.on, route=route)
    return (
        ROUTES[route]
        if counts == one.pence
        else say("{routes}. It then counts as {counts}.", routes=ROUTES[route], counts=pounds(counts))
    )


def _why_asked(one: Candidate) -> str:
    """What the record says of that day, and what speaks against it."""
    if one.service is None:
        return say("Your record does not show which service was in force that day.")
    held = say("Your record shows {services} that day", services=SERVICES[one.service])
    if one.service is ServiceType.DIRECT_PAY:
        return say("{held}, but the text names CMS.", held=held)
    if one.route is Route.DIRECT:
        return say("{held}, but nothing shows that this came through CMS.", held=held)
    return say("{held}, but the amount alone does not show it.", held=held)


def _read(content: bytes, columns: Columns | None = None) -> BankStatement | UnknownTable:
    try:
        return read(content, chosen=columns)
    except StatementError as error:
        raise ValidationError(str(error), code="statement") from error


def _row(one: Candidate) -> list[Any]:
    flags = [one.is_covered, one.is_logged, one.is_twice, one.is_known, one.is_route_doubtful]
    return [
        one.id.hex, one.number, one.on.isoformat(), one.pence, one.text, one.digest, one.route, one.why,
        [day.isoformat() for day in one.due_on], one.days, one.over, flags,
        one.noted_on.isoformat() if one.noted_on else None, one.service,
    ]  # fmt: skip


def _candidate(row: list[Any]) -> Candidate:
    key, number, on, pence, text, digest, route, why, due_on, days, over, flags, noted_on, service = row
    is_covered, is_logged, is_twice, is_known, is_route_doubtful = flags
    return Candidate(
        id=uuid.UUID(hex=key),
        number=number,
        on=dt.date.fromisoformat(on),
        pence=pence,
        text=text,
        digest=digest,
        route=Route(route),
        why=Why(why),
        due_on=tuple(map(dt.date.fromisoformat, due_on)),
        days=days,
        over=over,
        is_covered=is_covered,
        is_logged=is_logged,
        is_twice=is_twice,
        is_known=is_known,
        noted_on=dt.date.fromisoformat(noted_on) if noted_on else None,
        service=ServiceType(service) if service else None,
        is_route_doubtful=is_route_doubtful,
    )

"""Columns whose text the database never sees. They are written and read like any other; they cannot be searched.

An empty text stays empty, so that ``column=""`` may stand in a filter or a constraint. Every other
comparison is refused: each token differs, so it could only ever be wrong.
"""

import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import lookups

from cms_tracker.sealed.ring import longest_token, ring

if TYPE_CHECKING:
    # The stubs give a field the types that it takes and gives; at run time it takes none.
    _Field = models.Field[Any, Any]
    _Text = models.TextField[str, str]
    _Char = models.CharField[str, str]
    _Json = models.JSONField[Any, Any]
else:
    _Field, _Text, _Char, _Json = object, models.TextField, models.CharField, models.TextField


class TooLongError(ValueError):
    """A text longer than its column takes. Forms refuse it first; this is for what passes them by."""


class Sealed(_Field):
    """A column held as tokens: what its kinds share. The table and the column are bound into each token."""

    def plain_of(self, value: Any) -> str | None:
        """The text that is sealed for a value; what is empty is kept as it is."""
        return None if value is None else str(value)

    def value_of(self, plain: str) -> Any:
        """The value that a text stood for."""
        return plain

    @cached_property
    def purpose(self) -> str:
        """What is bound into each token of this column."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        """Seal on the way in. Raises TooLongError."""
        if hasattr(value, "as_sql"):
            return value
        plain = self.plain_of(value)
        if not plain:
            return plain
        if self.max_length is not None and len(plain) > self.max_length:
            raise TooLongError(f"{self.purpose} takes {self.max_length} characters.")
        return ring().seal(plain, purpose=self.purpose)

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Open on the way out. Raises CannotOpenError, never gives a token."""
        return self.opened(value)

    def opened(self, cell: str | None) -> Any:
        """The value of a cell that was read past the model. Raises CannotOpenError."""
        return self.value_of(ring().open(cell, purpose=self.purpose)) if cell else cell

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse every comparison but with what is empty."""
        if lookup_name == "exact":
            return _IsEmpty
        if lookup_name == "isnull":
            return lookups.IsNull
        raise FieldError(f"{self.name} is sealed: the database cannot compare it with {lookup_name}.")

    def get_transform(self, lookup_name: str) -> Any:
        """Refuse what would work on the token."""
        raise FieldError(f"{self.name} is sealed: the database cannot work on it with {lookup_name}.")


class _IsEmpty(lookups.Exact):
    def get_prep_lookup(self) -> Any:
        if self.rhs != "":
            raise FieldError("A sealed column can only be compared with nothing at all.")
        return ""


class EncryptedTextField(Sealed, _Text):
    """A long text, held as a token. ``max_length`` counts the characters of the text itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))


class EncryptedCharField(Sealed, _Char):
    """A short text, held as a token. ``max_length`` counts the characters of the text itself."""

    def db_type_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """The column has room for the token, which is longer than the text."""
        return {**super().db_type_parameters(connection), "max_length": longest_token(self.max_length or 0)}


class EncryptedJSONField(Sealed, _Json):
    """A value of JSON, held as the token of its text. It cannot be empty, and the database cannot look inside."""

    empty_strings_allowed = False

    def plain_of(self, value: Any) -> str | None:
        """The JSON of a value."""
        return None if value is None else json.dumps(value)

    def value_of(self, plain: str) -> Any:
        """The value of the JSON."""
        return json.loads(plain)

    def to_python(self, value: Any) -> Any:
        """A value is what it is: only a column holds its text."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """As ``to_python``: TextField would make a text of it."""
        return value

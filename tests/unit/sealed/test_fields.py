"""A sealed column takes and gives plain values, and the database sees tokens only."""

from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.models.expressions import Value
from django.test.utils import isolate_apps

from cms_tracker.sealed.fields import EncryptedCharField, EncryptedJSONField, EncryptedTextField, TooLongError
from cms_tracker.sealed.ring import CannotOpenError, looks_sealed


@pytest.fixture
def model() -> Any:
    with isolate_apps("cms_tracker.audit"):

        class Diary(models.Model):
            text = EncryptedTextField(max_length=20, blank=True)
            short = EncryptedCharField(max_length=5)
            data = EncryptedJSONField(default=dict)

            class Meta:
                app_label = "audit"

            def __str__(self) -> str:
                return "diary"

        return Diary


def _saved(model: Any, name: str, value: Any) -> Any:
    return model._meta.get_field(name).get_db_prep_save(value, connection)


def _read(model: Any, name: str, cell: Any) -> Any:
    return model._meta.get_field(name).from_db_value(cell, None, connection)


class TestASealedColumn:
    @pytest.mark.parametrize(
        ("name", "value"),
        [("text", "Ärger & £5\n"), ("short", "Siân"), ("data", {"a": [1, None, "x"]}), ("data", {}), ("data", [])],
    )
    def test_gives_back_what_it_took(self, model: Any, name: str, value: Any) -> None:
        token = _saved(model, name, value)

        assert looks_sealed(token)
        assert _read(model, name, token) == value

    @pytest.mark.parametrize("value", ["", None])
    def test_keeps_what_is_empty(self, model: Any, value: str | None) -> None:
        assert _saved(model, "text", value) == value
        assert _read(model, "text", value) == value

    def test_leaves_expressions_alone(self, model: Any) -> None:
        assert isinstance(_saved(model, "text", Value("")), Value)

    @pytest.mark.parametrize(("name", "longest"), [("text", 20), ("short", 5)])
    def test_takes_no_more_than_its_length_of_plain_text(self, model: Any, name: str, longest: int) -> None:
        assert looks_sealed(_saved(model, name, "é" * longest))
        with pytest.raises(TooLongError):
            _saved(model, name, "é" * (longest + 1))

    def test_never_gives_a_token_or_a_text_that_was_not_sealed(self, model: Any) -> None:
        with pytest.raises(CannotOpenError):
            _read(model, "text", "plain")
        with pytest.raises(CannotOpenError):
            _read(model, "text", _saved(model, "short", "Siân"))

    def test_has_room_for_the_longest_token(self, model: Any) -> None:
        room = model._meta.get_field("short").db_parameters(connection)["type"]

        assert f"({len(_saved(model, 'short', '😀' * 5))})" in room


class TestAFilter:
    def test_may_ask_whether_it_is_empty(self, model: Any) -> None:
        assert model.objects.filter(text="").query.sql_with_params()[1] == ("",)

    @pytest.mark.parametrize("asked", [{"text": "x"}, {"text__icontains": "x"}, {"text__in": ["x"]}, {"data__a": 1}])
    def test_is_refused_everything_else(self, model: Any, asked: dict[str, Any]) -> None:
        with pytest.raises(FieldError, match="sealed"):
            str(model.objects.filter(**asked).query)

"""Frozen values to JSON and back, by their own annotations: what a letter states is kept for good.

Takes dataclasses made of str, int, bool, days, times, UUIDs, enumerations, other such dataclasses,
tuples of these, and None. ``from_json`` is strict: a missing or strange value is a ValueError.
"""

import datetime as dt
import functools
import types
import typing
import uuid
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from typing import Any, TypeVar, cast

T = TypeVar("T")


def to_json(value: object) -> Any:
    """A value as JSON: days and times in ISO form, amounts as they are, dataclasses as objects."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, uuid.UUID):
        return str(value)
    return value


def from_json(shape: type[T], value: Any) -> T:
    """Read what ``to_json`` wrote of a dataclass. Raises ValueError for anything else."""
    return cast(T, _read(shape, value))


def _read(shape: Any, value: Any) -> Any:
    origin = typing.get_origin(shape)
    if origin in {types.UnionType, typing.Union}:
        return _read_optional(typing.get_args(shape), value)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError("a list is missing")
        return tuple(_read(typing.get_args(shape)[0], one) for one in value)
    if is_dataclass(shape):
        return _read_object(cast(type, shape), value)
    return _read_plain(shape, value)


def _read_optional(shapes: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    (shape,) = (one for one in shapes if one is not types.NoneType)
    return _read(shape, value)


def _read_object(shape: type, value: Any) -> Any:
    if not isinstance(value, dict):
        raise ValueError("an object is missing")
    found = {}
    for name, (annotation, may_miss) in _shapes(shape).items():
        if name in value:
            found[name] = _read(annotation, value[name])
        elif not may_miss:
            raise ValueError(f"{name} is missing")
    return shape(**found)


def _read_plain(shape: Any, value: Any) -> Any:
    if shape in {dt.date, dt.time}:
        if not isinstance(value, str):
            raise ValueError("a day or a time is missing")
        return shape.fromisoformat(value)
    if shape is uuid.UUID or issubclass(shape, Enum):
        if not isinstance(value, str):
            raise ValueError("a name is missing")
        return shape(value)
    if type(value) is not shape:  # True is not 1
        raise ValueError(f"{shape.__name__} is missing")
    return value


@functools.cache
def _shapes(shape: type) -> dict[str, tuple[Any, bool]]:
    hints = typing.get_type_hints(shape)
    return {
        one.name: (hints[one.name], one.default is not MISSING or one.default_factory is not MISSING)
        for one in fields(shape)
    }

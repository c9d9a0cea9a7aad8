"""How each kind of money fact is kept as a row, and read back: one mechanism for all of them.

A value's field and its column have the same name, but for amounts (``amount`` in pence is the
column ``amount_pence``). A day that a fact usually shares with another (``recorded_on`` with
``paid_on``) is left empty in the row where it does, so that nobody said more than was said.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from itertools import repeat
from typing import Any, Generic, TypeVar, get_type_hints

from django.db.models import CharField, Model, QuerySet, Value

from arrears.core import facts, other_facts, transit_facts
from arrears.models.budget import Budget
from arrears.models.columns import filled
from arrears.models.money import Adjustment, Observation, OpeningBalance, Payment, PaymentAllocation, Statement
from arrears.models.other_money import Claim, LiabilityOrder, OtherMoney, Settlement, Step
from arrears.models.plan import RepaymentPlan
from arrears.models.transit import TransitLeg
from cases.core.facts import StruckOut
from cms_tracker.audit.append_only import Fact
from cms_tracker.web import prepared

V = TypeVar("V", bound=Any)
Struck = Mapping[tuple[uuid.UUID, uuid.UUID], StruckOut]  # by the case and the key of the row
Parts = Mapping[uuid.UUID, tuple[Any, ...]]

_MONEY = frozenset({"amount", "total", "arrears_part", "arrears", "gross", "fee", "net"})
_PARTS = frozenset({"allocation", "steps", "lines"})
_KEYS = frozenset({"payment_id"})  # columns that name another row; in the value its key as text, or empty
_NOT_COLUMNS = _PARTS | {"struck_out", "id"}


@dataclass(frozen=True, kw_only=True)
class Kept(Generic[V]):
    """One kind of fact: its list in the facts of a case, its value, its table, and how rows are put in order.

    ``usual`` names, for a day that the row may leave empty, the day that it then equals.
    """

    name: str
    value: type[V]
    model: type[Fact]
    order: tuple[str, ...]
    usual: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def columns(self) -> dict[str, str]:
        """The column behind each field of the value, its parts apart."""
        names = [one.name for one in fields(self.value) if one.name not in _NOT_COLUMNS]
        return {name: f"{name}_pence" if name in _MONEY else name for name in names}

    @cached_property
    def _keys(self) -> list[str]:
        return [name for name in self.columns if name in _KEYS]

    @cached_property
    def parts(self) -> str | None:
        """The field that holds parts kept in rows of their own."""
        return next((one.name for one in fields(self.value) if one.name in _PARTS), None)

    def values(self, fact: V) -> dict[str, Any]:
        """The columns of the row that keeps a fact."""
        found = {column: getattr(fact, name) for name, column in self.columns.items()}
        for name in self._keys:
            found[name] = uuid.UUID(found[name]) if found[name] else None
        for name, usual in self.usual.items():
            if found[name] == getattr(fact, usual):
                found[name] = None
        return found

    def row(self, fact: V, *, case_id: uuid.UUID, **more: Any) -> Fact:
        """The row that keeps a fact under its own key; not saved yet."""
        columns: dict[str, Any] = {"case_id": case_id, **self.values(fact), **more}
        return self.model(id=uuid.UUID(fact.id), **columns)

    def read(
        self, case_ids: Iterable[uuid.UUID], struck: Struck, parts: Parts | None = None
    ) -> dict[uuid.UUID, list[V]]:
        """The facts of this kind, by case, in their order. ``parts`` are those of each row, by its key."""
        ids = list(dict.fromkeys(case_ids))
        by_cell: dict[Any, list[V]] = {key: [] for key in prepared.prepared_keys(ids)}
        rows = prepared.cells(self.name, self._rows, ids)
        if rows:
            keys, cases, *columns = zip(*rows, strict=True)
            texts = list(map(prepared.key_text, keys))
            gone = {(prepared.prepared(case), str(key)): one for (case, key), one in struck.items()}
            struck_out = map(gone.get, zip(cases, texts, strict=True)) if gone else repeat(None, len(texts))
            values = dict(zip(self.columns, columns, strict=True)) | {"id": texts, "struck_out": struck_out}
            self._complete(values, {str(key): one for key, one in (parts or {}).items()})
            for case, fact in zip(cases, filled(self.value, values, count=len(keys)), strict=True):
                by_cell[case].append(fact)
        return dict(zip(ids, by_cell.values(), strict=True))

    def _complete(self, values: dict[str, Any], parts: Mapping[str, tuple[Any, ...]]) -> None:
        """Turn whole columns into what the values hold: words, the days left empty, and parts.

        Column by column, because a case may have thousands of payments and a caseload a million.
        """
        for name, words in self._codes:
            values[name] = map(words.__getitem__, values[name])
        for name in self._keys:
            values[name] = [prepared.key_text(cell) if cell else "" for cell in values[name]]
        for name, other in self.usual.items():
            values[name] = [own or usual for own, usual in zip(values[name], values[other], strict=True)]
        if self.parts is not None and parts:
            values[self.parts] = [parts.get(text, ()) for text in values["id"]]

    def _rows(self, case_ids: Sequence[uuid.UUID]) -> QuerySet[Any, Any]:
        """The rows of these cases in order: key, case, and every column."""
        rows = self.model._default_manager.filter(**{"case_id__in": list(case_ids)})
        return rows.order_by(*self.order, "entered_at", "id").values_list("id", "case_id", *self.columns.values())

    @cached_property
    def _codes(self) -> list[tuple[str, dict[str, StrEnum]]]:
        """The fields that hold one word of a closed list, and the list by its words."""
        hints = get_type_hints(self.value)
        return [
            (name, {one.value: one for one in hints[name]})
            for name in self.columns
            if isinstance(hints[name], type) and issubclass(hints[name], StrEnum)
        ]


OPENINGS = Kept(name="openings", value=facts.OpeningBalance, model=OpeningBalance, order=("on",))
PAYMENTS = Kept(
    name="payments", value=facts.Payment, model=Payment, order=("paid_on",), usual={"recorded_on": "paid_on"}
)
OBSERVATIONS = Kept(name="observations", value=facts.Observation, model=Observation, order=("due_on",))
ADJUSTMENTS = Kept(
    name="adjustments", value=facts.Adjustment, model=Adjustment, order=("on",), usual={"recorded_on": "on"}
)
STATEMENTS = Kept(name="statements", value=facts.Statement, model=Statement, order=("as_at",))
PLANS = Kept(name="plans", value=facts.Plan, model=RepaymentPlan, order=("first_payment_on",))
CLAIMS = Kept(name="claims", value=other_facts.Claim, model=Claim, order=("paid_on",), usual={"recorded_on": "paid_on"})
SETTLEMENTS = Kept(
    name="settlements",
    value=other_facts.Settlement,
    model=Settlement,
    order=("offered_on",),
    usual={"recorded_on": "offered_on"},
)
ORDERS = Kept(name="orders", value=other_facts.LiabilityOrder, model=LiabilityOrder, order=("granted_on",))
OTHER_MONEY = Kept(
    name="other_money", value=other_facts.OtherMoney, model=OtherMoney, order=("on",), usual={"recorded_on": "on"}
)
BUDGETS = Kept(name="budgets", value=other_facts.Budget, model=Budget, order=("on",))
TRANSITS = Kept(name="transits", value=transit_facts.Leg, model=TransitLeg, order=("on",), usual={"recorded_on": "on"})
STEPS = Kept(name="steps", value=other_facts.Step, model=Step, order=("on",), usual={"recorded_on": "on"})

# Every kind that has a list of its own in the facts of a case.
EVERY: tuple[Kept[Any], ...] = (
    OPENINGS, PAYMENTS, OBSERVATIONS, ADJUSTMENTS, STATEMENTS, PLANS, CLAIMS, SETTLEMENTS, ORDERS, OTHER_MONEY, BUDGETS,
    TRANSITS,
)  # fmt: skip

# Kinds that most cases have none of: one look says which of them there is anything to read from.
RARE: tuple[Kept[Any], ...] = (
    OPENINGS, OBSERVATIONS, ADJUSTMENTS, STATEMENTS, PLANS, CLAIMS, SETTLEMENTS, ORDERS, OTHER_MONEY, BUDGETS, TRANSITS,
    STEPS,
)  # fmt: skip
ALLOCATION = "allocation"  # what a payment was for: parts of payments, and as rare

# What the steps of a fact are kept under, in the table of steps.
STEPPED: Mapping[type[Any], str] = {
    other_facts.Claim: "claim",
    other_facts.Settlement: "settlement",
    facts.Plan: "plan",
}


def kept_as(fact: object) -> Kept[Any]:
    """How a fact is kept. Raises KeyError for a value that is no money fact."""
    return {one.value: one for one in (*EVERY, STEPS)}[type(fact)]


def absent(case_ids: Iterable[uuid.UUID]) -> frozenset[str]:
    """The names of the rare kinds of which none of these cases has a row: one read instead of one for each."""
    held = {name for (name,) in prepared.cells("held", _held, list(case_ids))}
    return frozenset(name for name in (*(kept.name for kept in RARE), ALLOCATION) if name not in held)


def _held(case_ids: Sequence[uuid.UUID]) -> QuerySet[Any, Any]:
    named: list[tuple[str, type[Model]]] = [
        *((kept.name, kept.model) for kept in RARE),
        (ALLOCATION, PaymentAllocation),
    ]
    looks = [
        model._default_manager.filter(**{"case_id__in": list(case_ids)})
        .order_by()
        .annotate(kept_as=Value(name, CharField()))
        .values_list("kept_as", flat=True)
        .distinct()
        for name, model in named
    ]
    every: QuerySet[Any, Any] = looks[0].union(*looks[1:], all=True)
    return every

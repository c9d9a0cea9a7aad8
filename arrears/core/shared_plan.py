"""What of a plan the other parent may be shown: a closed list of its terms, copied once and never looked up again.

A copy has nothing that could be followed back: no names, no reference, no day on which it was made
or looked at, and nothing that the record says besides.
"""

import datetime as dt
import json
from dataclasses import dataclass

from arrears.core.results import Classification, PlanVerdict
from cases.core.facts import Frequency


class NotShareableError(ValueError):
    """The terms come to no plan that ends, so there is nothing to agree to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTerms:
    """The terms of one plan. Amounts in pence.

    ``arrears`` is what is owed when it begins, ``instalment`` the part of each payment that goes to
    them, ``total`` the whole payment where one was given. ``payments`` are to be made every
    ``frequency`` from ``first_payment_on``; the last is of ``last_payment``.
    """

    arrears: int
    first_payment_on: dt.date
    frequency: Frequency
    instalment: int
    total: int | None
    payments: int
    last_payment_on: dt.date
    last_payment: int
    classification: Classification


def of_verdict(verdict: PlanVerdict) -> SharedTerms:
    """Copy what may be shown of a plan's verdict. Raises NotShareableError for a plan that has no end."""
    if verdict.payments is None or verdict.last_payment_on is None or verdict.last_payment is None:
        raise NotShareableError
    return SharedTerms(
        arrears=verdict.arrears,
        first_payment_on=verdict.first_payment_on,
        frequency=verdict.frequency,
        instalment=verdict.instalment,
        total=verdict.total,
        payments=verdict.payments,
        last_payment_on=verdict.last_payment_on,
        last_payment=verdict.last_payment,
        classification=verdict.classification,
    )


def as_text(terms: SharedTerms) -> str:
    """Write the terms as they are kept."""
    kept = {name: getattr(terms, name) for name in SharedTerms.__slots__}
    return json.dumps(kept, default=dt.date.isoformat, sort_keys=True)


def from_text(text: str) -> SharedTerms:
    """Read the terms that ``as_text`` wrote."""
    kept = json.loads(text)
    for name in ("first_payment_on", "last_payment_on"):
        kept[name] = dt.date.fromisoformat(kept[name])
    return SharedTerms(
        **kept | {"frequency": Frequency(kept["frequency"]), "classification": Classification(kept["classification"])}
    )

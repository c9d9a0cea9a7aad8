"""Read statements, and the account that one is made from. Nothing is written, and nothing is added up here."""

import uuid
from typing import TYPE_CHECKING

from arrears import queries as money_queries
from arrears.core.account import Account, account
from cases.core.facts import Nation
from correspondence.core.statement_options import Chosen
from correspondence.models import AccountStatement

if TYPE_CHECKING:
    from cases.models import Case


def account_for(case: "Case", chosen: Chosen) -> Account:
    """The account of a case over the days that were chosen."""
    facts = money_queries.facts_for(case)
    return account(facts, since=chosen.since, until=chosen.until, known_on=chosen.known_on, nation=Nation(case.nation))


def statements_of(case_id: uuid.UUID) -> list[AccountStatement]:
    """Every statement that was made of a case, latest first; their words left out."""
    rows = AccountStatement.objects.filter(case_id=case_id).defer("html", "figures")
    return list(rows.order_by("-made_at", "id"))


def statement_of(case_id: uuid.UUID, statement_id: uuid.UUID) -> AccountStatement | None:
    """One statement of this case, or None where the case has no such statement."""
    return AccountStatement.objects.filter(case_id=case_id, pk=statement_id).first()

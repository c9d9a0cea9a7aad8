"""The facts of a case that CMS decides: who is liable for how much, from when, how it is paid.

Values only: frozen, without a clock or a database. Amounts are whole pence (``int``), dates are
London civil dates. Codes are the words of the case file (docs/reference/case-file.md), and the
database stores the same words.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Nation(StrEnum):
    """The nation whose courts, holidays and bodies apply."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class Scheme(StrEnum):
    """The law a debt arose under: the 2012 scheme, or one of the two closed CSA schemes."""

    CMS_2012 = "cms_2012"
    CSA_2003 = "csa_2003"
    CSA_1993 = "csa_1993"


class Perspective(StrEnum):
    """Whose file this is. A file belongs to one side and never joins the other."""

    RECEIVING = "receiving"
    PAYING = "paying"


class AllocationRule(StrEnum):
    """Which amounts a payment covers where nobody said (rules section 3)."""

    ONGOING_FIRST = "ongoing_first"
    OLDEST_FIRST = "oldest_first"


class ServiceType(StrEnum):
    """How CMS handles the money: parents pay directly, or CMS collects and passes on."""

    DIRECT_PAY = "direct_pay"
    COLLECT_AND_PAY = "collect_and_pay"


class Frequency(StrEnum):
    """How often an instalment falls due."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    FOUR_WEEKLY = "four_weekly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckOut:
    """A fact taken back as a slip: ignored from ``on`` (a known_on day), kept on the record."""

    on: dt.date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A CMS maintenance calculation: ``weekly`` pence from ``effective_on``, told on ``notified_on``.

    ``instalment`` is one full instalment in pence, only where the letter states it.
    ``sequence`` settles which of two decisions told on one day is the later.
    """

    weekly: int
    effective_on: dt.date
    decided_on: dt.date
    notified_on: dt.date
    instalment: int | None = None
    sequence: int = 0
    reason: str = ""
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When instalments fall due: every ``frequency`` counted from ``first_due_on``."""

    frequency: Frequency
    first_due_on: dt.date
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePeriod:
    """The service in force from ``from_on`` until the next period begins."""

    type: ServiceType
    from_on: dt.date
    note: str = ""
    struck_out: StruckOut | None = None
    id: str = ""

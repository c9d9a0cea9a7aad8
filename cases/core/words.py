"""The words a person reads for the codes of the case file. One place, so that no two pages differ.

Codes are those of ``cases.core.facts``; a code that a file brought in and that we do not know is
shown as it was written.
"""

from cases.core.facts import AllocationRule, Frequency, Nation, Perspective, Scheme, ServiceType
from cms_tracker.language import Words, mark

NATIONS = Words(
    {
        Nation.ENGLAND: mark("England"),
        Nation.SCOTLAND: mark("Scotland"),
        Nation.WALES: mark("Wales"),
        Nation.NORTHERN_IRELAND: mark("Northern Ireland"),
    }
)
SIDES = Words(
    {
        Perspective.RECEIVING: mark("The parent who should get the money (receiving parent)"),
        Perspective.PAYING: mark("The parent who should pay (paying parent)"),
    }
)
SCHEMES = Words(
    {
        Scheme.CMS_2012: mark("No. It is with the Child Maintenance Service (2012 scheme)"),
        Scheme.CSA_2003: mark("Yes, from 2003 or later (CSA 2003 scheme)"),
        Scheme.CSA_1993: mark("Yes, from before 2003 (CSA 1993 scheme)"),
    }
)
SCHEME_NAMES = Words(
    {
        Scheme.CMS_2012: mark("2012 scheme, Child Maintenance Service"),
        Scheme.CSA_2003: mark("2003 scheme, Child Support Agency (closed)"),
        Scheme.CSA_1993: mark("1993 scheme, Child Support Agency (closed)"),
    }
)
# How this record counts a payment where nobody says what it was for (rules section 3). Ours, not a rule of CMS.
ALLOCATION_RULES = Words(
    {
        AllocationRule.ONGOING_FIRST: mark("The payment due around that day first, then the oldest amount owed"),
        AllocationRule.OLDEST_FIRST: mark("The oldest amount owed first"),
    }
)
SERVICES = Words({ServiceType.DIRECT_PAY: mark("Direct Pay"), ServiceType.COLLECT_AND_PAY: mark("Collect and Pay")})
SERVICE_CHOICES = Words(
    {
        ServiceType.DIRECT_PAY: mark("Direct Pay: the money goes straight from one parent to the other"),
        ServiceType.COLLECT_AND_PAY: mark("Collect and Pay: CMS collects it and passes it on"),
    }
)
FREQUENCIES = Words(
    {
        Frequency.WEEKLY: mark("Every week"),
        Frequency.FORTNIGHTLY: mark("Every 2 weeks"),
        Frequency.FOUR_WEEKLY: mark("Every 4 weeks"),
        Frequency.MONTHLY: mark("Every month"),
    }
)
RATES = Words(
    {
        Frequency.WEEKLY: mark("a week"),
        Frequency.FORTNIGHTLY: mark("every 2 weeks"),
        Frequency.FOUR_WEEKLY: mark("every 4 weeks"),
        Frequency.MONTHLY: mark("a month"),
    }
)
# One full instalment, said so that a person can check it (rules section 2; SI 1992/1989 reg 4).
WORKINGS = Words(
    {
        Frequency.WEEKLY: mark("the weekly amount"),
        Frequency.FORTNIGHTLY: mark("2 times the weekly amount"),
        Frequency.FOUR_WEEKLY: mark("4 times the weekly amount"),
        Frequency.MONTHLY: mark("CMS's 52-week total divided by 12"),
    }
)

# Reasons for a later decision that the form offers; a case file may carry others.
LATER_REASONS = Words(
    {
        "annual_review": mark("Annual review"),
        "change_of_circumstances": mark("Something changed (income, children, nights)"),
        "mandatory_reconsideration": mark("CMS looked again (mandatory reconsideration)"),
        "tribunal": mark("A tribunal decided"),
        "correction": mark("CMS put a mistake right"),
        "other": mark("Another reason"),
    }
)
_REASONS = {
    **LATER_REASONS,
    "change_of_circumstances": mark("Change of circumstances"),
    "mandatory_reconsideration": mark("Mandatory reconsideration"),
    "tribunal": mark("Tribunal"),
    "correction": mark("Correction"),
    "first": mark("First decision"),
    "review": mark("Review"),
    "service_change": mark("Change of service"),
}


def reason(code: str) -> str:
    """The words for the reason of a decision; another text is shown as it was written."""
    if code in _REASONS:
        return _REASONS[code]
    return code.replace("_", " ").strip().capitalize() if code.islower() else code

"""The words a person reads for the codes of the case file. One place, so that no two pages differ.

Codes are those of ``cases.core.facts``; a code that a file brought in and that we do not know is
shown as it was written.
"""

from cases.core.facts import AllocationRule, Frequency, Nation, Perspective, Scheme, ServiceType

NATIONS = {
    Nation.ENGLAND: "England",
    Nation.SCOTLAND: "Scotland",
    Nation.WALES: "Wales",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
SIDES = {
    Perspective.RECEIVING: "The parent who should get the money (receiving parent)",
    Perspective.PAYING: "The parent who should pay (paying parent)",
}
SCHEMES = {
    Scheme.CMS_2012: "No. It is with the Child Maintenance Service (2012 scheme)",
    Scheme.CSA_2003: "Yes, from 2003 or later (CSA 2003 scheme)",
    Scheme.CSA_1993: "Yes, from before 2003 (CSA 1993 scheme)",
}
SCHEME_NAMES = {
    Scheme.CMS_2012: "2012 scheme, Child Maintenance Service",
    Scheme.CSA_2003: "2003 scheme, Child Support Agency (closed)",
    Scheme.CSA_1993: "1993 scheme, Child Support Agency (closed)",
}
# How this record counts a payment where nobody says what it was for (rules section 3). Ours, not a rule of CMS.
ALLOCATION_RULES = {
    AllocationRule.ONGOING_FIRST: "The payment due around that day first, then the oldest amount owed",
    AllocationRule.OLDEST_FIRST: "The oldest amount owed first",
}
SERVICES = {ServiceType.DIRECT_PAY: "Direct Pay", ServiceType.COLLECT_AND_PAY: "Collect and Pay"}
SERVICE_CHOICES = {
    ServiceType.DIRECT_PAY: "Direct Pay: the money goes straight from one parent to the other",
    ServiceType.COLLECT_AND_PAY: "Collect and Pay: CMS collects it and passes it on",
}
FREQUENCIES = {
    Frequency.WEEKLY: "Every week",
    Frequency.FORTNIGHTLY: "Every 2 weeks",
    Frequency.FOUR_WEEKLY: "Every 4 weeks",
    Frequency.MONTHLY: "Every month",
}
RATES = {
    Frequency.WEEKLY: "a week",
    Frequency.FORTNIGHTLY: "every 2 weeks",
    Frequency.FOUR_WEEKLY: "every 4 weeks",
    Frequency.MONTHLY: "a month",
}
# One full instalment, said so that a person can check it (rules section 2; SI 1992/1989 reg 4).
WORKINGS = {
    Frequency.WEEKLY: "the weekly amount",
    Frequency.FORTNIGHTLY: "2 times the weekly amount",
    Frequency.FOUR_WEEKLY: "4 times the weekly amount",
    Frequency.MONTHLY: "CMS's 52-week total divided by 12",
}

# Reasons for a later decision that the form offers; a case file may carry others.
LATER_REASONS = {
    "annual_review": "Annual review",
    "change_of_circumstances": "Something changed (income, children, nights)",
    "mandatory_reconsideration": "CMS looked again (mandatory reconsideration)",
    "tribunal": "A tribunal decided",
    "correction": "CMS put a mistake right",
    "other": "Another reason",
}
_REASONS = {
    **LATER_REASONS,
    "change_of_circumstances": "Change of circumstances",
    "mandatory_reconsideration": "Mandatory reconsideration",
    "tribunal": "Tribunal",
    "correction": "Correction",
    "first": "First decision",
    "review": "Review",
    "service_change": "Change of service",
}


def reason(code: str) -> str:
    """The words for the reason of a decision; another text is shown as it was written."""
    if code in _REASONS:
        return _REASONS[code]
    return code.replace("_", " ").strip().capitalize() if code.islower() else code

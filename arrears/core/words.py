"""The words a person reads for the codes of the money facts."""

from arrears.core.facts import AdjustmentKind, PlanOrigin, Route
from arrears.core.other_facts import BudgetCategory, ClaimKind, Every, OtherMoneyKind, StepKind

ROUTES = {
    Route.DIRECT: "Straight from one parent to the other",
    Route.VIA_CMS_RECEIVED: "Through CMS, after its fee",
    Route.VIA_CMS_PAID: "Through CMS, with its fee included",
}

ADJUSTMENTS = {
    AdjustmentKind.CORRECTION_UP: "Correction, more is owed",
    AdjustmentKind.CORRECTION_DOWN: "Correction, less is owed",
    AdjustmentKind.WRITE_OFF: "Write-off",
    AdjustmentKind.OFFSET: "Offset",
    AdjustmentKind.SETTLEMENT: "Settlement",
    AdjustmentKind.VOLUNTARY_PAYMENT: "Voluntary payment",
    AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: "Direct payment accepted",
}

# What a person can add by hand, each in one line. All but the first take off (rules section 2). The
# kinds that are not here follow from a claim or a settlement: by hand they would count a second time.
ADJUSTMENT_CHOICES = {
    AdjustmentKind.CORRECTION_UP: "Correction, more is owed: CMS put a mistake right and added to it",
    AdjustmentKind.CORRECTION_DOWN: "Correction, less is owed: CMS put a mistake right and took some off",
    AdjustmentKind.OFFSET: "Offset: set against money that is owed the other way",
    AdjustmentKind.WRITE_OFF: "Write-off: CMS decided that this part will not be collected",
}

CLAIMS = {
    ClaimKind.VOLUNTARY_PAYMENT: "Voluntary payment, before the first decision",
    ClaimKind.DIRECT_PAYMENT: "Payment outside CMS, while on Collect and Pay",
}

OTHER_MONEY = {
    OtherMoneyKind.ENFORCEMENT_CHARGE: "Enforcement charge",
    OtherMoneyKind.ENFORCEMENT_CHARGE_PAID: "Enforcement charge paid",
    OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED: "Enforcement charge taken back by CMS",
    OtherMoneyKind.CONSOLATORY_PAYMENT: "Consolatory payment from CMS",
}

STEPS = {
    StepKind.CONFIRMED: "The receiving parent confirmed it",
    StepKind.DENIED: "The receiving parent said it did not come",
    StepKind.ACCEPTED: "CMS accepted it",
    StepKind.REFUSED: "It was refused",
    StepKind.WITHDRAWN: "CMS took back what it had accepted",
    StepKind.CONSENTED: "The receiving parent agreed in writing",
    StepKind.AGREED: "CMS confirmed it in writing",
    StepKind.PAID: "It was paid",
    StepKind.CANCELLED: "CMS cancelled it",
    StepKind.VARIED: "CMS changed it",
    StepKind.BROKEN: "CMS said it was broken",
    StepKind.COMPLETED: "CMS said it was complete",
    StepKind.ENDED: "CMS ended it",
    StepKind.APPEALED: "A court was asked to look at it",
}

PLAN_ORIGINS = {
    PlanOrigin.NEGOTIATED: "Agreed with CMS",
    PlanOrigin.SET_BY_CMS: "Set by CMS",
    PlanOrigin.COURT_ORDER: "Ordered by a court",
}

BUDGET_CATEGORIES = {
    BudgetCategory.WAGES: "Wages",
    BudgetCategory.BENEFITS: "Benefits",
    BudgetCategory.OTHER_INCOME: "Other money in",
    BudgetCategory.RENT_OR_MORTGAGE: "Rent or mortgage",
    BudgetCategory.COUNCIL_TAX: "Council Tax or rates",
    BudgetCategory.ENERGY_AND_WATER: "Gas, electricity and water",
    BudgetCategory.FINES_AND_TAX: "Fines, tax and TV licence",
    BudgetCategory.ONGOING_MAINTENANCE: "Ongoing child maintenance",
    BudgetCategory.FOOD_AND_HOUSEHOLD: "Food and household",
    BudgetCategory.CHILDREN: "Children",
    BudgetCategory.TRAVEL: "Travel",
    BudgetCategory.PHONE_AND_INTERNET: "Phone and internet",
    BudgetCategory.INSURANCE: "Insurance",
    BudgetCategory.HEALTH: "Health",
    BudgetCategory.CLOTHES: "Clothes",
    BudgetCategory.OTHER_DEBTS: "Other debts",
    BudgetCategory.OTHER_SPENDING: "Anything else",
}

EVERY = {
    Every.WEEK: "Every week",
    Every.FORTNIGHT: "Every 2 weeks",
    Every.FOUR_WEEKS: "Every 4 weeks",
    Every.MONTH: "Every month",
    Every.YEAR: "Every year",
}
EVERY_SHORT = {
    Every.WEEK: "a week",
    Every.FORTNIGHT: "every 2 weeks",
    Every.FOUR_WEEKS: "every 4 weeks",
    Every.MONTH: "a month",
    Every.YEAR: "a year",
}

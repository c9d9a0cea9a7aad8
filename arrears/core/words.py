"""The words a person reads for the codes of the money facts."""

from arrears.core.facts import AdjustmentKind, PlanOrigin, Route
from arrears.core.other_facts import BudgetCategory, ClaimKind, Every, OtherMoneyKind, StepKind
from arrears.core.transit_facts import LegKind, Way
from cms_tracker.language import Words, mark

ROUTES = Words(
    {
        Route.DIRECT: mark("Straight from one parent to the other"),
        Route.VIA_CMS_RECEIVED: mark("Through CMS, after its fee"),
        Route.VIA_CMS_PAID: mark("Through CMS, with its fee included"),
    }
)

ADJUSTMENTS = Words(
    {
        AdjustmentKind.CORRECTION_UP: mark("Correction, more is owed"),
        AdjustmentKind.CORRECTION_DOWN: mark("Correction, less is owed"),
        AdjustmentKind.WRITE_OFF: mark("Write-off"),
        AdjustmentKind.OFFSET: mark("Offset"),
        AdjustmentKind.SETTLEMENT: mark("Settlement"),
        AdjustmentKind.VOLUNTARY_PAYMENT: mark("Voluntary payment"),
        AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: mark("Direct payment accepted"),
    }
)

# What a person can add by hand, each in one line. All but the first take off (rules section 2). The
# kinds that are not here follow from a claim or a settlement: by hand they would count a second time.
ADJUSTMENT_CHOICES = Words(
    {
        AdjustmentKind.CORRECTION_UP: mark("Correction, more is owed: CMS put a mistake right and added to it"),
        AdjustmentKind.CORRECTION_DOWN: mark("Correction, less is owed: CMS put a mistake right and took some off"),
        AdjustmentKind.OFFSET: mark("Offset: set against money that is owed the other way"),
        AdjustmentKind.WRITE_OFF: mark("Write-off: CMS decided that this part will not be collected"),
    }
)

CLAIMS = Words(
    {
        ClaimKind.VOLUNTARY_PAYMENT: mark("Voluntary payment, before the first decision"),
        ClaimKind.DIRECT_PAYMENT: mark("Payment outside CMS, while on Collect and Pay"),
    }
)

OTHER_MONEY = Words(
    {
        OtherMoneyKind.ENFORCEMENT_CHARGE: mark("Enforcement charge"),
        OtherMoneyKind.ENFORCEMENT_CHARGE_PAID: mark("Enforcement charge paid"),
        OtherMoneyKind.ENFORCEMENT_CHARGE_WAIVED: mark("Enforcement charge taken back by CMS"),
        OtherMoneyKind.CONSOLATORY_PAYMENT: mark("Consolatory payment from CMS"),
    }
)

STEPS = Words(
    {
        StepKind.CONFIRMED: mark("The receiving parent confirmed it"),
        StepKind.DENIED: mark("The receiving parent said it did not come"),
        StepKind.ACCEPTED: mark("CMS accepted it"),
        StepKind.REFUSED: mark("It was refused"),
        StepKind.WITHDRAWN: mark("CMS took back what it had accepted"),
        StepKind.CONSENTED: mark("The receiving parent agreed in writing"),
        StepKind.AGREED: mark("CMS confirmed it in writing"),
        StepKind.PAID: mark("It was paid"),
        StepKind.CANCELLED: mark("CMS cancelled it"),
        StepKind.VARIED: mark("CMS changed it"),
        StepKind.BROKEN: mark("CMS said it was broken"),
        StepKind.COMPLETED: mark("CMS said it was complete"),
        StepKind.ENDED: mark("CMS ended it"),
        StepKind.APPEALED: mark("A court was asked to look at it"),
    }
)

PLAN_ORIGINS = Words(
    {
        PlanOrigin.NEGOTIATED: mark("Agreed with CMS"),
        PlanOrigin.SET_BY_CMS: mark("Set by CMS"),
        PlanOrigin.COURT_ORDER: mark("Ordered by a court"),
    }
)

BUDGET_CATEGORIES = Words(
    {
        BudgetCategory.WAGES: mark("Wages"),
        BudgetCategory.BENEFITS: mark("Benefits"),
        BudgetCategory.OTHER_INCOME: mark("Other money in"),
        BudgetCategory.RENT_OR_MORTGAGE: mark("Rent or mortgage"),
        BudgetCategory.COUNCIL_TAX: mark("Council Tax or rates"),
        BudgetCategory.ENERGY_AND_WATER: mark("Gas, electricity and water"),
        BudgetCategory.FINES_AND_TAX: mark("Fines, tax and TV licence"),
        BudgetCategory.ONGOING_MAINTENANCE: mark("Ongoing child maintenance"),
        BudgetCategory.FOOD_AND_HOUSEHOLD: mark("Food and household"),
        BudgetCategory.CHILDREN: mark("Children"),
        BudgetCategory.TRAVEL: mark("Travel"),
        BudgetCategory.PHONE_AND_INTERNET: mark("Phone and internet"),
        BudgetCategory.INSURANCE: mark("Insurance"),
        BudgetCategory.HEALTH: mark("Health"),
        BudgetCategory.CLOTHES: mark("Clothes"),
        BudgetCategory.OTHER_DEBTS: mark("Other debts"),
        BudgetCategory.OTHER_SPENDING: mark("Anything else"),
    }
)

EVERY = Words(
    {
        Every.WEEK: mark("Every week"),
        Every.FORTNIGHT: mark("Every 2 weeks"),
        Every.FOUR_WEEKS: mark("Every 4 weeks"),
        Every.MONTH: mark("Every month"),
        Every.YEAR: mark("Every year"),
    }
)
EVERY_SHORT = Words(
    {
        Every.WEEK: mark("a week"),
        Every.FORTNIGHT: mark("every 2 weeks"),
        Every.FOUR_WEEKS: mark("every 4 weeks"),
        Every.MONTH: mark("a month"),
        Every.YEAR: mark("a year"),
    }
)

LEGS = Words(
    {
        LegKind.DEDUCTED: mark("It was taken from pay, a benefit or an account, or paid to CMS"),
        LegKind.RECEIVED: mark("CMS says that it has it"),
        LegKind.ALLOCATED: mark("CMS says what it was counted for"),
        LegKind.PAID_OUT: mark("It was passed on to the receiving parent"),
    }
)

WAYS = Words(
    {
        Way.EARNINGS: mark("Taken from pay by an employer"),
        Way.BENEFIT: mark("Taken from a benefit"),
        Way.BANK: mark("Taken from a bank account by an order"),
        Way.PARENT: mark("Paid to CMS by the paying parent"),
    }
)

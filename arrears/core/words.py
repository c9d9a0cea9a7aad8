"""The words a person reads for the codes of the money facts: routes and adjustments."""

from arrears.core.facts import AdjustmentKind, Route

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

# What each one means, in one line. All but the first take off from what is owed (rules section 2).
ADJUSTMENT_CHOICES = {
    AdjustmentKind.CORRECTION_UP: "Correction, more is owed: CMS put a mistake right and added to it",
    AdjustmentKind.CORRECTION_DOWN: "Correction, less is owed: CMS put a mistake right and took some off",
    AdjustmentKind.VOLUNTARY_PAYMENT: "Voluntary payment: paid before the first decision, and CMS counts it",
    AdjustmentKind.DIRECT_PAYMENT_ACCEPTED: "Direct payment accepted: paid outside CMS, and CMS counts it",
    AdjustmentKind.OFFSET: "Offset: set against money that is owed the other way",
    AdjustmentKind.WRITE_OFF: "Write-off: CMS decided that this part will not be collected",
    AdjustmentKind.SETTLEMENT: "Settlement: part was taken in full and final payment, and the rest let go",
}
